// What handlers and stores read with: the reading half of a worker's pinned connections.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/sql/connection.h"
#include "common/status/macros.h"

namespace puente::sql {

// Opens a session's half for writing. Only WriteAccess makes one, which common/journal alone
// defines: the write path is the only way to write.
class WriteKey {
 private:
  WriteKey() = default;
  friend class WriteAccess;
};

// Not thread-safe: one thread at a time. Errors: those of common/sql/error.h.
class Session {
 public:
  explicit Session(Target target) : Session(std::move(target), Mode::kAutocommit) {}

  // Every row by hand, with Row::Into for messages of `type`.
  absl::Status EachInto(const Query& query, absl::Span<const Value> parameters,
                        const google::protobuf::Descriptor* type, const Connection::Take& take) {
    return connection_.Select(query, parameters, type, take);
  }

  // Every row by hand, for what is no message.
  absl::Status Each(const Query& query, absl::Span<const Value> parameters,
                    const Connection::Take& take) {
    return connection_.Select(query, parameters, nullptr, take);
  }

  // One number: the first column of the first row; 0 if there is none or it is NULL.
  absl::StatusOr<int64_t> Number(const Query& query, absl::Span<const Value> parameters = {}) {
    int64_t number = 0;
    RETURN_IF_ERROR(Each(query, parameters, [&](const Row& row) {
      number = row.Int64(0);
      return absl::OkStatus();
    }));
    return number;
  }

  // Runs `body` so that all its reads see one moment.
  template <class T>
  absl::StatusOr<T> Snapshot(const std::function<absl::StatusOr<T>(Session&)>& body) {
    RETURN_IF_ERROR(connection_.Begin(Isolation::kSnapshot));
    absl::StatusOr<T> result = body(*this);
    connection_.Rollback();  // nothing was written
    return result;
  }

  absl::Status Ping() { return connection_.Ping(); }

  // The writing half, on a connection of its own from the first write on. Its reads belong to the
  // transaction.
  Session& writer(WriteKey) {
    if (writer_ == nullptr) writer_.reset(new Session(target_, Mode::kTransactions));
    return *writer_;
  }
  Connection& connection(WriteKey) { return connection_; }

 private:
  Session(Target target, Mode mode) : target_(target), connection_(std::move(target), mode) {}

  const Target target_;
  Connection connection_;
  std::unique_ptr<Session> writer_;
};

}  // namespace puente::sql
