// Dual education as its tests see it: two schools, two companies, an agreement between the first of
// each, learners of all ages, and a published version of three outcomes.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "google/rpc/error_details.pb.h"
#include "modules/education/module.h"
#include "puente/education/v1/dual_agreement.grpc.pb.h"
#include "puente/education/v1/dual_plan.grpc.pb.h"
#include "puente/education/v1/enrolment.grpc.pb.h"
#include "puente/education/v1/hour_entry.grpc.pb.h"
#include "puente/education/v1/learner.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/minor_limit.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/text.h"
#include "tests/testing/wait.h"

namespace puente::education::testing {

using Agreements = v1::DualAgreementService::Stub;
using Plans = v1::DualPlanService::Stub;
using Hours = v1::HourEntryService::Stub;

using ::puente::testing::Of;

inline absl::CivilDay Today() { return LegalDay(absl::Now()); }
inline std::string On(absl::CivilDay day) {
  return absl::StrCat("year: ", day.year(), " month: ", day.month(), " day: ", day.day());
}
// "year: 2027 month: 3 day: 1" of that many days from today.
inline std::string In(int days) { return On(Today() + days); }

// Somebody who calls Education; whoever has a registrar acts by that one.
class Party {
 public:
  Party(const sql::Target& database, const std::string& caller)
      : caller_(caller),
        hosted_(Education(), database, caller, puente::testing::WithProfiles("education")) {}

  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const std::string& request) {
    Stub stub(hosted_.channel());
    const bool has_registrar =
        caller_ == "agency/education" || caller_ == "organization/a" || caller_ == "organization/b";
    const bool has_purpose = has_registrar || absl::StartsWith(caller_, "agency/");
    return puente::testing::Called(stub, method, Of<Request>(request), nullptr,
                                   has_purpose ? "administration" : "",
                                   has_registrar ? "registrar-1" : "");
  }
  std::shared_ptr<grpc::Channel> channel() { return hosted_.channel(); }
  const std::string& caller() const { return caller_; }

 private:
  const std::string caller_;
  puente::testing::HostedModule hosted_;
};

class Dual : public ::testing::Test {
 protected:
  static constexpr char kProvenance[] = R"( source: "test" record_kind: RECORD_KIND_REAL )";

  Dual() {
    for (const char* id : {"a", "b"}) {
      EXPECT_OK(puente::testing::Called(*v1::OrganizationService::NewStub(ministry.channel()),
                                        &v1::OrganizationService::Stub::CreateOrganization,
                                        NewOrganization(id)));
    }
    Publish("m");
    Limit("first", -400, 15, 17);
  }

  void Publish(const std::string& microcredential) {
    using Stub = v1::MicrocredentialService::Stub;
    Stub stub(ministry.channel());
    v1::CreateMicrocredentialVersionRequest request = NewMicrocredential(microcredential, 1);
    for (int i = 0; i < 2; ++i) {
      v1::LearningOutcome& more = *request.mutable_microcredential_version()->add_outcomes();
      more.set_statement("Mide.");
      more.add_skills("skills/metrology");
    }
    EXPECT_OK(puente::testing::Called(stub, &Stub::CreateMicrocredentialVersion, request));
    EXPECT_OK(
        ministry.Ask(&Stub::PublishMicrocredentialVersion,
                     absl::StrCat("name: 'microcredentials/", microcredential, "/versions/1'")));
  }
  absl::StatusOr<v1::MinorLimit> LimitOf(const std::string& id, int begin, int from, int to,
                                         int daily = 360, int weekly = 1800) {
    return ministry.Ask(
        &v1::MinorLimitService::Stub::CreateMinorLimit,
        absl::StrCat("minor_limit_id: '", id, "' minor_limit { label_es: 'L' begin_date {",
                     In(begin), "} from_age: ", from, " to_age: ", to,
                     " daily_minutes_most: ", daily, " weekly_minutes_most: ", weekly,
                     " guardian_consent: MINOR_CONSENT_NEEDED legal_basis: 'LFT 175'", kProvenance,
                     "}"));
  }
  void Limit(const std::string& id, int begin, int from, int to) {
    EXPECT_OK(LimitOf(id, begin, from, to));
  }

