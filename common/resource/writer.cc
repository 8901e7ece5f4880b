#include "common/resource/writer.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/fields/rules.h"
#include "common/personal/fields.h"
#include "common/resource/provenance.h"
#include "common/resource/states.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::resource::internal {

using google::protobuf::util::MessageDifferencer;

Writer::Writer(const calls::Service& service, const Spec& spec,
               std::shared_ptr<const UntypedRules> rules)
    : service(service),
      spec(spec),
      rules(std::move(rules)),
      references(spec),
      field(Snake(spec.type().name())),
      name(spec.type(), "name"),
      etag(spec.type(), "etag"),
      checker(&spec.type()) {
  if (this->rules->check) {
    checker.set_rules(
        [this](const Message& message) { return this->rules->check(message, field); });
  }
}

absl::StatusOr<OwnerProof> Writer::Before(const Call& call, journal::Transaction& tx,
                                          absl::string_view verb, const std::string& named,
                                          const std::string& at, const std::string& etag,
                                          Message& before) const {
  RETURN_IF_ERROR(GetNamed(tx, spec, named, at, before));
  ASSIGN_OR_RETURN(const OwnerProof proof, CheckOwner(call, tx, spec, before));
  RETURN_IF_ERROR(CheckEtag(before, etag));
  RETURN_IF_ERROR(CheckState(spec, verb, before));
  return proof;
}

std::vector<Violation> Writer::Violations(const Call& call, const Message& before,
                                          Message& after) const {
  std::vector<Violation> further = KeepProvenance(call, spec, before, after, field);
  std::vector<Violation> violations = checker.Violations(after, field);
  for (Violation& immutable : fields::CheckImmutable(before, after, field)) {
    // What is wrong only because of it is a consequence.
    std::erase_if(violations, [&](const Violation& violation) {
      return absl::c_linear_search(violation.reads, immutable.field);
    });
    further.push_back(std::move(immutable));
  }
  for (Violation& violation : further) {
    const bool at_fault = absl::c_any_of(violations, [&](const Violation& other) {
      return fields::IsWithin(other.field, violation.field);
    });
    if (!at_fault) violations.push_back(std::move(violation));
  }
  return violations;
}

absl::Status Writer::CheckParent(journal::Transaction& tx, const Ids& ids, Found& found) const {
  std::call_once(parent_found, [this] { parent = ParentSpec(spec); });
  if (parent == nullptr) return absl::OkStatus();
  const std::string named = parent->pattern().Format(Ids(ids.begin(), ids.end() - 1));
  if (found.contains(named)) return absl::OkStatus();
  const std::unique_ptr<Message> above = parent->NewMessage();
  RETURN_IF_ERROR(parent->contract().deletable()
                      ? GuardNamed(tx, *parent, named, "parent", Guarded::kLast, *above)
                      : GetNamed(tx, *parent, named, "parent", *above));
  found.insert(named);
  return absl::OkStatus();
}

absl::StatusOr<OwnerProof> Writer::BeginNew(const Call& call, journal::Transaction& tx,
                                            const std::string& verb, const Ids& ids, Message& after,
                                            Found& parents) const {
  ASSIGN_OR_RETURN(const OwnerProof proof, CheckOwner(call, tx, spec, after, Owned::kNew));
  SetProvenance(call, spec, after);
  RETURN_IF_ERROR(CheckParent(tx, ids, parents));
  EnterState(spec, verb, after);
  return proof;
}

absl::Status Writer::PrepareNew(const Call& call, journal::Transaction& tx, const std::string& verb,
                                absl::Span<Message* const> fresh,
                                absl::Span<absl::Status> refusals) const {
  if (rules->prepare_many) return rules->prepare_many(call, tx, fresh, refusals);
  for (size_t i = 0; i < fresh.size(); ++i) {
    if (rules->prepare) refusals[i] = rules->prepare(call, tx, nullptr, *fresh[i]);
    if (refusals[i].ok()) refusals[i] = references.Check(call, tx, verb, nullptr, *fresh[i], field);
  }
  return absl::OkStatus();
}

absl::Status Writer::PrepareChanged(const Call& call, journal::Transaction& tx,
                                    const std::string& verb, const Message& before,
                                    Message& after) const {
  RETURN_IF_ERROR(InvalidFields(Violations(call, before, after)));
  EnterState(spec, verb, after);
  if (rules->prepare) RETURN_IF_ERROR(rules->prepare(call, tx, &before, after));
  return references.Check(call, tx, verb, &before, after, field);
}

absl::Status Writer::Open(Message& record) const {
  if (!spec.personal()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const personal::PersonKey key, rules->person_key(record));
  return personal::OpenFields(*key, record);
}

