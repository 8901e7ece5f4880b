#include "modules/economy/value_chains/service.h"

#include <iterator>
#include <vector>

#include "absl/algorithm/container.h"
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

// Adds the cells that are told to those of the stages before.
absl::Status WriteSkills(sql::Session& session, const store::DemandRelease& release,
                         const releases::Key& of, v1::StageDemand& out,
                         std::vector<store::ToldCell>& told_cells) {
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
  absl::c_move(cells, std::back_inserter(told_cells));
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
  std::vector<store::ToldCell> cells;
  for (const v1::ValueChainStage& stage : chain.stages()) {
    v1::StageDemand& demand = *out.add_stages();
    demand.set_stage(stage.stage());
    if (!telling.release) continue;
    RETURN_IF_ERROR(WriteSkills(session, *telling.release,
                                {SectorOf(chain, stage), request.state_code(), ""}, demand, cells));
  }
  if (!telling.release) return out;
  // A chain that came after the release.
  if (absl::c_all_of(out.stages(), [](const auto& one) { return one.scian_prefixes().empty(); })) {
    *out.mutable_others() = Untold(type::v1::MARK_MISSING);
  }
  out.set_release(NameOf(*telling.release));
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), TokenOf(session, *telling.release));
  ASSIGN_OR_RETURN(const Origin origin, OriginOf(session, *telling.release, cells));
  *out.mutable_as_of_time() = ToProto(origin.as_of);
  return out;
}

}  // namespace

void ServeValueChains(calls::Host& host) {
  host.Serve<v1::ValueChainService>().ReadFiguresWithToken<&GetValueChainDemand>();
  resource::Serve(host, ValueChains(), {.check = &CheckValueChain});
}

}  // namespace puente::economy
