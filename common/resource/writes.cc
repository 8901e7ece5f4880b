// The methods that change a plain resource: create, update, delete, and the verbs of its states.
#include <memory>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/resource/provenance.h"
#include "common/resource/standard.h"
#include "common/resource/writer.h"
#include "common/telemetry/mistake.h"
#include "google/api/resource.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace puente::resource::internal {
namespace {

using calls::Method;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using telemetry::Mistake;

const FieldDescriptor* ResourceIn(const Descriptor& request, const Spec& spec) {
  const FieldDescriptor* field = Need(request, Snake(spec.type().name()));
  if (field->message_type() != &spec.type()) {
    Mistake("a request's resource has another type", field->full_name());
  }
  return field;
}

// What is wrong with a new record as a request states it, whatever adds it.
void CheckNew(calls::Service&, const SharedWriter& writer, Method& method) {
  const FieldDescriptor* resource = ResourceIn(*method.descriptor.input_type(), writer->spec);
  if (writer->rules->check) {
    method.fields.set_rules([writer, resource](const Message& request) {
      return writer->rules->check(request.GetReflection()->GetMessage(request, resource),
                                  writer->field);
    });
  }
  method.of_caller = [writer, resource](const Call& call, const Message& request) {
    return CheckProvenance(call, writer->spec,
                           request.GetReflection()->GetMessage(request, resource), writer->field);
  };
}

void BindCreate(calls::Service& service, const SharedWriter& writer, Method& method) {
  const Spec& spec = writer->spec;
  const Descriptor& type = *method.descriptor.input_type();
  const FieldDescriptor* resource = ResourceIn(type, spec);
  const FieldDescriptor* id = Need(type, absl::StrCat(resource->name(), "_id"));
  const Text parent(type, "parent");
  const bool has_parent = spec.pattern().id_count() > 1;
  if (has_parent) Need(type, "parent");
  CheckNew(service, writer, method);
  service.Mutate(method,
                 [=, verb = method.descriptor.name()](
                     const Call& call, journal::Transaction& tx, const Message& request,
                     Message& answer) -> absl::StatusOr<OwnerProof> {
                   const Reflection& reflection = *request.GetReflection();
                   answer.CopyFrom(reflection.GetMessage(request, resource));
                   const NamePattern& pattern = writer->spec.pattern();
                   Ids ids;
                   if (has_parent) {
                     ASSIGN_OR_RETURN(ids, pattern.Parent().Parse(parent.Of(request), "parent"));
                   }
                   ids.push_back(reflection.GetString(request, id));
                   const std::string name = pattern.Format(ids);
                   RETURN_IF_ERROR(pattern.Parse(name, id->name()).status());
                   standard::Set(answer, "name", name);
                   return writer->Create(call, tx, verb, ids, answer);
                 });
}

void BindUpdate(calls::Service& service, const SharedWriter& writer, Method& method) {
  const Descriptor& type = *method.descriptor.input_type();
  const FieldDescriptor* resource = ResourceIn(type, writer->spec);
  const FieldDescriptor* mask = Need(type, "update_mask");
  service.Mutate(
      method, [=, verb = method.descriptor.name()](const Call& call, journal::Transaction& tx,
                                                   const Message& request, Message& answer) {
        const Reflection& reflection = *request.GetReflection();
        return writer->Update(call, tx, verb, reflection.GetMessage(request, resource),
                              static_cast<const FieldMask&>(reflection.GetMessage(request, mask)),
                              answer);
      });
}

void BindDelete(calls::Service& service, const SharedWriter& writer, Method& method) {
  const Text name(*method.descriptor.input_type(), "name"),
      etag(*method.descriptor.input_type(), "etag");
  service.Mutate(method,
                 [=, verb = method.descriptor.name()](const Call& call, journal::Transaction& tx,
                                                      const Message& request, Message&) {
                   return writer->Delete(call, tx, verb, name.Of(request), etag.Of(request));
                 });
}

// "Publish" of "PublishProgramVersion", as fields begin: "publish".
std::string VerbWord(const Spec& spec, absl::string_view verb) {
  return Snake(absl::StripSuffix(verb, spec.type().name()));
}

}  // namespace

const FieldDescriptor* TimeOf(const Spec& spec, absl::string_view verb) {
  return spec.type().FindFieldByName(absl::StrCat(VerbWord(spec, verb), "_time"));
}

