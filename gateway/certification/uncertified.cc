#include "gateway/certification/uncertified.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/status/macros.h"
#include "gateway/certifiers/resource.h"
#include "gateway/certifiers/rules.h"
#include "gateway/compose/own_store.h"
#include "gateway/errors.h"
#include "gateway/submissions/store.h"
#include "puente/education/v1/award_release.grpc.pb.h"
#include "puente/education/v1/certification_coverage.grpc.pb.h"

namespace puente::certification {
namespace {

using compose::Inputs;
using compose::Results;
using education::v1::AwardReleaseService;
using education::v1::CertificationCoverageService;
using education::v1::GetWaitingSummaryRequest;
using education::v1::MicrocredentialVersion;
using education::v1::UncertifiedVersion;
using education::v1::VersionWaiting;
using education::v1::WaitingSummary;
using gateway::Certifiers;
using gateway::v1::Certifier;
using gateway::v1::ListUncertifiedVersionsRequest;
using gateway::v1::ListUncertifiedVersionsResponse;
using gateway::v1::VersionWithoutCertifier;
using OfEducation = education::v1::ListUncertifiedVersionsRequest;
using EducationSays = education::v1::ListUncertifiedVersionsResponse;

constexpr char kVersions[] = "versions";
constexpr char kWaiting[] = "waiting";
constexpr int kMostVersions = 100;   // a page
constexpr int kMostCertifiers = 20;  // of a version
constexpr int kMostBodies = 1000;    // that are looked at for a page

absl::StatusOr<OfEducation> AskVersions(const Inputs& inputs) {
  const auto& view = inputs.request<ListUncertifiedVersionsRequest>();
  OfEducation request;
  request.set_level(view.level());
  request.set_state_code(view.state_code());
  request.set_sector_table(view.sector_table());
  request.set_page_size(std::min(view.page_size(), kMostVersions));
  request.set_page_token(view.page_token());
  return request;
}

// Who waits for an award of those.
absl::StatusOr<GetWaitingSummaryRequest> AskWaiting(const Inputs& inputs) {
  GetWaitingSummaryRequest request;
  for (const auto& one : inputs.answer<EducationSays>(kVersions)->uncertified_versions()) {
    request.add_microcredential_versions(one.microcredential_version());
  }
  if (request.microcredential_versions().empty()) return Error(error::kNothingToFollow);
  return request;
}

std::vector<std::string> KeysOf(const UncertifiedVersion& version) {
  const auto& standards = version.competence_standards();
  return gateway::KeysOf(version.microcredential_version(), {standards.begin(), standards.end()},
                         version.level());
}

// The bodies that certify at all, by id, of which a scope is found by one of these keys.
absl::StatusOr<std::vector<Certifier>> FoundBy(sql::Session& session,
                                               const std::vector<std::string>& keys) {
  std::vector<sql::Value> values;
  sql::AppendList(keys, values);
  values.emplace_back(int{gateway::v1::CERTIFIER_STATE_ACTIVE});
  values.emplace_back(kMostBodies + 1);
  return resource::Select(
      session, Certifiers(), "gateway.certifier.of_scopes",
      absl::StrCat("WHERE id IN (SELECT of_id FROM certifier_scope WHERE element IN ",
                   sql::InList(keys.size()), ") AND state = ? ORDER BY id LIMIT ?"),
      values);
}

// The bodies of a page.
class Bodies {
 public:
  Bodies(Bodies&&) = default;

  static absl::StatusOr<Bodies> Read(sql::Session& session, absl::CivilDay day,
                                     const EducationSays& said) {
    std::set<std::string> keys;
    for (const UncertifiedVersion& version : said.uncertified_versions()) {
      for (std::string& key : KeysOf(version)) keys.insert(std::move(key));
    }
    ASSIGN_OR_RETURN(std::vector<Certifier> bodies, FoundBy(session, {keys.begin(), keys.end()}));
    return Bodies(day, std::move(bodies));
  }

  void AddTo(VersionWithoutCertifier& told) const {
    std::set<std::string> able;
    for (const std::string& key : KeysOf(told.version())) {
      const auto found = by_key_.find(key);
      if (found == by_key_.end()) continue;
      for (const Certifier* body : found->second) {
        if (MayCertify(*body, told.version())) able.insert(body->name());
      }
    }
    told.set_more_certifiers(has_more_ || able.size() > kMostCertifiers);
    for (const std::string& name : able) {
      if (told.certifiers_size() < kMostCertifiers) told.add_certifiers(name);
    }
  }