absl::Status Writer::Seal(const journal::Transaction& tx, Message& record) const {
  if (!spec.personal()) return absl::OkStatus();
  if (tx.validates()) {
    personal::LeaveOut(record);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const personal::PersonKey key, rules->person_key(record));
  personal::SealFields(*key, record);
  return absl::OkStatus();
}

absl::Status Writer::LeaveOut(const Call& call, journal::Transaction& tx, Message& answer) const {
  if (spec.leave_out() == nullptr) return absl::OkStatus();
  Message* const answers[] = {&answer};
  return spec.leave_out()(call, tx, nullptr, answers);
}

absl::StatusOr<bool> Writer::Store(const Call& call, journal::Transaction& tx,
                                   const Message& stored, const Message& before,
                                   Message& after) const {
  if (MessageDifferencer::Equals(before, after)) return false;
  RETURN_IF_ERROR(Seal(tx, after));
  RETURN_IF_ERROR(Replace(call, tx, spec, stored, after));
  return true;
}

absl::StatusOr<OwnerProof> Writer::Create(const Call& call, journal::Transaction& tx,
                                          const std::string& verb, const Ids& ids,
                                          Message& after) const {
  Found parents;
  ASSIGN_OR_RETURN(const OwnerProof proof, BeginNew(call, tx, verb, ids, after, parents));
  absl::Status refusal;
  RETURN_IF_ERROR(PrepareNew(call, tx, verb, {&after}, absl::MakeSpan(&refusal, 1)));
  RETURN_IF_ERROR(refusal);
  RETURN_IF_ERROR(Seal(tx, after));
  RETURN_IF_ERROR(internal::Create(call, tx, spec, ids, after));
  RETURN_IF_ERROR(LeaveOut(call, tx, after));
  return proof;
}

absl::Status Writer::CreateTogether(journal::Transaction& tx, const std::vector<Ids>& ids,
                                    absl::Span<calls::Asked> asked) const {
  Call nobody;
  nobody.method = asked.front().call.method;
  nobody.start = asked.front().call.start;
  nobody.deadline = asked.front().call.deadline;
  const std::string verb(nobody.verb());
  Found parents;
  std::vector<Message*> fresh;
  bool refused = false;
  for (size_t i = 0; i < asked.size(); ++i) {
    asked[i].outcome = BeginNew(asked[i].call, tx, verb, ids[i], asked[i].answer, parents);
    refused |= !asked[i].outcome.ok();
    fresh.push_back(&asked[i].answer);
  }
  if (refused) return absl::OkStatus();
  std::vector<absl::Status> refusals(asked.size());
  RETURN_IF_ERROR(PrepareNew(nobody, tx, verb, fresh, absl::MakeSpan(refusals)));
  for (size_t i = 0; i < asked.size(); ++i) {
    if (!refusals[i].ok()) asked[i].outcome = refusals[i];
    refused |= !refusals[i].ok();
  }
  if (refused) return absl::OkStatus();
  for (Message* one : fresh) RETURN_IF_ERROR(Seal(tx, *one));
  RETURN_IF_ERROR(internal::CreateMany(nobody, tx, spec, ids, fresh));
  for (const calls::Asked& one : asked) RETURN_IF_ERROR(LeaveOut(one.call, tx, one.answer));
  return absl::OkStatus();
}

absl::StatusOr<OwnerProof> Writer::Update(const Call& call, journal::Transaction& tx,
                                          const std::string& verb, const Message& incoming,
                                          const FieldMask& mask, Message& after) const {
  const std::unique_ptr<Message> stored = spec.NewMessage(), before = spec.NewMessage();
  ASSIGN_OR_RETURN(const OwnerProof proof,
                   Before(call, tx, verb, name.Of(incoming), absl::StrCat(field, ".name"),
                          etag.Of(incoming), *stored));
  before->CopyFrom(*stored);
  RETURN_IF_ERROR(Open(*before));
  after.CopyFrom(*before);
  fields::ApplyMask(incoming, mask, after);
  RETURN_IF_ERROR(PrepareChanged(call, tx, verb, *before, after));
  // What changes nothing is no new version.
  RETURN_IF_ERROR(Store(call, tx, *stored, *before, after).status());
  RETURN_IF_ERROR(LeaveOut(call, tx, after));
  return proof;
}

absl::StatusOr<OwnerProof> Writer::Delete(const Call& call, journal::Transaction& tx,
                                          const std::string& verb, const std::string& named,
                                          const std::string& etag) const {
  const std::unique_ptr<Message> before = spec.NewMessage();
  ASSIGN_OR_RETURN(const OwnerProof proof, Before(call, tx, verb, named, "name", etag, *before));
  if (rules->before_delete) RETURN_IF_ERROR(rules->before_delete(call, tx, *before));
  RETURN_IF_ERROR(internal::Delete(tx, spec, *before));
  return proof;
}

}  // namespace puente::resource::internal