std::vector<Kept> KeptFields(const Descriptor& request, const Spec& spec, absl::string_view verb) {
  std::vector<Kept> kept;
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor* from = request.field(i);
    const std::string& name = from->name();
    if (name == "name" || name == "etag" || name == "request_id" || name == "validate_only") {
      continue;
    }
    const FieldDescriptor* to = spec.type().FindFieldByName(name);
    for (const std::string& prefix : {VerbWord(spec, verb), std::string("state")}) {
      if (to == nullptr) to = spec.type().FindFieldByName(absl::StrCat(prefix, "_", name));
    }
    if (to == nullptr || to->type() != from->type() || to->is_repeated() != from->is_repeated() ||
        to->enum_type() != from->enum_type() || to->message_type() != from->message_type()) {
      Mistake("the resource does not keep this field of a verb", from->full_name());
    }
    if (!from->options().GetExtension(google::api::resource_reference).type().empty()) {
      Mistake("nothing checks what a verb's field refers to", from->full_name());
    }
    const bool is_text = from->type() == FieldDescriptor::TYPE_STRING;
    const bool is_one =
        !from->is_repeated() && (from->enum_type() != nullptr || from->message_type() != nullptr);
    if (!is_text && !is_one) {
      Mistake("a verb's field is a text, texts, an enum or a message", from->full_name());
    }
    kept.push_back({from, to});
  }
  return kept;
}

const UntypedVerb* RulesOf(const UntypedRules& rules, absl::string_view verb) {
  const auto found =
      absl::c_find_if(rules.verbs, [&](const auto& rules) { return rules.verb == verb; });
  return found == rules.verbs.end() ? nullptr : &*found;
}

namespace {

void Keep(const Message& request, const std::vector<Kept>& kept, Message& after) {
  const Reflection &in = *request.GetReflection(), &out = *after.GetReflection();
  for (const auto& [from, to] : kept) {
    if (from->is_repeated()) {
      out.GetMutableRepeatedFieldRef<std::string>(&after, to)
          .CopyFrom(in.GetRepeatedFieldRef<std::string>(request, from));
    } else if (from->enum_type() != nullptr) {
      out.SetEnumValue(&after, to, in.GetEnumValue(request, from));
    } else if (from->message_type() != nullptr) {
      out.MutableMessage(&after, to)->CopyFrom(in.GetMessage(request, from));
      if (!in.HasField(request, from)) out.ClearField(&after, to);
    } else {
      out.SetString(&after, to, in.GetString(request, from));
    }
  }
}

void BindVerb(calls::Service& service, const SharedWriter& writer, Method& method) {
  const Spec& spec = writer->spec;
  const Descriptor& type = *method.descriptor.input_type();
  if (method.descriptor.output_type() != &spec.type()) {
    Mistake("a verb of the states answers the resource", method.descriptor.full_name());
  }
  const std::string verb = method.descriptor.name();
  const Text name(type, "name"), etag(type, "etag");
  const FieldDescriptor* time = TimeOf(spec, verb);
  if (time != nullptr && time->message_type() != google::protobuf::Timestamp::descriptor()) {
    Mistake("the time of a verb is a timestamp", time->full_name());
  }
  service.Mutate(method,
                 [=, kept = KeptFields(type, spec, verb), rules = RulesOf(*writer->rules, verb)](
                     const Call& call, journal::Transaction& tx, const Message& request,
                     Message& answer) -> absl::StatusOr<OwnerProof> {
                   const std::unique_ptr<Message> before = writer->spec.NewMessage();
                   ASSIGN_OR_RETURN(const OwnerProof proof,
                                    writer->Before(call, tx, verb, name.Of(request), "name",
                                                   etag.Of(request), *before));
                   answer.CopyFrom(*before);
                   EnterState(writer->spec, verb, answer);
                   Keep(request, kept, answer);
                   if (time != nullptr) standard::Set(answer, time->name(), call.start);
                   if (rules != nullptr && rules->prepare) {
                     RETURN_IF_ERROR(rules->prepare(call, tx, *before, answer));
                   }
                   RETURN_IF_ERROR(Replace(call, tx, writer->spec, *before, answer));
                   if (rules != nullptr && rules->stored)
                     RETURN_IF_ERROR(rules->stored(call, tx, answer));
                   RETURN_IF_ERROR(writer->LeaveOut(call, tx, answer));
                   return proof;
                 });
}

}  // namespace

RecordWriter BindWrites(calls::Service& service, const Spec& spec,
                        std::shared_ptr<const UntypedRules> rules) {
  const auto writer = std::make_shared<const Writer>(service, spec, std::move(rules));
  const auto bind = [&](const google::protobuf::MethodDescriptor* descriptor, auto function) {
    Method* method = Unanswered(service, descriptor);
    if (method != nullptr) function(service, writer, *method);
  };
  bind(spec.contract().Standard("Create"), BindCreate);
  if (const std::string& creation = writer->rules->creation; !creation.empty()) {
    bind(spec.contract().service().FindMethodByName(creation), CheckNew);
  }
  bind(spec.contract().Standard("Update"), BindUpdate);
  bind(spec.contract().Standard("Delete"), BindDelete);
  std::set<std::string> bound;
  for (const Transition& row : spec.states()) {
    bind(spec.contract().service().FindMethodByName(std::string(row.verb)),
         [&](calls::Service&, const SharedWriter&, Method& method) {
           BindVerb(service, writer, method);
           bound.insert(method.descriptor.name());
         });
  }
  for (const UntypedVerb& verb : writer->rules->verbs) {
    if (!bound.contains(std::string(verb.verb))) Mistake("no verb of the states", verb.verb);
  }
  return RecordWriter(writer);
}

}  // namespace puente::resource::internal
