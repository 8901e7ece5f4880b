#include "common/resource/serve.h"

#include <memory>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/fields/mask.h"
#include "common/resource/standard.h"
#include "common/telemetry/mistake.h"
#include "google/protobuf/reflection.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::resource {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Reflection;
using telemetry::Mistake;

const FieldDescriptor* Need(const Descriptor& type, const std::string& name) {
  const FieldDescriptor* field = type.FindFieldByName(name);
  if (field == nullptr)
    Mistake("a standard method needs this field", type.full_name() + "." + name);
  return field;
}

// "learningOutcome" as "LearningOutcome".
std::string Capitalized(std::string name) {
  if (!name.empty()) name[0] = absl::ascii_toupper(name[0]);
  return name;
}

// "LearningOutcome" as "learning_outcome".
std::string Snake(const std::string& name) {
  std::string snake;
  for (const char c : name) {
    if (absl::ascii_isupper(c) && !snake.empty()) snake += '_';
    snake += absl::ascii_tolower(c);
  }
  return snake;
}

// A text field of requests; one that they do not have reads "".
class Text {
 public:
  Text(const Descriptor& type, const char* name) : field_(type.FindFieldByName(name)) {}
  std::string Of(const Message& message) const {
    return field_ == nullptr ? "" : message.GetReflection()->GetString(message, field_);
  }

 private:
  const FieldDescriptor* field_;
};

// The repeated field of an answer that takes resources.
const FieldDescriptor* RowsOf(const Descriptor& answer, const Spec& spec) {
  for (int i = 0; i < answer.field_count(); ++i) {
    const FieldDescriptor* field = answer.field(i);
    if (field->is_repeated() && field->message_type() == spec.options().type.descriptor)
      return field;
  }
  Mistake("a list's answer needs a field of these resources", answer.full_name());
}

internal::Emplace AddingTo(Message& answer, const FieldDescriptor* rows) {
  return [&answer, rows] { return answer.GetReflection()->AddMessage(&answer, rows); };
}

absl::Status CheckOwners(const Call& call, const Spec& spec, const Message& answer,
                         const FieldDescriptor* rows) {
  call.owner_checked = true;  // of no rows too
  if (!call.owner_only) return absl::OkStatus();
  for (const Message& row : answer.GetReflection()->GetRepeatedFieldRef<Message>(answer, rows)) {
    RETURN_IF_ERROR(CheckOwner(call, spec, row));
  }
  return absl::OkStatus();
}

const FieldDescriptor* ResourceIn(const Descriptor& request, const Spec& spec) {
  const FieldDescriptor* field = Need(request, Snake(spec.options().type.descriptor->name()));
  if (field->message_type() != spec.options().type.descriptor) {
    Mistake("a request's resource has another type", field->full_name());
  }
  return field;
}

// Where a record comes from and whether it is a fact are not its owner's to change.
void CheckProvenance(const Message& before, const Message& after, const std::string& under,
                     std::vector<Violation>& violations) {
  for (const char* name : {"source", "record_kind"}) {
    const FieldDescriptor* field = before.GetDescriptor()->FindFieldByName(name);
    google::protobuf::util::MessageDifferencer differencer;
    if (field == nullptr || differencer.CompareWithFields(before, after, {field}, {field}))
      continue;
    violations.push_back({absl::StrCat(under, ".", name), "IMMUTABLE",
                          "solo lo cambia la dependencia; quítelo de update_mask.",
                          "is changed by the agency alone; leave it out of update_mask."});
  }
}

// Binds the methods of one resource.
class Binder {
 public:
  Binder(calls::Service& service, const Spec& spec, Hooks hooks)
      : service_(service),
        spec_(spec),
        hooks_(std::make_shared<const Hooks>(std::move(hooks))),
        checker_(std::make_shared<fields::FieldChecker>(spec.options().type.descriptor)) {
    singular_ = Capitalized(spec.singular());
    plural_ = Capitalized(spec.plural());
  }

  void Bind() {
    Bind(absl::StrCat("Get", singular_), &Binder::BindGet);
    Bind(absl::StrCat("List", plural_), &Binder::BindList);
    Bind(absl::StrCat("BatchGet", plural_), &Binder::BindBatchGet);
    Bind(absl::StrCat("Create", singular_), &Binder::BindCreate);
    Bind(absl::StrCat("Update", singular_), &Binder::BindUpdate);
    Bind(absl::StrCat("Delete", singular_), &Binder::BindDelete);
    Bind(absl::StrCat("List", singular_, "Revisions"), &Binder::BindListRevisions);
  }

 private:
  void Bind(const std::string& name, void (Binder::*bind)(calls::Method&)) {
    calls::Method* method = service_.Find(name);
    if (method != nullptr && !service_.Answers(*method)) (this->*bind)(*method);
  }

  void BindGet(calls::Method& method);
  void BindList(calls::Method& method);
  void BindBatchGet(calls::Method& method);
  void BindCreate(calls::Method& method);
  void BindUpdate(calls::Method& method);
  void BindDelete(calls::Method& method);
  void BindListRevisions(calls::Method& method);

