#include "modules/education/awards/checks.h"

#include <map>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "modules/education/assessments/resource.h"
#include "modules/education/award_rules/resource.h"
#include "modules/education/award_rules/rules.h"
#include "modules/education/awards/resource.h"
#include "modules/education/awards/rules.h"
#include "modules/education/certifications/resource.h"
#include "modules/education/enrolments/resource.h"
#include "modules/education/enrolments/rules.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/learners/resource.h"
#include "modules/education/many.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/organizations/service.h"
#include "modules/education/rvoes/resource.h"

namespace puente::education {
namespace {

template <class M>
using Lists = std::map<std::string, std::vector<M>>;

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

// The rows in which a column has one of these texts, by what `key` says of them.
template <class M, class Key>
absl::StatusOr<Lists<M>> SelectIn(sql::Session& session, const resource::Resource<M>& resource,
                                  absl::string_view query, absl::string_view index,
                                  absl::string_view column, const std::vector<std::string>& texts,
                                  Key key) {
  Lists<M> lists;
  if (texts.empty()) return lists;
  ASSIGN_OR_RETURN(auto all,
                   resource::Select(session, resource, query,
                                    absl::StrCat("FORCE INDEX (", index, ") WHERE ", column, " IN ",
                                                 sql::InList(texts.size())),
                                    ListOf(texts)));
  for (M& one : all) lists[key(one)].push_back(std::move(one));
  return lists;
}

template <class M>
const std::vector<M>& In(const Lists<M>& lists, const std::string& key) {
  static const auto* const none = new std::vector<M>;
  const auto found = lists.find(key);
  return found == lists.end() ? *none : found->second;
}

class Checks {
 public:
  Checks(const Call& call, journal::Transaction& tx, absl::Span<v1::Award* const> awards,
         absl::Span<absl::Status> refusals)
      : call_(call), tx_(tx), many_(awards, refusals) {}

  absl::Status Run() {
    const absl::CivilDay today = LegalDay(call_.start);
    many_.Check([&](const v1::Award& award) { return InvalidFields(CheckNew(award, today)); });
    RETURN_IF_ERROR(TakeOrganizations());
    RETURN_IF_ERROR(TakeAssessments());
    RETURN_IF_ERROR(TakeLearners());
    RETURN_IF_ERROR(TakeEnrolments());
    RETURN_IF_ERROR(CheckAlone());
    RETURN_IF_ERROR(CheckNotRevoked());
    RETURN_IF_ERROR(TakeCertifications());
    RETURN_IF_ERROR(TakeRvoes());
    return CheckTime();
  }

 private:
  // Only a registered organization awards.
  absl::Status TakeOrganizations() {
    std::map<std::string, absl::Status> refused;
    for (const std::string& name :
         many_.Stated([](const auto& award) { return OrganizationOf(award.name()); })) {
      auto organization = GuardRegistered(call_, tx_, name, "parent");
      if (organization.ok()) {
        organizations_.emplace(name, *std::move(organization));
      } else {
        refused.emplace(name, organization.status());
      }
    }
    many_.Check([&](const v1::Award& award) {
      const auto found = refused.find(OrganizationOf(award.name()));
      return found == refused.end() ? absl::OkStatus() : found->second;
    });
    return absl::OkStatus();
  }

  // No verb leads away from PASSED, so that nothing is guarded.
  absl::Status TakeAssessments() {
    const auto names = many_.Stated([](const auto& award) { return award.assessment(); });
    ASSIGN_OR_RETURN(const auto assessments, resource::FindMany(tx_, Assessments(), names));
    many_.Check([&](v1::Award& award) {
      const auto found = assessments.find(award.assessment());
      if (found == assessments.end()) {
        return Assessments().NotFound(award.assessment(), "award.assessment");
      }
      const v1::Assessment& assessment = found->second;
      if (assessment.state() != v1::ASSESSMENT_STATE_PASSED) {
        return resource::StateWrong(Assessments(), Assessments().state_wrong(), call_.verb(),
                                    assessment, {v1::ASSESSMENT_STATE_PASSED});
      }
      award.set_enrolment(assessment.enrolment());
      award.set_learner(assessment.learner());
      award.set_microcredential_version(assessment.microcredential_version());
      SetWorkplace(assessment, award);
      return InvalidFields(CheckIssue(award, assessment));
    });
    return absl::OkStatus();
  }

