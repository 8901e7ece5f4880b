#include "common/extracts/released.h"

#include <algorithm>

#include "common/extracts/code_lists.h"
#include "common/status/macros.h"

namespace puente::extracts {
namespace {

// Values of the first dimension whose cells are read together.
constexpr size_t kFirstsTogether = 100;

}  // namespace

absl::StatusOr<std::optional<releases::Release>> LastRelease(Reading& reading,
                                                             const releases::Source& source) {
  ASSIGN_OR_RETURN(const std::optional<releases::Release> release,
                   releases::LastOfKind(reading.session, source.family, reading.kind));
  if (release) {
    reading.From(releases::NameOf(source, *release), release->create_time);
  } else {
    reading.From("");
  }
  return release;
}

absl::Status EachCell(Reading& reading, const releases::Release& release, absl::string_view table,
                      absl::FunctionRef<void(const releases::store::ToldCell&)> each) {
  ASSIGN_OR_RETURN(const std::vector<std::string> firsts,
                   releases::store::ReadFirsts(reading.session, table, release.number));
  for (size_t i = 0; i < firsts.size(); i += kFirstsTogether) {
    if (reading.cancelled()) return absl::CancelledError("the module stops");
    const auto some = absl::MakeConstSpan(firsts).subspan(i, kFirstsTogether);
    ASSIGN_OR_RETURN(const auto cells,
                     releases::store::ReadCells(reading.session, table, release.number,
                                                {some.begin(), some.end()}, {}));
    for (const releases::store::ToldCell& cell : cells) each(cell);
  }
  return absl::OkStatus();
}

std::vector<std::string> CodesOf(const releases::store::ToldCell& cell, size_t dimensions) {
  std::vector<std::string> codes(cell.key.begin(), cell.key.begin() + dimensions);
  std::replace(codes.begin(), codes.end(), std::string(), std::string(kAll));
  return codes;
}

}  // namespace puente::extracts
