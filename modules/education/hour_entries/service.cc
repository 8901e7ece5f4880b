#include "modules/education/hour_entries/service.h"

#include <string>

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
#include "puente/education/v1/hour_entry.grpc.pb.h"

namespace puente::education {
namespace {

using Entry = v1::HourEntry;

// The plan of an entry, which is guarded first, as it is on this day.
absl::StatusOr<v1::DualPlan> PlanOf(const Call& call, journal::Transaction& tx, const Entry& entry,
                                    absl::string_view field) {
  ASSIGN_OR_RETURN(v1::DualPlan plan,
                   resource::GuardFirst(tx, DualPlans(), PlanOfEntry(entry.name()), field));
  Advance(call.start, plan);
  return plan;
}

// That its minutes have not been carried along elsewhere.
absl::Status CheckNotFollowed(const v1::DualPlan& plan) {
  if (plan.followed_by().empty()) return absl::OkStatus();
  return Error(error::kDualPlanFollowed, "name"_is(plan.name()));
}

absl::Status Claim(const Call& call, journal::Transaction& tx, Entry& entry) {
  ASSIGN_OR_RETURN(const v1::DualPlan plan, PlanOf(call, tx, entry, "parent"));
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
  return ClaimMinutes(tx, plan, entry);
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx, absl::Span<Entry* const> fresh,
                        absl::Span<absl::Status> refusals) {
  for (size_t i = 0; i < fresh.size(); ++i) refusals[i] = Claim(call, tx, *fresh[i]);
  return absl::OkStatus();
}

absl::Status ConfirmHourEntry(const Call& call, journal::Transaction& tx, const Entry& before,
                              Entry& after) {
  RETURN_IF_ERROR(CheckOfOther(before, PartyOf(call.caller.kind())));
  ASSIGN_OR_RETURN(const v1::DualPlan plan, PlanOf(call, tx, after, "name"));
  RETURN_IF_ERROR(CheckNotFollowed(plan));
  return ConfirmMinutes(tx, plan.name(), after);
}

absl::Status DisputeHourEntry(const Call& call, journal::Transaction& tx, const Entry& before,
                              Entry& after) {
  RETURN_IF_ERROR(CheckOfOther(before, PartyOf(call.caller.kind())));
  ASSIGN_OR_RETURN(const v1::DualPlan plan, PlanOf(call, tx, after, "name"));
  return CheckNotFollowed(plan);
}

absl::Status VoidHourEntry(const Call& call, journal::Transaction& tx, const Entry& before,
                           Entry& after) {
  RETURN_IF_ERROR(CheckOwn(before, PartyOf(call.caller.kind())));
  ASSIGN_OR_RETURN(const v1::DualPlan plan, PlanOf(call, tx, after, "name"));
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
