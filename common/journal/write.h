// The one write path. Every mutation of every module is a body that runs inside WritePath, so that
// none can forget idempotency, guards or the journal.
//
// A body may run several times (lost races, deadlocks, repeated calls): it takes what it needs from
// its arguments, and has no effect but through its Transaction. A repeated call is noticed by the
// ledger's unique key, when its body has run, and rolled back: a look-up before each body would
// cost every write a round trip for the sake of the few that are repeated.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/journal/deltas.h"
#include "common/journal/journal.h"
#include "common/sql/bulk.h"
#include "common/sql/session.h"
#include "puente/journal/v1/entry.pb.h"

namespace puente::journal {

namespace error {
inline constexpr ErrorSpec kRequestIdReused{
    "REQUEST_ID_REUSED", absl::StatusCode::kInvalidArgument, "puente",
    "Este request_id ya se usó con otro contenido; use un UUID nuevo.",
    "This request_id was already used with different content; use a new UUID."};
inline constexpr ErrorSpec kRequestIdExpired{
    "REQUEST_ID_EXPIRED", absl::StatusCode::kFailedPrecondition, "puente",
    "Este request_id se usó hace más de 7 días y ya no se repite; lea el recurso y, si aún hace "
    "falta, use un UUID nuevo.",
    "This request_id was used more than 7 days ago and is not run again; read the resource and, if "
    "the write is still needed, use a new UUID."};
inline constexpr ErrorSpec kOutcomeUnknown{"OUTCOME_UNKNOWN", absl::StatusCode::kUnavailable,
                                           "puente",
                                           "No se sabe si la escritura se guardó; repita la "
                                           "llamada con el mismo request_id: es seguro hacerlo.",
                                           "It is not known whether the write was stored; it is "
                                           "safe to repeat the call with the same request_id."};
// A code that no client repeats by itself: the write would be there twice.
inline constexpr ErrorSpec kOutcomeUnknownOfOne{
    "OUTCOME_UNKNOWN_WITHOUT_REQUEST_ID", absl::StatusCode::kUnknown, "puente",
    "No se sabe si la escritura se guardó, y la llamada no llevaba request_id: lea antes de "
    "repetirla, y déle uno.",
    "It is not known whether the write was stored, and the call had no request_id: read before you "
    "repeat it, and give it one."};
}  // namespace error

// Whether an error says that it isn't known whether something was stored.
bool IsUnknown(const absl::Status& status);

// A write in progress: reads, statements, and what the journal is to say of it.
class Transaction {
 public:
  // `validates`: it is rolled back in the end.
  Transaction(sql::Session& session, sql::Connection& connection, bool validates = false)
      : session_(session), connection_(connection), validates_(validates) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Stores read through it; inside a transaction a plain read prepares a write and decides nothing.
  operator sql::Session&() {
    return session_;
  }  // NOLINT: a transaction is a session that can write

  absl::StatusOr<int64_t> Execute(const sql::Query& query,
                                  absl::Span<const sql::Value> parameters) {
    return connection_.Execute(query, parameters);
  }
  absl::Status InsertRows(const sql::BulkInsert& insert, absl::Span<const sql::Value> values) {
    return sql::InsertRows(connection_, insert, values);
  }

  // Whether nothing of it is stored (AIP-163): then nothing may be stored elsewhere either.
  bool validates() const { return validates_; }

  // A statement that writes a row on which the mutation rests, if the row still is as it was read.
  struct Guard {
    int64_t version = 0;  // of the row as it was read
    sql::Query statement;
    std::vector<sql::Value> values;
  };
  // Has a guard of this name run right before COMMIT, once however often it is asked for. If it
  // finds no row, another was faster, and the mutation runs again (docs/decisions/0026). None is
  // run for what the mutation itself changes.
  void AddGuard(std::string name, Guard guard) {
    guards_.emplace(std::move(name), std::move(guard));
  }

  // Has this run right before COMMIT, when nothing is left to be written: who waits for the same
  // rows may begin then. It may run again, and COMMIT may fail.
  void WhenWritten(std::function<void()> written) { when_written_ = std::move(written); }

  // Says that a resource has a new state, once deltas() say what it adds. `digest` is that of
  // crypto::Canonical(resource without etag).
  void Changed(absl::string_view name, int64_t version, std::string digest);
  // Says that a resource is gone; `version` is the number of this last change.
  void Deleted(absl::string_view name, int64_t version);
  // Says that something personal of a record was read. Its reader is answered after COMMIT.
  void Read(absl::string_view name);
  // Has the entry found among the accesses to a record with personal fields, which it says was
  // changed.
  void Accessed(absl::string_view name) { accessed_.emplace(name); }
  // Says that everything Changed() belongs to one chunk of an upload: the entry then holds the
  // Merkle root, and the leaves are stored beside it.
  void AsChunk(std::string upload) { upload_ = std::move(upload); }

  // What the mutation adds to the module's projections.
  Deltas& deltas() { return deltas_; }

 private:
  friend class WritePath;
  absl::Status WriteGuards();

