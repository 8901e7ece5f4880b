#include "common/personal/fields.h"

#include <sodium.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "common/personal/errors.h"
#include "common/personal/sealing.h"
#include "common/status/macros.h"
#include "puente/api/v1/options.pb.h"

namespace puente::personal {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Raised when the fields are to be used for another purpose.
constexpr int kPurposeVersion = 1;
constexpr char kSealed[] = "sealed";

// What a type of messages has that is personal.
struct Plan {
  std::vector<const FieldDescriptor*> personal;
  const FieldDescriptor* sealed = nullptr;
  const FieldDescriptor* name = nullptr;
  std::vector<const FieldDescriptor*> within;  // messages that may hold something personal
};

bool Holds(const Descriptor& type, absl::flat_hash_set<const Descriptor*>& seen) {
  if (!seen.insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsPersonal(field)) return true;
    if (field.message_type() != nullptr && Holds(*field.message_type(), seen)) return true;
  }
  return false;
}

Plan MakePlan(const Descriptor& type) {
  Plan plan;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    absl::flat_hash_set<const Descriptor*> seen;
    if (IsPersonal(*field)) {
      plan.personal.push_back(field);
    } else if (field->message_type() != nullptr && Holds(*field->message_type(), seen)) {
      plan.within.push_back(field);
    }
  }
  const FieldDescriptor* sealed = type.FindFieldByName(kSealed);
  if (!plan.personal.empty() && sealed != nullptr &&
      sealed->type() == FieldDescriptor::TYPE_BYTES) {
    plan.sealed = sealed;
    plan.name = type.FindFieldByName("name");
  }
  return plan;
}

// Made once for each type.
const Plan& PlanOf(const Descriptor& type) {
  struct Plans {
    absl::Mutex mutex;
    absl::flat_hash_map<const Descriptor*, std::unique_ptr<const Plan>> made ABSL_GUARDED_BY(mutex);
  };
  static auto* const plans = new Plans;
  {
    absl::ReaderMutexLock lock(&plans->mutex);
    const auto found = plans->made.find(&type);
    if (found != plans->made.end()) return *found->second;
  }
  auto plan = std::make_unique<const Plan>(MakePlan(type));
  absl::MutexLock lock(&plans->mutex);
  return *plans->made.emplace(&type, std::move(plan)).first->second;
}

// What is stored of this type. Others are a mistake of ours, which resource::Spec finds at start.
const Plan& StoredPlan(const Descriptor& type) {
  const Plan& plan = PlanOf(type);
  if (plan.sealed == nullptr || plan.name == nullptr) std::abort();
  return plan;
}

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  return field->is_repeated() ? reflection.FieldSize(message, field) > 0
                              : reflection.HasField(message, field);
}

template <class Each>
void ForEachWithin(const Message& message, const FieldDescriptor* field, Each each) {
  const Reflection& reflection = *message.GetReflection();
  if (!field->is_repeated()) {
    if (reflection.HasField(message, field)) each(reflection.GetMessage(message, field));
    return;
  }
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    each(reflection.GetRepeatedMessage(message, field, i));
  }
}

Place PlaceOf(const Plan& plan, const Message& record, std::string& name) {
  name = record.GetReflection()->GetString(record, plan.name);
  return {name, kSealed, kPurposeVersion};
}

}  // namespace

bool HasPersonal(const Descriptor& type) { return !PlanOf(type).personal.empty(); }

bool IsPersonal(const FieldDescriptor& field) {
  return field.options().HasExtension(api::v1::personal);
}

bool CanBeSealed(const Descriptor& type) {
  const Plan& plan = PlanOf(type);
  return plan.sealed != nullptr && plan.name != nullptr;
}

bool MayHoldPersonal(const Descriptor& type) {
  const Plan& plan = PlanOf(type);
  return !plan.personal.empty() || !plan.within.empty();
}

bool InClear(const Message& message) {
  const Plan& plan = PlanOf(*message.GetDescriptor());
  for (const FieldDescriptor* field : plan.personal) {
    if (IsSet(message, field)) return true;
  }
  bool found = false;
  for (const FieldDescriptor* field : plan.within) {
    ForEachWithin(message, field, [&](const Message& within) { found = found || InClear(within); });
  }
  return found;
}

void LeaveOut(Message& message) {
  const Plan& plan = PlanOf(*message.GetDescriptor());
  const Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : plan.personal) reflection.ClearField(&message, field);
  if (plan.sealed != nullptr) reflection.ClearField(&message, plan.sealed);
  for (const FieldDescriptor* field : plan.within) {
    if (!field->is_repeated()) {
      if (reflection.HasField(message, field))
        LeaveOut(*reflection.MutableMessage(&message, field));
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      LeaveOut(*reflection.MutableRepeatedMessage(&message, field, i));
    }
  }
}

void SealFields(const crypto::SecretKey& key, Message& record) {
  const Plan& plan = StoredPlan(*record.GetDescriptor());
  const std::unique_ptr<Message> alone(record.New());
  record.GetReflection()->SwapFields(&record, alone.get(), plan.personal);
  std::string value = alone->SerializeAsString(), name;
  record.GetReflection()->SetString(&record, plan.sealed,
                                    Seal(key, PlaceOf(plan, record, name), value));
  sodium_memzero(value.data(), value.size());
}

absl::Status OpenFields(const crypto::SecretKey& key, Message& record) {
  const Plan& plan = StoredPlan(*record.GetDescriptor());
  const Reflection& reflection = *record.GetReflection();
  // Of who was destroyed nothing is left, though a key may still be remembered.
  if (reflection.GetString(record, plan.sealed).empty()) return Error(error::kPersonErased);
  std::string name;
  ASSIGN_OR_RETURN(std::string value, Open(key, PlaceOf(plan, record, name),
                                           reflection.GetString(record, plan.sealed)));
  const std::unique_ptr<Message> alone(record.New());
  const bool parsed = alone->ParseFromString(value);
  sodium_memzero(value.data(), value.size());
  if (!parsed) return Error(error::kSealedUnreadable);
  reflection.SwapFields(&record, alone.get(), plan.personal);
  reflection.ClearField(&record, plan.sealed);
  return absl::OkStatus();
}

}  // namespace puente::personal
