// The methods that read a plain resource.
#include "common/personal/fields.h"
#include "common/resource/bind.h"
#include "common/resource/standard.h"
#include "common/telemetry/mistake.h"
#include "google/protobuf/reflection.h"

namespace puente::resource::internal {
namespace {

using calls::Method;
using calls::Service;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using telemetry::Mistake;

// The repeated field of an answer that takes resources.
const FieldDescriptor* RowsOf(const Descriptor& answer, const Spec& spec) {
  for (int i = 0; i < answer.field_count(); ++i) {
    const FieldDescriptor* field = answer.field(i);
    if (field->is_repeated() && field->message_type() == &spec.type()) return field;
  }
  Mistake("a list's answer needs a field of these resources", answer.full_name());
}

Emplace AddingTo(Message& answer, const FieldDescriptor* rows) {
  return [&answer, rows] { return answer.GetReflection()->AddMessage(&answer, rows); };
}

google::protobuf::RepeatedFieldRef<Message> RowsIn(const Message& answer,
                                                   const FieldDescriptor* rows) {
  return answer.GetReflection()->GetRepeatedFieldRef<Message>(answer, rows);
}

// Leaves out of the rows of an answer what the caller may not know; `now` is how they are, of
// states that they have had.
absl::Status LeaveOutOf(const Call& call, sql::Session& session, const Spec& spec, Message& answer,
                        const FieldDescriptor* rows, const Message* now = nullptr) {
  if (spec.leave_out() == nullptr) return absl::OkStatus();
  std::vector<Message*> records;
  for (int i = 0; i < answer.GetReflection()->FieldSize(answer, rows); ++i) {
    records.push_back(answer.GetReflection()->MutableRepeatedMessage(&answer, rows, i));
  }
  return spec.leave_out()(call, session, now, records);
}

// The proof that the caller may see the record, of which what he may not know is left out.
absl::StatusOr<OwnerProof> Shown(const Call& call, sql::Session& session, const Spec& spec,
                                 Message& record) {
  ASSIGN_OR_RETURN(const OwnerProof proof, CheckOwner(call, session, spec, record));
  if (spec.leave_out() != nullptr) {
    Message* const records[] = {&record};
    RETURN_IF_ERROR(spec.leave_out()(call, session, nullptr, records));
  }
  return proof;
}

void BindGet(Service& service, const Spec& spec, Method& method) {
  const Text name(*method.descriptor.input_type(), "name");
  service.ReadMany(method, [&spec, name](sql::Session* session, absl::Span<Service::Asked> calls) {
    std::vector<Asked> asked;
    for (const auto& call : calls) asked.push_back({name.Of(call.request), "name", call.answer});
    GetEach(*session, spec, absl::MakeSpan(asked));
    for (size_t i = 0; i < calls.size(); ++i) {
      Service::Asked& call = calls[i];
      call.outcome = asked[i].status.ok() ? Shown(call.call, *session, spec, call.answer)
                                          : std::move(asked[i].status);
    }
  });
}

// Of what has personal fields, which it opens. The read is in the journal before it is answered.
void BindOpen(Service& service, const Spec& spec, Method& method,
              const std::shared_ptr<const UntypedRules>& rules) {
  if (!method.access.opens_personal()) {
    Mistake("to get what has personal fields opens them", method.access.method());
  }
  const Text name(*method.descriptor.input_type(), "name");
  service.Mutate(
      method,
      [&spec, name, rules](const Call& call, journal::Transaction& tx, const Message& request,
                           Message& answer) -> absl::StatusOr<OwnerProof> {
        const std::string named = name.Of(request);
        RETURN_IF_ERROR(GetNamed(tx, spec, named, "name", answer));
        ASSIGN_OR_RETURN(const personal::PersonKey key, rules->person_key(answer));
        ASSIGN_OR_RETURN(const OwnerProof proof, Shown(call, tx, spec, answer));
        RETURN_IF_ERROR(personal::OpenFields(*key, answer));
        tx.Read(named);
        return proof;
      });
}

void BindList(Service& service, const Spec& spec, Method& method) {
  const Descriptor& type = *method.descriptor.input_type();
  const FieldDescriptor* page_size = Need(type, "page_size");
  const FieldDescriptor* rows = RowsOf(*method.descriptor.output_type(), spec);
  const FieldDescriptor* next = Need(*method.descriptor.output_type(), "next_page_token");
  const Text page_token(type, "page_token"), filter(type, "filter"), order_by(type, "order_by"),
      parent(type, "parent");
  const bool has_parent = spec.pattern().id_count() > 1;
  if (has_parent) Need(type, "parent");
  service.Read(
      method,
      [=, &spec](const Call& call, sql::Session* session, const Message& request,
                 Message& answer) -> absl::StatusOr<OwnerProof> {
        const std::string token = page_token.Of(request), chosen = filter.Of(request),
                          order = order_by.Of(request), above = parent.Of(request);
        Ids parents;
        if (has_parent) {
          ASSIGN_OR_RETURN(parents, ParentIds(spec, above));
        }
        const int size = request.GetReflection()->GetInt32(request, page_size);
        ASSIGN_OR_RETURN(
            Listed listed,
            List(*session, spec, {call, size, token, chosen, order, above, std::move(parents)},
                 AddingTo(answer, rows)));
        RETURN_IF_ERROR(LeaveOutOf(call, *session, spec, answer, rows));
        answer.GetReflection()->SetString(&answer, next, std::move(listed.next_page_token));
        return listed.proof;
      });
}

// Leaves out of the rows of an answer those that nothing was read into.
void DropEmpty(Message& answer, const FieldDescriptor* rows) {
  const Reflection& reflection = *answer.GetReflection();
  int kept = 0;
  for (int i = 0; i < reflection.FieldSize(answer, rows); ++i) {
    if (standard::Name(reflection.GetRepeatedMessage(answer, rows, i)).empty()) continue;
    reflection.SwapElements(&answer, rows, kept++, i);
  }
  while (reflection.FieldSize(answer, rows) > kept) reflection.RemoveLast(&answer, rows);
}

// Whether the contract lets a call leave out what is missing, and this one does.
Missing MissingIn(const Message& request) {
  const FieldDescriptor* allow = request.GetDescriptor()->FindFieldByName("allow_missing");
  const bool allowed = allow != nullptr && request.GetReflection()->GetBool(request, allow);
  return allowed ? Missing::kAllowed : Missing::kRefused;
}

void BindBatchGet(Service& service, const Spec& spec, Method& method) {
  const FieldDescriptor* names = Need(*method.descriptor.input_type(), "names");
  const FieldDescriptor* rows = RowsOf(*method.descriptor.output_type(), spec);
  service.Read(method,
               [=, &spec](const Call& call, sql::Session* session, const Message& request,
                          Message& answer) -> absl::StatusOr<OwnerProof> {
                 const Reflection& reflection = *request.GetReflection();
                 const auto asked = reflection.GetRepeatedFieldRef<std::string>(request, names);
                 const auto get = [&](sql::Session& at) -> absl::StatusOr<OwnerProof> {
                   RETURN_IF_ERROR(BatchGetNamed(
                       at, spec, {asked.begin(), asked.end()}, "names", AddingTo(answer, rows),
                       [&](const Message& row, absl::string_view field) {
                         return CheckOwner(call, at, spec, row, Owned::kStored, field).status();
                       },
                       MissingIn(request)));
                   DropEmpty(answer, rows);
                   RETURN_IF_ERROR(LeaveOutOf(call, at, spec, answer, rows));
                   return CheckOwners(call, at, spec, RowsIn(answer, rows));
                 };
                 // What takes several statements is read at one moment all the same.
                 const bool once = asked.size() <= spec.most_rows();
                 return once ? get(*session) : session->Snapshot<OwnerProof>(get);
               });
}

void BindListRevisions(Service& service, const Spec& spec, Method& method) {
  const Descriptor& type = *method.descriptor.input_type();
  const FieldDescriptor* page_size = Need(type, "page_size");
  const FieldDescriptor* rows = RowsOf(*method.descriptor.output_type(), spec);
  const FieldDescriptor* next = Need(*method.descriptor.output_type(), "next_page_token");
  const Text name(type, "name"), page_token(type, "page_token");
  if (!spec.contract().revisions()) Mistake("no revisions are kept", type.full_name());
  service.Read(method,
               [=, &spec](const Call& call, sql::Session* session, const Message& request,
                          Message& answer) -> absl::StatusOr<OwnerProof> {
                 ASSIGN_OR_RETURN(const Ids ids, spec.pattern().Parse(name.Of(request)));
                 ASSIGN_OR_RETURN(
                     std::string further,
                     ListRevisions(*session, spec, call, ids,
                                   request.GetReflection()->GetInt32(request, page_size),
                                   page_token.Of(request), AddingTo(answer, rows)));
                 answer.GetReflection()->SetString(&answer, next, std::move(further));
                 if (spec.leave_out() != nullptr) {
                   const std::unique_ptr<Message> now = spec.NewMessage();
                   RETURN_IF_ERROR(GetNamed(*session, spec, name.Of(request), "name", *now));
                   RETURN_IF_ERROR(LeaveOutOf(call, *session, spec, answer, rows, now.get()));
                 }
                 return CheckOwners(call, *session, spec, RowsIn(answer, rows));
               });
}

}  // namespace

void BindReads(Service& service, const Spec& spec,
               const std::shared_ptr<const UntypedRules>& rules) {
  const auto bind = [&](absl::string_view verb, auto function) {
    Method* method = Unanswered(service, spec.contract().Standard(verb));
    if (method != nullptr) function(service, spec, *method);
  };
  if (spec.personal()) {
    bind("Get", [&rules](Service& of, const Spec& one, Method& method) {
      BindOpen(of, one, method, rules);
    });
  }
  bind("Get", BindGet);
  bind("List", BindList);
  bind("BatchGet", BindBatchGet);
  bind("ListRevisions", BindListRevisions);
}

}  // namespace puente::resource::internal
