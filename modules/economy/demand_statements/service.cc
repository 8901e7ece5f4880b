#include "modules/economy/demand_statements/service.h"

#include "common/agency/counted_kinds.h"
#include "common/context/clock.h"
#include "common/resource/serve.h"
#include "modules/economy/companies/resource.h"
#include "modules/economy/consents/store.h"
#include "modules/economy/demand_releases/release.h"
#include "modules/economy/demand_releases/summary.h"
#include "modules/economy/demand_statements/counting.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/demand_statements/rules.h"
#include "modules/economy/demand_statements/standing.h"
#include "modules/economy/demand_statements/store.h"
#include "puente/economy/v1/demand.grpc.pb.h"

namespace puente::economy {
namespace {

// A later statement of a need takes the earlier one's place, and its room.
absl::Status SupersedeEarlier(const Call& call, journal::Transaction& tx,
                              const v1::DemandStatement*, v1::DemandStatement& statement) {
  // Of two at once, one fails at the earlier one's version or at the key of current needs, and runs
  // again.
  ASSIGN_OR_RETURN(const auto earlier, store::FindCurrent(tx, NeedKey(statement)));
  if (earlier) RETURN_IF_ERROR(GiveRoomBack(call, tx, *earlier));
  ASSIGN_OR_RETURN(const v1::DemandStanding standing, TakeRoom(call, tx, statement));
  statement.set_standing(standing);
  if (!earlier) return absl::OkStatus();
  return resource::Replace(call, tx, DemandStatements(), *earlier,
                           Supersede(*earlier, statement.name()))
      .status();
}

absl::Status Withdraw(const Call& call, journal::Transaction& tx, const v1::DemandStatement& before,
                      v1::DemandStatement&) {
  return GiveRoomBack(call, tx, before);
}

// What somebody vouches for needs no room.
absl::Status ConfirmDemandStatement(const Call& call, journal::Transaction& tx,
                                    const v1::DemandStatement& before, v1::DemandStatement& after) {
  // A consent that is given at this moment waits, or is seen.
  RETURN_IF_ERROR(resource::GuardFirst(tx, Companies(), CompanyOf(before), "name").status());
  RETURN_IF_ERROR(CheckIndependent(call, tx, CompanyOf(before)));
  RETURN_IF_ERROR(GiveRoomBack(call, tx, before));
  after.set_standing(v1::DEMAND_STANDING_CONFIRMED);
  after.set_confirmed_by(call.caller.path);
  return absl::OkStatus();
}

absl::StatusOr<v1::ReleaseDemandResponse> ReleaseDemand(const Call&, journal::Transaction& tx,
                                                        const v1::ReleaseDemandRequest&) {
  RETURN_IF_ERROR(DemandReleaser::Ask(tx));
  return v1::ReleaseDemandResponse();
}

absl::StatusOr<OwnerProof> ExplainDemandStatement(const Call& call, sql::Session& session,
                                                  const v1::ExplainDemandStatementRequest& request,
                                                  v1::DemandVerdict& verdict) {
  ASSIGN_OR_RETURN(const auto statement,
                   resource::Get(session, DemandStatements(), request.name()));
  ASSIGN_OR_RETURN(OwnerProof proof,
                   resource::CheckOwner(call, session, DemandStatements(), statement));
  const absl::CivilDay day = LegalDay(call.start);
  ASSIGN_OR_RETURN(const type::v1::RecordKind counted,
                   agency::CountedKind(session, DemandStatements(), day));
  const auto company = resource::Get(session, Companies(), CompanyOf(statement));
  if (!company.ok() && !absl::IsNotFound(company.status())) return company.status();
  verdict = Explain(statement, company.ok() ? &*company : nullptr, counted, day, call.locale);
  return proof;
}

}  // namespace

void ServeDemandStatements(calls::Host& host) {
  calls::Service& demand = host.Serve<v1::DemandService>();
  demand.ReadFiguresWithToken<&GetDemandSummary>();
  demand.Mutate<&ReleaseDemand>();
  demand.ReadOwned<&ExplainDemandStatement>();
  resource::Serve(
      host, DemandStatements(),
      {.prepare = &SupersedeEarlier,
       .verbs = {{.verb = "WithdrawDemandStatement", .prepare = &Withdraw},
                 {.verb = "ConfirmDemandStatement", .prepare = &ConfirmDemandStatement}}});
}

}  // namespace puente::economy
