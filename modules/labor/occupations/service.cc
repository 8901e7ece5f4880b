#include "modules/labor/occupations/service.h"

#include "common/resource/serve.h"
#include "modules/labor/occupations/rules.h"
#include "modules/labor/occupations/store.h"
#include "modules/labor/vocabulary_releases/diff.h"
#include "modules/labor/vocabulary_releases/rules.h"
#include "modules/labor/vocabulary_releases/store.h"
#include "puente/labor/v1/occupation.grpc.pb.h"

namespace puente::labor {
namespace {

absl::Status DraftOccupation(const Call& call, journal::Transaction& tx,
                             const v1::Occupation* before, v1::Occupation& after) {
  const NamePattern& pattern = store::OccupationSpec().options().pattern;
  ASSIGN_OR_RETURN(const auto ids, pattern.Parse(after.name()));
  // Others fill the release too, but nobody publishes it meanwhile.
  ASSIGN_OR_RETURN(const auto release,
                   resource::Hold<v1::VocabularyRelease>(tx, store::VocabularyReleaseSpec(),
                                                         pattern.Parent().Format({ids[0]}),
                                                         "parent", resource::Held::kShared));
  RETURN_IF_ERROR(rules::CheckDraft(release));
  return rules::CheckPlace(after, ids[1], release);
}

}  // namespace

void ServeOccupations(calls::Host& host) {
  calls::Service& service = host.Serve<v1::OccupationService>();
  service.Read(
      [](const Call& call, sql::Session& session, const v1::DiffOccupationsRequest& request) {
        return DiffReleases<v1::DiffOccupationsResponse>(call, session, request,
                                                         store::OccupationSpec());
      });
  resource::Serve(service, store::OccupationSpec(),
                  resource::HooksOf<v1::Occupation>(
                      {.check = &rules::CheckOccupation, .store = &DraftOccupation}));
}

}  // namespace puente::labor
