#include "common/agency/journal_service.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/agency/errors.h"
#include "common/agency/journal_index.h"
#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/journal/entries.h"
#include "common/journal/projection.h"
#include "common/names/pattern.h"
#include "common/resource/page.h"
#include "common/sql/error.h"
#include "puente/api/v1/journal.grpc.pb.h"

namespace puente::agency {
namespace {

using api::v1::GetJournalEntryRequest;
using api::v1::JournalEntry;
using api::v1::ListJournalEntriesRequest;
using api::v1::ListJournalEntriesResponse;
using api::v1::ListJournalLeavesRequest;
using api::v1::ListJournalLeavesResponse;
using journal::v1::Entry;

// Entries that a page looks at, and those that are read at a time for one where not all are listed.
constexpr int kMostLookedAt = 3'000;
constexpr int kAtATime = 250;
// Of the records that an entry names, how many are shown.
constexpr int kShownInList = 4;
constexpr int kShownOfOne = 100;

constexpr sql::Query kGet{"journal_service.get",
                          "SELECT e.canonical, p.leaf_hash, e.leaves FROM journal_position p"
                          " LEFT JOIN journal_entry e ON e.id = p.entry_id WHERE p.position = ?"};
constexpr sql::Query kCount{"journal_service.count",
                            "SELECT COUNT(*) FROM (SELECT position FROM journal_term WHERE term = ?"
                            " AND position BETWEEN ? AND ? LIMIT ?) AS counted"};

absl::Status Corrupt(absl::string_view column) {
  return Error(sql::error::kRowCorrupt, "column"_is(column));
}

const NamePattern& EntryPattern() {
  static const auto* const pattern = new NamePattern("journalEntries/{journal_entry}");
  return *pattern;
}

template <class Repeated>
void Keep(Repeated& all, int most) {
  if (all.size() > most) all.DeleteSubrange(most, all.size() - most);
}

// With the first `shown` of the records that it names. The digest is the sequencer's: who changes
// or removes an entry afterwards does not change that.
JournalEntry AsContract(int64_t position, std::optional<Entry> read, std::string digest,
                        int shown) {
  JournalEntry told;
  told.set_name(EntryPattern().Format({absl::StrCat(position)}));
  told.set_position(position);
  told.set_digest(std::move(digest));
  if (!read) return told;
  Entry& entry = *read;
  if (entry.has_chunk()) {
    told.set_resource_count(entry.chunk().leaf_count());
    told.set_read_count(entry.chunk().read_size());
    Keep(*entry.mutable_chunk()->mutable_read(), shown);
  } else {
    told.set_resource_count(entry.change().resources_size());
    told.set_read_count(entry.change().read_size());
    Keep(*entry.mutable_change()->mutable_resources(), shown);
    Keep(*entry.mutable_change()->mutable_read(), shown);
  }
  *told.mutable_entry() = std::move(entry);
  return told;
}

// --- A list ---

absl::Time Since(const ListJournalEntriesRequest& request) {
  return request.has_since_time() ? FromProto(request.since_time()) : absl::InfinitePast();
}
absl::Time Until(const ListJournalEntriesRequest& request) {
  return request.has_until_time() ? FromProto(request.until_time()) : absl::InfiniteFuture();
}

// The term of the record that is asked for; "" if of none.
std::string ResourceTermOf(const ListJournalEntriesRequest& request) {
  if (request.resource().empty()) return "";
  return ResourceTerm(absl::StripSuffix(request.resource(), "/"));
}

// By which of its conditions entries may be found, those that fewest fulfil as a rule first.
std::vector<std::string> FindingTerms(const ListJournalEntriesRequest& request) {
  std::vector<std::string> terms;
  if (!request.resource().empty()) terms.push_back(ResourceTermOf(request));
  if (!request.actor().empty()) terms.push_back(ActorTerm(request.actor()));
  if (request.personal_reads()) terms.push_back(PersonalReadTerm());
  if (!request.caller().empty()) terms.push_back(CallerTerm(request.caller()));
  if (!request.method().empty()) terms.push_back(MethodTerm(request.method()));
  return terms;
}

// Whether the conditions hold of an entry. Its records are not looked at: it does not hold those of
// a chunk.
bool Matches(const Entry& entry, const ListJournalEntriesRequest& request) {
  const auto is = [](const std::string& asked, const std::string& said) {
    return asked.empty() || asked == said;
  };
  const absl::Time time = FromProto(entry.time());
  return is(request.caller(), entry.caller()) && is(request.actor(), entry.actor()) &&
         is(request.method(), entry.method()) && time >= Since(request) && time < Until(request) &&
         (!request.personal_reads() || entry.change().read_size() + entry.chunk().read_size() > 0);
}

struct Page {
  std::vector<JournalEntry> entries;
  int64_t complete = 0;
  int64_t looked_at = 0;  // the last position
  absl::Time reached = absl::InfinitePast();
  bool more = false;
};

class PageReader {
 public:
  PageReader(sql::Session& snapshot, const ListJournalEntriesRequest& request)
      : snapshot_(snapshot),
        request_(request),
        size_(resource::PageSize(request.page_size())),
        terms_(FindingTerms(request)) {}

