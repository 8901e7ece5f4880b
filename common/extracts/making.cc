#include "common/extracts/making.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/agency/counted_kinds.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/due/pace.h"
#include "common/extracts/errors.h"
#include "common/extracts/lines.h"
#include "common/extracts/reading.h"
#include "common/extracts/store.h"
#include "common/journal/projection.h"
#include "common/releases/making.h"
#include "common/status/macros.h"

namespace puente::extracts {
namespace {

using api::v1::FigureExtract;
using due::Next;

// So often is it tried before it has failed.
constexpr int kMostAttempts = 5;
// So often is looked for what is old.
constexpr absl::Duration kForgetPause = absl::Hours(1);

// Chunks of a file, each stored once it is full.
class FileWriter {
 public:
  FileWriter(const journal::Journal& journal, const due::Slice& slice, int64_t attempt,
             due::Pace& pace)
      : journal_(journal), slice_(slice), attempt_(attempt), pace_(pace) {}

  absl::Status Add(absl::string_view bytes) {
    digest_.Add(bytes);
    byte_count_ += static_cast<int64_t>(bytes.size());
    while (!bytes.empty()) {
      const size_t taken = std::min(store::kChunkBytes - chunk_.size(), bytes.size());
      absl::StrAppend(&chunk_, bytes.substr(0, taken));
      bytes.remove_prefix(taken);
      if (chunk_.size() == store::kChunkBytes) RETURN_IF_ERROR(Store());
    }
    return absl::OkStatus();
  }
  absl::Status Finish(FigureExtract& extract) {
    if (!chunk_.empty()) RETURN_IF_ERROR(Store());
    extract.set_sha256(absl::BytesToHexString(digest_.Digest()));
    extract.set_byte_count(byte_count_);
    return absl::OkStatus();
  }

 private:
  absl::Status Store() {
    pace_.Rest();
    RETURN_IF_ERROR(
        journal::KeepBooks(journal_, slice_.session, slice_.call, [&](journal::Transaction& tx) {
          return store::AddChunk(tx, slice_.task.key, attempt_, part_, chunk_);
        }));
    ++part_;
    chunk_.clear();
    return absl::OkStatus();
  }

  const journal::Journal& journal_;
  const due::Slice& slice_;
  const int64_t attempt_;
  due::Pace& pace_;
  crypto::Sha256Stream digest_;
  int64_t byte_count_ = 0;
  int part_ = 0;
  std::string chunk_;
};

absl::StatusOr<Extracted> ReadAll(sql::Session& snapshot, const journal::Journal& journal,
                                  const std::vector<const Table*>& tables, absl::Time now,
                                  const std::function<bool()>& cancelled) {
  Extracted extracted;
  api::v1::FigureExtractHead& head = extracted.head;
  ASSIGN_OR_RETURN(*head.mutable_freshness_token(), journal::HeadToken(snapshot, journal.agency()));
  head.set_agency(journal.agency());
  *head.mutable_read_time() = ToProto(now);
  // The kind that counts of all tables; none where they differ, or one counts all kinds.
  std::set<type::v1::RecordKind> kinds;
  for (const Table* table : tables) {
    Reading reading(snapshot, LegalDay(now), *table, extracted, cancelled);
    if (table->counted != nullptr) {
      ASSIGN_OR_RETURN(reading.kind, agency::CountedKind(snapshot, *table->counted, reading.day));
    }
    kinds.insert(reading.kind);
    RETURN_IF_ERROR(table->read(reading));
  }
  if (kinds.size() == 1) head.set_record_kind(*kinds.begin());
  return extracted;
}

// Begins the file anew, reads the tables and stores all but that it is ready.
absl::Status Make(const journal::Journal& journal, const due::Slice& slice, const Tables& tables,
                  int64_t attempt, FigureExtract& extract) {
  RETURN_IF_ERROR(journal::KeepBooks(
      journal, slice.session, slice.call,
      [&](journal::Transaction& tx) { return store::Begin(tx, slice.task.key, attempt); }));
  if (slice.attempt > kMostAttempts) {  // each of which ended without an end
    return Error(error::kFigureExtractNotMade, "attempts"_is(kMostAttempts));
  }
  std::vector<const Table*> asked;
  for (const std::string& name : extract.tables()) {
    asked.push_back(FindTable(tables, name));
    // It was asked of another version of the program.
    if (asked.back() == nullptr) return Error(error::kFigureTableNotFound, "name"_is(name));
  }
  due::Pace pace;
  const std::function<bool()> cancelled = [&] {
    pace.Rest();
    return slice.cancelled() || absl::Now() + releases::kStoring > slice.call.deadline;
  };
  ASSIGN_OR_RETURN(Extracted extracted,
                   slice.session.Snapshot<Extracted>([&](sql::Session& snapshot) {
                     return ReadAll(snapshot, journal, asked, slice.call.start, cancelled);
                   }));
  FileWriter file(journal, slice, attempt, pace);
  RETURN_IF_ERROR(MakeLines(extracted, tables.code_lists,
                            [&](absl::string_view line) { return file.Add(line); }));
  RETURN_IF_ERROR(file.Finish(extract));
  int64_t rows = 0;
  for (const std::vector<Row>& of : extracted.rows) rows += static_cast<int64_t>(of.size());
  extract.set_row_count(rows);
  extract.set_freshness_token(extracted.head.freshness_token());
  *extract.mutable_read_time() = extracted.head.read_time();
  extract.set_state(api::v1::FIGURE_EXTRACT_STATE_READY);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Next> MakeExtract(const journal::Journal& journal, const due::Slice& slice,
                                 const Tables& tables) {
  const std::string id = slice.task.key;
  ASSIGN_OR_RETURN(const auto found, store::Find(slice.session, id));
  if (!found || found->state() != api::v1::FIGURE_EXTRACT_STATE_QUEUED) return Next::Done();
  const int64_t attempt = due::FreshVersion();
  FigureExtract extract = *found;
  const absl::Status made = Make(journal, slice, tables, attempt, extract);
  if (!made.ok()) {
    const bool final = Reason(made) == error::kFigureTableNotFound.reason;
    if (!final && (due::WasInterrupted(slice, made) || slice.attempt < kMostAttempts)) return made;
    extract = *found;
    extract.set_state(api::v1::FIGURE_EXTRACT_STATE_FAILED);
    const std::string reason = Reason(made);
    extract.set_failure_reason(reason.empty() ? absl::StatusCodeToString(made.code()) : reason);
  }
  return Next::Done().Writing([id, attempt, extract](journal::Transaction& tx) {
    return store::Finish(tx, id, attempt, extract);
  });
}

absl::StatusOr<Next> ForgetOldest(const due::Slice& slice) {
  const absl::Time now = slice.call.start;
  ASSIGN_OR_RETURN(const std::string file, store::OldestReady(slice.session, now - kFileKept));
  if (!file.empty()) {
    return Next::Now("").Writing(
        [file](journal::Transaction& tx) { return store::ForgetFile(tx, file); });
  }
  ASSIGN_OR_RETURN(const std::string id, store::Oldest(slice.session, now - kKept));
  if (id.empty()) return Next::After(kForgetPause, "");
  return Next::Now("").Writing([id](journal::Transaction& tx) { return store::Forget(tx, id); });
}

const Table* FindTable(const Tables& tables, absl::string_view name) {
  const auto found =
      absl::c_find_if(tables.tables, [&](const Table& table) { return table.name == name; });
  return found == tables.tables.end() ? nullptr : &*found;
}

}  // namespace puente::extracts
