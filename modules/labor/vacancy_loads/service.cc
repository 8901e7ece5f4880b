#include "modules/labor/vacancy_loads/service.h"

#include <utility>

#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/due/task.h"
#include "common/resource/serve.h"
#include "modules/labor/vacancy_loads/resource.h"
#include "modules/labor/vacancy_loads/take_back.h"
#include "puente/labor/v1/vacancy_load.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::VacancyLoad> TakenBack(const Call& call, journal::Transaction& tx,
                                          const v1::VacancyLoad& before) {
  // Who asks once more changes nothing.
  if (before.state() != v1::VACANCY_LOAD_STATE_LOADED) return before;
  v1::VacancyLoad after = before;
  after.set_state(v1::VACANCY_LOAD_STATE_TAKING_BACK);
  after.set_taken_back_by(call.caller.path);
  *after.mutable_take_back_time() = ToProto(call.start);
  ASSIGN_OR_RETURN(after, resource::Replace(call, tx, VacancyLoads(), before, std::move(after)));
  ASSIGN_OR_RETURN(const resource::Ids ids, VacancyLoads().pattern().Parse(before.name()));
  RETURN_IF_ERROR(due::Schedule(tx, {kTakeBack, ids.front(), ""}));
  return after;
}

absl::StatusOr<OwnerProof> TakeBackVacancyLoad(const Call& call, journal::Transaction& tx,
                                               const v1::TakeBackVacancyLoadRequest& request,
                                               v1::VacancyLoad& load) {
  ASSIGN_OR_RETURN(const v1::VacancyLoad before, resource::Get(tx, VacancyLoads(), request.name()));
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, tx, VacancyLoads(), before));
  RETURN_IF_ERROR(resource::CheckEtag(before, request.etag()));
  ASSIGN_OR_RETURN(load, TakenBack(call, tx, before));
  return proof;
}

}  // namespace

void ServeVacancyLoads(calls::Host& host) {
  host.Serve<v1::VacancyLoadService>().MutateOwned<&TakeBackVacancyLoad>();
  resource::Serve(host, VacancyLoads());
}

}  // namespace puente::labor
