#include "common/releases/telling.h"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "common/agency/counted_kinds.h"
#include "common/journal/token.h"
#include "common/releases/making.h"
#include "common/status/macros.h"

namespace puente::releases {
namespace {

// Up to where looks have seen everything for the last release of a kind of records. Since the last
// one of all is of the other kind, they were for that.
absl::StatusOr<int64_t> SeenFor(sql::Session& session, const Family& family,
                                const Telling& telling) {
  ASSIGN_OR_RETURN(const auto last, store::ReadLastRelease(session, family.name));
  if (last && last->record_kind != telling.kind) {
    return telling.release ? telling.release->position : -1;
  }
  return store::ReadLook(session, family.name);
}

}  // namespace

absl::StatusOr<Telling> ReadTelling(sql::Session& session, absl::string_view agency,
                                    const Family& family, absl::CivilDay day,
                                    const std::string& at_least) {
  Telling telling;
  ASSIGN_OR_RETURN(telling.kind, agency::CountedKind(session, family.counted, day));
  ASSIGN_OR_RETURN(telling.release, LastOfKind(session, family, telling.kind));
  ASSIGN_OR_RETURN(const int64_t seen, SeenFor(session, family, telling));
  RETURN_IF_ERROR(CheckSeen(session, agency, at_least, seen));
  return telling;
}

absl::StatusOr<std::optional<Release>> LastOfKind(sql::Session& session, const Family& family,
                                                  type::v1::RecordKind kind) {
  ASSIGN_OR_RETURN(
      std::vector<Release> last,
      store::ReadReleases(session, family.name, std::numeric_limits<int64_t>::max(), 1, kind));
  if (last.empty()) return std::nullopt;
  return std::move(last.front());
}

absl::StatusOr<std::string> TokenOf(sql::Session& session, absl::string_view agency,
                                    const Release& release) {
  ASSIGN_OR_RETURN(const journal::Tokens tokens, journal::ReadTokens(session, agency));
  return tokens.Make({journal::Token::Kind::kPosition, release.position});
}

type::v1::Figure Told(int64_t value) {
  type::v1::Figure figure;
  figure.set_value(value);
  return figure;
}

type::v1::Figure Untold(type::v1::Mark mark) {
  type::v1::Figure figure;
  figure.set_mark(mark);
  return figure;
}

}  // namespace puente::releases