  // What all violations of a changed resource are.
  std::vector<Violation> Violations(const Message& before, const Message& after,
                                    const std::string& under) const;

  calls::Service& service_;
  const Spec& spec_;
  const std::shared_ptr<const Hooks> hooks_;
  const std::shared_ptr<fields::FieldChecker> checker_;
  std::string singular_;
  std::string plural_;
};

void Binder::BindGet(calls::Method& method) {
  const Text name(*method.descriptor.input_type(), "name");
  service_.ReadMany(method, [&spec = spec_, name](sql::Session* session,
                                                  absl::Span<calls::Service::Asked> calls) {
    std::vector<internal::Asked> asked;
    for (const auto& call : calls) asked.push_back({name.Of(call.request), "name", call.answer});
    internal::GetEach(*session, spec, absl::MakeSpan(asked));
    for (size_t i = 0; i < calls.size(); ++i) {
      calls::Service::Asked& call = calls[i];
      call.status = std::move(asked[i].status);
      if (call.status.ok()) call.status = CheckOwner(call.call, spec, call.answer);
    }
  });
}

void Binder::BindList(calls::Method& method) {
  const Descriptor& type = *method.descriptor.input_type();
  const FieldDescriptor* page_size = Need(type, "page_size");
  const FieldDescriptor* rows = RowsOf(*method.descriptor.output_type(), spec_);
  const FieldDescriptor* next = Need(*method.descriptor.output_type(), "next_page_token");
  const Text page_token(type, "page_token"), filter(type, "filter"), order_by(type, "order_by"),
      parent(type, "parent");
  const bool has_parent = spec_.options().pattern.id_count() > 1;
  if (has_parent) Need(type, "parent");
  service_.Read(method,
                [=, &spec = spec_](const Call& call, sql::Session* session, const Message& request,
                                   Message& answer) -> absl::Status {
                  const std::string token = page_token.Of(request), chosen = filter.Of(request),
                                    order = order_by.Of(request), above = parent.Of(request);
                  Ids parents;
                  if (has_parent) {
                    ASSIGN_OR_RETURN(parents, internal::ParentIds(spec, above));
                  }
                  const int size = request.GetReflection()->GetInt32(request, page_size);
                  ASSIGN_OR_RETURN(
                      std::string further,
                      internal::List(*session, spec,
                                     {call, size, token, chosen, order, above, std::move(parents)},
                                     AddingTo(answer, rows)));
                  answer.GetReflection()->SetString(&answer, next, std::move(further));
                  return absl::OkStatus();
                });
}

void Binder::BindBatchGet(calls::Method& method) {
  const FieldDescriptor* names = Need(*method.descriptor.input_type(), "names");
  const FieldDescriptor* rows = RowsOf(*method.descriptor.output_type(), spec_);
  service_.Read(method, [=, &spec = spec_](const Call& call, sql::Session* session,
                                           const Message& request, Message& answer) {
    const auto asked = request.GetReflection()->GetRepeatedFieldRef<std::string>(request, names);
    return internal::BatchGetNamed(*session, spec, {asked.begin(), asked.end()}, "names",
                                   AddingTo(answer, rows),
                                   [&](const Message& row, absl::string_view field) {
                                     return CheckOwner(call, spec, row, Owned::kStored, field);
                                   });
  });
}

void Binder::BindCreate(calls::Method& method) {
  const Descriptor& type = *method.descriptor.input_type();
  const FieldDescriptor* resource = ResourceIn(type, spec_);
  const FieldDescriptor* id = Need(type, absl::StrCat(resource->name(), "_id"));
  const Text parent(type, "parent");
  const bool has_parent = spec_.options().pattern.id_count() > 1;
  if (has_parent) Need(type, "parent");
  if (hooks_->check) {
    method.fields.set_rules([hooks = hooks_, resource](const Message& request) {
      return hooks->check(request.GetReflection()->GetMessage(request, resource), resource->name());
    });
  }
  service_.Mutate(
      method,
      [=, &spec = spec_, hooks = hooks_](const Call& call, journal::Transaction& tx,
                                         const Message& request, Message& answer) -> absl::Status {
        const Reflection& reflection = *request.GetReflection();
        answer.CopyFrom(reflection.GetMessage(request, resource));
        const NamePattern& pattern = spec.options().pattern;
        Ids ids;
        if (has_parent) {
          ASSIGN_OR_RETURN(ids, pattern.Parent().Parse(parent.Of(request), "parent"));
        }
        ids.push_back(reflection.GetString(request, id));
        const std::string name = pattern.Format(ids);
        RETURN_IF_ERROR(pattern.Parse(name, id->name()).status());
        standard::Set(answer, "name", name);
        RETURN_IF_ERROR(CheckOwner(call, spec, answer, Owned::kNew));
        if (hooks->store) RETURN_IF_ERROR(hooks->store(call, tx, nullptr, answer));
        return internal::Create(call, tx, spec, ids, answer);
      });
}