  // They are guarded first, so that nobody is destroyed, nor parted, without this award being seen.
  absl::Status TakeLearners() {
    const auto names = many_.Stated([](const auto& award) { return award.learner(); });
    RETURN_IF_ERROR(resource::internal::GuardEachFirst(tx_, Learners(), names));
    ASSIGN_OR_RETURN(const auto learners, resource::FindMany(tx_, Learners(), names));
    many_.Check([&](const v1::Award& award) {
      const auto found = learners.find(award.learner());
      if (found == learners.end()) {
        return Learners().NotFound(award.learner(), "award.assessment");
      }
      if (found->second.state() != v1::LEARNER_STATE_DESTROYED) return absl::OkStatus();
      return resource::StateWrong(Learners(), Learners().state_wrong(), call_.verb(), found->second,
                                  {v1::LEARNER_STATE_CURRENT, v1::LEARNER_STATE_DUPLICATE});
    });
    return absl::OkStatus();
  }

  // They are guarded first, so that none is ended or changed, nor awarded by another, meanwhile.
  absl::Status TakeEnrolments() {
    const auto names = many_.Stated([](const auto& award) { return award.enrolment(); });
    RETURN_IF_ERROR(resource::internal::GuardEachFirst(tx_, Enrolments(), names));
    ASSIGN_OR_RETURN(enrolments_, resource::FindMany(tx_, Enrolments(), names));
    many_.Check([&](v1::Award& award) {
      const auto found = enrolments_.find(award.enrolment());
      if (found == enrolments_.end()) {
        return Enrolments().NotFound(award.enrolment(), "award.assessment");
      }
      const v1::Enrolment& enrolment = found->second;
      if (!absl::c_linear_search(kMayBeAssessed, enrolment.state())) {
        return resource::StateWrong(Enrolments(), Enrolments().state_wrong(), call_.verb(),
                                    enrolment, kMayBeAssessed);
      }
      award.set_sex(enrolment.sex());
      award.set_birth_years(enrolment.birth_years());
      award.set_state_code(enrolment.state_code());
      return InvalidFields(CheckIssue(award, enrolment));
    });
    return absl::OkStatus();
  }

  // That an enrolment is awarded once.
  absl::Status CheckAlone() {
    const auto names = many_.Stated([](const auto& award) { return award.enrolment(); });
    ASSIGN_OR_RETURN(const auto stored,
                     SelectIn(tx_, Awards(), "education.award.of_enrolments", "one_of_enrolment",
                              "live_enrolment", names,
                              [](const v1::Award& award) { return award.enrolment(); }));
    std::map<std::string, std::string> awarded;
    for (const auto& [enrolment, awards] : stored) {
      awarded.emplace(enrolment, awards.front().name());
    }
    many_.Check([&](const v1::Award& award) {
      const std::string& other = awarded.emplace(award.enrolment(), award.name()).first->second;
      if (other == award.name()) return absl::OkStatus();  // perhaps stored, as Create will say
      return Error(error::kAwardOfEnrolmentExists, "enrolment"_is(award.enrolment()),
                   "other"_is(other), "field"_is("award.assessment"));
    });
    return absl::OkStatus();
  }

  // That none of it was revoked by the agency, which has not awarded anew since. Read after the
  // above: what was in the way there is refused, and what was revoked before is seen here.
  absl::Status CheckNotRevoked() {
    const auto learners = many_.Stated([](const auto& award) { return award.learner(); });
    if (learners.empty() || resource::IsOfItsAgency(call_, Awards())) return absl::OkStatus();
    ASSIGN_OR_RETURN(
        const auto revoked,
        resource::Select(
            tx_, Awards(), "education.award.revoked_by_agency",
            absl::StrCat("FORCE INDEX (by_learner) WHERE decided_by_agency AND state = ",
                         int{v1::AWARD_STATE_REVOKED}, " AND learner IN ",
                         sql::InList(learners.size()),
                         " AND NOT EXISTS (SELECT 1 FROM award AS later FORCE INDEX (by_learner)"
                         " WHERE later.learner = award.learner AND later.enrolment ="
                         " award.enrolment AND later.create_time > award.create_time)"),
            ListOf(learners)));
    std::map<std::string, v1::Award> of_enrolments;
    for (const v1::Award& one : revoked) of_enrolments.emplace(one.enrolment(), one);
    many_.Check([&](const v1::Award& award) {
      const auto found = of_enrolments.find(award.enrolment());
      return found == of_enrolments.end() ? absl::OkStatus() : CheckMayUndo(call_, found->second);
    });
    return absl::OkStatus();
  }

