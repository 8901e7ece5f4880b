#include "modules/economy/value_chains/service.h"

#include <vector>

#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/economy/demand_releases/store.h"
#include "modules/economy/demand_releases/telling.h"
#include "modules/economy/value_chains/resource.h"
#include "modules/economy/value_chains/rules.h"
#include "puente/economy/v1/value_chain.grpc.pb.h"

namespace puente::economy {
namespace {

// Of a stage: of all stages of a chain, no more than can be asked of Education at once.
constexpr size_t kMostSkills = 30;

absl::Status WriteSkills(sql::Session& session, const store::DemandRelease& release,
                         const releases::Key& of, v1::StageDemand& out) {
  const auto prefixes = release.sectors.find(of.sector);
  if (prefixes == release.sectors.end()) return absl::OkStatus();  // it was not there yet
  out.mutable_scian_prefixes()->Add(prefixes->second.begin(), prefixes->second.end());
  out.set_could_not_split(!CanSplit(release, of.sector));
  ASSIGN_OR_RETURN(std::vector<store::ToldCell> cells,
                   store::ReadTopSkills(session, release.number, of, kMostSkills + 1));
  out.set_more_skills(cells.size() > kMostSkills);
  if (out.more_skills()) cells.resize(kMostSkills);
  for (const store::ToldCell& told : cells) {
    type::v1::SkillCount& count = *out.add_skills();
    count.set_skill(told.cell.key.skill);
    *count.mutable_count() = Told(told.cell.heads);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::ValueChainDemand> GetValueChainDemand(
    sql::Session& session, absl::CivilDay day, const v1::GetValueChainDemandRequest& request) {
  ASSIGN_OR_RETURN(const v1::ValueChain chain,
                   resource::Get(session, ValueChains(), request.name()));
  ASSIGN_OR_RETURN(const Telling telling, ReadTelling(session, day, {request.at_least(), "", ""}));
  v1::ValueChainDemand out;
  out.set_record_kind(telling.kind);
  *out.mutable_others() =
      Untold(telling.release ? type::v1::MARK_SUPPRESSED : type::v1::MARK_MISSING);
  for (const v1::ValueChainStage& stage : chain.stages()) {
    v1::StageDemand& demand = *out.add_stages();
    demand.set_stage(stage.stage());
    if (!telling.release) continue;
    RETURN_IF_ERROR(WriteSkills(session, *telling.release,
                                {SectorOf(chain, stage), request.state_code(), ""}, demand));
  }
  if (!telling.release) return out;
  out.set_release(NameOf(*telling.release));
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), TokenOf(session, *telling.release));
  *out.mutable_as_of_time() = ToProto(telling.release->create_time);
  return out;
}

}  // namespace

void ServeValueChains(calls::Host& host) {
  host.Serve<v1::ValueChainService>().ReadFiguresWithToken<&GetValueChainDemand>();
  resource::Serve(host, ValueChains(), {.check = &CheckValueChain});
}

}  // namespace puente::economy
