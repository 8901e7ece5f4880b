#include "common/journal/write.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/random/random.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/journal/sequencer.h"
#include "common/journal/token.h"
#include "common/journal/write_access.h"
#include "common/personal/fields.h"
#include "common/sql/error.h"

namespace puente::journal {
namespace {

// How long a request id is remembered (AIP-155); after that it is refused, never run again.
constexpr absl::Duration kReplayWindow = absl::Hours(7 * 24);
// What a client waits before it asks again how an unknown outcome came out.
constexpr absl::Duration kRetryUnknown = absl::Seconds(1);
constexpr absl::Duration kFirstPause = absl::Milliseconds(2);
constexpr absl::Duration kLongestPause = absl::Milliseconds(50);

constexpr sql::Query kFindEntry{
    "journal.find",
    "SELECT id, fingerprint, answer, TIMESTAMPDIFF(SECOND, create_time, ?) FROM journal_entry"
    " WHERE request_key = ?"};
constexpr sql::BulkInsert kAddAccesses{"journal.accesses",
                                       "INSERT INTO personal_access (record, entry) VALUES", 2};
constexpr sql::BulkInsert kAppend{
    "journal.append",
    "INSERT INTO journal_entry (request_key, fingerprint, answer, canonical, digest, leaves,"
    " deltas, create_time) VALUES",
    8};

// Whoever called has given up by now, and may already act on nothing having been stored.
bool IsTooLate(const Call& call) { return call.own_deadline && call.deadline <= absl::Now(); }

v1::Entry MakeEntry(absl::string_view agency, const Call& call, const v1::Change& change,
                    const std::optional<std::string>& upload) {
  v1::Entry entry;
  entry.set_agency(std::string(agency));
  *entry.mutable_time() = ToProto(call.start);
  entry.set_method(std::string(call.method));
  entry.set_caller(call.caller.path);
  entry.set_delegate(call.delegate);
  entry.set_actor(call.actor);
  entry.set_purpose(call.purpose);
  if (!upload) {
    *entry.mutable_change() = change;
    return entry;
  }
  std::vector<std::string> hashes;
  std::set<absl::string_view> changed;
  for (const v1::Leaf& leaf : change.resources()) {
    hashes.push_back(crypto::LeafHash(crypto::Canonical(leaf)));
    changed.insert(leaf.name());
  }
  for (const std::string& name : change.read()) {
    if (!changed.contains(name)) entry.mutable_chunk()->add_read(name);
  }
  entry.mutable_chunk()->set_upload(*upload);
  entry.mutable_chunk()->set_leaf_count(change.resources_size());
  entry.mutable_chunk()->set_root(crypto::MerkleRoot(std::move(hashes)));
  return entry;
}

sql::Value OrNull(absl::string_view text) { return text.empty() ? sql::Value() : sql::Value(text); }

// "" of nothing.
std::string SerializedOf(const Deltas& deltas) {
  return deltas.empty() ? std::string() : deltas.Serialize();
}

// Waits a little before the body runs again; false if the deadline leaves no time for it.
bool PauseBeforeRetry(const Call& call, int attempt) {
  static thread_local absl::BitGen random;
  const absl::Duration longest =
      std::min(kLongestPause, kFirstPause * (1 << std::min(attempt, 10)));
  const absl::Duration pause = longest * absl::Uniform(random, 0.5, 1.0);
  if (absl::Now() + pause >= call.deadline) return false;
  absl::SleepFor(pause);
  return true;
}

}  // namespace

bool IsUnknown(const absl::Status& status) {
  const auto reason = Reason(status);
  return reason == error::kOutcomeUnknown.reason || reason == error::kOutcomeUnknownOfOne.reason;
}

void Transaction::Changed(absl::string_view name, int64_t version, std::string digest) {
  v1::Leaf* leaf = change_.add_resources();
  leaf->set_name(std::string(name));
  leaf->set_version(version);
  leaf->set_digest(std::move(digest));
  if (together_) of_each_.push_back(std::exchange(deltas_, {}));
  const auto guard = guards_.find(leaf->name());
  if (guard != guards_.end() && guard->second.version + 1 == version) guards_.erase(guard);
}

void Transaction::Deleted(absl::string_view name, int64_t version) {
  Changed(name, version, "");
  change_.mutable_resources(change_.resources_size() - 1)->set_deleted(true);
}

void Transaction::Read(absl::string_view name) {
  change_.add_read(std::string(name));
  Accessed(name);
}

// After the entry, so that a row on which many rest is locked for the length of a COMMIT. Entries
// are in order all the same: whoever changes what is guarded does so before he inserts his.
absl::Status Transaction::WriteGuards() {
  for (const auto& [name, guard] : guards_) {
    ASSIGN_OR_RETURN(const int64_t found, connection_.Execute(guard.statement, guard.values));
    if (found != 1) return Error(sql::error::kConflict);
  }
  return absl::OkStatus();
}

absl::Status WritePath::Commit(const Transaction& transaction) const {
  if (transaction.when_written_) transaction.when_written_();
  const Sequencer::Commit under_way(journal_.sequencer);
  return transaction.connection_.Commit();
}

std::string WritePath::Key(const Call& call, absl::string_view request_id) {
  if (request_id.empty()) return "";
  return crypto::TaggedSha256("puente-request/1", {call.caller.path, call.method, request_id});
}

absl::Status KeepBooks(Journal journal, sql::Session& session, const Call& call,
                       const std::function<absl::Status(Transaction&)>& body) {
  return WritePath(std::move(journal), "", "", WritePath::Mode::kBookkeeping)
      .Run(session, call,
           [&](Transaction& transaction) -> absl::StatusOr<std::string> {
             RETURN_IF_ERROR(body(transaction));
             return "";
           })
      .status();
}

WritePath PathOf(Journal journal, const Call& call, const google::protobuf::Message& request) {
  const auto* validate = request.GetDescriptor()->FindFieldByName("validate_only");
  if (validate != nullptr && request.GetReflection()->GetBool(request, validate)) {
    return WritePath(std::move(journal), "", "", WritePath::Mode::kValidate);
  }
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  std::string id;
  std::unique_ptr<google::protobuf::Message> content(request.New());
  content->CopyFrom(request);
  if (field != nullptr) {
    id = absl::AsciiStrToLower(request.GetReflection()->GetString(request, field));
    content->GetReflection()->ClearField(content.get(), field);
  }
  if (id.empty()) return WritePath(std::move(journal), "", "");
  const std::string canonical = crypto::Canonical(*content);
  // What is personal could be guessed, and a plain digest would confirm it.
  std::string fingerprint = personal::InClear(*content) ? journal.persons->Fingerprint(canonical)
                                                        : crypto::Sha256(canonical);
  return WritePath(std::move(journal), WritePath::Key(call, id), std::move(fingerprint));
}

absl::StatusOr<WritePath::Earlier> WritePath::LookUp(sql::Session& session,
                                                     const Call& call) const {
  Earlier earlier;
  if (key_.empty()) return earlier;
  RETURN_IF_ERROR(session.Each(kFindEntry, {call.start, key_}, [&](const sql::Row& row) {
    if (row.Int64(3) > absl::ToInt64Seconds(kReplayWindow)) {
      earlier = Error(error::kRequestIdExpired);
    } else if (row.Text(1) != fingerprint_) {
      earlier = Error(error::kRequestIdReused);
    } else if (row.IsNull(2)) {
      earlier = Error(sql::error::kRowCorrupt, "column"_is("answer"));
    } else {
      earlier = Written<std::string>{
          {journal_.tokens.Make({Token::Kind::kEntry, row.Int64(0)}), true}, row.Text(2)};
    }
    return absl::OkStatus();
  }));
  return earlier;
}

absl::StatusOr<Written<std::string>> WritePath::Run(sql::Session& session, const Call& call,
                                                    const Body& body) const {
  for (int attempt = 0;; ++attempt) {
    bool committing = false;
    absl::StatusOr<Written<std::string>> written = Attempt(session, call, body, committing);
    const absl::Status failure = written.status();
    if (sql::IsConflict(failure) && PauseBeforeRetry(call, attempt)) continue;
    // The server was restarted since the last write, or another has taken its place: nothing is
    // stored, and a new connection helps.
    const bool elsewhere = sql::IsUnavailable(failure) || sql::IsReadOnly(failure);
    if (elsewhere && !committing && attempt == 0) continue;
    // An entry that was stored is the first of its key. Anything else may be so because this call,
    // or a copy of it, was stored before; then that is what counts.
    if (failure.ok() && !written->freshness.empty()) return written;
    // What is open may hang as the lost one did, or lead to a server that is no longer the writer.
    if (committing) sql::WriteAccess::ConnectionOf(session).Drop();
    absl::StatusOr<Earlier> earlier = LookUp(session, call);
    if (earlier.ok() && earlier->has_value()) {
      // It may have been stored by another process, or after it was given up here.
      if (journal_.sequencer != nullptr) journal_.sequencer->Poke();
      return **std::move(earlier);
    }
    if (committing && key_.empty()) return Error(error::kOutcomeUnknownOfOne);
    if (committing) return RetryableError(error::kOutcomeUnknown, kRetryUnknown);
    // Without the look-up a refusal says nothing: the call may have been stored before.
    const bool tells = failure.ok() || !key_.empty();
    return tells && !earlier.ok() ? earlier.status() : written;
  }
}

absl::StatusOr<Written<std::string>> WritePath::Attempt(sql::Session& session, const Call& call,
                                                        const Body& body, bool& committing) const {
  sql::Session& writer = sql::WriteAccess::WriterOf(session);
  sql::Connection& connection = sql::WriteAccess::ConnectionOf(writer);
  RETURN_IF_ERROR(connection.Begin(sql::Isolation::kReadCommitted));
  Transaction transaction(writer, connection, mode_ == Mode::kValidate);
  absl::StatusOr<std::string> answer = body(transaction);
  const bool enters = answer.ok() && Enters(transaction);
  if (!enters && (!answer.ok() || mode_ != Mode::kBookkeeping)) {
    connection.Rollback();
    RETURN_IF_ERROR(answer.status());
    return Written<std::string>{{}, *std::move(answer)};
  }
  absl::StatusOr<std::string> token =
      enters ? Append(transaction, call, *answer) : absl::StatusOr<std::string>("");
  if (const absl::Status guarded = token.ok() ? transaction.WriteGuards() : absl::OkStatus();
      !guarded.ok()) {
    token = guarded;
  }
  if (token.ok() && IsTooLate(call)) token = Error(sql::error::kTimeout);
  if (!token.ok()) {
    connection.Rollback();
    return token.status();
  }
  const absl::Status commit = Commit(transaction);
  if (!commit.ok()) {
    // A conflict at COMMIT (Galera) is certain to have rolled back; of nothing else is this known.
    committing = !sql::IsConflict(commit);
    connection.Drop();
    return commit;
  }
  return Written<std::string>{{*std::move(token)}, *std::move(answer)};
}

absl::Status WritePath::RunTogether(sql::Session& session, absl::Span<Partner> partners,
                                    const std::function<absl::Status(Transaction&)>& body) {
  sql::Session& writer = sql::WriteAccess::WriterOf(session);
  sql::Connection& connection = sql::WriteAccess::ConnectionOf(writer);
  RETURN_IF_ERROR(connection.Begin(sql::Isolation::kReadCommitted));
  Transaction transaction(writer, connection);
  transaction.together_ = true;
  absl::Status status = body(transaction);
  if (status.ok()) status = AppendEach(transaction, partners);
  if (status.ok()) status = transaction.WriteGuards();
  const bool late =
      absl::c_any_of(partners, [](const Partner& one) { return IsTooLate(one.call); });
  if (status.ok() && late) status = Error(sql::error::kTimeout);
  if (!status.ok()) {
    connection.Rollback();
    return status;
  }
  const absl::Status commit = partners.front().path.Commit(transaction);
  if (!commit.ok()) connection.Drop();
  return commit;
}

// What changed nothing is stored too if it may be repeated: by then another may have changed what
// it found. Not so a chunk, whose rows are never deleted: its repetition finds them all again, and
// a file that is loaded once more would leave an entry for each.
bool WritePath::Enters(const Transaction& transaction) const {
  if (mode_ == Mode::kValidate) return false;
  const bool changed = !transaction.change_.resources().empty() ||
                       !transaction.change_.read().empty() ||
                       (mode_ == Mode::kBookkeeping && !transaction.deltas_.empty());
  return changed || (!key_.empty() && !transaction.upload_);
}

absl::StatusOr<Done> WritePath::RunInto(
    sql::Session& session, const Call& call, google::protobuf::Message& answer,
    const std::function<absl::Status(Transaction&)>& body) const {
  ASSIGN_OR_RETURN(Written<std::string> written,
                   Run(session, call, [&](Transaction& transaction) -> absl::StatusOr<std::string> {
                     answer.Clear();
                     RETURN_IF_ERROR(body(transaction));
                     if (key_.empty()) return "";
                     if (!personal::MayHoldPersonal(*answer.GetDescriptor())) {
                       return answer.SerializeAsString();
                     }
                     // What is personal is answered once, by a method that opens it.
                     const std::unique_ptr<google::protobuf::Message> kept(answer.New());
                     kept->CopyFrom(answer);
                     personal::LeaveOut(*kept);
                     return kept->SerializeAsString();
                   }));
  if (written.replayed && !answer.ParseFromString(written.answer)) {
    return Error(sql::error::kRowCorrupt, "column"_is("answer"));
  }
  return Done(std::move(written));
}

absl::StatusOr<std::string> WritePath::Append(Transaction& transaction, const Call& call,
                                              absl::string_view answer) const {
  const std::string canonical = crypto::Canonical(
      MakeEntry(journal_.agency(), call, transaction.change_, transaction.upload_));
  const std::string leaves =
      transaction.upload_ ? crypto::Canonical(transaction.change_) : std::string();
  const std::string deltas = SerializedOf(transaction.deltas_);
  const bool replayable = !key_.empty();
  const std::vector<sql::Value> entry = {OrNull(key_),
                                         OrNull(fingerprint_),
                                         replayable ? sql::Value(answer) : sql::Value(),
                                         canonical,
                                         crypto::LeafHash(canonical),
                                         OrNull(leaves),
                                         OrNull(deltas),
                                         call.start};
  ASSIGN_OR_RETURN(const std::vector<int64_t> ids,
                   sql::InsertRowsForIds(transaction.connection_, kAppend, entry));
  const int64_t id = ids.front();
  if (!transaction.accessed_.empty()) {
    std::vector<sql::Value> accesses;
    for (const std::string& record : transaction.accessed_) {
      accesses.emplace_back(absl::string_view(record));
      accesses.emplace_back(id);
    }
    RETURN_IF_ERROR(transaction.InsertRows(kAddAccesses, accesses));
  }
  return journal_.tokens.Make({Token::Kind::kEntry, id});
}

absl::Status WritePath::AppendEach(Transaction& transaction, absl::Span<Partner> partners) {
  const v1::Change& change = transaction.change_;
  const auto count = static_cast<int>(partners.size());
  if (!transaction.accessed_.empty() || transaction.upload_ || !transaction.deltas_.empty() ||
      change.resources_size() != count) {
    return absl::InternalError("what is stored together does more than change a record each");
  }
  std::map<absl::string_view, int> changed;  // where among all
  for (int i = 0; i < count; ++i) changed[change.resources(i).name()] = i;
  std::vector<std::string> canonicals, digests, deltas;
  for (const Partner& partner : partners) {
    const auto at = changed.find(partner.record);
    if (at == changed.end()) return absl::InternalError("it changes another record");
    v1::Change own;
    *own.add_resources() = change.resources(at->second);
    canonicals.push_back(crypto::Canonical(
        MakeEntry(partner.path.journal_.agency(), partner.call, own, std::nullopt)));
    digests.push_back(crypto::LeafHash(canonicals.back()));
    deltas.push_back(SerializedOf(transaction.of_each_[at->second]));
  }
  std::vector<sql::Value> entries;
  for (int i = 0; i < count; ++i) {
    const Partner& partner = partners[i];
    entries.insert(entries.end(),
                   {partner.path.key_, partner.path.fingerprint_, partner.answer, canonicals[i],
                    digests[i], sql::Value(), OrNull(deltas[i]), partner.call.start});
  }
  ASSIGN_OR_RETURN(const std::vector<int64_t> ids,
                   sql::InsertRowsForIds(transaction.connection_, kAppend, entries));
  for (int i = 0; i < count; ++i) {
    partners[i].done.freshness =
        partners[i].path.journal_.tokens.Make({Token::Kind::kEntry, ids[i]});
  }
  return absl::OkStatus();
}

}  // namespace puente::journal