  absl::StatusOr<Page> Read(std::optional<int64_t> after) {
    const bool in_time = request_.has_since_time() || request_.has_until_time();
    if (terms_.empty() && !in_time) {
      ASSIGN_OR_RETURN(const journal::Token head, journal::ReadHead(snapshot_));
      page_.complete = head.number;
    } else {
      ASSIGN_OR_RETURN(page_.complete, IndexedPosition(snapshot_));
    }
    ASSIGN_OR_RETURN(std::optional<Positions> within,
                     PositionsOf(snapshot_, Since(request_), Until(request_)));
    if (!within) return std::move(page_);
    within->last = std::min(within->last, page_.complete);
    Narrow(*within, request_.from_position(), 0);
    if (after) Narrow(*within, *after, 1);
    RETURN_IF_ERROR(ReadWithin(*within));
    return std::move(page_);
  }

 private:
  // Leaves out what comes before a position, and, if `beyond` is 1, the position.
  void Narrow(Positions& within, int64_t position, int64_t beyond) const {
    if (position == 0) return;
    if (request_.oldest_first()) {
      within.first = std::max(within.first, position + beyond);
    } else {
      within.last = std::min(within.last, position - beyond);
    }
  }

  // The term that fewest entries have; "" if there is none. More than a page looks at are as good
  // as any number.
  absl::StatusOr<std::string> FindingTerm(const Positions& within) {
    if (terms_.size() < 2) return terms_.empty() ? "" : terms_.front();
    std::string found;
    int64_t fewest = std::numeric_limits<int64_t>::max();
    for (const std::string& term : terms_) {
      ASSIGN_OR_RETURN(const int64_t count,
                       snapshot_.Number(kCount, {absl::string_view(term), within.first, within.last,
                                                 kMostLookedAt + 1}));
      if (count < fewest) {
        fewest = count;
        found = term;
      }
    }
    return found;
  }

  absl::Status ReadWithin(Positions within) {
    ASSIGN_OR_RETURN(const std::string term, FindingTerm(within));
    const std::string resource = ResourceTermOf(request_);
    // Whether what is found may be of other records.
    const bool others = !resource.empty() && resource != term;
    const std::string text = absl::StrCat(
        "SELECT p.position, e.canonical, p.leaf_hash, ",
        others ? "named.position IS NOT NULL" : "TRUE", " FROM ",
        term.empty() ? "journal_position p"
                     : "journal_term t STRAIGHT_JOIN journal_position p ON p.position = t.position",
        " LEFT JOIN journal_entry e ON e.id = p.entry_id",
        others ? " LEFT JOIN journal_term named ON named.term = ? AND named.position = p.position"
               : "",
        " WHERE ", term.empty() ? "p.position" : "t.term = ? AND t.position",
        " BETWEEN ? AND ? ORDER BY ", term.empty() ? "p" : "t", ".position",
        request_.oldest_first() ? "" : " DESC", " LIMIT ?");
    for (int looked_at = 0; looked_at < kMostLookedAt;) {
      const int wanted = size_ + 1 - static_cast<int>(page_.entries.size());
      const int most = std::min(kMostLookedAt - looked_at, std::max(wanted, kAtATime));
      std::vector<sql::Value> values;
      if (others) values.emplace_back(absl::string_view(resource));
      if (!term.empty()) values.emplace_back(absl::string_view(term));
      values.insert(values.end(), {within.first, within.last, most});
      int read = 0;
      RETURN_IF_ERROR(snapshot_.Each({"journal_service.list", text}, values,
                                     [&](const sql::Row& row) { return ++read, Look(row); }));
      if (page_.more || read < most) return absl::OkStatus();
      looked_at += read;
      Narrow(within, page_.looked_at, 1);
    }
    page_.more = true;
    return absl::OkStatus();
  }

