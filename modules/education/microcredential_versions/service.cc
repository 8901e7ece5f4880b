#include "modules/education/microcredential_versions/service.h"

#include "common/journal/projection.h"
#include "common/resource/serve.h"
#include "modules/education/causes/store.h"
#include "modules/education/errors.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/microcredential_versions/store.h"
#include "modules/education/outcomes.h"
#include "puente/education/v1/microcredential.grpc.pb.h"

namespace puente::education {
namespace {

absl::Status Prepare(const Call&, journal::Transaction& tx,
                     const v1::MicrocredentialVersion* before, v1::MicrocredentialVersion& after) {
  return store::KeepCauses(tx, before, after);
}

absl::Status BeforeDelete(const Call&, journal::Transaction& tx,
                          const v1::MicrocredentialVersion& before) {
  return store::ReplaceCauses(tx, before.name(), {});
}

absl::Status StoreSkills(const Call& call, journal::Transaction& tx,
                         const v1::MicrocredentialVersion& published) {
  return store::InsertSkills(tx, published);
}

absl::StatusOr<v1::SupplySummary> GetSupplySummary(sql::Session& snapshot, absl::CivilDay day,
                                                   const v1::GetSupplySummaryRequest& request) {
  ASSIGN_OR_RETURN(std::string token, journal::HeadToken(snapshot, "education"));
  ASSIGN_OR_RETURN(v1::SupplySummary summary, store::SumUp(snapshot, day));
  if (!request.sector_table().empty()) summary.add_could_not_split("sector");
  if (!request.state_code().empty()) summary.add_could_not_split("state");
  summary.set_freshness_token(std::move(token));
  return summary;
}

}  // namespace

void ServeMicrocredentialVersions(calls::Host& host) {
  calls::Service& service = host.Serve<v1::MicrocredentialService>();
  service.ReadFigures<&GetSupplySummary>();
  resource::Serve(host, MicrocredentialVersions(),
                  {.check = &CheckHours<v1::MicrocredentialVersion>,
                   .prepare = &Prepare,
                   .before_delete = &BeforeDelete,
                   .verbs = {{.verb = "PublishMicrocredentialVersion", .prepare = nullptr, .stored = &StoreSkills}}});
}

}  // namespace puente::education
