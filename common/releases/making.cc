#include "common/releases/making.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/journal/projection.h"
#include "common/journal/token.h"
#include "common/sql/session.h"

namespace puente::releases {
namespace {

// Whether there are entries that have no position yet, such as that of who asked.
constexpr sql::Query kUnplaced{"figure_release.unplaced",
                               "SELECT COALESCE((SELECT MAX(id) FROM journal_entry), 0) >"
                               " COALESCE((SELECT MAX(entry_id) FROM journal_position), 0)"};
constexpr sql::Query kPosition{"figure_release.position",
                               "SELECT position FROM journal_position WHERE entry_id = ?"};
constexpr absl::Duration kUnplacedPause = absl::Milliseconds(20);
// So many looks are waited for; what goes on being written then is for the next release.
constexpr size_t kMostUnplacedLooks = 50;
// For so long nothing must change before a release that nobody asked for, unless it goes on for so
// many looks.
constexpr absl::Duration kSettling = absl::Seconds(5);
constexpr size_t kMostUnsettledLooks = 12;

}  // namespace

absl::StatusOr<Look> LookAt(sql::Session& snapshot, const std::string& progress) {
  Look look;
  ASSIGN_OR_RETURN(const journal::Token head, journal::ReadHead(snapshot));
  look.position = head.number;
  const std::vector<std::string> looks = absl::StrSplit(progress, ' ', absl::SkipEmpty());
  look.asked = !looks.empty() && looks.front() == kAsked;
  if (look.asked) {
    ASSIGN_OR_RETURN(const int64_t unplaced, snapshot.Number(kUnplaced));
    look.settled = unplaced == 0 || looks.size() > kMostUnplacedLooks;
  } else {
    look.settled = !looks.empty() && (looks.back() == absl::StrCat(look.position) ||
                                      looks.size() >= kMostUnsettledLooks);
  }
  return look;
}

due::Next LookAgain(const Look& look, const std::string& progress, absl::Duration every) {
  return due::Next::After(look.asked ? kUnplacedPause : std::min(every, kSettling),
                          absl::StrCat(progress, " ", look.position));
}

absl::Status CheckSeen(sql::Session& session, absl::string_view agency, const std::string& token,
                       int64_t position) {
  if (token.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const journal::Tokens tokens, journal::ReadTokens(session, agency));
  ASSIGN_OR_RETURN(const journal::Token parsed, tokens.Parse(token));
  int64_t wanted = parsed.number;
  if (parsed.kind == journal::Token::Kind::kEntry) {
    ASSIGN_OR_RETURN(wanted, session.Number(kPosition, {parsed.number}));
    if (wanted == 0) return Error(journal::error::kNotReached);  // it has none yet
  }
  return wanted <= position ? absl::OkStatus() : Error(journal::error::kNotReached);
}

}  // namespace puente::releases