  // One that can't be read, or is gone, is listed with what is known of it wherever it may be one:
  // who made it so must not be helped by a condition.
  absl::Status Look(const sql::Row& row) {
    if (page_.more) return absl::OkStatus();
    std::optional<Entry> entry = journal::ParseEntry(row.Text(1));
    const bool listed = row.Int64(3) != 0 && (!entry || Matches(*entry, request_));
    page_.more = listed && page_.entries.size() == static_cast<size_t>(size_);
    if (page_.more) return absl::OkStatus();
    page_.looked_at = row.Int64(0);
    if (entry) page_.reached = FromProto(entry->time());
    if (!listed) return absl::OkStatus();
    page_.entries.push_back(
        AsContract(page_.looked_at, std::move(entry), row.Text(2), kShownInList));
    return absl::OkStatus();
  }

  sql::Session& snapshot_;
  const ListJournalEntriesRequest& request_;
  const int size_;
  const std::vector<std::string> terms_;
  Page page_;
};

absl::StatusOr<ListJournalEntriesResponse> ListJournalEntries(
    const Call& call, sql::Session& session, const ListJournalEntriesRequest& request) {
  ListJournalEntriesRequest asked = request;
  asked.clear_page_size();
  asked.clear_page_token();
  const std::string what = crypto::Canonical(asked);
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, what};
  std::optional<int64_t> after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 1));
    if (!absl::SimpleAtoi(cursor[0], &after.emplace())) {
      return Error(resource::error::kInvalidPageToken);
    }
  }
  ASSIGN_OR_RETURN(Page page, session.Snapshot<Page>([&](sql::Session& snapshot) {
    return PageReader(snapshot, request).Read(after);
  }));
  ListJournalEntriesResponse response;
  response.set_complete_position(page.complete);
  if (page.reached != absl::InfinitePast()) {
    *response.mutable_reached_time() = ToProto(page.reached);
  }
  if (page.more) {
    response.set_next_page_token(resource::MakePageToken(binding, {absl::StrCat(page.looked_at)}));
  }
  for (JournalEntry& entry : page.entries) *response.add_journal_entries() = std::move(entry);
  return response;
}

// --- One entry ---

struct Found {
  int64_t position = 0;
  std::string canonical, digest;
  std::string leaves;  // of a chunk: a Change as it is stored
};
absl::StatusOr<Found> Find(sql::Session& session, const std::string& name,
                           absl::string_view field) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, EntryPattern().Parse(name, field));
  std::optional<Found> found;
  int64_t position = 0;
  if (absl::SimpleAtoi(ids.front(), &position)) {
    RETURN_IF_ERROR(session.Each(kGet, {position}, [&](const sql::Row& row) {
      found = Found{position, row.Text(0), row.Text(1), row.Text(2)};
      return absl::OkStatus();
    }));
  }
  if (!found) return Error(error::kJournalEntryNotFound, "name"_is(name));
  return *std::move(found);
}

absl::StatusOr<JournalEntry> GetJournalEntry(const Call&, sql::Session& session,
                                             const GetJournalEntryRequest& request) {
  ASSIGN_OR_RETURN(Found found, Find(session, request.name(), "name"));
  JournalEntry told = AsContract(found.position, journal::ParseEntry(found.canonical),
                                 std::move(found.digest), kShownOfOne);
  told.set_canonical(std::move(found.canonical));
  return told;
}

absl::StatusOr<ListJournalLeavesResponse> ListJournalLeaves(
    const Call& call, sql::Session& session, const ListJournalLeavesRequest& request) {
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, request.parent()};
  int begin = 0;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 1));
    if (!absl::SimpleAtoi(cursor[0], &begin) || begin < 0) {
      return Error(resource::error::kInvalidPageToken);
    }
  }
  ASSIGN_OR_RETURN(Found found, Find(session, request.parent(), "parent"));
  const std::optional<Entry> entry = journal::ParseEntry(found.canonical);
  if (!entry) return Corrupt("canonical");
  journal::v1::Change change = entry->change();
  if (entry->has_chunk() && !change.ParseFromString(found.leaves)) return Corrupt("leaves");
  ListJournalLeavesResponse response;
  begin = std::min(begin, change.resources_size());
  const int end =
      std::min(change.resources_size(), begin + resource::PageSize(request.page_size()));
  for (int i = begin; i < end; ++i) {
    *response.add_leaves() = std::move(*change.mutable_resources(i));
  }
  if (end < change.resources_size()) {
    response.set_next_page_token(resource::MakePageToken(binding, {absl::StrCat(end)}));
  }
  return response;
}

}  // namespace

void ServeJournal(calls::Host& host) {
  calls::Service& journal = host.Serve<api::v1::JournalService>();
  journal.Read<&ListJournalEntries>();
  journal.Read<&GetJournalEntry>();
  journal.Read<&ListJournalLeaves>();
}

}  // namespace puente::agency
