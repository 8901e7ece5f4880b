// What waits for whoever asks, put together from answers that are given here.
#include "gateway/agenda/agenda.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "puente/api/v1/load.pb.h"
#include "puente/economy/v1/agreement.pb.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/economy/v1/school_call.pb.h"
#include "puente/economy/v1/school_response.pb.h"
#include "puente/education/v1/assessment.pb.h"
#include "puente/education/v1/award.pb.h"
#include "puente/education/v1/certification.pb.h"
#include "puente/education/v1/dual_agreement.pb.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/education/v1/organization.pb.h"

namespace puente::agenda {
namespace {

using gateway::v1::Agenda;
using gateway::v1::AgendaItem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromCivil(absl::CivilHour(2026, 11, 29, 18), absl::UTCTimeZone());

google::type::Date Day(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

// The plan's sections, of which none was asked but those that are given.
class Answers {
 public:
  Answers() {
    for (const compose::Section& section : AgendaPlan().sections()) {
      sections_.emplace_back().name = section.name();
    }
  }
  // Null: it was asked, and did not answer.
  Answers& Give(const std::string& name, std::shared_ptr<google::protobuf::Message> answer) {
    for (compose::Result& section : sections_) {
      if (section.name != name) continue;
      section.asked = true;
      section.answer = answer;
      section.provenance.set_state(answer == nullptr ? gateway::v1::SECTION_STATE_MISSING
                                                     : gateway::v1::SECTION_STATE_FRESH);
    }
    return *this;
  }
  Agenda Compose(Agenda own = {}) const {
    return ComposeAgenda(compose::Results(sections_), std::move(own), kNow);
  }

 private:
  std::vector<compose::Result> sections_;
};

std::vector<std::string> Names(const Agenda& agenda) {
  std::vector<std::string> names;
  for (const AgendaItem& item : agenda.items()) names.push_back(item.name());
  return names;
}

TEST(Agenda, HasWhatIsDueFirst) {
  auto agreements = std::make_shared<economy::v1::ListAgreementsResponse>();
  for (const auto& [name, due] : {std::pair("agreements/later", Day(2027, 1, 1)),
                                  std::pair("agreements/late", Day(2026, 11, 28))}) {
    economy::v1::Agreement& agreement = *agreements->add_agreements();
    agreement.set_name(name);
    *agreement.mutable_due_date() = due;
    agreement.mutable_create_time()->set_seconds(absl::ToUnixSeconds(kNow - absl::Hours(72)));
  }
  Agenda own;
  AgendaItem& undated = *own.add_items();
  undated.set_name("certifiers/a/findings/f");
  undated.mutable_wait_time()->set_seconds(absl::ToUnixSeconds(kNow - absl::Hours(24 * 90)));
  const Agenda agenda = Answers().Give("agreements_open", agreements).Compose(own);
  EXPECT_THAT(Names(agenda),
              ElementsAre("agreements/late", "agreements/later", "certifiers/a/findings/f"));
  EXPECT_TRUE(agenda.items(0).late());
  EXPECT_FALSE(agenda.items(1).late());
  EXPECT_EQ(agenda.items(0).wait_days(), 3);
  EXPECT_EQ(agenda.items(2).wait_days(), 90);
}

TEST(Agenda, SaysWhatCouldNotBeAsked) {
  const Agenda agenda = Answers().Give("proposals_submitted", nullptr).Compose();
  EXPECT_THAT(agenda.items(), IsEmpty());
  ASSERT_EQ(agenda.sections_size(), 1);
  EXPECT_EQ(agenda.sections(0).kind(), gateway::v1::AGENDA_KIND_PROPOSAL);
  EXPECT_EQ(agenda.sections(0).provenance().state(), gateway::v1::SECTION_STATE_MISSING);
}

TEST(Agenda, TellsWhatIsNoneFromWhatWasNotAskedFor) {
  const Agenda agenda =
      Answers()
          .Give("agreements_open", std::make_shared<economy::v1::ListAgreementsResponse>())
          .Compose();
  EXPECT_THAT(agenda.items(), IsEmpty());
  ASSERT_EQ(agenda.sections_size(), 1) << "of proposals, which were not asked for, none";
  EXPECT_EQ(agenda.sections(0).kind(), gateway::v1::AGENDA_KIND_AGREEMENT);
  EXPECT_EQ(agenda.sections(0).provenance().state(), gateway::v1::SECTION_STATE_FRESH);
}

TEST(Agenda, LeavesOutCallsThatAreAnsweredOrNotForTheSchool) {
  auto calls = std::make_shared<economy::v1::ListSchoolCallsResponse>();
  for (const auto& [name, state] :
       {std::pair("schoolCalls/everywhere", ""), std::pair("schoolCalls/here", "11"),
        std::pair("schoolCalls/there", "14"), std::pair("schoolCalls/answered", "11")}) {
    economy::v1::SchoolCall& call = *calls->add_school_calls();
    call.set_name(name);
    if (*state != '\0') call.add_state_codes(state);
    *call.mutable_end_date() = Day(2027, 1, 1);
  }
  auto responses = std::make_shared<economy::v1::ListSchoolResponsesResponse>();
  responses->add_school_responses()->set_name("schoolCalls/answered/responses/r");
  auto school = std::make_shared<education::v1::Organization>();
  school->set_state_code("11");
  Answers answers;
  answers.Give("school_calls", calls).Give("school_responses", responses);
  // Where it isn't known where the school is, calls are not left out.
  EXPECT_THAT(Names(answers.Give("organization", nullptr).Compose()),
              ElementsAre("schoolCalls/everywhere", "schoolCalls/here", "schoolCalls/there"));
  EXPECT_THAT(Names(answers.Give("organization", school).Compose()),
              ElementsAre("schoolCalls/everywhere", "schoolCalls/here"));
}

TEST(Agenda, HasCertificationsThatAreAboutToEnd) {
  auto certifications = std::make_shared<education::v1::ListCertificationsResponse>();
  for (const auto& [name, day] : {std::pair("certifications/soon", Day(2026, 12, 1)),
                                  std::pair("certifications/in-90-days", Day(2027, 2, 27)),
                                  std::pair("certifications/in-91-days", Day(2027, 2, 28))}) {
    education::v1::Certification& certification = *certifications->add_certifications();
    certification.set_name(name);
    certification.set_microcredential_version("microcredentials/a/versions/1");
    *certification.mutable_end_date() = day;
  }
  certifications->set_next_page_token("more");
  const Agenda agenda = Answers().Give("certifications", certifications).Compose();
  EXPECT_THAT(Names(agenda), ElementsAre("certifications/soon", "certifications/in-90-days"));
  EXPECT_EQ(agenda.items(0).wait_days(), 88);
  EXPECT_EQ(agenda.items(1).wait_days(), 0);
  EXPECT_FALSE(agenda.sections(0).more());
}

TEST(Agenda, HasCertificationsWhoseBodyHasLeftUntilNobodyCanFinish) {
  auto certifications = std::make_shared<education::v1::ListCertificationsResponse>();
  for (const auto& [name, day] : {std::pair("certifications/over", Day(2026, 11, 28)),
                                  std::pair("certifications/today", Day(2026, 11, 29))}) {
    education::v1::Certification& certification = *certifications->add_certifications();
    certification.set_name(name);
    *certification.mutable_state_date() = Day(2026, 11, 1);
    *certification.mutable_teach_out_date() = day;
  }
  const Agenda agenda = Answers().Give("certifications_taught_out", certifications).Compose();
  EXPECT_THAT(Names(agenda), ElementsAre("certifications/today"));
  EXPECT_EQ(agenda.items(0).wait_days(), 28);
}

TEST(Agenda, HasVersionsOnceTheirDayHasCome) {
  auto versions = std::make_shared<education::v1::ListMicrocredentialVersionsResponse>();
  for (const auto& [name, day] : {std::pair("microcredentials/a/versions/1", 28),
                                  std::pair("microcredentials/b/versions/1", 29),
                                  std::pair("microcredentials/c/versions/1", 30)}) {
    education::v1::MicrocredentialVersion& version = *versions->add_microcredential_versions();
    version.set_name(name);
    *version.mutable_review_date() = Day(2026, 11, day);
  }
  versions->set_next_page_token("more");
  const Agenda agenda = Answers().Give("microcredential_versions", versions).Compose();
  EXPECT_THAT(Names(agenda),
              ElementsAre("microcredentials/a/versions/1", "microcredentials/b/versions/1"));
  EXPECT_FALSE(agenda.sections(0).more());
}

TEST(Agenda, HasAssessmentsFromTheirDayOn) {
  auto assessments = std::make_shared<education::v1::ListAssessmentsResponse>();
  for (const auto& [name, day] : {std::pair("organizations/utt/assessments/past", 19),
                                  std::pair("organizations/utt/assessments/today", 29),
                                  std::pair("organizations/utt/assessments/tomorrow", 30)}) {
    education::v1::Assessment& assessment = *assessments->add_assessments();
    assessment.set_name(name);
    *assessment.mutable_assess_date() = Day(2026, 11, day);
  }
  assessments->set_next_page_token("more");
  const Agenda agenda = Answers().Give("assessments", assessments).Compose();
  EXPECT_THAT(Names(agenda), ElementsAre("organizations/utt/assessments/past",
                                         "organizations/utt/assessments/today"));
  EXPECT_EQ(agenda.items(0).wait_days(), 10);
  EXPECT_FALSE(agenda.sections(0).more());
}

TEST(Agenda, HasAwardsThatAreAboutToEnd) {
  auto awards = std::make_shared<education::v1::ListAwardsResponse>();
  for (const auto& [name, day] :
       {std::pair("organizations/utt/awards/in-90-days", Day(2027, 2, 27)),
        std::pair("organizations/utt/awards/later", Day(2027, 2, 28))}) {
    education::v1::Award& award = *awards->add_awards();
    award.set_name(name);
    *award.mutable_end_date() = day;
  }
  awards->add_awards()->set_name("organizations/utt/awards/for-good");
  const Agenda agenda = Answers().Give("awards", awards).Compose();
  EXPECT_THAT(Names(agenda), ElementsAre("organizations/utt/awards/in-90-days"));
  auto lasting = std::make_shared<education::v1::ListAwardsResponse>();
  lasting->add_awards()->set_name("organizations/utt/awards/for-good");
  lasting->set_next_page_token("more");
  const Agenda none = Answers().Give("awards", lasting).Compose();
  EXPECT_THAT(none.items(), IsEmpty());
  EXPECT_FALSE(none.sections(0).more());
}

// The last file of a layout stands for those before it.
TEST(Agenda, HasFilesThatAreToBeMended) {
  auto loads = std::make_shared<api::v1::ListLoadsResponse>();
  const auto add = [&](const char* name, const char* profile, const char* collection, int refused,
                       int days) {
    api::v1::Load& load = *loads->add_loads();
    load.set_name(name);
    load.set_profile(profile);
    load.set_collection(collection);
    load.set_refused_count(refused);
    load.mutable_create_time()->set_seconds(absl::ToUnixSeconds(kNow - absl::Hours(24 * days)));
  };
  add("loads/mended", "puente-awards", "awards", 0, 0);
  add("loads/before-it", "puente-awards", "awards", 7, 1);
  add("loads/of-campuses", "puente-campuses", "campuses", 7, 2);
  add("loads/refused", "puente-assessments", "assessments", 3, 3);
  add("loads/old", "puente-enrolments", "enrolments", 3, 31);
  loads->set_next_page_token("more");
  const Agenda agenda = Answers().Give("loads", loads).Compose();
  EXPECT_THAT(Names(agenda), ElementsAre("loads/refused"));
  EXPECT_EQ(agenda.items(0).text_es(), "puente-assessments: 3");
  EXPECT_FALSE(agenda.sections(0).more());
}

TEST(RecordOf, IsThatOfTheCallersKind) {
  EXPECT_EQ(RecordOf("organization/utt", "organization"), "organizations/utt");
  EXPECT_EQ(RecordOf("certifier/utt", "organization"), "");
  EXPECT_EQ(RecordOf("organizational/utt", "organization"), "");
}

TEST(Agenda, OfACompanyHasSeatsToConfirmAndWhatOfDualEducationIsItsTurn) {
  auto seats = std::make_shared<economy::v1::ListPlaceReservationsResponse>();
  economy::v1::PlaceReservation& seat = *seats->add_place_reservations();
  seat.set_name("placeReservations/r");
  seat.set_training_place("companies/acme/trainingPlaces/tig");
  seat.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(kNow + absl::Hours(24)));
  auto agreements = std::make_shared<education::v1::ListDualAgreementsResponse>();
  education::v1::DualAgreement& agreement = *agreements->add_dual_agreements();
  agreement.set_name("dualAgreements/d");
  *agreement.mutable_begin_date() = Day(2026, 11, 28);
  const auto plan = [](const std::string& id) {
    auto plans = std::make_shared<education::v1::ListDualPlansResponse>();
    education::v1::DualPlan& one = *plans->add_dual_plans();
    one.set_name(absl::StrCat("organizations/utt/dualPlans/", id));
    *one.mutable_begin_date() = Day(2026, 12, 24);
    return plans;
  };
  Agenda company;
  company.set_caller("company/acme");
  const Agenda agenda = Answers()
                            .Give("place_reservations", seats)
                            .Give("dual_agreements", agreements)
                            .Give("dual_plans", plan("ours"))
                            .Compose(company);
  EXPECT_THAT(Names(agenda), ElementsAre("dualAgreements/d", "placeReservations/r",
                                         "organizations/utt/dualPlans/ours"));
  EXPECT_TRUE(agenda.items(0).late());
  EXPECT_EQ(agenda.items(1).text_es(), "companies/acme/trainingPlaces/tig");
  Agenda school;
  school.set_caller("organization/utt");
  EXPECT_THAT(
      Names(Answers()
                .Give("dual_plans", plan("ours"))
                .Give("dual_plans_of_learners", plan("learners"))
                .Compose(school)),
      ElementsAre("organizations/utt/dualPlans/learners", "organizations/utt/dualPlans/ours"));
}

}  // namespace
}  // namespace puente::agenda
