#include "common/resource/record_writer.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "common/identity/access.h"
#include "common/resource/owner.h"
#include "common/resource/provenance.h"
#include "common/resource/standard.h"
#include "common/resource/states.h"
#include "common/resource/writer.h"
#include "common/sql/error.h"
#include "common/telemetry/mistake.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::resource {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::util::MessageDifferencer;
using internal::Asked;
using internal::Writer;
using What = RecordWriter::Written::What;

const calls::Method& StandardOf(const Writer& writer, absl::string_view verb) {
  const bool adds = verb == "Create" && !writer.rules->creation.empty();
  const auto* method =
      adds ? writer.spec.contract().service().FindMethodByName(writer.rules->creation)
           : writer.spec.contract().Standard(verb);
  if (method == nullptr) telemetry::Mistake("its records can't be loaded", writer.spec.table());
  return *writer.service.Find(method->name());
}

// The call as it would be to another method, in which its caller may have other rights.
Call As(const Call& call, const calls::Method& method) {
  Call as = call;
  as.method = method.access.method();
  as.owner_only = method.access.OwnerOnly(call.caller.path);
  as.agent = method.access.Agent(call.caller.path);
  return as;
}

// Whether an error is about the record alone, and comes again however often it is tried.
bool IsRefusal(const absl::Status& status) {
  if (sql::IsReadOnly(status) || sql::IsDuplicate(status)) return false;
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ||
         absl::IsAlreadyExists(status) || absl::IsPermissionDenied(status) ||
         absl::IsFailedPrecondition(status);
}

// One writing of many records.
class Writing {
 public:
  Writing(const Writer& writer, const Call& call, journal::Transaction& tx,
          const std::vector<const FieldDescriptor*>& fields)
      : writer_(writer),
        create_(As(call, StandardOf(writer, "Create"))),
        update_(As(call, StandardOf(writer, "Update"))),
        tx_(tx),
        fields_(fields) {}

  absl::StatusOr<std::vector<RecordWriter::Written>> Run(absl::Span<const Message* const> records) {
    std::vector<RecordWriter::Written> written(records.size());
    std::vector<std::unique_ptr<Message>> stored;
    std::vector<Asked> asked;
    for (const Message* record : records) {
      stored.push_back(writer_.spec.NewMessage());
      asked.push_back({standard::Name(*record), "name", *stored.back()});
    }
    const auto at_a_time = static_cast<size_t>(writer_.spec.most_rows());
    for (size_t begin = 0; begin < asked.size(); begin += at_a_time) {
      internal::GetEach(tx_, writer_.spec, absl::MakeSpan(asked).subspan(begin, at_a_time));
    }
    for (size_t i = 0; i < records.size(); ++i) {
      absl::StatusOr<What> what = WriteOne(*records[i], asked[i]);
      if (!what.ok() && !IsRefusal(what.status())) return what.status();
      written[i] = {what.value_or(What::kRefused), what.status()};
      refused_ |= !what.ok();
    }
    // What is refused ends the transaction anyway.
    if (!refused_) RETURN_IF_ERROR(StoreNew());
    return written;
  }

 private:
  absl::StatusOr<What> WriteOne(const Message& record, const Asked& asked) {
    if (absl::IsNotFound(asked.status)) return Create(record);
    RETURN_IF_ERROR(asked.status);
    return Change(record, asked.found);
  }

  absl::StatusOr<What> Create(const Message& record) {
    std::vector<Violation> violations = writer_.checker.Violations(record, writer_.field);
    for (Violation& more : CheckProvenance(create_, writer_.spec, record, writer_.field)) {
      violations.push_back(std::move(more));
    }
    RETURN_IF_ERROR(InvalidFields(violations));
    ASSIGN_OR_RETURN(Ids ids, writer_.spec.pattern().Parse(standard::Name(record)));
    std::unique_ptr<Message> after = writer_.spec.NewMessage();
    after->CopyFrom(record);
    const std::string verb(create_.verb());
    RETURN_IF_ERROR(writer_.PrepareNew(create_, tx_, verb, ids, *after, parents_).status());
    RETURN_IF_ERROR(writer_.Seal(tx_, *after));
    if (writer_.spec.numbered()) {  // each comes after the one before
      RETURN_IF_ERROR(internal::Create(create_, tx_, writer_.spec, ids, *after));
      return What::kCreated;
    }
    ids_.push_back(std::move(ids));
    fresh_.push_back(after.get());
    kept_.push_back(std::move(after));
    return What::kCreated;
  }

  absl::StatusOr<What> Change(const Message& record, const Message& stored) {
    RETURN_IF_ERROR(CheckOwner(update_, tx_, writer_.spec, stored).status());
    const std::unique_ptr<Message> open = writer_.spec.NewMessage();
    open->CopyFrom(stored);
    RETURN_IF_ERROR(writer_.Open(*open));
    const Message& before = *open;
    const std::unique_ptr<Message> after = writer_.spec.NewMessage();
    after->CopyFrom(before);
    const std::unique_ptr<Message> stated = writer_.spec.NewMessage();
    stated->CopyFrom(record);
    after->GetReflection()->SwapFields(after.get(), stated.get(), fields_);
    if (!IsOfItsAgency(update_, writer_.spec)) {
      KeepProvenance(update_, writer_.spec, before, *after, writer_.field);
    }
    if (MessageDifferencer::Equals(before, *after)) return What::kUnchanged;
    RETURN_IF_ERROR(CheckState(writer_.spec, update_.verb(), before));
    const std::string verb(update_.verb());
    RETURN_IF_ERROR(writer_.PrepareChanged(update_, tx_, verb, before, *after));
    ASSIGN_OR_RETURN(const bool changed, writer_.Store(update_, tx_, stored, before, *after));
    return changed ? What::kChanged : What::kUnchanged;
  }

  absl::Status StoreNew() {
    if (fresh_.empty()) return absl::OkStatus();
    return internal::CreateMany(create_, tx_, writer_.spec, ids_, fresh_);
  }

  const Writer& writer_;
  const Call create_, update_;
  journal::Transaction& tx_;
  const std::vector<const FieldDescriptor*>& fields_;
  Writer::Found parents_;
  bool refused_ = false;
  // Of new records that are stored together.
  std::vector<std::unique_ptr<Message>> kept_;
  std::vector<Ids> ids_;
  std::vector<Message*> fresh_;
};

}  // namespace

const Spec& RecordWriter::spec() const { return writer_->spec; }

absl::Status RecordWriter::CheckMayWrite(const Call& call) const {
  const auto known = writer_->service.host().options().principals();
  for (const absl::string_view verb : {"Create", "Update"}) {
    RETURN_IF_ERROR(StandardOf(*writer_, verb)
                        .access.Check({call.caller.path, "", call.actor, call.purpose}, *known));
  }
  return absl::OkStatus();
}

absl::StatusOr<OwnerProof> RecordWriter::Create(const Call& call, journal::Transaction& tx,
                                                const std::vector<std::string>& ids,
                                                google::protobuf::Message& record) const {
  return writer_->Create(call, tx, std::string(call.verb()), ids, record);
}

absl::StatusOr<std::vector<RecordWriter::Written>> RecordWriter::Write(
    const Call& call, journal::Transaction& tx, absl::Span<const Message* const> records,
    const std::vector<const FieldDescriptor*>& fields) const {
  return Writing(*writer_, call, tx, fields).Run(records);
}

}  // namespace puente::resource
