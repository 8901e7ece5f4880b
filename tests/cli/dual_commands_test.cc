#include <gmock/gmock.h>

#include "tests/cli/running.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// What a command asks, without asking it.
class DualCommands : public ::testing::Test {
 protected:
  Ran Run(const char* caller, std::vector<const char*> arguments) {
    for (const char* more : {"--explain", "--as", caller, "--federation", file_.c_str()}) {
      arguments.push_back(more);
    }
    return RunWith(arguments);
  }
  std::string Asks(const char* caller, std::vector<const char*> arguments) {
    const Ran ran = Run(caller, std::move(arguments));
    EXPECT_EQ(ran.code, kOk) << ran.err;
    return ran.out;
  }
  std::string School(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), {"school", "dual"});
    return Asks("organization/utt", std::move(arguments));
  }
  std::string Company(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), {"company", "dual"});
    return Asks("company/acme", std::move(arguments));
  }

 private:
  const FederationFile federation_;
  const std::string file_ = federation_.path();
};

TEST_F(DualCommands, AgreementsAreTheCallers) {
  EXPECT_THAT(Asks("agency/labor", {"labor", "dual-agreements", "--company", "acme"}),
              HasSubstr(R"("filter":"company = \"companies/acme\"")"));
  EXPECT_THAT(Asks("agency/labor", {"labor", "dual-agreements"}), Not(HasSubstr("filter")));
  EXPECT_THAT(School({"agreements"}),
              HasSubstr(R"("filter":"organization = \"organizations/utt\"")"));
  EXPECT_THAT(Company({"agreements", "--state", "in-force"}),
              HasSubstr(R"("filter":"company = \"companies/acme\" AND state = IN_FORCE")"));
  EXPECT_THAT(
      School({"propose", "acme", "--from", "2027-01-01", "--until", "2027-12-31", "--hours", "40",
              "--insured-by", "imss", "--policy", "P-1", "--support", "2500"}),
      AllOf(HasSubstr("ProposeDualAgreement"), HasSubstr(R"("organization":"organizations/utt")"),
            HasSubstr(R"("company":"companies/acme")"),
            HasSubstr(R"("insurance":"DUAL_INSURANCE_IMSS")"),
            HasSubstr(R"("insuranceEndDate":{"year":2027,"month":12,"day":31})"),
            HasSubstr(R"("supportMonthly":{"currencyCode":"MXN","units":"2500"})")));
  EXPECT_THAT(Company({"answer", "a", "accept"}),
              AllOf(HasSubstr("AcceptDualAgreement"), HasSubstr(R"("name":"dualAgreements/a")")));
  EXPECT_THAT(Company({"answer", "dualAgreements/a", "refuse"}), HasSubstr("RefuseDualAgreement"));
  EXPECT_THAT(School({"withdraw", "a"}), HasSubstr("WithdrawDualAgreement"));
}

TEST_F(DualCommands, EveryCauseIsOneOfTheContracts) {
  for (const char* cause : {"mutual", "learner-left", "organization-cannot", "company-cannot",
                            "terms-not-kept", "other"}) {
    EXPECT_THAT(School({"end", "d", "--because", cause}), HasSubstr("DUAL_END_CAUSE_")) << cause;
    EXPECT_THAT(Company({"end-agreement", "a", "--because", cause}), HasSubstr("DUAL_END_CAUSE_"))
        << cause;
  }
  for (const char* cause : {"learner", "school", "company", "other"}) {
    EXPECT_THAT(School({"pause", "d", "--until", "2027-01-31", "--because", cause}),
                HasSubstr("DUAL_PAUSE_CAUSE_"))
        << cause;
  }
  for (const char* reason : {"day", "minutes", "outcome", "absent", "other"}) {
    EXPECT_THAT(School({"dispute-hours", "d", "h", "--because", reason}),
                HasSubstr("HOUR_DISPUTE_REASON_"))
        << reason;
  }
}

TEST_F(DualCommands, APlanIsNamedWithItsSchoolUnlessItIsTheCallers) {
  const char kName[] = R"("name":"organizations/utt/dualPlans/d")";
  EXPECT_THAT(School({"accept", "d"}), HasSubstr(kName));
  EXPECT_THAT(Company({"accept", "utt/d"}), HasSubstr(kName));
  EXPECT_THAT(Company({"plan", "organizations/utt/dualPlans/d"}), HasSubstr(kName));
  const Ran ran = Run("company/acme", {"company", "dual", "accept", "d"});
  EXPECT_EQ(ran.code, kUsage);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("says not whose plan it is"), HasSubstr("SCHOOL/PLAN")));
  EXPECT_THAT(Company({"plans"}), AllOf(HasSubstr(R"("parent":"organizations/-")"),
                                        HasSubstr(R"("filter":"company = \"companies/acme\"")")));
  EXPECT_THAT(School({"plans", "--state", "draft"}),
              AllOf(HasSubstr(R"("parent":"organizations/utt")"),
                    HasSubstr(R"("filter":"state = DRAFT")")));
}

TEST_F(DualCommands, APlanIsDraftedOfWhatIsWritten) {
  const std::vector<const char*> draft = {"draft",        "d",
                                          "--learner",    "l",
                                          "--enrolment",  "e",
                                          "--agreement",  "a",
                                          "--place",      "acme/tig",
                                          "--tutor",      "t-1",
                                          "--instructor", "i-1",
                                          "--from",       "2027-01-01",
                                          "--until",      "2027-03-31",
                                          "--hours",      "30",
                                          "--outcome",    "1:60:company",
                                          "--outcome",    "2:20:school",
                                          "--consent",    "2026-12-01",
                                          "--follows",    "c"};
  EXPECT_THAT(
      School(draft),
      AllOf(HasSubstr(R"("dualPlanId":"d")"),
            HasSubstr(R"("learner":"organizations/utt/learners/l")"),
            HasSubstr(R"("enrolment":"organizations/utt/enrolments/e")"),
            HasSubstr(R"("trainingPlace":"companies/acme/trainingPlaces/tig")"),
            HasSubstr(R"({"outcome":1,"plannedMinutes":3600,"place":"DUAL_PLACE_AT_COMPANY"})"),
            HasSubstr(R"({"outcome":2,"plannedMinutes":1200,"place":"DUAL_PLACE_AT_SCHOOL"})"),
            HasSubstr(R"("guardianConsent":"DUAL_GUARDIAN_CONSENT_ON_PAPER")"),
            HasSubstr(R"("follows":"organizations/utt/dualPlans/c")")));
  for (const char* wrong :
       {"1:60", "1:x:company", "1:60:home", "1:-1:school", "1:99999999:school"}) {
    const Ran ran = Run("organization/utt", {"school", "dual", "change", "d", "--outcome", wrong});
    EXPECT_EQ(ran.code, kUsage) << wrong;
    EXPECT_THAT(ran.err, HasSubstr("such as 1:60:company"));
  }
  EXPECT_THAT(Company({"change", "utt/d", "--hours", "20", "--until", "2027-04-30"}),
              AllOf(HasSubstr("ProposeDualPlanChange"), HasSubstr(R"("weeklyHours":20)"),
                    HasSubstr(R"("endDate":{"year":2027,"month":4,"day":30})")));
  EXPECT_THAT(School({"answer-change", "d", "accept"}), HasSubstr("AcceptDualPlanChange"));
  EXPECT_THAT(School({"answer-change", "d", "refuse"}), HasSubstr("RefuseDualPlanChange"));
  EXPECT_THAT(School({"answer-change", "d", "withdraw"}), HasSubstr("WithdrawDualPlanChange"));
}

TEST_F(DualCommands, TheLearnersCodeIsInNoArgument) {
  EXPECT_THAT(School({"code", "d"}), HasSubstr("IssueDualCode"));
  EXPECT_THAT(School({"confirm", "d"}),
              AllOf(HasSubstr("DUAL_CONFIRMATION_CODE"), Not(HasSubstr(R"("code")"))));
  EXPECT_THAT(School({"confirm", "d", "--on-paper"}), HasSubstr("DUAL_CONFIRMATION_PAPER"));
  EXPECT_EQ(Run("organization/utt", {"school", "dual", "confirm", "d", "ABCD2345"}).code, kUsage);
}

TEST_F(DualCommands, HoursAreClaimedConfirmedAndJudged) {
  EXPECT_THAT(
      Company({"claim", "utt/d", "1", "240", "--on", "2027-02-01"}),
      AllOf(HasSubstr(R"("parent":"organizations/utt/dualPlans/d")"),
            HasSubstr(R"("hourEntryId":"2027-02-01-1")"),
            HasSubstr(R"("company":"companies/acme")"), HasSubstr(R"("outcome":1,"minutes":240)")));
  EXPECT_THAT(School({"claim", "d", "1", "240", "--on", "2027-02-01", "--id", "h"}),
              HasSubstr(R"("hourEntryId":"h")"));
  EXPECT_THAT(School({"claim", "d", "1", "240", "--on", "2027-2-1"}),
              HasSubstr(R"("hourEntryId":"2027-02-01-1")"))
      << "one day is one entry, however it is written";
  EXPECT_THAT(Company({"hours", "utt/d", "--state", "disputed"}),
              HasSubstr(R"("filter":"company = \"companies/acme\" AND state = DISPUTED")"));
  EXPECT_THAT(School({"hours", "d"}), Not(HasSubstr("filter")));
  EXPECT_THAT(School({"confirm-hours", "d"}), HasSubstr(R"("filter":"state = CLAIMED")"))
      << "all that wait";
  EXPECT_THAT(School({"confirm-hours", "d", "h-1", "h-2"}),
              AllOf(HasSubstr("/hourEntries/h-1"), HasSubstr("/hourEntries/h-2"),
                    HasSubstr("ConfirmHourEntry"), Not(HasSubstr("ListHourEntries"))));
  EXPECT_THAT(School({"void-hours", "d", "h"}), HasSubstr("VoidHourEntry"));
  EXPECT_THAT(Company({"judge", "utt/d", "2", "achieved", "--on", "2027-02-01"}),
              AllOf(HasSubstr(R"("outcome":2)"), HasSubstr("DUAL_RESULT_ACHIEVED"),
                    HasSubstr(R"("judgeDate":{"year":2027,"month":2,"day":1})")));
  EXPECT_THAT(Company({"judge", "utt/d", "2", "not-yet"}), HasSubstr("DUAL_RESULT_NOT_YET"));
}

}  // namespace
}  // namespace puente::cli
