#include "modules/economy/demand_statements/service.h"

#include "common/agency/counted_kinds.h"
#include "common/context/clock.h"
#include "common/journal/projection.h"
#include "common/resource/serve.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/demand_statements/rules.h"
#include "modules/economy/demand_statements/store.h"
#include "modules/economy/sector_tables/resource.h"
#include "puente/economy/v1/demand.grpc.pb.h"

namespace puente::economy {
namespace {

// A later statement of a need takes the earlier one's place.
absl::Status SupersedeEarlier(const Call& call, journal::Transaction& tx,
                              const v1::DemandStatement*, v1::DemandStatement& statement) {
  // Of two at once, one fails at the earlier one's version or at the key of current needs, and runs
  // again.
  ASSIGN_OR_RETURN(const auto earlier, store::FindCurrent(tx, NeedKey(statement)));
  if (!earlier) return absl::OkStatus();
  return resource::Replace(call, tx, DemandStatements(), *earlier,
                           Supersede(*earlier, statement.name()))
      .status();
}

absl::StatusOr<v1::DemandSummary> Summarize(const Call& call, sql::Session& session,
                                            const v1::GetDemandSummaryRequest& request,
                                            ReleaseCache& releases) {
  ASSIGN_OR_RETURN(std::string token, journal::HeadToken(session, "economy"));
  ASSIGN_OR_RETURN(const auto tables, AllSectorTables(session));
  const Sectors sectors = SectorsInForce(tables, LegalDay(call.start));
  if (!request.sector_table().empty() && !sectors.contains(request.sector_table())) {
    return SectorTables().NotFound(request.sector_table(), "sector_table");
  }
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                   agency::CountedKind(session, DemandStatements(), LegalDay(call.start)));
  ASSIGN_OR_RETURN(const std::vector<Need> needs, store::ReadNeeds(session, kind));
  const Selection selection{request.sector_table(),
                            request.state_code(),
                            {request.skills().begin(), request.skills().end()}};
  const std::vector<Contribution> contributions = ContributionsOf(needs, sectors);
  v1::DemandSummary summary =
      SumUp(needs, contributions, sectors, selection, *releases.Of(contributions));
  summary.set_record_kind(kind);
  summary.set_freshness_token(std::move(token));
  return summary;
}

absl::StatusOr<v1::DemandSummary> GetDemandSummary(const Call& call, sql::Session& session,
                                                   const v1::GetDemandSummaryRequest& request,
                                                   ReleaseCache& releases) {
  return journal::ReadFigures<v1::DemandSummary>(session, call, [&](sql::Session& snapshot) {
    return Summarize(call, snapshot, request, releases);
  });
}

}  // namespace

void ServeDemandStatements(calls::Host& host, ReleaseCache& releases) {
  host.Serve<v1::DemandService>().Read<&GetDemandSummary>(releases);
  resource::Serve(host, DemandStatements(), {.prepare = &SupersedeEarlier});
}

}  // namespace puente::economy
