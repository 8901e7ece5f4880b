#include "common/agency/journal_index.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/journal/entries.h"
#include "common/sql/bulk.h"
#include "common/status/macros.h"

namespace puente::agency {
namespace {

using due::Next;

// Entries that a slice reads, and how many of them at a time: a chunk has a thousand leaves. It
// ends earlier once it has so many terms.
constexpr size_t kMostEntries = 1'000;
constexpr int kAtATime = 20;
constexpr size_t kEnoughTerms = 20'000;
// By how many hours that have entries one may get its position later than its time says: a call
// lasts minutes.
constexpr int kLateHours = 48;
// No entry is of another time than these.
constexpr absl::Time kEarliest = absl::UnixEpoch();
const absl::Time kLatest = absl::FromUnixSeconds(7'258'118'400);  // 2200

constexpr sql::Query kReadHead{"journal_index.head",
                               "SELECT position FROM journal_index_head WHERE id = 1"};
constexpr sql::Query kMoveHead{"journal_index.move_head",
                               "UPDATE journal_index_head SET position = ? WHERE id = 1"};
constexpr sql::BulkInsert kTerms{"journal_index.terms",
                                 "INSERT INTO journal_term (term, position) VALUES", 2};
constexpr sql::BulkInsert kHours{
    "journal_index.hours", "INSERT INTO journal_hour (hour, first_position, last_position) VALUES",
    3,
    "ON DUPLICATE KEY UPDATE first_position = LEAST(first_position, VALUES(first_position)),"
    " last_position = GREATEST(last_position, VALUES(last_position))"};
constexpr sql::Query kFirstSince{
    "journal_index.first_since",
    "SELECT MIN(first_position) FROM (SELECT first_position FROM journal_hour WHERE hour >= ?"
    " ORDER BY hour LIMIT ?) AS hours"};
constexpr sql::Query kLastUntil{
    "journal_index.last_until",
    "SELECT MAX(last_position) FROM (SELECT last_position FROM journal_hour WHERE hour <= ?"
    " ORDER BY hour DESC LIMIT ?) AS hours"};

absl::Time HourOf(absl::Time time) {
  const absl::Duration since_epoch = std::clamp(time, kEarliest, kLatest) - kEarliest;
  return kEarliest + absl::Floor(since_epoch, absl::Hours(1));
}

// A record's own term, and those of what it is below.
void AddResource(absl::string_view name, std::set<std::string>& terms) {
  for (size_t end = name.find('/'); end != absl::string_view::npos; end = name.find('/', end + 1)) {
    terms.insert(ResourceTerm(name.substr(0, end)));
  }
  terms.insert(ResourceTerm(name));
}

std::set<std::string> TermsOf(const journal::v1::Entry& entry, const journal::v1::Change& change) {
  std::set<std::string> terms = {CallerTerm(entry.caller()), MethodTerm(entry.method())};
  if (!entry.actor().empty()) terms.insert(ActorTerm(entry.actor()));
  for (const journal::v1::Leaf& leaf : change.resources()) AddResource(leaf.name(), terms);
  for (const std::string& name : change.read()) AddResource(name, terms);
  // As the entry says it: of a chunk, of records that it does not change. It says so where the
  // leaves can't be read, too.
  const auto& opened = entry.has_chunk() ? entry.chunk().read() : change.read();
  for (const std::string& name : opened) AddResource(name, terms);
  if (!opened.empty()) terms.insert(PersonalReadTerm());
  return terms;
}

}  // namespace

std::string CallerTerm(absl::string_view caller) { return absl::StrCat("c", caller); }
std::string ActorTerm(absl::string_view actor) { return absl::StrCat("a", actor); }
std::string MethodTerm(absl::string_view method) { return absl::StrCat("m", method); }
std::string ResourceTerm(absl::string_view name) { return absl::StrCat("r", name); }
std::string PersonalReadTerm() { return "p"; }

absl::StatusOr<Next> JournalIndex::Follow(const due::Slice& slice) {
  ASSIGN_OR_RETURN(int64_t position, IndexedPosition(slice.session));
  std::vector<std::pair<std::string, int64_t>> terms;
  std::map<absl::Time, Positions> hours;
  const auto add = [&](const journal::SequencedEntry& read) {
    position = read.position;
    if (!read.entry) return;
    for (std::string term : TermsOf(*read.entry, read.change)) {
      terms.emplace_back(std::move(term), position);
    }
    const auto [hour, fresh] =
        hours.try_emplace(HourOf(FromProto(read.entry->time())), Positions{position, position});
    hour->second.last = position;
  };
  size_t count = 0;
  for (bool more = true; more && count < kMostEntries && terms.size() < kEnoughTerms;) {
    ASSIGN_OR_RETURN(const auto entries, journal::ReadEntries(slice.session, position, kAtATime));
    std::for_each(entries.begin(), entries.end(), add);
    count += entries.size();
    more = entries.size() == kAtATime;
  }
  if (count == 0) {
    position_ = position;
    return Next::Done();
  }
  std::sort(terms.begin(), terms.end());  // in the order of the table
  const bool full = count >= kMostEntries || terms.size() >= kEnoughTerms;
  Next next = Next::After(full ? absl::ZeroDuration() : journal::kGather, "");
  return std::move(next).Writing([position, terms = std::move(terms),
                                  hours = std::move(hours)](journal::Transaction& tx) {
    std::vector<sql::Value> rows, spans;
    for (const auto& [term, at] : terms) {
      rows.emplace_back(absl::string_view(term));
      rows.emplace_back(at);
    }
    for (const auto& [hour, span] : hours) {
      spans.insert(spans.end(), {sql::Value(hour), sql::Value(span.first), sql::Value(span.last)});
    }
    RETURN_IF_ERROR(tx.InsertRows(kTerms, rows));
    RETURN_IF_ERROR(tx.InsertRows(kHours, spans));
    return tx.Execute(kMoveHead, {position}).status();
  });
}

absl::StatusOr<int64_t> IndexedPosition(sql::Session& session) { return session.Number(kReadHead); }

absl::StatusOr<std::optional<Positions>> PositionsOf(sql::Session& session, absl::Time since,
                                                     absl::Time until) {
  Positions positions{1, std::numeric_limits<int64_t>::max()};
  if (since != absl::InfinitePast()) {
    ASSIGN_OR_RETURN(positions.first, session.Number(kFirstSince, {HourOf(since), kLateHours}));
    if (positions.first == 0) return std::nullopt;  // nothing is so late
  }
  if (until != absl::InfiniteFuture()) {
    ASSIGN_OR_RETURN(positions.last, session.Number(kLastUntil, {HourOf(until), kLateHours}));
    if (positions.last == 0) return std::nullopt;
  }
  if (positions.first > positions.last) return std::nullopt;
  return positions;
}

}  // namespace puente::agency
