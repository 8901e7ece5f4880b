// RVOEs of programs at campuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "google/protobuf/empty.pb.h"
#include "modules/education/module.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/rvoe.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using ::testing::ElementsAre;
using Stub = v1::RvoeService::Stub;
using Campuses = v1::CampusService::Stub;

constexpr absl::CivilDay kNever;

class Rvoes : public ::testing::Test {
 protected:
  Rvoes()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        ministry_(Education(), target_, "agency/education"),
        stub_(v1::RvoeService::NewStub(ministry_.channel())),
        campuses_(v1::CampusService::NewStub(ministry_.channel())) {
    for (const char* organization : {"a", "b"}) {
      EXPECT_OK(Called(*v1::OrganizationService::NewStub(ministry_.channel()),
                       &v1::OrganizationService::Stub::CreateOrganization,
                       testing::NewOrganization(organization)));
      for (const char* campus : {"north", "south"}) {
        EXPECT_OK(
            Called(*campuses_, &Campuses::CreateCampus, testing::NewCampus(organization, campus)));
      }
    }
  }

  // Of the program p at a campus of organization a, perhaps without end.
  static v1::CreateRvoeRequest Granted(const std::string& id, absl::CivilDay first,
                                       absl::CivilDay last, const std::string& campus = "north") {
    v1::CreateRvoeRequest request;
    request.set_parent("organizations/a");
    request.set_rvoe_id(id);
    v1::Rvoe& rvoe = *request.mutable_rvoe();
    rvoe.set_program("programs/p");
    rvoe.set_campus("organizations/a/campuses/" + campus);
    rvoe.set_authority("SEP");
    rvoe.set_number("20270001");
    *rvoe.mutable_start_date() = ToProto(first);
    if (last != kNever) *rvoe.mutable_end_date() = ToProto(last);
    rvoe.add_state_codes("21");
    rvoe.set_source("test");
    rvoe.set_record_kind(type::v1::RECORD_KIND_REAL);
    return request;
  }
  absl::StatusOr<v1::Rvoe> Add(const v1::CreateRvoeRequest& request) {
    return Called(*stub_, &Stub::CreateRvoe, request);
  }
  absl::StatusOr<v1::Rvoe> End(const std::string& id, absl::CivilDay last,
                               absl::CivilDay finish_by) {
    v1::EndRvoeRequest request;
    request.set_name("organizations/a/rvoes/" + id);
    *request.mutable_end_date() = ToProto(last);
    *request.mutable_finish_by() = ToProto(finish_by);
    request.set_reason("acuerdo 5");
    return Called(*stub_, &Stub::EndRvoe, request);
  }
  absl::StatusOr<v1::RvoeStatus> Status(const std::string& campus, absl::CivilDay began,
                                        absl::CivilDay day) {
    v1::GetRvoeStatusRequest request;
    request.set_program("programs/p");
    request.set_campus("organizations/a/campuses/" + campus);
    *request.mutable_begin_date() = ToProto(began);
    *request.mutable_date() = ToProto(day);
    return Called(*stub_, &Stub::GetRvoeStatus, request);
  }
  std::vector<std::string> Listed(const std::string& filter) {
    v1::ListRvoesRequest request;
    request.set_parent("organizations/-");
    request.set_filter(filter);
    const auto page = Called(*stub_, &Stub::ListRvoes, request);
    EXPECT_OK(page);
    std::vector<std::string> names;
    if (!page.ok()) return names;
    for (const auto& rvoe : page->rvoes()) names.push_back(rvoe.name());
    return names;
  }

  const absl::CivilDay first_{2027, 1, 1}, last_{2028, 12, 31};
  const sql::Target target_;
  sql::Connection other_;
  HostedModule ministry_;
  const std::unique_ptr<Stub> stub_;
  const std::unique_ptr<Campuses> campuses_;
};

TEST_F(Rvoes, AreOfCampusesOfTheirOrganization) {
  v1::CreateRvoeRequest request = Granted("one", first_, last_);
  request.mutable_rvoe()->set_campus("organizations/b/campuses/north");
  EXPECT_THAT(Add(request), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Add(Granted("one", first_, last_, "none")), HasReason("CAMPUS_NOT_FOUND"));
  request = Granted("one", first_, first_ - 1);
  EXPECT_THAT(Add(request), HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto rvoe, Add(Granted("one", first_, kNever)));
  EXPECT_EQ(rvoe.state(), v1::RVOE_STATE_ACTIVE);
  EXPECT_THAT(Listed("campus = \"organizations/a/campuses/north\""), ElementsAre(rvoe.name()));
  EXPECT_THAT(Listed("program = \"programs/p\""), ElementsAre(rvoe.name()));
}