  sql::Session& session_;
  sql::Connection& connection_;
  const bool validates_;
  v1::Change change_;
  std::set<std::string> accessed_;
  std::optional<std::string> upload_;
  Deltas deltas_;
  bool together_ = false;                // several mutations' (WritePath::RunTogether)
  std::vector<Deltas> of_each_;          // then: what was counted of each that is Changed()
  std::map<std::string, Guard> guards_;  // in the same order in every mutation
  std::function<void()> when_written_ = nullptr;
};

// How a mutation went.
struct Done {
  std::string freshness;  // token of the entry; "" if none was written
  bool replayed = false;  // true if it had been done before
};

// What a mutation gives back.
template <class Answer>
struct Written : Done {
  Answer answer;
};

// The write path without types. `key` is what makes a call repeatable: empty, or a digest of
// caller, method and request id; `fingerprint` that of the request's content.
class WritePath {
 public:
  enum class Mode {
    kStore,
    kValidate,  // everything but COMMIT; never repeatable (AIP-163)
    // Stored also where it changed no resource, then without an entry: slices of due work, and what
    // an agency keeps of others' records.
    kBookkeeping,
  };
  WritePath(Journal journal, std::string key, std::string fingerprint, Mode mode = Mode::kStore)
      : journal_(std::move(journal)),
        key_(std::move(key)),
        fingerprint_(std::move(fingerprint)),
        mode_(mode) {}

  // Runs `body` in one transaction, with its entry. The body returns the answer's bytes, which a
  // replay gives back. A body that Changed() and Read() nothing writes an entry without resources,
  // for the sake of its answer; none if there is no key, or if it is a chunk's. Nothing is stored
  // once a deadline is over that the caller set. Errors: the body's; REQUEST_ID_REUSED,
  // REQUEST_ID_EXPIRED, OUTCOME_UNKNOWN (without a key OUTCOME_UNKNOWN_WITHOUT_REQUEST_ID), those
  // of sql.
  using Body = std::function<absl::StatusOr<std::string>(Transaction&)>;
  absl::StatusOr<Written<std::string>> Run(sql::Session& session, const Call& call,
                                           const Body& body) const;

  // The same, whose body fills in `answer`, perhaps several times; a repeated call gets the first
  // one's. What is stored for that has no personal fields. ROW_CORRUPT if that can't be read.
  absl::StatusOr<Done> RunInto(sql::Session& session, const Call& call,
                               google::protobuf::Message& answer,
                               const std::function<absl::Status(Transaction&)>& body) const;

  // One of several mutations that are stored in one transaction.
  struct Partner {
    const Call& call;
    const WritePath& path;
    std::string record = "";  // name of the one resource that it changes
    std::string answer = "";  // what a replay gives back
    Done done = {};           // once it is stored
  };
  // Whether it may be one: that it is stored, and what becomes of it can be looked up.
  bool MayJoin() const { return mode_ == Mode::kStore && !key_.empty(); }
  // Runs `body`, which does them all and says of each what it changes and answers, in one
  // transaction, in which each has an entry of its own: for those that would wait for one another
  // anyway. Once, and an error is one of all: nothing of them is stored, or it isn't known; each is
  // then run by itself, which finds out. None of them may have personal fields.
  static absl::Status RunTogether(sql::Session& session, absl::Span<Partner> partners,
                                  const std::function<absl::Status(Transaction&)>& body);

  static std::string Key(const Call& call, absl::string_view request_id);

 private:
  // What is to be answered because of an entry with this key; nothing if there is none.
  using Earlier = std::optional<absl::StatusOr<Written<std::string>>>;
  absl::StatusOr<Earlier> LookUp(sql::Session& session, const Call& call) const;
  absl::StatusOr<Written<std::string>> Attempt(sql::Session& session, const Call& call,
                                               const Body& body, bool& committing) const;
  bool Enters(const Transaction& transaction) const;
  absl::Status Commit(const Transaction& transaction) const;
  static absl::Status AppendEach(Transaction& transaction, absl::Span<Partner> partners);
  absl::StatusOr<std::string> Append(Transaction& transaction, const Call& call,
                                     absl::string_view answer) const;

  const Journal journal_;
  const std::string key_;
  const std::string fingerprint_;
  const Mode mode_;
};

// Stores what `body` writes though it changes no resource, without an entry: slices of due work,
// and what an agency keeps for itself.
absl::Status KeepBooks(Journal journal, sql::Session& session, const Call& call,
                       const std::function<absl::Status(Transaction&)>& body);

// The path of a request message; its request_id field, if it has one, makes it repeatable, and
// validate_only, if it has that, keeps it from being stored.
WritePath PathOf(Journal journal, const Call& call, const google::protobuf::Message& request);

// Runs body(call, transaction, request) -> absl::StatusOr<Answer>.
template <class Answer, class Request, class Body>
absl::StatusOr<Written<Answer>> Mutate(Journal journal, sql::Session& session, const Call& call,
                                       const Request& request, const Body& body) {
  Answer answer;
  ASSIGN_OR_RETURN(Done done,
                   PathOf(std::move(journal), call, request)
                       .RunInto(session, call, answer, [&](Transaction& tx) -> absl::Status {
                         ASSIGN_OR_RETURN(answer, body(call, tx, request));
                         return absl::OkStatus();
                       }));
  return Written<Answer>{std::move(done), std::move(answer)};
}

}  // namespace puente::journal
