#include "modules/education/microcredentials/service.h"

#include "common/context/clock.h"
#include "common/journal/projection.h"
#include "common/resource/serve.h"
#include "modules/education/errors.h"
#include "modules/education/microcredentials/rules.h"
#include "modules/education/microcredentials/store.h"
#include "puente/education/v1/microcredential.grpc.pb.h"

namespace puente::education {
namespace {

absl::Status Draft(const Call& call, journal::Transaction& tx,
                   const v1::MicrocredentialVersion* before, v1::MicrocredentialVersion& after) {
  if (before != nullptr) return CheckDraft(*before);
  after.set_state(v1::MICROCREDENTIAL_STATE_DRAFT);
  return absl::OkStatus();
}

absl::StatusOr<v1::MicrocredentialVersion> PublishVersion(
    const Call& call, journal::Transaction& tx,
    const v1::PublishMicrocredentialVersionRequest& request) {
  // First the compare-and-swap, so that who was slower runs again and sees what was published.
  ASSIGN_OR_RETURN(const v1::MicrocredentialVersion published,
                   resource::Change<v1::MicrocredentialVersion>(
                       call, tx, store::VersionSpec(), request,
                       [&](const auto& draft) { return Publish(draft, call.start); }));
  RETURN_IF_ERROR(store::InsertSkills(tx, published));
  return published;
}

absl::StatusOr<v1::SupplySummary> Summarize(sql::Session& session, absl::CivilDay day,
                                            const v1::GetSupplySummaryRequest& request) {
  ASSIGN_OR_RETURN(std::string token, journal::HeadToken(session, "education"));
  ASSIGN_OR_RETURN(v1::SupplySummary summary, store::SumUp(session, day));
  if (!request.sector_table().empty()) summary.add_could_not_split("sector");
  if (!request.state_code().empty()) summary.add_could_not_split("state");
  summary.set_freshness_token(std::move(token));
  return summary;
}

absl::StatusOr<v1::SupplySummary> GetSummary(const Call& call, sql::Session& session,
                                             const v1::GetSupplySummaryRequest& request) {
  return journal::ReadFigures<v1::SupplySummary>(session, call, [&](sql::Session& snapshot) {
    return Summarize(snapshot, LegalDay(call.start), request);
  });
}

}  // namespace

void ServeMicrocredentials(calls::Host& host) {
  calls::Service& service = host.Serve<v1::MicrocredentialService>();
  service.Mutate(&PublishVersion);
  service.Read(&GetSummary);
  resource::Serve(
      service, store::VersionSpec(),
      resource::HooksOf<v1::MicrocredentialVersion>(
          {.check = &CheckHours,
           .store = &Draft,
           .remove = [](const Call&, journal::Transaction&,
                        const v1::MicrocredentialVersion& before) { return CheckDraft(before); }}));
}

}  // namespace puente::education