TEST_F(Rvoes, OfOneProgramAtACampusHaveNoDayInCommon) {
  ASSERT_OK(Add(Granted("one", first_, last_)));
  const auto overlapping = Add(Granted("two", last_, kNever));
  EXPECT_THAT(overlapping, HasReason("RVOE_OVERLAPS"));
  EXPECT_EQ(MetadataOf(overlapping.status(), "other"), "organizations/a/rvoes/one");
  EXPECT_THAT(Add(Granted("two", first_ - 10, kNever)), HasReason("RVOE_OVERLAPS"));
  ASSERT_OK(Add(Granted("elsewhere", last_, kNever, "south")));
  v1::CreateRvoeRequest other_program = Granted("other", last_, kNever);
  other_program.mutable_rvoe()->set_program("programs/q");
  ASSERT_OK(Add(other_program));
  ASSERT_OK(Add(Granted("two", last_ + 1, kNever)));
  v1::UpdateRvoeRequest longer;
  longer.mutable_rvoe()->set_name("organizations/a/rvoes/one");
  *longer.mutable_rvoe()->mutable_end_date() = ToProto(last_ + 1);
  EXPECT_THAT(Called(*stub_, &Stub::UpdateRvoe, longer), HasReason("RVOE_OVERLAPS"));
  *longer.mutable_rvoe()->mutable_end_date() = ToProto(last_ - 1);
  EXPECT_OK(Called(*stub_, &Stub::UpdateRvoe, longer)) << "it does not overlap itself";
}

TEST_F(Rvoes, OfOneProgramAtACampusHaveNoDayInCommonIfAddedAtOnce) {
  ASSERT_OK(Add(Granted("one", first_, last_)));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE campus SET guard = guard + 1");
  MustExecute(other_, "UPDATE rvoe SET end_date = NULL, version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Add(Granted("two", last_ + 1, kNever)).status(); }));
  EXPECT_THAT(outcome, HasReason("RVOE_OVERLAPS"));
}

TEST_F(Rvoes, EndWithADayToFinishBy) {
  ASSERT_OK(Add(Granted("one", first_, last_)));
  EXPECT_THAT(End("one", first_ - 1, last_), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(End("one", last_ + 1, last_ + 1), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(End("one", first_ + 100, first_ + 99), HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto ended, End("one", first_ + 100, last_ + 365));
  EXPECT_EQ(ended.state(), v1::RVOE_STATE_ENDED);
  EXPECT_EQ(ToCivilDay(ended.end_date()), first_ + 100);
  EXPECT_EQ(ToCivilDay(ended.finish_by()), last_ + 365);
  EXPECT_EQ(ended.state_reason(), "acuerdo 5");
  EXPECT_THAT(End("one", first_ + 90, last_), HasReason("RVOE_STATE_WRONG"));
  v1::UpdateRvoeRequest update;
  update.mutable_rvoe()->set_name(ended.name());
  update.mutable_rvoe()->set_number("20270002");
  EXPECT_THAT(Called(*stub_, &Stub::UpdateRvoe, update), HasReason("RVOE_STATE_WRONG"));
  ASSERT_OK(Add(Granted("two", first_ + 101, kNever)));
}

TEST_F(Rvoes, WithoutEndAreEndedOnAnyDay) {
  ASSERT_OK(Add(Granted("one", first_, kNever)));
  ASSERT_OK(End("one", last_ + 1000, last_ + 2000));
}

TEST_F(Rvoes, LetThoseFinishWhoBeganBeforeTheyEnded) {
  ASSERT_OK(Add(Granted("ended", first_, last_)));
  const absl::CivilDay end = first_ + 100, finish_by = last_ + 365;
  ASSERT_OK(End("ended", end, finish_by));
  ASSERT_OK(Add(Granted("next", end + 200, end + 300)));
  ASSERT_OK(Add(Granted("lasting", first_, kNever, "south")));
  const struct {
    const char* campus;
    absl::CivilDay began, day;
    bool recognized;
    const char* rvoe;
  } cases[] = {
      {"north", first_ - 1, end, false, ""},
      {"north", first_, first_, true, "ended"},
      {"north", first_, end, true, "ended"},
      {"north", end, end + 1, true, "ended"},
      {"north", end, finish_by, true, "ended"},
      {"north", end, finish_by + 1, false, "ended"},
      {"north", end + 1, end + 1, false, ""},
      {"north", end + 1, finish_by, false, ""},
      {"north", end + 200, end + 300, true, "next"},
      {"north", end + 200, end + 301, false, "next"},
      {"south", last_, last_ + 10'000, true, "lasting"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(absl::StrCat(one.campus, " ", absl::FormatCivilTime(one.began), " ",
                              absl::FormatCivilTime(one.day)));
    ASSERT_OK_AND_ASSIGN(const auto status, Status(one.campus, one.began, one.day));
    EXPECT_EQ(status.recognized(), one.recognized);
    EXPECT_EQ(status.rvoe().name(),
              *one.rvoe == 0 ? "" : absl::StrCat("organizations/a/rvoes/", one.rvoe));
  }
  EXPECT_THAT(Status("north", end, end - 1), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Status("none", end, end), HasReason("CAMPUS_NOT_FOUND"));
}

TEST_F(Rvoes, KeepTheirCampus) {
  ASSERT_OK(Add(Granted("one", first_, last_)));
  v1::DeleteCampusRequest request;
  request.set_name("organizations/a/campuses/north");
  EXPECT_THAT(Called(*campuses_, &Campuses::DeleteCampus, request), HasReason("CAMPUS_HAS_RVOE"));
  request.set_name("organizations/a/campuses/south");
  EXPECT_OK(Called(*campuses_, &Campuses::DeleteCampus, request));
  EXPECT_THAT(Add(Granted("two", first_, last_, "south")), HasReason("CAMPUS_NOT_FOUND"));
}

}  // namespace
}  // namespace puente::education
