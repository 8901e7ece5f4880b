#include "modules/education/microcredential_versions/service.h"

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/journal/projection.h"
#include "common/resource/serve.h"
#include "modules/education/causes/store.h"
#include "modules/education/coverage/service.h"
#include "modules/education/microcredential_versions/equivalents.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/microcredential_versions/rules.h"
#include "modules/education/microcredential_versions/stacking.h"
#include "modules/education/microcredential_versions/store.h"
#include "modules/education/organizations/service.h"
#include "modules/education/outcomes.h"
#include "modules/education/teaching/sites.h"
#include "puente/education/v1/microcredential.grpc.pb.h"

namespace puente::education {
namespace {

// That a new version is of the organization of the one before. If there is none, the numbering says
// so.
absl::Status CheckOrganization(journal::Transaction& tx,
                               const v1::MicrocredentialVersion& created) {
  const NamePattern& pattern = MicrocredentialVersions().pattern();
  ASSIGN_OR_RETURN(std::vector<std::string> ids, pattern.Parse(created.name()));
  int number = 0;
  if (!absl::SimpleAtoi(ids.back(), &number) || number == 1) return absl::OkStatus();
  ids.back() = absl::StrCat(number - 1);
  const auto earlier =
      resource::Guard(tx, MicrocredentialVersions(), pattern.Format(ids), "parent");
  if (absl::IsNotFound(earlier.status())) return absl::OkStatus();
  RETURN_IF_ERROR(earlier.status());
  return InvalidFields(CheckSameOrganization(*earlier, created, "microcredential_version"));
}

absl::Status Prepare(const Call&, journal::Transaction& tx,
                     const v1::MicrocredentialVersion* before, v1::MicrocredentialVersion& after) {
  if (before == nullptr) RETURN_IF_ERROR(CheckOrganization(tx, after));
  RETURN_IF_ERROR(InvalidFields(CheckStacking(after, "microcredential_version")));
  RETURN_IF_ERROR(AddUp(tx, after));
  RETURN_IF_ERROR(CheckNoCircle(tx, after));
  return store::KeepCauses(tx, before, after);
}

absl::Status BeforeDelete(const Call&, journal::Transaction& tx,
                          const v1::MicrocredentialVersion& before) {
  return store::ReplaceCauses(tx, before.name(), {});
}

absl::Status PreparePublished(const Call& call, journal::Transaction& tx,
                              const v1::MicrocredentialVersion& before,
                              v1::MicrocredentialVersion&) {
  RETURN_IF_ERROR(CheckNoCircleAlone(tx, before));
  if (before.organization().empty()) return absl::OkStatus();
  return CheckRegistered(call, tx, before.organization(), "microcredential_version.organization");
}

absl::Status PrepareReviewed(const Call&, journal::Transaction&, const v1::MicrocredentialVersion&,
                             v1::MicrocredentialVersion& after) {
  return InvalidFields(CheckReview(after));
}

absl::Status StorePublished(const Call&, journal::Transaction& tx,
                            const v1::MicrocredentialVersion& published) {
  RETURN_IF_ERROR(InsertEdges(tx, published));
  RETURN_IF_ERROR(coverage::CountSoon(tx, published.name()));
  RETURN_IF_ERROR(store::InsertSkills(tx, published));
  ASSIGN_OR_RETURN(const auto ids, MicrocredentialVersions().pattern().Parse(published.name()));
  return teaching::FindMicrocredential(tx, absl::StrCat("microcredentials/", ids[0]),
                                       published.record_kind());
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

// A published version, whose name stood at the path `field`.
absl::StatusOr<v1::MicrocredentialVersion> GetPublished(const Call& call, sql::Session& session,
                                                        const std::string& name,
                                                        absl::string_view field) {
  const auto& versions = MicrocredentialVersions();
  ASSIGN_OR_RETURN(auto version, resource::Get(session, versions, name, field));
  if (version.state() == v1::MICROCREDENTIAL_STATE_PUBLISHED) return version;
  return resource::StateWrong(versions, versions.state_wrong(), call.verb(), version,
                              {v1::MICROCREDENTIAL_STATE_PUBLISHED});
}

absl::StatusOr<v1::MicrocredentialComparison> CompareMicrocredentialVersions(
    const Call& call, sql::Session& session,
    const v1::CompareMicrocredentialVersionsRequest& request) {
  ASSIGN_OR_RETURN(const auto one, GetPublished(call, session, request.microcredential_version(),
                                                "microcredential_version"));
  ASSIGN_OR_RETURN(const auto other,
                   GetPublished(call, session, request.other_version(), "other_version"));
  return Compare(one, other);
}

absl::StatusOr<v1::Equivalents> FindEquivalents(const Call&, sql::Session& session,
                                                const v1::FindEquivalentsRequest& request) {
  ASSIGN_OR_RETURN(const auto version,
                   resource::Get(session, MicrocredentialVersions(),
                                 request.microcredential_version(), "microcredential_version"));
  return EquivalentsOf(session, version);
}

}  // namespace

void ServeMicrocredentialVersions(calls::Host& host) {
  calls::Service& service = host.Serve<v1::MicrocredentialService>();
  service.ReadFigures<&GetSupplySummary>();
  service.Read<&CompareMicrocredentialVersions>();
  service.Read<&FindEquivalents>();
  resource::Serve(
      host, MicrocredentialVersions(),
      {.check = &CheckHours<v1::MicrocredentialVersion>,
       .prepare = &Prepare,
       .before_delete = &BeforeDelete,
       .verbs = {{.verb = "PublishMicrocredentialVersion",
                  .prepare = &PreparePublished,
                  .stored = &StorePublished},
                 {.verb = "ReviewMicrocredentialVersion", .prepare = &PrepareReviewed}}});
}

}  // namespace puente::education
