#include "modules/education/hour_entries/service.h"

#include <map>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "common/resource/states.h"
#include "modules/education/dual_agreements/rules.h"
#include "modules/education/dual_plans/minutes.h"
#include "modules/education/dual_plans/resource.h"
#include "modules/education/dual_plans/rules.h"
#include "modules/education/errors.h"
#include "modules/education/hour_entries/resource.h"
#include "modules/education/hour_entries/rules.h"
#include "modules/education/ids.h"
#include "modules/education/many.h"
#include "puente/education/v1/hour_entry.grpc.pb.h"

namespace puente::education {
namespace {

using Entry = v1::HourEntry;

// The plan of an entry, which is guarded first.
absl::StatusOr<v1::DualPlan> PlanOf(journal::Transaction& tx, const Entry& entry) {
  return resource::GuardFirst(tx, DualPlans(), PlanOfEntry(entry.name()), "name");
}

// That its minutes have not been carried along elsewhere.
absl::Status CheckNotFollowed(const v1::DualPlan& plan) {
  if (plan.followed_by().empty()) return absl::OkStatus();
  return Error(error::kDualPlanFollowed, "name"_is(plan.name()));
}

// The plans of entries, each once, as they are on this day.
using PlansByName = std::map<std::string, v1::DualPlan>;

// All but whether there is time on its day.
absl::Status CheckNew(const Call& call, const PlansByName& plans, Entry& entry) {
  const auto found = plans.find(PlanOfEntry(entry.name()));
  if (found == plans.end()) return DualPlans().NotFound(PlanOfEntry(entry.name()), "parent");
  const v1::DualPlan& plan = found->second;
  // To a company there are no plans but its own.
  if (call.caller.kind() == "company" && plan.company() != entry.company()) {
    return DualPlans().NotFound(plan.name(), "parent");
  }
  if (!absl::c_linear_search(kTakesHours, plan.state())) {
    return resource::StateWrong(DualPlans(), DualPlans().state_wrong(), call.verb(), plan,
                                kTakesHours);
  }
  RETURN_IF_ERROR(CheckNotFollowed(plan));
  RETURN_IF_ERROR(InvalidFields(CheckClaim(entry, plan, LegalDay(call.start))));
  entry.set_claimed_by(PartyOf(call.caller.kind()));
  entry.set_state(v1::HOUR_ENTRY_STATE_CLAIMED);
  return absl::OkStatus();
}

// Plans are guarded first, so that all that is recorded of one waits for one another.
absl::Status PrepareNew(const Call& call, journal::Transaction& tx, absl::Span<Entry* const> fresh,
                        absl::Span<absl::Status> refusals) {
  Many<Entry> many(fresh, refusals);
  const auto names = many.Stated([](const Entry& entry) { return PlanOfEntry(entry.name()); });
  RETURN_IF_ERROR(resource::internal::GuardEachFirst(tx, DualPlans(), names));
  ASSIGN_OR_RETURN(PlansByName plans, resource::FindMany(tx, DualPlans(), names));
  for (auto& [name, plan] : plans) Advance(call.start, plan);
  many.Check([&](Entry& entry) { return CheckNew(call, plans, entry); });
  std::vector<const Entry*> claimed;
  many.Check([&](const Entry& entry) {
    claimed.push_back(&entry);
    return absl::OkStatus();
  });
  RETURN_IF_ERROR(BeginDays(tx, claimed));
  many.Check([&](const Entry& entry) {
    return ClaimMinutes(tx, plans.at(PlanOfEntry(entry.name())), entry);
  });
  return absl::OkStatus();
}

absl::Status ConfirmHourEntry(const Call& call, journal::Transaction& tx, const Entry& before,
                              Entry& after) {
  RETURN_IF_ERROR(CheckOfOther(before, PartyOf(call.caller.kind())));
  ASSIGN_OR_RETURN(const v1::DualPlan plan, PlanOf(tx, after));
  RETURN_IF_ERROR(CheckNotFollowed(plan));
  return ConfirmMinutes(tx, plan.name(), after);
}

absl::Status DisputeHourEntry(const Call& call, journal::Transaction& tx, const Entry& before,
                              Entry& after) {
  RETURN_IF_ERROR(CheckOfOther(before, PartyOf(call.caller.kind())));
  ASSIGN_OR_RETURN(const v1::DualPlan plan, PlanOf(tx, after));
  return CheckNotFollowed(plan);
}

absl::Status VoidHourEntry(const Call& call, journal::Transaction& tx, const Entry& before,
                           Entry& after) {
  RETURN_IF_ERROR(CheckOwn(before, PartyOf(call.caller.kind())));
  ASSIGN_OR_RETURN(const v1::DualPlan plan, PlanOf(tx, after));
  return VoidMinutes(tx, plan.name(), after);
}

// Within its plan: which outcome was learned on which day.
std::string IdInFiles(const Entry& entry) {
  const std::string day = absl::FormatCivilTime(ToCivilDay(entry.work_date()));
  return crypto::UuidOf(
      crypto::TaggedSha256("puente-hours/1", {day, absl::StrCat(entry.outcome())}));
}

absl::StatusOr<OwnerProof> ClaimHourEntry(const Call& call, journal::Transaction& tx,
                                          const v1::ClaimHourEntryRequest& request, Entry& claimed,
                                          const resource::RecordWriter& writer) {
  ASSIGN_OR_RETURN(resource::Ids ids, DualPlans().pattern().Parse(request.parent(), "parent"));
  ids.push_back(request.hour_entry_id());
  claimed = request.hour_entry();
  claimed.set_name(HourEntries().pattern().Format(ids));
  return writer.Create(call, tx, ids, claimed);
}

resource::RecordWriter Serve(calls::Host& host) {
  return resource::Serve<Entry>(
      host, HourEntries(),
      {.prepare_many = &PrepareNew,
       .verbs = {{.verb = "ConfirmHourEntry", .prepare = &ConfirmHourEntry},
                 {.verb = "DisputeHourEntry", .prepare = &DisputeHourEntry},
                 {.verb = "VoidHourEntry", .prepare = &VoidHourEntry}},
       .in_files = {.id = &IdInFiles, .check_id = &CheckIdOfRecord},
       .creation = "ClaimHourEntry"});
}

}  // namespace

ServedHourEntries::ServedHourEntries(calls::Host& host) : writer_(Serve(host)) {
  host.Serve<v1::HourEntryService>().MutateOwned<&ClaimHourEntry>(writer_);
}

}  // namespace puente::education
