// Many records of one kind, written at once by the rules and rights of their Create and Update
// methods: for loaders of files (common/loads).
#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/resource/spec.h"

namespace puente::resource {

namespace internal {
struct Writer;
}

class RecordWriter {
 public:
  // Of a resource that is served with Create, or Rules::creation, and Update.
  explicit RecordWriter(std::shared_ptr<const internal::Writer> writer)
      : writer_(std::move(writer)) {}

  const Spec& spec() const;

  // What became of a record.
  struct Written {
    enum class What { kUnchanged, kCreated, kChanged, kRefused };
    What what = What::kUnchanged;
    // Why it was refused: an error that Create or Update gives.
    absl::Status refusal = absl::OkStatus();
  };

  // Whether who calls may create and change such records at all. CALLER_REFUSED and others of
  // identity/access.h.
  absl::Status CheckMayWrite(const Call& call) const;

  // Adds one, whose name is set, as Create does: for a method that makes ids itself.
  absl::StatusOr<OwnerProof> Create(const Call& call, journal::Transaction& tx,
                                    const std::vector<std::string>& ids,
                                    google::protobuf::Message& record) const;

  // Creates each record that is not there, by the name that is set, and changes those that are
  // there in these fields, where they differ. No two have one name. An error is one of the whole; a
  // record that is refused is so alone, but may have written something by then: the transaction is
  // then to be given up, and what was not refused written in another.
  absl::StatusOr<std::vector<Written>> Write(
      const Call& call, journal::Transaction& tx, absl::Span<const Message* const> records,
      const std::vector<const google::protobuf::FieldDescriptor*>& fields) const;

 private:
  std::shared_ptr<const internal::Writer> writer_;
};

}  // namespace puente::resource