  // Who is of so many years today, and 100 days more, of a school; with an enrolment of the same
  // number in the version, and a seat at acme. The name.
  std::string Learner(int years = 30, Party* school = nullptr, const std::string& of = "m") {
    Party& party = school == nullptr ? a : *school;
    const std::string parent = SchoolOf(party);
    const absl::CivilDay birth =
        absl::CivilDay(Today().year() - years, Today().month(), Today().day()) - 100;
    const auto learner = party.Ask(
        &v1::LearnerService::Stub::RegisterLearner,
        absl::StrCat("parent: '", parent,
                     "' learner { identifier_scheme:"
                     " PERSON_IDENTIFIER_SCHEME_PASSPORT identifier: 'FR:",
                     10'000 + ++learners_, "' given_names: 'N' first_surname: 'N' birth_date {",
                     On(birth), "} }"));
    EXPECT_OK(learner);
    if (!learner.ok()) return "";
    EXPECT_OK(Enrol(party, learner->name(), of));
    Seat(learner->name(), IdOf(learner->name()));
    return learner->name();
  }
  // The one of that age who was registered last, as a learner of another school too. The name.
  std::string SameAt(Party& school, int years = 30) {
    --learners_;
    return Learner(years, &school);
  }
  // As if the learner had been placed at the company's place "p", for days from today. The name.
  std::string Seat(const std::string& learner, const std::string& id,
                   v1::PlaceEnrolmentState state = v1::PLACE_ENROLMENT_STATE_CONFIRMED,
                   const std::string& company = "acme", int first = -400, int last = 400) {
    Execute(absl::StrCat(
        "INSERT INTO place_enrolment (id, version, state, organization, learner, training_place,"
        " company, start_date, end_date, seat_time, sex, birth_years, state_code, source,"
        " record_kind, create_time, update_time) VALUES ('",
        id, "', 1, ", static_cast<int>(state), ", '", learner.substr(0, learner.find("/learners/")),
        "', '", learner, "', 'companies/", company, "/trainingPlaces/p', 'companies/", company,
        "', '", absl::FormatCivilTime(Today() + first), "', '",
        absl::FormatCivilTime(Today() + last),
        "', '2026-01-01', 1, '2000-2004', '', 'test', 1, NOW(6), NOW(6))"));
    return "placeEnrolments/" + id;
  }
  absl::StatusOr<v1::Enrolment> Enrol(Party& school, const std::string& learner,
                                      const std::string& of = "m") {
    return school.Ask(&v1::EnrolmentService::Stub::CreateEnrolment,
                      absl::StrCat("parent: '", SchoolOf(school), "' enrolment_id: '",
                                   IdOf(learner), "-", of, "' enrolment { learner: '", learner,
                                   "' microcredential_version: 'microcredentials/", of,
                                   "/versions/1' begin_date {", In(-100), "} }"));
  }
  static std::string EnrolmentOf(const std::string& learner, const std::string& of = "m") {
    return absl::StrCat(learner.substr(0, learner.find("/learners/")), "/enrolments/",
                        IdOf(learner), "-", of);
  }
  static std::string SchoolOf(const Party& school) {
    return absl::StrCat("organizations/", absl::StripPrefix(school.caller(), "organization/"));
  }
  static std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }
  static std::string Named(const std::string& name, const std::string& more = "") {
    return absl::StrCat("name: '", name, "' ", more);
  }