std::vector<Violation> Binder::Violations(const Message& before, const Message& after,
                                          const std::string& under) const {
  std::vector<Violation> violations = checker_->Violations(after, under);
  for (Violation& immutable : fields::CheckImmutable(before, after, under)) {
    const bool at_fault = absl::c_any_of(violations, [&](const Violation& violation) {
      return absl::StartsWith(violation.field, immutable.field);
    });
    if (!at_fault) violations.push_back(std::move(immutable));
  }
  return violations;
}

void Binder::BindUpdate(calls::Method& method) {
  const Descriptor& type = *method.descriptor.input_type();
  const FieldDescriptor* resource = ResourceIn(type, spec_);
  const FieldDescriptor* mask = Need(type, "update_mask");
  const Text name(*spec_.options().type.descriptor, "name"),
      etag(*spec_.options().type.descriptor, "etag");
  if (!spec_.options().revisions) Mistake("what is updated keeps its revisions", type.full_name());
  if (hooks_->check) {
    checker_->set_rules([hooks = hooks_, resource](const Message& message) {
      return hooks->check(message, resource->name());
    });
  }
  service_.Mutate(
      method,
      [=, self = *this](const Call& call, journal::Transaction& tx, const Message& request,
                        Message& answer) -> absl::Status {
        const Message& incoming = request.GetReflection()->GetMessage(request, resource);
        const auto& meant =
            static_cast<const FieldMask&>(request.GetReflection()->GetMessage(request, mask));
        const std::unique_ptr<Message> before = self.spec_.options().type.make();
        RETURN_IF_ERROR(internal::GetNamed(tx, self.spec_, name.Of(incoming),
                                           absl::StrCat(resource->name(), ".name"), *before));
        RETURN_IF_ERROR(CheckOwner(call, self.spec_, *before));
        RETURN_IF_ERROR(CheckEtag(*before, etag.Of(incoming)));
        answer.CopyFrom(*before);
        fields::ApplyMask(incoming, meant, answer);
        std::vector<Violation> violations = self.Violations(*before, answer, resource->name());
        if (call.owner_only) CheckProvenance(*before, answer, resource->name(), violations);
        RETURN_IF_ERROR(InvalidFields(violations));
        if (self.hooks_->store) RETURN_IF_ERROR(self.hooks_->store(call, tx, before.get(), answer));
        // What changes nothing is no new version.
        if (google::protobuf::util::MessageDifferencer::Equals(*before, answer)) {
          return absl::OkStatus();
        }
        return internal::Replace(call, tx, self.spec_, *before, answer);
      });
}

void Binder::BindDelete(calls::Method& method) {
  const Text name(*method.descriptor.input_type(), "name"),
      etag(*method.descriptor.input_type(), "etag");
  if (!spec_.options().deletable || !spec_.options().revisions) {
    Mistake("what is deleted is declared so, and keeps its revisions",
            method.descriptor.full_name());
  }
  service_.Mutate(
      method,
      [=, &spec = spec_, hooks = hooks_](const Call& call, journal::Transaction& tx,
                                         const Message& request, Message&) -> absl::Status {
        const std::unique_ptr<Message> before = spec.options().type.make();
        RETURN_IF_ERROR(internal::GetNamed(tx, spec, name.Of(request), "name", *before));
        RETURN_IF_ERROR(CheckOwner(call, spec, *before));
        RETURN_IF_ERROR(CheckEtag(*before, etag.Of(request)));
        if (hooks->remove) RETURN_IF_ERROR(hooks->remove(call, tx, *before));
        return internal::Delete(tx, spec, *before);
      });
}

void Binder::BindListRevisions(calls::Method& method) {
  const Descriptor& type = *method.descriptor.input_type();
  const FieldDescriptor* page_size = Need(type, "page_size");
  const FieldDescriptor* rows = RowsOf(*method.descriptor.output_type(), spec_);
  const FieldDescriptor* next = Need(*method.descriptor.output_type(), "next_page_token");
  const Text name(type, "name"), page_token(type, "page_token");
  if (!spec_.options().revisions) Mistake("no revisions are kept", type.full_name());
  service_.Read(method,
                [=, &spec = spec_](const Call& call, sql::Session* session, const Message& request,
                                   Message& answer) -> absl::Status {
                  ASSIGN_OR_RETURN(const Ids ids, spec.options().pattern.Parse(name.Of(request)));
                  ASSIGN_OR_RETURN(
                      std::string further,
                      internal::ListRevisions(*session, spec, call, ids,
                                              request.GetReflection()->GetInt32(request, page_size),
                                              page_token.Of(request), AddingTo(answer, rows)));
                  answer.GetReflection()->SetString(&answer, next, std::move(further));
                  return CheckOwners(call, spec, answer, rows);
                });
}

}  // namespace

void Serve(calls::Service& service, const Spec& spec, Hooks hooks) {
  Binder(service, spec, std::move(hooks)).Bind();
}

}  // namespace puente::resource
