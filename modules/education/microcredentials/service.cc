#include "modules/education/microcredentials/service.h"

#include "common/journal/projection.h"
#include "common/resource/resource.h"
#include "common/rpc/handlers.h"
#include "modules/education/microcredentials/rules.h"
#include "modules/education/microcredentials/store.h"

namespace puente::education {
namespace {

absl::StatusOr<v1::MicrocredentialVersion> Create(
    const Call& call, journal::Transaction& tx,
    const v1::CreateMicrocredentialVersionRequest& request) {
  ASSIGN_OR_RETURN(const VersionName name,
                   VersionName::Parse(absl::StrCat(request.parent(), "/versions/",
                                                   request.microcredential_version_id()),
                                      "parent"));
  ASSIGN_OR_RETURN(const int last, store::LastNumber(tx, name.microcredential));
  RETURN_IF_ERROR(CheckNext(name, last));
  v1::MicrocredentialVersion draft = request.microcredential_version();
  draft.set_state(v1::MICROCREDENTIAL_STATE_DRAFT);
  return resource::Create(call, tx, store::VersionSpec(),
                          {name.microcredential, absl::StrCat(name.number)}, std::move(draft));
}

absl::StatusOr<v1::MicrocredentialVersion> GetVersion(sql::Session& session,
                                                      const std::string& name) {
  RETURN_IF_ERROR(VersionName::Parse(name, "name").status());
  return resource::Get<v1::MicrocredentialVersion>(session, store::VersionSpec(), name);
}

absl::StatusOr<v1::MicrocredentialVersion> PublishVersion(
    const Call& call, journal::Transaction& tx,
    const v1::PublishMicrocredentialVersionRequest& request) {
  ASSIGN_OR_RETURN(const VersionName name, VersionName::Parse(request.name(), "name"));
  ASSIGN_OR_RETURN(const v1::MicrocredentialVersion draft, GetVersion(tx, request.name()));
  RETURN_IF_ERROR(resource::CheckEtag(draft, request.etag()));
  ASSIGN_OR_RETURN(v1::MicrocredentialVersion published, Publish(draft, call.start));
  // First the compare-and-swap, so that who was slower runs again and sees what was published.
  ASSIGN_OR_RETURN(published, resource::Replace(call, tx, store::VersionSpec(), draft, published));
  RETURN_IF_ERROR(store::InsertSkills(tx, name, published));
  return published;
}

absl::StatusOr<v1::MicrocredentialVersion> Get(
    const Call& call, sql::Session& session, const v1::GetMicrocredentialVersionRequest& request) {
  return GetVersion(session, request.name());
}

absl::StatusOr<v1::ListMicrocredentialVersionsResponse> List(
    const Call& call, sql::Session& session,
    const v1::ListMicrocredentialVersionsRequest& request) {
  static const auto* parent = new NamePattern("microcredentials/{microcredential}");
  ASSIGN_OR_RETURN(resource::Ids ids, parent->ParseWithWildcard(request.parent(), "parent"));
  if (ids.front() == "-") ids.clear();
  ASSIGN_OR_RETURN(auto page, resource::ListOf<v1::MicrocredentialVersion>(
                                  call, session, store::VersionSpec(), request, ids));
  return resource::Fill(page,
                        &v1::ListMicrocredentialVersionsResponse::mutable_microcredential_versions);
}

absl::StatusOr<v1::BatchGetMicrocredentialVersionsResponse> BatchGet(
    const Call& call, sql::Session& session,
    const v1::BatchGetMicrocredentialVersionsRequest& request) {
  for (int i = 0; i < request.names_size(); ++i) {
    RETURN_IF_ERROR(VersionName::Parse(request.names(i), absl::StrCat("names[", i, "]")).status());
  }
  ASSIGN_OR_RETURN(auto rows, resource::BatchGet<v1::MicrocredentialVersion>(
                                  session, store::VersionSpec(), request.names()));
  return resource::Fill(
      rows, &v1::BatchGetMicrocredentialVersionsResponse::mutable_microcredential_versions);
}

absl::StatusOr<v1::SupplySummary> Summarize(sql::Session& session,
                                            const v1::GetSupplySummaryRequest& request) {
  ASSIGN_OR_RETURN(std::string token, journal::HeadToken(session, "education"));
  ASSIGN_OR_RETURN(v1::SupplySummary summary, store::SumUp(session));
  if (!request.sector_table().empty()) summary.add_could_not_split("sector");
  if (!request.state_code().empty()) summary.add_could_not_split("state");
  summary.set_freshness_token(std::move(token));
  return summary;
}

absl::StatusOr<v1::SupplySummary> GetSummary(const Call& call, sql::Session& session,
                                             const v1::GetSupplySummaryRequest& request) {
  return journal::ReadFigures<v1::SupplySummary>(
      session, call, [&](sql::Session& snapshot) { return Summarize(snapshot, request); });
}

}  // namespace

MicrocredentialService::Reactor* MicrocredentialService::CreateMicrocredentialVersion(
    Context* c, const v1::CreateMicrocredentialVersionRequest* q, v1::MicrocredentialVersion* r) {
  return rpc::Mutate(host_, c, q, r, &Create);
}
MicrocredentialService::Reactor* MicrocredentialService::PublishMicrocredentialVersion(
    Context* c, const v1::PublishMicrocredentialVersionRequest* q, v1::MicrocredentialVersion* r) {
  return rpc::Mutate(host_, c, q, r, &PublishVersion);
}
MicrocredentialService::Reactor* MicrocredentialService::GetMicrocredentialVersion(
    Context* c, const v1::GetMicrocredentialVersionRequest* q, v1::MicrocredentialVersion* r) {
  return rpc::Read(host_, c, q, r, &Get);
}
MicrocredentialService::Reactor* MicrocredentialService::ListMicrocredentialVersions(
    Context* c, const v1::ListMicrocredentialVersionsRequest* q,
    v1::ListMicrocredentialVersionsResponse* r) {
  return rpc::Read(host_, c, q, r, &List);
}
MicrocredentialService::Reactor* MicrocredentialService::BatchGetMicrocredentialVersions(
    Context* c, const v1::BatchGetMicrocredentialVersionsRequest* q,
    v1::BatchGetMicrocredentialVersionsResponse* r) {
  return rpc::Read(host_, c, q, r, &BatchGet);
}
MicrocredentialService::Reactor* MicrocredentialService::GetSupplySummary(
    Context* c, const v1::GetSupplySummaryRequest* q, v1::SupplySummary* r) {
  return rpc::ReadAtLeast(host_, c, q, r, &GetSummary);
}

}  // namespace puente::education
