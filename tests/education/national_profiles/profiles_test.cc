// National profiles, as Education serves them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "modules/education/module.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/national_profile.grpc.pb.h"
#include "tests/agencies/bundled.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::BundledRequests;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::testing::ElementsAre;
using Profiles = v1::NationalProfileService::Stub;

class NationalProfilesTest : public ::testing::Test {
 protected:
  NationalProfilesTest()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        ministry_(Education(), target_, "agency/education"),
        profiles_(v1::NationalProfileService::NewStub(ministry_.channel())) {
    for (const auto& request : BundledRequests<v1::CreateNationalProfileRequest>(
             "data/education/3-national-profiles.json")) {
      EXPECT_OK(Called(*profiles_, &Profiles::CreateNationalProfile, request));
    }
    v1::CreateMicrocredentialVersionRequest draft = testing::NewMicrocredential("welding", 1);
    draft.mutable_microcredential_version()->mutable_outcomes(0)->clear_hours();
    EXPECT_OK(Called(*v1::MicrocredentialService::NewStub(ministry_.channel()),
                     &v1::MicrocredentialService::Stub::CreateMicrocredentialVersion, draft));
    asked_.set_microcredential_version("microcredentials/welding/versions/1");
    asked_.set_national_profile("nationalProfiles/microcredentials-1");
  }

  const sql::Target target_;
  HostedModule ministry_;
  const std::unique_ptr<Profiles> profiles_;
  v1::CheckProfileRequest asked_;
};

TEST_F(NationalProfilesTest, TellAnyReaderWhereADraftDeparts) {
  HostedModule school(Education(), target_, "organization/a");
  ASSERT_OK_AND_ASSIGN(const auto report,
                       Called(*v1::NationalProfileService::NewStub(school.channel()),
                              &Profiles::CheckProfile, asked_));
  std::vector<std::string> departures;
  for (const auto& departure : report.departures()) {
    departures.push_back(departure.rule() + " " + departure.field());
    EXPECT_FALSE(departure.remedy().empty());
  }
  EXPECT_THAT(departures, ElementsAre("TITLE_IN_ENGLISH title_en", "LEVEL level",
                                      "OUTCOME_HOURS outcomes[0].hours", "CREDITS credit_rule",
                                      "REVIEW review_date"));
  EXPECT_FALSE(report.conforms());
}

TEST_F(NationalProfilesTest, AreThereToBeHeldAgainst) {
  asked_.set_national_profile("nationalProfiles/none");
  EXPECT_THAT(Called(*profiles_, &Profiles::CheckProfile, asked_),
              HasReason("NATIONAL_PROFILE_NOT_FOUND"));
  asked_.set_microcredential_version("microcredentials/none/versions/1");
  EXPECT_THAT(Called(*profiles_, &Profiles::CheckProfile, asked_),
              HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
}

TEST_F(NationalProfilesTest, KeepTheirRequirements) {
  v1::UpdateNationalProfileRequest update;
  update.mutable_national_profile()->set_name(asked_.national_profile());
  update.mutable_update_mask()->add_paths("requirements");
  EXPECT_THAT(Called(*profiles_, &Profiles::UpdateNationalProfile, update),
              HasReason("INVALID_FIELDS"));
  v1::CreateNationalProfileRequest create = BundledRequests<v1::CreateNationalProfileRequest>(
      "data/education/3-national-profiles.json")[0];
  create.set_national_profile_id("microcredentials-2");
  create.mutable_national_profile()->mutable_requirements(0)->set_field("nothing");
  EXPECT_THAT(Called(*profiles_, &Profiles::CreateNationalProfile, create),
              HasReason("INVALID_FIELDS"));
}

}  // namespace
}  // namespace puente::education
