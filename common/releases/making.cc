#include "common/releases/making.h"

#include <algorithm>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/journal/projection.h"
#include "common/journal/token.h"
#include "common/sql/session.h"

namespace puente::releases {
namespace {

constexpr sql::Query kLastEntry{"figure_release.entry",
                                "SELECT COALESCE(MAX(id), 0) FROM journal_entry"};
constexpr sql::Query kLastPlaced{"figure_release.placed",
                                 "SELECT COALESCE(MAX(entry_id), 0) FROM journal_position"};
constexpr sql::Query kPosition{"figure_release.position",
                               "SELECT position FROM journal_position WHERE entry_id = ?"};
// As long again each time, up to a second.
constexpr absl::Duration kUnplacedPause = absl::Milliseconds(20);
constexpr int kMostUnplacedPauses = 50;
// For so long nothing must change before a release that nobody asked for, unless it goes on for so
// many looks.
constexpr absl::Duration kSettling = absl::Seconds(5);
constexpr size_t kMostUnsettledLooks = 12;
// What a client waits before it asks again for a release that has seen its write.
constexpr absl::Duration kRetryUnseen = absl::Seconds(1);

}  // namespace

absl::StatusOr<Look> LookAt(sql::Session& snapshot, const std::string& progress) {
  Look look;
  ASSIGN_OR_RETURN(const journal::Token head, journal::ReadHead(snapshot));
  look.position = head.number;
  const std::vector<std::string> looks = absl::StrSplit(progress, ' ', absl::SkipEmpty());
  look.asked = !looks.empty() && looks.front() == kAsked;
  if (look.asked) {
    // Its own entry may have no position yet, nor may those that it was told of. What is written
    // meanwhile is for the next release. A journal that was restored may end before it.
    ASSIGN_OR_RETURN(look.entry, snapshot.Number(kLastEntry));
    if (int64_t first = 0; looks.size() > 1 && absl::SimpleAtoi(looks[1], &first)) {
      look.entry = std::min(look.entry, first);
    }
    if (looks.size() > 2 && !absl::SimpleAtoi(looks[2], &look.times)) look.times = 0;
    ASSIGN_OR_RETURN(const int64_t placed, snapshot.Number(kLastPlaced));
    look.settled = placed >= look.entry;
  } else {
    look.settled = !looks.empty() && (looks.back() == absl::StrCat(look.position) ||
                                      looks.size() >= kMostUnsettledLooks);
  }
  return look;
}

due::Next LookAgain(const Look& look, const std::string& progress, absl::Duration every) {
  if (look.asked) {
    const int times = std::min(look.times + 1, kMostUnplacedPauses);
    return due::Next::After(times * kUnplacedPause,
                            absl::StrCat(kAsked, " ", look.entry, " ", times));
  }
  return due::Next::After(std::min(every, kSettling), absl::StrCat(progress, " ", look.position));
}

absl::Status CheckSeen(sql::Session& session, absl::string_view agency, const std::string& token,
                       int64_t position) {
  if (token.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const journal::Tokens tokens, journal::ReadTokens(session, agency));
  ASSIGN_OR_RETURN(const journal::Token parsed, tokens.Parse(token));
  int64_t wanted = parsed.number;
  bool placed = true;
  if (parsed.kind == journal::Token::Kind::kEntry) {
    ASSIGN_OR_RETURN(wanted, session.Number(kPosition, {parsed.number}));
    placed = wanted > 0;
  }
  if (placed && wanted <= position) return absl::OkStatus();
  return RetryableError(journal::error::kNotReached, kRetryUnseen);
}

}  // namespace puente::releases
