#include "common/identity/spiffe.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/identity/errors.h"
#include "common/names/pattern.h"
#include "common/names/state.h"

namespace puente::identity {
namespace {

// Kinds of which there are many, each named by one id.
constexpr absl::string_view kKindsWithId[] = {"agency",   "auditor",      "certifier",
                                              "chamber",  "company",      "council",
                                              "reporter", "organization", "supplier"};
// Belongs to a federal state: "authority/09", or an office of it: "authority/09/stps".
constexpr absl::string_view kAuthority = "authority";

bool IsAuthority(const std::vector<absl::string_view>& segments) {
  if (segments.size() != 2 && segments.size() != 3) return false;
  return segments[1].size() == 2 && StateName(segments[1]).has_value() &&
         (segments.size() == 2 || IsResourceId(segments[2]));
}

}  // namespace

std::string ServerPath(absl::string_view agency) {
  return agency == kGateway ? std::string(agency) : absl::StrCat("agency/", agency);
}

bool IsCallerPath(absl::string_view path) {
  if (path == kGateway) return true;
  const std::vector<absl::string_view> segments = absl::StrSplit(path, '/');
  if (segments[0] == kAuthority) return IsAuthority(segments);
  return segments.size() == 2 &&
         std::find(std::begin(kKindsWithId), std::end(kKindsWithId), segments[0]) !=
             std::end(kKindsWithId) &&
         IsResourceId(segments[1]);
}

std::vector<absl::string_view> CallerKinds() {
  std::vector<absl::string_view> kinds(std::begin(kKindsWithId), std::end(kKindsWithId));
  kinds.push_back(kAuthority);
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

// Any id stands for all: "company/*" is a form that a caller of the kind could have.
bool IsPrincipalPath(absl::string_view path) {
  if (!absl::ConsumeSuffix(&path, "/*")) return IsCallerPath(path);
  return path.find('/') == path.npos &&
         IsCallerPath(absl::StrCat(path, "/", path == kAuthority ? "09" : "a"));
}

absl::StatusOr<Caller> ParseSpiffe(absl::string_view uri, absl::string_view trust_domain) {
  absl::string_view path = uri;
  const auto refused = [&](const char* why) {
    return Error(error::kCallerUnknown, "why"_is(why), "trust_domain"_is(trust_domain));
  };
  if (!absl::ConsumePrefix(&path, "spiffe://")) return refused("its URI is no SPIFFE id");
  if (trust_domain.empty() || !absl::ConsumePrefix(&path, trust_domain) ||
      !absl::ConsumePrefix(&path, "/")) {
    return refused("its SPIFFE id is of another trust domain");
  }
  if (!IsCallerPath(path)) return refused("its SPIFFE id has an unknown kind or form");
  return Caller{std::string(path)};
}

}  // namespace puente::identity
