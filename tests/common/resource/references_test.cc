// What a Spec and its contract say of states and references: what follows at run time, and which
// mistakes in it end the process before anything is served.
#include "common/resource/references.h"

#include <type_traits>

#include "common/resource/journaled_module.h"
#include "common/resource/resource.h"
#include "puente/labor/v1/skill.pb.h"
#include "tests/common/resource/workshop.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente::resource {
namespace {

using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using workshop::v1::Astray;
using workshop::v1::Course;
using workshop::v1::Enrolment;
using workshop::v1::Lost;
using workshop::v1::Room;

const Resource<Course>& Courses() {
  static const Resource<Course> courses({.table = "course",
                                         .guarded = true,
                                         .states = {{.verb = "CloseCourse",
                                                     .from = {workshop::v1::COURSE_STATE_OPEN},
                                                     .to = workshop::v1::COURSE_STATE_CLOSED}}});
  return courses;
}

const Resource<Enrolment>& Enrolments() {
  static const Resource<Enrolment> enrolments({.table = "enrolment"});
  return enrolments;
}

// One resource's rows are not read as another's.
template <class M>
constexpr bool kReads =
    std::is_convertible_v<decltype(Get(std::declval<sql::Session&>(), Courses(), "")),
                          absl::StatusOr<M>>;
static_assert(kReads<Course>);
static_assert(!kReads<Enrolment>);

class ReferencesTest : public ::testing::Test {
 protected:
  ReferencesTest()
      : target_(Database::Shared().NewSchema(WithJournal({}))),
        connection_(target_),
        session_(target_),
        references_(Enrolments()) {
    MustExecute(connection_,
                "CREATE TABLE course (id VARBINARY(63) PRIMARY KEY, version BIGINT NOT NULL,"
                " guard BIGINT NOT NULL DEFAULT 0, state TINYINT NOT NULL, seats INT NOT NULL,"
                " source VARBINARY(64) NOT NULL, record_kind TINYINT NOT NULL,"
                " create_time DATETIME(6) NOT NULL, update_time DATETIME(6) NOT NULL)");
    MustExecute(connection_,
                "CREATE TABLE enrolment (id VARBINARY(63) PRIMARY KEY, version BIGINT NOT NULL,"
                " courses MEDIUMBLOB, source VARBINARY(64) NOT NULL, record_kind TINYINT NOT NULL,"
                " create_time DATETIME(6) NOT NULL, update_time DATETIME(6) NOT NULL)");
    call_.method = "/test.Service/Enrol";
    call_.caller.path = "agency/labor";
    call_.start = absl::Now();
    call_.deadline = absl::Now() + absl::Seconds(20);
    for (const auto& [id, state] : {std::pair{"draft", workshop::v1::COURSE_STATE_DRAFT},
                                    {"open", workshop::v1::COURSE_STATE_OPEN},
                                    {"full", workshop::v1::COURSE_STATE_FULL}}) {
      Course course;
      course.set_state(state);
      course.set_source("test");
      course.set_record_kind(type::v1::RECORD_KIND_REAL);
      EXPECT_OK(Write<Course>([&, id = id](journal::Transaction& tx) {
        return resource::Create(call_, tx, Courses(), {id}, course);
      }));
    }
  }

  template <class M, class Body>
  absl::StatusOr<M> Write(const Body& body) {
    ASSIGN_OR_RETURN(auto written,
                     journal::Mutate<M>({journal::Tokens("test")}, session_, call_, M(),
                                        [&](const Call&, journal::Transaction& tx, const M&) {
                                          return body(tx);
                                        }));
    return written.answer;
  }

  static Enrolment In(std::initializer_list<const char*> courses) {
    Enrolment enrolment;
    for (const char* course : courses) enrolment.add_courses(course);
    enrolment.set_source("test");
    enrolment.set_record_kind(type::v1::RECORD_KIND_REAL);
    return enrolment;
  }

  // Checks the references of what it stores.
  absl::Status Check(const Enrolment& after, const Enrolment* before = nullptr) {
    return Write<Enrolment>([&](journal::Transaction& tx) -> absl::StatusOr<Enrolment> {
             RETURN_IF_ERROR(
                 references_.Check(call_, tx, "CreateEnrolment", before, after, "enrolment"));
             return resource::Create(call_, tx, Enrolments(), {absl::StrCat("e", ++enrolments_)},
                                     after);
           })
        .status();
  }

