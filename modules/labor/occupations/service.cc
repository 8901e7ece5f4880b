#include "modules/labor/occupations/service.h"

#include "common/resource/serve.h"
#include "modules/labor/occupations/resource.h"
#include "modules/labor/occupations/rules.h"
#include "modules/labor/vocabulary_releases/diff.h"
#include "modules/labor/vocabulary_releases/resource.h"
#include "modules/labor/vocabulary_releases/rules.h"
#include "puente/labor/v1/occupation.grpc.pb.h"

namespace puente::labor {
namespace {

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Occupation* before,
                     v1::Occupation& after) {
  const NamePattern& pattern = Occupations().pattern();
  ASSIGN_OR_RETURN(const auto ids, pattern.Parse(after.name()));
  // Others fill the release too, but nobody publishes it meanwhile.
  ASSIGN_OR_RETURN(
      const auto release,
      resource::Guard(tx, VocabularyReleases(), pattern.Parent().Format({ids[0]}), "parent"));
  RETURN_IF_ERROR(CheckDraft(call, release));
  return rules::CheckFitsRelease(after, ids[1], release);
}

absl::StatusOr<v1::DiffOccupationsResponse> DiffOccupations(
    const Call& call, sql::Session& session, const v1::DiffOccupationsRequest& request) {
  return DiffReleases<v1::DiffOccupationsResponse>(call, session, request, Occupations());
}

}  // namespace

void ServeOccupations(calls::Host& host) {
  host.Serve<v1::OccupationService>().Read<&DiffOccupations>();
  resource::Serve(host, Occupations(), {.check = &rules::CheckOccupation, .prepare = &Prepare});
}

}  // namespace puente::labor
