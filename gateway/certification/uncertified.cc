#include "gateway/certification/uncertified.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "gateway/certifiers/resource.h"
#include "gateway/certifiers/rules.h"
#include "gateway/submissions/store.h"
#include "puente/education/v1/certification_coverage.grpc.pb.h"

namespace puente::certification {
namespace {

using compose::Inputs;
using compose::Results;
using education::v1::CertificationCoverageService;
using education::v1::MicrocredentialVersion;
using education::v1::UncertifiedVersion;
using gateway::Certifiers;
using gateway::v1::Certifier;
using gateway::v1::ListUncertifiedVersionsRequest;
using gateway::v1::ListUncertifiedVersionsResponse;
using gateway::v1::VersionWithoutCertifier;
using OfEducation = education::v1::ListUncertifiedVersionsRequest;
using EducationSays = education::v1::ListUncertifiedVersionsResponse;

constexpr char kVersions[] = "versions";
constexpr int kMostCertifiers = 20;

absl::StatusOr<OfEducation> AskVersions(const Inputs& inputs) {
  const auto& view = inputs.request<ListUncertifiedVersionsRequest>();
  OfEducation request;
  request.set_level(view.level());
  request.set_state_code(view.state_code());
  request.set_sector_table(view.sector_table());
  request.set_page_size(view.page_size());
  request.set_page_token(view.page_token());
  return request;
}

// Those whose scopes are found by this, one more than are told.
absl::StatusOr<std::vector<Certifier>> FoundBy(sql::Session& session, const std::string& key) {
  return resource::Select(session, Certifiers(), "gateway.certifier.of_scope",
                          "JOIN certifier_scope AS scope ON scope.of_id = certifier.id"
                          " WHERE scope.element = ? AND certifier.state = ?"
                          " ORDER BY certifier.id LIMIT ?",
                          {key, int{gateway::v1::CERTIFIER_STATE_ACTIVE}, kMostCertifiers + 1});
}

// The bodies of a page, read once for each key.
class Bodies {
 public:
  Bodies(sql::Session& session, absl::CivilDay day) : session_(session), day_(day) {}

  absl::Status Add(const UncertifiedVersion& version, VersionWithoutCertifier& told) {
    std::set<std::string> able;
    for (const std::string& key : gateway::KeysOf(
             version.microcredential_version(),
             {version.competence_standards().begin(), version.competence_standards().end()},
             version.level())) {
      ASSIGN_OR_RETURN(const std::vector<Certifier>* const bodies, Of(key));
      for (const Certifier& body : *bodies) {
        if (MayCertify(body, version)) able.insert(body.name());
      }
    }
    for (const std::string& name : able) {
      told.set_more_certifiers(told.certifiers_size() == kMostCertifiers);
      if (!told.more_certifiers()) told.add_certifiers(name);
    }
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<const std::vector<Certifier>*> Of(const std::string& key) {
    const auto known = found_.find(key);
    if (known != found_.end()) return &known->second;
    ASSIGN_OR_RETURN(std::vector<Certifier> bodies, FoundBy(session_, key));
    return &found_.emplace(key, std::move(bodies)).first->second;
  }

  // In the state of its organization, if it has one.
  bool MayCertify(const Certifier& body, const UncertifiedVersion& told) const {
    MicrocredentialVersion version;
    version.set_name(told.microcredential_version());
    version.set_level(told.level());
    *version.mutable_competence_standards() = told.competence_standards();
    const auto states = gateway::StatesCovered(body, version, day_);
    return states.has_value() &&
           (states->empty() || told.state_code().empty() || states->contains(told.state_code()));
  }

  sql::Session& session_;
  const absl::CivilDay day_;
  std::map<std::string, std::vector<Certifier>> found_;  // by key
};

// Since when a body looks at which of them.
absl::Status AddSubmissions(sql::Session& session, ListUncertifiedVersionsResponse& response) {
  std::map<std::string, VersionWithoutCertifier*> by_name;
  for (VersionWithoutCertifier& told : *response.mutable_uncertified_versions()) {
    by_name[told.version().microcredential_version()] = &told;
  }
  std::vector<std::string> names;
  for (const auto& [name, told] : by_name) names.push_back(name);
  ASSIGN_OR_RETURN(const auto open, gateway::FirstOpen(session, names));
  for (const auto& [name, time] : open) *by_name.at(name)->mutable_submit_time() = ToProto(time);
  return absl::OkStatus();
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
               .EndsViewOn({StatusCode::kInvalidArgument})})
          .value());
  return *plan;
}

absl::StatusOr<ListUncertifiedVersionsResponse> ListUncertified(const Call& call,
                                                                sql::Session& session,
                                                                const Results& results) {
  ListUncertifiedVersionsResponse response;
  *response.mutable_versions() = results[kVersions].provenance;
  response.mutable_bodies()->set_agency("gateway");
  response.mutable_bodies()->set_state(gateway::v1::SECTION_STATE_FRESH);
  *response.mutable_bodies()->mutable_as_of_time() = ToProto(call.start);
  const auto* said = results.AnswerOf<EducationSays>(kVersions);
  if (said == nullptr) return response;
  Bodies bodies(session, LegalDay(call.start));
  for (const UncertifiedVersion& version : said->uncertified_versions()) {
    VersionWithoutCertifier& told = *response.add_uncertified_versions();
    *told.mutable_version() = version;
    RETURN_IF_ERROR(bodies.Add(version, told));
  }
  RETURN_IF_ERROR(AddSubmissions(session, response));
  response.set_next_page_token(said->next_page_token());
  *response.mutable_counts() = said->counts();
  return response;
}

}  // namespace puente::certification