  absl::Status TakeCertifications() {
    const auto versions =
        many_.Stated([](const auto& award) { return award.microcredential_version(); });
    ASSIGN_OR_RETURN(
        const auto certifications,
        SelectIn(tx_, Certifications(), "education.certification.of_versions", "by_version",
                 "microcredential_version", versions,
                 [](const v1::Certification& one) { return one.microcredential_version(); }));
    many_.Check([&](v1::Award& award) {
      const std::string& state = OrganizationOfAward(award).state_code();
      const v1::Certification* found = HoldingFor(
          In(certifications, award.microcredential_version()), Began(award), Issued(award), state);
      if (found == nullptr) {
        return Error(error::kAwardNotCertified, "version"_is(award.microcredential_version()),
                     "day"_is(Text(Issued(award))), "state"_is(state),
                     "begin"_is(Text(Began(award))), "field"_is("award.issue_date"));
      }
      award.set_certification(found->name());
      award.set_certifier(found->certifier());
      resource::internal::GuardAsRead(tx_, Certifications(), *found);
      return absl::OkStatus();
    });
    return absl::OkStatus();
  }

  // Where one is needed: a private organization teaches programs under them.
  absl::Status TakeRvoes() {
    const auto campuses = many_.Stated([&](const auto& award) {
      return NeedsRvoe(award) ? EnrolmentOf(award).campus() : std::string();
    });
    ASSIGN_OR_RETURN(const auto rvoes,
                     SelectIn(tx_, Rvoes(), "education.rvoe.at_campuses", "by_campus", "campus",
                              campuses, [](const v1::Rvoe& one) { return one.campus(); }));
    many_.Check([&](v1::Award& award) {
      if (!NeedsRvoe(award)) return absl::OkStatus();
      const v1::Enrolment& enrolment = EnrolmentOf(award);
      const v1::Rvoe* found = CoveringFor(In(rvoes, enrolment.campus()), enrolment, Issued(award));
      if (found == nullptr) {
        return Error(error::kAwardWithoutRvoe, "program"_is(enrolment.program()),
                     "campus"_is(enrolment.campus()), "begin"_is(Text(Began(award))),
                     "day"_is(Text(Issued(award))), "field"_is("award.assessment"));
      }
      award.set_rvoe(found->name());
      resource::internal::GuardAsRead(tx_, Rvoes(), *found);
      return absl::OkStatus();
    });
    return absl::OkStatus();
  }

  absl::Status CheckTime() {
    const auto names =
        many_.Stated([](const auto& award) { return award.microcredential_version(); });
    if (names.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const auto versions,
                     resource::FindMany(tx_, MicrocredentialVersions(), names));
    ASSIGN_OR_RETURN(const std::vector<v1::AwardRule> rules,
                     resource::Select(tx_, AwardRules(), "education.award_rule.all", ""));
    many_.Check([&](const v1::Award& award) {
      const auto version = versions.find(award.microcredential_version());
      if (version == versions.end()) {
        return MicrocredentialVersions().NotFound(award.microcredential_version(),
                                                  "award.assessment");
      }
      const v1::AwardRule* rule = RuleOn(rules, Issued(award));
      if (rule == nullptr) return absl::OkStatus();
      const int days = LeastDays(*rule, version->second.total_hours());
      if (Issued(award) - Began(award) >= days) return absl::OkStatus();
      return Error(error::kAwardTooSoon, "enrolment"_is(award.enrolment()),
                   "begin"_is(Text(Began(award))), "rule"_is(rule->name()), "days"_is(days),
                   "first"_is(Text(Began(award) + days)), "field"_is("award.issue_date"));
    });
    return absl::OkStatus();
  }

  static absl::CivilDay Issued(const v1::Award& award) { return ToCivilDay(award.issue_date()); }
  absl::CivilDay Began(const v1::Award& award) const {
    return ToCivilDay(EnrolmentOf(award).begin_date());
  }
  const v1::Enrolment& EnrolmentOf(const v1::Award& award) const {
    return enrolments_.at(award.enrolment());
  }
  const v1::Organization& OrganizationOfAward(const v1::Award& award) const {
    return organizations_.at(OrganizationOf(award.name()));
  }
  bool NeedsRvoe(const v1::Award& award) const {
    return OrganizationOfAward(award).control() == v1::ORGANIZATION_CONTROL_PRIVATE &&
           !EnrolmentOf(award).program().empty();
  }

  const Call& call_;
  journal::Transaction& tx_;
  Many<v1::Award> many_;
  std::map<std::string, v1::Organization> organizations_;
  std::map<std::string, v1::Enrolment> enrolments_;
};

}  // namespace

absl::Status CheckMayUndo(const Call& call, const v1::Award& award) {
  if (!award.decided_by_agency() || resource::IsOfItsAgency(call, Awards())) {
    return absl::OkStatus();
  }
  return Error(error::kAwardDecidedByAgency, "name"_is(award.name()));
}

absl::Status CheckAwards(const Call& call, journal::Transaction& tx,
                         absl::Span<v1::Award* const> awards, absl::Span<absl::Status> refusals) {
  return Checks(call, tx, awards, refusals).Run();
}

}  // namespace puente::education