  absl::StatusOr<v1::DualAgreement> Propose(Party& school, const std::string& company = "acme",
                                            int first = -200, int last = 200,
                                            const std::string& more = "") {
    return school.Ask(
        &Agreements::ProposeDualAgreement,
        absl::StrCat("dual_agreement { organization: '", SchoolOf(school), "' company: 'companies/",
                     company, "' begin_date {", In(first), "} end_date {", In(last),
                     "} weekly_hours_most: 40 support_monthly { currency_code: 'MXN' units: 3000 }"
                     " insurance: DUAL_INSURANCE_IMSS insurance_policy: 'P-1'"
                     " insurance_end_date {",
                     In(last), "} } ", more));
  }
  // In force; its name.
  std::string Agreement(Party& school, Party& company, int first = -200, int last = 200) {
    const auto proposed =
        Propose(school, std::string(absl::StripPrefix(company.caller(), "company/")), first, last);
    EXPECT_OK(proposed);
    if (!proposed.ok()) return "";
    EXPECT_OK(company.Ask(&Agreements::AcceptDualAgreement, Named(proposed->name())));
    return proposed->name();
  }
  // Of a and acme.
  std::string Agreed() {
    if (agreed_.empty()) agreed_ = Agreement(a, acme);
    return agreed_;
  }

  static std::string PlanName(const std::string& id, const std::string& school = "a") {
    return absl::StrCat("organizations/", school, "/dualPlans/", id);
  }
  static std::string Outcome(int outcome, int minutes) {
    return absl::StrCat("outcomes { outcome: ", outcome, " planned_minutes: ", minutes,
                        " place: DUAL_PLACE_AT_COMPANY } ");
  }
  // Days from today. Two outcomes of 600 and 300 minutes, unless `outcomes` says otherwise.
  struct Draft {
    std::string learner;
    int first = -30;
    int last = 30;
    std::string outcomes = Outcome(1, 600) + Outcome(2, 300);
    std::string more = "";  // of the plan
    bool minor = false;     // with a guardian's consent
    std::string agreement = "";
    int weekly_hours = 20;
    std::string company = "acme";
    std::string enrolment = "";  // the learner's
  };
  absl::StatusOr<v1::DualPlan> DraftOne(Party& school, const std::string& id, const Draft& draft) {
    const std::string consent =
        draft.minor ? absl::StrCat("ON_PAPER guardian_consent_date {", In(-40), "}") : "NOT_NEEDED";
    return school.Ask(
        &Plans::DraftDualPlan,
        absl::StrCat("parent: '", SchoolOf(school), "' dual_plan_id: '", id,
                     "' dual_plan { learner: '", draft.learner, "' dual_agreement: '",
                     draft.agreement.empty() ? Agreed() : draft.agreement, "' enrolment: '",
                     draft.enrolment.empty() ? EnrolmentOf(draft.learner) : draft.enrolment,
                     "' training_place: 'companies/", draft.company,
                     "/trainingPlaces/p' tutor: 't-1' instructor: 'i-1' begin_date {",
                     In(draft.first), "} end_date {", In(draft.last),
                     "} weekly_hours: ", draft.weekly_hours, " ", draft.outcomes,
                     "guardian_consent: DUAL_GUARDIAN_CONSENT_", consent, " ", draft.more, "}"));
  }
  absl::StatusOr<v1::DualPlan> DraftOne(const std::string& id, const Draft& draft) {
    return DraftOne(a, id, draft);
  }
  absl::StatusOr<v1::DualPlan> Accept(Party& party, const std::string& plan) {
    return party.Ask(&Plans::AcceptDualPlan, Named(plan));
  }
  absl::StatusOr<v1::DualPlan> OnPaper(Party& school, const std::string& plan) {
    return school.Ask(&Plans::ConfirmDualPlan,
                      Named(plan, "confirmation: DUAL_CONFIRMATION_PAPER"));
  }
  // Drafted, accepted and confirmed; of a and acme. Its name.
  std::string Plan(const std::string& id, const Draft& draft) {
    EXPECT_OK(DraftOne(id, draft));
    EXPECT_OK(Accept(a, PlanName(id)));
    EXPECT_OK(Accept(acme, PlanName(id)));
    EXPECT_OK(OnPaper(a, PlanName(id)));
    return PlanName(id);
  }
  v1::DualPlan GetPlan(Party& party, const std::string& name) {
    const auto plan = party.Ask(&Plans::GetDualPlan, Named(name));
    EXPECT_OK(plan);
    return plan.ok() ? *plan : v1::DualPlan();
  }
  v1::DualPlan GetPlan(const std::string& name) { return GetPlan(a, name); }