 private:
  Bodies(absl::CivilDay day, std::vector<Certifier> bodies)
      : day_(day), has_more_(bodies.size() > kMostBodies), bodies_(std::move(bodies)) {
    for (const Certifier& body : bodies_) {
      for (const auto& scope : body.scopes()) by_key_[gateway::KeyOf(scope)].insert(&body);
    }
  }

  // In the state of its organization, if it has one, and without a conflict with that.
  bool MayCertify(const Certifier& body, const UncertifiedVersion& told) const {
    if (gateway::HasConflict(body, told.organization())) return false;
    MicrocredentialVersion version;
    version.set_name(told.microcredential_version());
    version.set_level(told.level());
    *version.mutable_competence_standards() = told.competence_standards();
    const auto states = gateway::StatesCovered(body, version, day_);
    return states.has_value() &&
           (states->empty() || told.state_code().empty() || states->contains(told.state_code()));
  }

  absl::CivilDay day_;
  bool has_more_;
  std::vector<Certifier> bodies_;
  std::map<std::string, std::set<const Certifier*>> by_key_;
};

// On which day which of them was submitted.
absl::Status AddSubmissions(sql::Session& session, ListUncertifiedVersionsResponse& response) {
  std::map<std::string, std::string> owners;
  for (const VersionWithoutCertifier& told : response.uncertified_versions()) {
    owners[told.version().microcredential_version()] = told.version().organization();
  }
  ASSIGN_OR_RETURN(const auto open, gateway::FirstOpen(session, owners));
  for (VersionWithoutCertifier& told : *response.mutable_uncertified_versions()) {
    const auto found = open.find(told.version().microcredential_version());
    if (found != open.end()) *told.mutable_submit_date() = ToProto(LegalDay(found->second));
  }
  return absl::OkStatus();
}

// What the gateway's register and its submissions say of the versions.
absl::Status AddBodies(const Call& call, sql::Session& session, const EducationSays& said,
                       ListUncertifiedVersionsResponse& response) {
  ASSIGN_OR_RETURN(const Bodies bodies, Bodies::Read(session, LegalDay(call.start), said));
  RETURN_IF_ERROR(AddSubmissions(session, response));
  for (VersionWithoutCertifier& told : *response.mutable_uncertified_versions()) {
    bodies.AddTo(told);
  }
  return absl::OkStatus();
}

void AddWaiting(const WaitingSummary* summary, ListUncertifiedVersionsResponse& response) {
  if (summary == nullptr) return;
  std::map<std::string, const VersionWaiting*> waiting;
  for (const VersionWaiting& one : summary->versions()) {
    waiting.emplace(one.microcredential_version(), &one);
  }
  for (VersionWithoutCertifier& told : *response.mutable_uncertified_versions()) {
    const auto found = waiting.find(told.version().microcredential_version());
    if (found != waiting.end()) *told.mutable_waiting() = *found->second;
  }
}

}  // namespace

const compose::Plan& UncertifiedPlan() {
  using absl::StatusCode;
  static const auto* const plan = new compose::Plan(
      compose::Plan::Make(
          "certification.uncertified",
          {compose::Section(
               kVersions, compose::Agency::kEducation,
               compose::Rpc<CertificationCoverageService>(
                   &CertificationCoverageService::Stub::async::ListUncertifiedVersions),
               &AskVersions)
               .EndsViewOn({StatusCode::kInvalidArgument}),
           compose::Section(kWaiting, compose::Agency::kEducation,
                            compose::Rpc<AwardReleaseService>(
                                &AwardReleaseService::Stub::async::GetWaitingSummary),
                            &AskWaiting)
               .After({kVersions})})
          .value());
  return *plan;
}

absl::StatusOr<ListUncertifiedVersionsResponse> ListUncertified(const Call& call,
                                                                sql::Session& session,
                                                                const Results& results) {
  ListUncertifiedVersionsResponse response;
  *response.mutable_versions() = results[kVersions].provenance;
  *response.mutable_waiting() = results[kWaiting].provenance;
  response.mutable_bodies()->set_agency("gateway");
  response.mutable_bodies()->set_state(gateway::v1::SECTION_STATE_NOT_ASKED);
  const auto* said = results.AnswerOf<EducationSays>(kVersions);
  if (said == nullptr) return response;
  for (const UncertifiedVersion& version : said->uncertified_versions()) {
    *response.add_uncertified_versions()->mutable_version() = version;
  }
  response.set_next_page_token(said->next_page_token());
  *response.mutable_counts() = said->counts();
  AddWaiting(results.AnswerOf<WaitingSummary>(kWaiting), response);
  if (response.uncertified_versions().empty()) return response;
  compose::ReadOwnStore(call, *response.mutable_bodies(),
                        [&] { return AddBodies(call, session, *said, response); });
  return response;
}

}  // namespace puente::certification
