#include "common/releases/telling.h"

#include "common/agency/counted_kinds.h"
#include "common/journal/token.h"
#include "common/releases/making.h"

namespace puente::releases {

absl::StatusOr<Telling> ReadTelling(sql::Session& session, absl::string_view agency,
                                    const Family& family, absl::CivilDay day,
                                    const std::string& at_least) {
  ASSIGN_OR_RETURN(const int64_t look, store::ReadLook(session, family.name));
  RETURN_IF_ERROR(CheckSeen(session, agency, at_least, look));
  Telling telling;
  ASSIGN_OR_RETURN(telling.kind, agency::CountedKind(session, family.counted, day));
  ASSIGN_OR_RETURN(telling.release, LastOfKind(session, family, telling.kind));
  return telling;
}

absl::StatusOr<std::optional<Release>> LastOfKind(sql::Session& session, const Family& family,
                                                  type::v1::RecordKind kind) {
  ASSIGN_OR_RETURN(std::optional<Release> release, store::ReadLastRelease(session, family.name));
  if (release && release->record_kind != kind) release.reset();
  return release;
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
