#include "common/resource/record_writer.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/crypto/digest.h"
#include "common/fields/rules.h"
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
namespace internal {

// A verb whose outcome a record may state.
struct FileVerb {
  const calls::Method& method;
  const Transition& transition;
  RecordWriter::Fields kept;  // of the record, as its request says them
  const UntypedVerb* rules;   // null for a verb without any
};

}  // namespace internal

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::util::MessageDifferencer;
using internal::Asked;
using internal::FileVerb;
using internal::Writer;
using Fields = RecordWriter::Fields;
using What = RecordWriter::Written::What;

// Null where the contract has no such method.
const calls::Method* StandardOf(const Writer& writer, absl::string_view verb) {
  const bool adds = verb == "Create" && !writer.rules->creation.empty();
  const auto* method =
      adds ? writer.spec.contract().service().FindMethodByName(writer.rules->creation)
           : writer.spec.contract().Standard(verb);
  return method == nullptr ? nullptr : writer.service.Find(method->name());
}

FileVerb VerbOf(const Writer& writer, const std::string& verb) {
  const Transition* transition = TransitionOf(writer.spec, verb);
  if (transition == nullptr || transition->to == kSame) {
    telemetry::Mistake("rows state no outcome of this verb", verb);
  }
  const calls::Method& method = *writer.service.Find(verb);
  const internal::UntypedVerb* rules = internal::RulesOf(*writer.rules, verb);
  if (internal::TimeOf(writer.spec, verb) != nullptr || (rules != nullptr && rules->stored)) {
    telemetry::Mistake("rows state a verb that does more than its state", verb);
  }
  FileVerb made{method, *transition, {}, rules};
  for (const internal::Kept& kept :
       internal::KeptFields(*method.descriptor.input_type(), writer.spec, verb)) {
    made.kept.push_back(kept.to);
  }
  return made;
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

std::unique_ptr<Message> CopyOf(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

// Has `to` say in these fields what `from` does.
void CopyFields(const Message& from, const Fields& fields, Message& to) {
  const std::unique_ptr<Message> copy = CopyOf(from);
  to.GetReflection()->SwapFields(&to, copy.get(), fields);
}

Fields Without(const Fields& all, const Fields& others) {
  Fields left;
  absl::c_copy_if(all, std::back_inserter(left),
                  [&](const auto* field) { return !absl::c_linear_search(others, field); });
  return left;
}

// One writing of many records.
class Writing {
 public:
  Writing(const Writer& writer, const std::vector<FileVerb>& verbs, const Fields& verb_fields,
          const Call& call, journal::Transaction& tx, const Fields& fields)
      : writer_(writer),
        call_(call),
        create_(As(call, *StandardOf(writer, "Create"))),
        tx_(tx),
        verbs_(verbs),
        verb_fields_(verb_fields),
        fields_(Without(fields, verb_fields)),
        states_(absl::c_linear_search(fields, writer.spec.state())) {
    const calls::Method* update = StandardOf(writer, "Update");
    if (update != nullptr) update_ = As(call, *update);
  }

  absl::StatusOr<std::vector<RecordWriter::Written>> Run(absl::Span<const Message* const> records) {
    written_.resize(records.size());
    if (!Finds()) return WriteAll(records);
    std::vector<std::unique_ptr<Message>> copies;
    for (const Message* record : records) copies.push_back(CopyOf(*record));
    RETURN_IF_ERROR(Find(copies));
    std::vector<const Message*> named;
    for (const auto& copy : copies) named.push_back(copy.get());
    ASSIGN_OR_RETURN(auto written, WriteAll(named));
    for (size_t i = 0; i < copies.size(); ++i) {
      if (written[i].what != What::kRefused) written[i].name = standard::Name(*copies[i]);
    }
    return written;
  }

 private:
  // A new record, which is stored together with others.
  struct Fresh {
    size_t place;  // among all
    const Message* stated;
    Ids ids;
    std::unique_ptr<Message> after;
  };

  bool Finds() const { return writer_.rules->in_files.find != nullptr; }

  // Gives each record the name of the one that it is, or of one to come. Nobody is told, by that or
  // how long it takes, what others have.
  absl::Status Find(const std::vector<std::unique_ptr<Message>>& records) {
    std::vector<Message*> own;
    std::vector<size_t> places;
    for (size_t i = 0; i < records.size(); ++i) {
      const auto owned = CheckOwner(create_, tx_, writer_.spec, *records[i], Owned::kNew);
      RETURN_IF_ERROR(Note(i, owned.ok() ? absl::StatusOr<What>(What::kUnchanged)
                                         : absl::StatusOr<What>(owned.status())));
      if (!owned.ok()) continue;
      own.push_back(records[i].get());
      places.push_back(i);
    }
    std::vector<absl::Status> refusals(own.size());
    RETURN_IF_ERROR(writer_.rules->in_files.find(create_, tx_, own, absl::MakeSpan(refusals)));
    for (size_t i = 0; i < own.size(); ++i) {
      if (!refusals[i].ok()) RETURN_IF_ERROR(Note(places[i], refusals[i]));
      const std::string name = standard::Name(*own[i]);
      absl::string_view above = name;
      if (!absl::ConsumeSuffix(&above, absl::StrCat("/", internal::kIdToCome))) continue;
      standard::Set(*own[i], "name", absl::StrCat(above, "/", crypto::Uuid4()));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<RecordWriter::Written>> WriteAll(
      absl::Span<const Message* const> records) {
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
      if (written_[i].what == What::kRefused) continue;
      RETURN_IF_ERROR(Note(i, WriteOne(i, *records[i], asked[i])));
    }
    if (writer_.rules->prepare_many) RETURN_IF_ERROR(PrepareTogether());
    // What is refused ends the transaction anyway.
    if (!refused_) RETURN_IF_ERROR(StoreNew());
    return std::move(written_);
  }

  absl::Status Note(size_t place, const absl::StatusOr<What>& what) {
    if (!what.ok() && !IsRefusal(what.status())) return what.status();
    written_[place].what = what.value_or(What::kRefused);
    written_[place].refusal = what.status();
    refused_ |= !what.ok();
    return absl::OkStatus();
  }

  absl::StatusOr<What> WriteOne(size_t place, const Message& record, const Asked& asked) {
    if (absl::IsNotFound(asked.status)) return Create(place, record);
    RETURN_IF_ERROR(asked.status);
    return Change(record, asked.found);
  }

  absl::StatusOr<What> Create(size_t place, const Message& record) {
    std::vector<Violation> violations = writer_.checker.Violations(record, writer_.field);
    for (Violation& more : CheckProvenance(create_, writer_.spec, record, writer_.field)) {
      violations.push_back(std::move(more));
    }
    RETURN_IF_ERROR(InvalidFields(violations));
    Fresh fresh{place, &record, {}, CopyOf(record)};
    ASSIGN_OR_RETURN(fresh.ids, writer_.spec.pattern().Parse(standard::Name(record)));
    for (const FieldDescriptor* field : verb_fields_) {
      fresh.after->GetReflection()->ClearField(fresh.after.get(), field);
    }
    const std::string verb(create_.verb());
    RETURN_IF_ERROR(
        writer_.BeginNew(create_, tx_, verb, fresh.ids, *fresh.after, parents_).status());
    if (!writer_.rules->prepare_many) {
      absl::Status refusal;
      RETURN_IF_ERROR(
          writer_.PrepareNew(create_, tx_, verb, {fresh.after.get()}, absl::MakeSpan(&refusal, 1)));
      RETURN_IF_ERROR(refusal);
      RETURN_IF_ERROR(Finish(fresh));
    }
    if (writer_.spec.numbered()) {  // each comes after the one before
      RETURN_IF_ERROR(internal::Create(create_, tx_, writer_.spec, fresh.ids, *fresh.after));
      return What::kCreated;
    }
    fresh_.push_back(std::move(fresh));
    return What::kCreated;
  }

  // Once it is prepared.
  absl::Status Finish(const Fresh& fresh) {
    RETURN_IF_ERROR(Enter(*fresh.stated, *fresh.after));
    return writer_.Seal(tx_, *fresh.after);
  }

  absl::Status PrepareTogether() {
    std::vector<absl::Status> refusals(fresh_.size());
    RETURN_IF_ERROR(writer_.PrepareNew(create_, tx_, std::string(create_.verb()), Messages(),
                                       absl::MakeSpan(refusals)));
    for (size_t i = 0; i < fresh_.size(); ++i) {
      // Another was faster since it was looked for; once more, it is found.
      if (Finds() && absl::IsAlreadyExists(refusals[i])) return Error(sql::error::kConflict);
      if (refusals[i].ok()) refusals[i] = Finish(fresh_[i]);
      if (!refusals[i].ok()) RETURN_IF_ERROR(Note(fresh_[i].place, refusals[i]));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<What> Change(const Message& record, const Message& stored) {
    const Call& call = update_ ? *update_ : create_;
    RETURN_IF_ERROR(CheckOwner(call, tx_, writer_.spec, stored).status());
    const std::unique_ptr<Message> open = CopyOf(stored);
    RETURN_IF_ERROR(writer_.Open(*open));
    const Message& before = *open;
    const std::unique_ptr<Message> after = CopyOf(before);
    CopyFields(record, fields_, *after);
    if (!IsOfItsAgency(call, writer_.spec)) {
      KeepProvenance(call, writer_.spec, before, *after, writer_.field);
    }
    if (!MessageDifferencer::Equals(before, *after)) {
      if (!update_) return writer_.spec.AlreadyExists(standard::Name(before));
      RETURN_IF_ERROR(CheckState(writer_.spec, call.verb(), before));
      RETURN_IF_ERROR(writer_.PrepareChanged(call, tx_, std::string(call.verb()), before, *after));
    } else if (!update_ && !writer_.rules->in_files.asks_once && writer_.spec.Over(before)) {
      return Error(error::kRecordOver, "name"_is(standard::Name(before)),
                   "state"_is(StateName(writer_.spec, before)), "verb"_is(create_.verb()));
    }
    RETURN_IF_ERROR(Enter(record, *after));
    ASSIGN_OR_RETURN(const bool changed, writer_.Store(call, tx_, stored, before, *after));
    return changed ? What::kChanged : What::kUnchanged;
  }

  // Has the record come to the state that is stated of it, if any is.
  absl::Status Enter(const Message& stated, Message& after) {
    if (verbs_.empty() || !states_) return absl::OkStatus();
    const FieldDescriptor* state = writer_.spec.state();
    const int wanted = stated.GetReflection()->GetEnumValue(stated, state);
    const int is = after.GetReflection()->GetEnumValue(after, state);
    const auto verb =
        absl::c_find_if(verbs_, [&](const FileVerb& verb) { return verb.transition.to == wanted; });
    if (verb == verbs_.end()) return CheckNothingStated(stated, wanted, is);
    const std::unique_ptr<Message> before = CopyOf(after);
    // A date that is left out the verb sets by itself, or asks for.
    Fields said;
    absl::c_copy_if(verb->kept, std::back_inserter(said), [&](const FieldDescriptor* field) {
      return !field->has_presence() || stated.GetReflection()->HasField(stated, field);
    });
    CopyFields(stated, said, after);
    if (wanted == is && MessageDifferencer::Equals(*before, after)) return absl::OkStatus();
    const Call call = As(call_, verb->method);
    RETURN_IF_ERROR(CheckOwner(call, tx_, writer_.spec, *before).status());
    RETURN_IF_ERROR(CheckState(writer_.spec, call.verb(), *before));
    EnterState(writer_.spec, call.verb(), after);
    if (verb->rules == nullptr || !verb->rules->prepare) return absl::OkStatus();
    return verb->rules->prepare(call, tx_, *before, after);
  }

  // Of a record of which no verb is stated: the state that it is in, or none, and nothing else that
  // a verb says.
  absl::Status CheckNothingStated(const Message& stated, int wanted, int is) const {
    const std::string path = absl::StrCat(writer_.field, ".", writer_.spec.state()->name());
    if (wanted != 0 && wanted != is) {
      const auto name = [&](std::string* out, const FileVerb& verb) {
        const auto& type = *writer_.spec.state()->enum_type();
        absl::StrAppend(out, type.FindValueByNumber(verb.transition.to)->name());
      };
      return InvalidFields(
          {Against(rule::kOneOf, "values"_is(absl::StrJoin(verbs_, ", ", name))).At(path)});
    }
    for (const FileVerb& verb : verbs_) {
      const std::unique_ptr<Message> none = writer_.spec.NewMessage();
      CopyFields(stated, verb.kept, *none);
      if (wanted == 0 && none->ByteSizeLong() > 0) {
        return InvalidFields({Against(rule::kRequired).At(path)});
      }
    }
    return absl::OkStatus();
  }

  std::vector<Message*> Messages() const {
    std::vector<Message*> messages;
    for (const Fresh& fresh : fresh_) messages.push_back(fresh.after.get());
    return messages;
  }

  absl::Status StoreNew() {
    if (fresh_.empty()) return absl::OkStatus();
    std::vector<Ids> ids;
    for (Fresh& fresh : fresh_) ids.push_back(std::move(fresh.ids));
    return internal::CreateMany(create_, tx_, writer_.spec, ids, Messages());
  }

  const Writer& writer_;
  const Call& call_;
  const Call create_;
  std::optional<Call> update_;  // none where no method changes records
  journal::Transaction& tx_;
  const std::vector<FileVerb>& verbs_;
  const Fields& verb_fields_;
  const Fields fields_;  // without those
  const bool states_;    // whether records state their state
  Writer::Found parents_;
  std::vector<RecordWriter::Written> written_;
  bool refused_ = false;
  std::vector<Fresh> fresh_;
};

}  // namespace

RecordWriter::RecordWriter(std::shared_ptr<const internal::Writer> writer)
    : writer_(std::move(writer)) {
  auto verbs = std::make_shared<std::vector<FileVerb>>();
  for (const std::string& verb : in_files().verbs) {
    verbs->push_back(VerbOf(*writer_, verb));
    for (const FieldDescriptor* field : verbs->back().kept) {
      if (!absl::c_linear_search(verb_fields_, field)) verb_fields_.push_back(field);
    }
  }
  if (!verbs->empty()) verb_fields_.push_back(spec().state());
  verbs_ = std::move(verbs);
}

const Spec& RecordWriter::spec() const { return writer_->spec; }

const internal::UntypedFileRules& RecordWriter::in_files() const {
  return writer_->rules->in_files;
}

absl::Status RecordWriter::CheckMayWrite(const Call& call, const Fields& fields) const {
  std::vector<const calls::Method*> methods = {StandardOf(*writer_, "Create"),
                                               StandardOf(*writer_, "Update")};
  if (methods.front() == nullptr) telemetry::Mistake("its records can't be loaded", spec().table());
  if (absl::c_linear_search(fields, spec().state())) {
    for (const FileVerb& verb : *verbs_) methods.push_back(&verb.method);
  }
  const auto known = writer_->service.host().options().principals();
  for (const calls::Method* method : methods) {
    if (method == nullptr) continue;
    RETURN_IF_ERROR(method->access.Check({call.caller.path, "", call.actor, call.purpose}, *known));
  }
  return absl::OkStatus();
}

absl::StatusOr<OwnerProof> RecordWriter::Create(const Call& call, journal::Transaction& tx,
                                                const std::vector<std::string>& ids,
                                                google::protobuf::Message& record) const {
  return writer_->Create(call, tx, std::string(call.verb()), ids, record);
}

absl::Status RecordWriter::CreateTogether(journal::Transaction& tx,
                                          const std::vector<std::vector<std::string>>& ids,
                                          absl::Span<calls::Asked> asked) const {
  return writer_->CreateTogether(tx, ids, asked);
}

absl::StatusOr<std::vector<RecordWriter::Written>> RecordWriter::Write(
    const Call& call, journal::Transaction& tx, absl::Span<const Message* const> records,
    const Fields& fields) const {
  return Writing(*writer_, *verbs_, verb_fields_, call, tx, fields).Run(records);
}

}  // namespace puente::resource
