// Agreements of dual education and the limits of minors: who makes them, in what states they
// change, and who may know of them.
#include <gmock/gmock.h>

#include "tests/education/dual/dual.h"

namespace puente::education {
namespace {

using puente::testing::Becomes;
using puente::testing::HasReason;
using testing::Agreements;
using ::testing::ElementsAre;
using testing::In;
using testing::Party;
using testing::Plans;
using testing::Today;
using ::testing::UnorderedElementsAre;
using State = v1::DualAgreementState;

class DualAgreements : public testing::Dual {
 protected:
  absl::StatusOr<v1::DualAgreement> Get(Party& party, const std::string& name) {
    return party.Ask(&Agreements::GetDualAgreement, Named(name));
  }
  State StateOf(const std::string& name) {
    const auto agreement = Get(a, name);
    EXPECT_OK(agreement);
    return agreement.ok() ? agreement->state() : v1::DUAL_AGREEMENT_STATE_UNSPECIFIED;
  }
  absl::StatusOr<v1::DualAgreement> End(Party& party, const std::string& name,
                                        const std::string& cause = "MUTUAL") {
    return party.Ask(&Agreements::EndDualAgreement,
                     Named(name, absl::StrCat("cause: DUAL_END_CAUSE_", cause)));
  }
  std::vector<std::string> Listed(Party& party, const std::string& filter) {
    const auto page =
        party.Ask(&Agreements::ListDualAgreements, absl::StrCat("filter: '", filter, "'"));
    EXPECT_OK(page);
    std::vector<std::string> names;
    if (!page.ok()) return names;
    for (const auto& one : page->dual_agreements()) names.push_back(one.name());
    return names;
  }
};

TEST_F(DualAgreements, AreProposedByOneSideAndAcceptedByTheOther) {
  ASSERT_OK_AND_ASSIGN(const auto proposed, Propose(a));
  EXPECT_EQ(proposed.state(), v1::DUAL_AGREEMENT_STATE_PROPOSED);
  EXPECT_EQ(proposed.support_monthly().units(), 3000);
  EXPECT_EQ(proposed.source(), "organization.a");
  const std::string name = proposed.name();
  EXPECT_THAT(a.Ask(&Agreements::AcceptDualAgreement, Named(name)), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(acme.Ask(&Agreements::WithdrawDualAgreement, Named(name)),
              HasReason("CALLER_REFUSED"));
  EXPECT_THAT(globex.Ask(&Agreements::AcceptDualAgreement, Named(name)),
              HasReason("DUAL_AGREEMENT_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const auto in_force,
                       acme.Ask(&Agreements::AcceptDualAgreement, Named(name)));
  EXPECT_EQ(in_force.state(), v1::DUAL_AGREEMENT_STATE_IN_FORCE);
  EXPECT_TRUE(in_force.has_accept_time());
}

TEST_F(DualAgreements, AreProposedInOnesOwnName) {
  const auto of_other = b.Ask(
      &Agreements::ProposeDualAgreement,
      absl::StrCat("dual_agreement { organization: 'organizations/a' company: 'companies/acme'"
                   " begin_date {",
                   In(0), "} end_date {", In(9),
                   "} weekly_hours_most: 20"
                   " insurance: DUAL_INSURANCE_COMPANY insurance_policy: 'P'"
                   " insurance_end_date {",
                   In(9), "} }"));
  EXPECT_THAT(of_other, HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Wrong(Propose(a, "acme", -9, -1).status()),
              ElementsAre("dual_agreement.end_date END_OVER"));
  EXPECT_EQ(Count("dual_agreement"), 0);
}

TEST_F(DualAgreements, AreKnownToTheirSidesEducationAndLabor) {
  Party labor{database, "agency/labor"}, economy{database, "agency/economy"};
  const std::string of_a = Agreement(a, acme), of_b = Agreement(b, acme);
  EXPECT_OK(Get(labor, of_a));
  EXPECT_OK(Get(ministry, of_a));
  EXPECT_THAT(Get(economy, of_a), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(Get(b, of_a), HasReason("DUAL_AGREEMENT_NOT_FOUND"));
  EXPECT_THAT(Get(globex, of_a), HasReason("DUAL_AGREEMENT_NOT_FOUND"));
  EXPECT_THAT(Listed(a, "organization = \"organizations/a\""), ElementsAre(of_a));
  EXPECT_THAT(Listed(acme, "company = \"companies/acme\" AND state = IN_FORCE"),
              UnorderedElementsAre(of_a, of_b));
  EXPECT_THAT(a.Ask(&Agreements::ListDualAgreements, ""), HasReason("OWNER_LIST_REFUSED"));
  EXPECT_THAT(labor.Ask(&Agreements::AcceptDualAgreement, Named(of_a)),
              HasReason("CALLER_REFUSED"));
}

TEST_F(DualAgreements, ChangeTheirStateByTheTableAlone) {
  const std::function<absl::Status(const std::string&)> verbs[] = {
      [&](const std::string& name) {
        return acme.Ask(&Agreements::AcceptDualAgreement, Named(name)).status();
      },
      [&](const std::string& name) {
        return acme.Ask(&Agreements::RefuseDualAgreement, Named(name)).status();
      },
      [&](const std::string& name) {
        return a.Ask(&Agreements::WithdrawDualAgreement, Named(name)).status();
      },
      [&](const std::string& name) { return End(acme, name).status(); }};
  constexpr State kAfter[] = {v1::DUAL_AGREEMENT_STATE_IN_FORCE, v1::DUAL_AGREEMENT_STATE_REFUSED,
                              v1::DUAL_AGREEMENT_STATE_WITHDRAWN, v1::DUAL_AGREEMENT_STATE_ENDED};
  for (int state = v1::DUAL_AGREEMENT_STATE_PROPOSED; state <= v1::DUAL_AGREEMENT_STATE_ENDED;
       ++state) {
    for (int verb = 0; verb < 4; ++verb) {
      ASSERT_OK_AND_ASSIGN(const auto proposed, Propose(a));
      const std::string name = proposed.name();
      if (state == v1::DUAL_AGREEMENT_STATE_ENDED) {
        ASSERT_OK(verbs[0](name));
      }
      for (int i = 0; i < 4; ++i) {
        if (kAfter[i] == state) {
          ASSERT_OK(verbs[i](name));
        }
      }
      ASSERT_EQ(StateOf(name), state);
      const absl::Status done = verbs[verb](name);
      const bool allowed = verb == 3 ? state == v1::DUAL_AGREEMENT_STATE_IN_FORCE
                                     : state == v1::DUAL_AGREEMENT_STATE_PROPOSED;
      if (allowed) {
        EXPECT_OK(done);
        EXPECT_EQ(StateOf(name), kAfter[verb]);
      } else {
        EXPECT_THAT(done, HasReason("DUAL_AGREEMENT_STATE_WRONG"));
      }
    }
  }
}

TEST_F(DualAgreements, EndByThemselvesAfterTheirLastDay) {
  const std::string name = Agreement(a, acme);
  Execute(absl::StrCat("UPDATE dual_agreement SET end_date = '", absl::FormatCivilTime(Today() - 1),
                       "'"));
  Wake(IdOf(name));
  ASSERT_TRUE(Becomes([&] { return StateOf(name) == v1::DUAL_AGREEMENT_STATE_ENDED; }));
  EXPECT_EQ(Get(a, name)->end_cause(), v1::DUAL_END_CAUSE_LAST_DAY);
  ASSERT_OK_AND_ASSIGN(const auto late, Propose(a, "acme", -9, 0));
  Execute("UPDATE dual_agreement SET end_date = '2026-01-01' WHERE state = 1");
  EXPECT_THAT(acme.Ask(&Agreements::AcceptDualAgreement, Named(late.name())),
              HasReason("DUAL_AGREEMENT_OVER"));
}

TEST_F(DualAgreements, AreOfARegisteredOrganization) {
  ASSERT_OK_AND_ASSIGN(const auto proposed, Propose(a));
  Execute("UPDATE organization SET state = 4, version = version + 1 WHERE id = 'a'");
  const auto wrong = HasReason("ORGANIZATION_STATE_WRONG");
  EXPECT_THAT(acme.Ask(&Agreements::AcceptDualAgreement, Named(proposed.name())), wrong);
  EXPECT_THAT(Propose(a), wrong);
  EXPECT_OK(acme.Ask(&Agreements::RefuseDualAgreement, Named(proposed.name())));
}

TEST_F(DualAgreements, EndOnceTheirPlansHave) {
  const std::string name = Agreed();
  ASSERT_OK(DraftOne("one", {Learner()}));
  const auto refused = End(acme, name);
  EXPECT_THAT(refused, HasReason("DUAL_AGREEMENT_HAS_PLANS"));
  EXPECT_EQ(MetadataOf(refused.status(), "plan"), PlanName("one"));
  ASSERT_OK(acme.Ask(&Plans::EndDualPlan,
                     Named(PlanName("one"), "cause: DUAL_END_CAUSE_COMPANY_CANNOT")));
  EXPECT_THAT(Wrong(End(acme, name, "LAST_DAY").status()), ElementsAre("cause ONE_OF"));
  ASSERT_OK_AND_ASSIGN(const auto ended, End(acme, name));
  EXPECT_EQ(ended.end_party(), v1::DUAL_PARTY_COMPANY);
  EXPECT_THAT(DraftOne("two", {Learner()}), HasReason("DUAL_AGREEMENT_STATE_WRONG"));
}

TEST_F(DualAgreements, InsureAllDaysOfPlans) {
  const std::string learner = Learner(), name = Agreed();
  Execute(absl::StrCat("UPDATE dual_agreement SET insurance_end_date = '",
                       absl::FormatCivilTime(Today() + 5), "'"));
  EXPECT_THAT(Wrong(DraftOne("one", {.learner = learner, .last = 6}).status()),
              ElementsAre("dual_plan.end_date NOT_INSURED"));
  EXPECT_OK(DraftOne("one", {.learner = learner, .last = 5}));
}

TEST_F(DualAgreements, LimitsOfMinorsAreDatedAndOfOneAgeOnce) {
  EXPECT_THAT(LimitOf("again", -400, 15, 16), HasReason("MINOR_LIMIT_BEGIN_TAKEN"));
  EXPECT_OK(LimitOf("other", -400, 16, 17));
  EXPECT_THAT(Wrong(LimitOf("reversed", -300, 17, 15).status()),
              ElementsAre("minor_limit.to_age AGES_REVERSED"));
  EXPECT_THAT(Wrong(LimitOf("young", -300, 14, 15).status()),
              ElementsAre("minor_limit.from_age TOO_SMALL"));
  const auto by_school = a.Ask(&v1::MinorLimitService::Stub::CreateMinorLimit,
                               "minor_limit_id: 'x' minor_limit { label_es: 'L' }");
  EXPECT_THAT(by_school, HasReason("CALLER_REFUSED"));
  EXPECT_OK(acme.Ask(&v1::MinorLimitService::Stub::GetMinorLimit, "name: 'minorLimits/first'"));
}

}  // namespace
}  // namespace puente::education