  const sql::Target target_;
  sql::Connection connection_;
  sql::Session session_;
  Call call_;
  const References references_;
  int enrolments_ = 0;
};

TEST_F(ReferencesTest, TakesAnyOfTheStatesOfTheContract) {
  EXPECT_OK(Check(In({})));
  EXPECT_OK(Check(In({"courses/open", "courses/full", "courses/open"})));
}

TEST_F(ReferencesTest, RefusesOtherStatesAndSaysWhichAreWanted) {
  const absl::Status refused = Check(In({"courses/open", "courses/draft"}));
  EXPECT_THAT(refused, HasReason("COURSE_STATE_WRONG"));
  EXPECT_EQ(MetadataOf(refused, "name"), "courses/draft");
  EXPECT_EQ(MetadataOf(refused, "state"), "COURSE_STATE_DRAFT");
  EXPECT_EQ(MetadataOf(refused, "verb"), "CreateEnrolment");
  EXPECT_EQ(MetadataOf(refused, "wanted"), "COURSE_STATE_OPEN, COURSE_STATE_FULL");
}

TEST_F(ReferencesTest, NamesTheFieldOfWhatIsMissing) {
  const absl::Status missing = Check(In({"courses/open", "courses/none"}));
  EXPECT_THAT(missing, HasReason("COURSE_NOT_FOUND"));
  EXPECT_EQ(MetadataOf(missing, "name"), "courses/none");
  EXPECT_THAT(Check(In({"rooms/a"})), HasReason("INVALID_NAME"));
}

TEST_F(ReferencesTest, ChecksOnlyWhatIsNew) {
  const Enrolment before = In({"courses/draft", "courses/none"});
  EXPECT_OK(Check(In({"courses/none", "courses/open", "courses/draft"}), &before));
  EXPECT_THAT(Check(In({"courses/draft", "courses/other"}), &before),
              HasReason("COURSE_NOT_FOUND"));
}

TEST_F(ReferencesTest, KeepTheStateThatWasSeen) {
  MustExecute(connection_, "START TRANSACTION");
  MustExecute(connection_, absl::StrCat("UPDATE course SET version = version + 1, state = ",
                                        static_cast<int>(workshop::v1::COURSE_STATE_CLOSED)));
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(connection_, [&] { outcome = Check(In({"courses/open"})); }));
  EXPECT_THAT(outcome, HasReason("COURSE_STATE_WRONG"));
  EXPECT_EQ(MetadataOf(outcome, "state"), "COURSE_STATE_CLOSED");
}

class Mistakes : public ReferencesTest {};

TEST_F(Mistakes, OfReferencesEndTheProcess) {
  Courses();
  static const Resource<Astray> astray({.table = "astray"});
  EXPECT_DEATH(References(astray).Resolve(), "a state that there is not.*Astray.course");
  static const Resource<Lost> lost({.table = "lost"});
  EXPECT_DEATH(References(lost).Resolve(), "what is not served.*Lost.room");
  EXPECT_DEATH(
      {
        const Resource<Room> room({.table = "room"});
        References(lost).Resolve();
      },
      "needs guards.*Lost.room");
  references_.Resolve();
}

TEST_F(Mistakes, OfListsEndTheProcess) {
  const auto make = [](ListShape list) {
    const Resource<Course> courses({.table = "course", .lists = {std::move(list)}});
  };
  EXPECT_DEATH(make({.by = {"state"}, .index = ""}), "a list without an index.*Course");
  EXPECT_DEATH(make({.by = {"colour"}, .index = "by_colour"}), "by what is no field.*colour");
  EXPECT_DEATH(make({.by = {"seats"}, .index = "by_seats"}), "by a field of this type.*seats");
  EXPECT_DEATH(make({.by = {"state*"}, .index = "by_state"}), "an enum has no beginning.*state");
  EXPECT_DEATH(make({.by = {"state"}, .order = {"colour desc"}, .index = "by_state"}),
               "in the order of no column.*colour");
}

TEST_F(Mistakes, OfStatesEndTheProcess) {
  const auto make = [](Transition row) {
    const Resource<Course> courses({.table = "course", .states = {std::move(row)}});
  };
  EXPECT_DEATH(make({.verb = "OpenCourse"}), "no such verb.*OpenCourse");
  EXPECT_DEATH(make({.verb = "CloseCourse", .from = {0}}), "no such state.*CloseCourse");
  EXPECT_DEATH(make({.verb = "CloseCourse", .from = {1}, .to = 9}), "no such state.*CloseCourse");
  EXPECT_DEATH(Resource<Enrolment>({.table = "enrolment", .states = {{.verb = "GetEnrolment"}}}),
               "states without a field.*GetEnrolment");
  EXPECT_DEATH(make({.verb = "CloseCourse", .to = 2}), "a creation alone.*CloseCourse");
  EXPECT_DEATH(Resource<Course>({.table = "course",
                                 .states = {{.verb = "CloseCourse", .from = {1}},
                                            {.verb = "CloseCourse", .from = {2}}}}),
               "two rows of one verb.*CloseCourse");
}

TEST_F(Mistakes, OfNumbersAndOfWhatIsNoResourceEndTheProcess) {
  EXPECT_DEATH(Resource<Course>({.table = "course", .numbered = true}),
               "numbers need guards.*course");
  EXPECT_DEATH(Contract(*workshop::v1::GetRequest::descriptor(), false),
               "no service of its file reads it.*GetRequest");
}

}  // namespace
}  // namespace puente::resource
