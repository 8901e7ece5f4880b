#include "console/reference/catalogue.h"

#include <re2/re2.h>

#include <optional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "proto/contract_comments.h"

namespace puente::console {
namespace {

// By gRPC's number.
constexpr absl::string_view kCodes[] = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

std::optional<grpc::StatusCode> CodeOf(absl::string_view name) {
  for (size_t i = 1; i < std::size(kCodes); ++i) {
    if (kCodes[i] == name) return static_cast<grpc::StatusCode>(i);
  }
  return std::nullopt;
}

// Of "| a | b \\| c |".
std::vector<std::string> Cells(absl::string_view row) {
  constexpr char kBar[] = "\x01";
  const std::string kept = absl::StrReplaceAll(row, {{"\\|", kBar}});
  std::vector<std::string> cells;
  for (const absl::string_view cell : absl::StrSplit(kept, '|')) {
    cells.push_back(absl::StrReplaceAll(absl::StripAsciiWhitespace(cell), {{kBar, "|"}}));
  }
  return cells;  // the first and the last are empty
}

}  // namespace

absl::StatusOr<Catalogue> Catalogue::Of(absl::string_view page) {
  Catalogue catalogue;
  std::string domain;
  for (absl::string_view line : absl::StrSplit(page, '\n')) {
    if (absl::ConsumePrefix(&line, "## ")) {
      // What comes after the domains is about values.
      if (absl::StrContains(line, ' ')) break;
      domain = std::string(line);
    }
    if (!RE2::PartialMatch({line.data(), line.size()}, R"(^\| [A-Z][A-Z0-9_]+ \|)")) continue;
    const std::vector<std::string> cells = Cells(line);
    const auto code = cells.size() > 4 ? CodeOf(cells[2]) : std::nullopt;
    if (!code) return absl::InvalidArgumentError(absl::StrCat("no row of an error: ", line));
    catalogue.errors_[cells[1]] = {cells[1], domain, *code, cells[3]};
  }
  if (catalogue.errors_.empty()) return absl::InvalidArgumentError("a page without errors");
  return catalogue;
}

std::vector<KnownError> Catalogue::ErrorsOf(
    const google::protobuf::MethodDescriptor& method) const {
  std::vector<KnownError> named;
  std::set<std::string> seen;
  const std::string comment = CommentOf(method);
  const size_t begin = comment.find("Errors:");
  if (begin == comment.npos) return named;
  re2::StringPiece text(comment.data() + begin, comment.size() - begin);
  for (std::string reason; RE2::FindAndConsume(&text, R"(\b([A-Z][A-Z0-9_]{2,})\b)", &reason);) {
    const auto found = errors_.find(reason);
    if (found != errors_.end() && seen.insert(reason).second) named.push_back(found->second);
  }
  return named;
}

}  // namespace puente::console
