// Many records of one kind, written at once by the rules and rights of their Create and Update
// methods: for loaders of files (common/loads).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/calls/together.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/resource/spec.h"
#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::resource {

namespace error {
inline constexpr ErrorSpec kRecordOver{
    "RECORD_OVER", absl::StatusCode::kFailedPrecondition, "puente",
    "El renglón es el registro $name, que está en $state y por archivo no se hace otra vez; hágalo "
    "con $verb, o dé al renglón otro id si el archivo los lleva.",
    "The row is the record $name, which is $state and is not made again by a file; make it by "
    "$verb, or give the row another id if the file has ids."};
}  // namespace error

namespace internal {
struct FileVerb;
struct Writer;

// FileRules (serve.h) without types.
struct UntypedFileRules {
  std::function<std::string(const Message&)> id;
  std::optional<Violation> (*check_id)(absl::string_view id) = nullptr;
  std::vector<std::string> verbs;
  bool asks_once = false;
  std::string found_by;  // "" where ids say what is found
  std::function<std::string(const Message&)> identity;
  std::function<absl::Status(const Call&, journal::Transaction&, absl::Span<Message* const>,
                             absl::Span<absl::Status>)>
      find;
};

// In the place of an id that the server makes.
inline constexpr char kIdToCome[] = "-";
}  // namespace internal

class RecordWriter {
 public:
  using Fields = std::vector<const google::protobuf::FieldDescriptor*>;

  // Of a resource that is served with Create, or Rules::creation.
  explicit RecordWriter(std::shared_ptr<const internal::Writer> writer);

  const Spec& spec() const;
  const internal::UntypedFileRules& in_files() const;
  // What a record may state besides what Create and Update take: the state that a verb leads to,
  // and what the requests of such verbs say.
  const Fields& verb_fields() const { return verb_fields_; }

  // What became of a record.
  struct Written {
    enum class What { kUnchanged, kCreated, kChanged, kRefused };
    What what = What::kUnchanged;
    // Why it was refused: an error that Create, Update or a verb gives.
    absl::Status refusal = absl::OkStatus();
    std::string name = {};  // of a record that was found, or whose id was made, if not refused
  };

  // Whether who calls may create and change such records at all, by all methods that records which
  // state these fields need. CALLER_REFUSED and others of identity/access.h.
  absl::Status CheckMayWrite(const Call& call, const Fields& fields) const;

  // Adds one, whose name is set, as Create does: for a method that makes ids itself.
  absl::StatusOr<OwnerProof> Create(const Call& call, journal::Transaction& tx,
                                    const std::vector<std::string>& ids,
                                    google::protobuf::Message& record) const;

  // The same of several callers' in one transaction: the answers are the records. What rests on
  // other rows is asked for all at once, in nobody's name.
  absl::Status CreateTogether(journal::Transaction& tx,
                              const std::vector<std::vector<std::string>>& ids,
                              absl::Span<calls::Asked> asked) const;

  // Creates each record that is not there, by the name that is set, and changes those that are
  // there in these fields, where they differ; where no method changes them, they are refused as
  // there already, and those that are over (Spec::Over) as RECORD_OVER. A state that a record
  // states is then come to by its verb, unless it is there. No two have one name, but where it ends
  // in kIdToCome. An error is one of the whole; a record that is refused is so alone, but may have
  // written something by then: the transaction is then to be given up, and what was not refused
  // written in another.
  absl::StatusOr<std::vector<Written>> Write(const Call& call, journal::Transaction& tx,
                                             absl::Span<const Message* const> records,
                                             const Fields& fields) const;

 private:
  std::shared_ptr<const internal::Writer> writer_;
  std::shared_ptr<const std::vector<internal::FileVerb>> verbs_;
  Fields verb_fields_;
};

}  // namespace puente::resource
