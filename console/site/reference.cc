#include "console/site/reference.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "console/connect/query.h"
#include "console/site/built_in_reference.h"
#include "console/site/pages.h"

namespace puente::console {
namespace {

constexpr absl::string_view kDocument = "/openapi.json", kFolder = "/reference";

}  // namespace

bool IsReference(absl::string_view path) {
  return path == kDocument || path == kFolder || absl::StartsWith(path, "/reference/");
}

Answer ReferenceAnswer(const Exchange& exchange) {
  absl::string_view path = PathOf(exchange.target());
  if (path == kFolder) return {308, {{"Location", "/reference/"}}, ""};
  static const auto* files =
      new Pages(BuiltInReference());  // made ready when it is first asked for
  if (path != kDocument) absl::ConsumePrefix(&path, kFolder);
  return files->Of(exchange, path);
}

}  // namespace puente::console