  // `day` counts from today.
  absl::StatusOr<v1::HourEntry> Claim(Party& party, const std::string& plan, const std::string& id,
                                      int day, int minutes, int outcome = 1,
                                      const std::string& company = "acme") {
    return party.Ask(&Hours::ClaimHourEntry,
                     absl::StrCat("parent: '", plan, "' hour_entry_id: '", id,
                                  "' hour_entry { company: 'companies/", company, "' work_date {",
                                  In(day), "} outcome: ", outcome, " minutes: ", minutes, "}"));
  }
  static std::string EntryName(const std::string& plan, const std::string& id) {
    return absl::StrCat(plan, "/hourEntries/", id);
  }
  absl::StatusOr<v1::HourEntry> Confirm(Party& party, const std::string& entry) {
    return party.Ask(&Hours::ConfirmHourEntry, Named(entry));
  }
  absl::StatusOr<v1::HourEntry> Dispute(Party& party, const std::string& entry) {
    return party.Ask(&Hours::DisputeHourEntry, Named(entry, "reason: HOUR_DISPUTE_REASON_DAY"));
  }
  absl::StatusOr<v1::HourEntry> Void(Party& party, const std::string& entry) {
    return party.Ask(&Hours::VoidHourEntry, Named(entry));
  }
  // "1: 600 planned, 0 carried, 60 claimed, 0 confirmed" of each outcome.
  std::vector<std::string> MinutesOf(Party& party, const std::string& plan) {
    const auto hours = party.Ask(&Plans::GetDualPlanHours, Named(plan));
    EXPECT_OK(hours);
    std::vector<std::string> minutes;
    if (!hours.ok()) return minutes;
    for (const v1::DualMinutes& one : hours->outcomes()) {
      minutes.push_back(absl::StrCat(one.outcome(), ": ", one.planned_minutes(), " planned, ",
                                     one.carried_minutes(), " carried, ", one.claimed_minutes(),
                                     " claimed, ", one.confirmed_minutes(), " confirmed"));
    }
    return minutes;
  }

  // The fields at fault, each with its rule: "end_date REQUIRED".
  static std::vector<std::string> Wrong(const absl::Status& status) {
    std::vector<std::string> rules;
    const google::rpc::BadRequest bad = BadRequestOf(status);
    for (const auto& violation : bad.field_violations()) {
      rules.push_back(absl::StrCat(violation.field(), " ", violation.reason()));
    }
    return rules;
  }
  void Execute(const std::string& text) { puente::testing::MustExecute(connection, text); }
  int64_t Count(const std::string& rest) {
    return puente::testing::MustCount(connection, "SELECT COUNT(*) FROM " + rest);
  }
  // Has what is due of a record's name come.
  void Wake(const std::string& key) {
    Execute(
        absl::StrCat("UPDATE due SET due_time = UTC_TIMESTAMP(6), claim_time = '2026-01-01'"
                     " WHERE item_key = '",
                     key, "'"));
  }

  const sql::Target database =
      puente::testing::Database::Shared().NewSchema(Education().migrations);
  sql::Connection connection{database};
  Party ministry{database, "agency/education"}, a{database, "organization/a"},
      b{database, "organization/b"}, acme{database, "company/acme"},
      globex{database, "company/globex"};

 private:
  int learners_ = 0;
  std::string agreed_;
};

}  // namespace puente::education::testing
