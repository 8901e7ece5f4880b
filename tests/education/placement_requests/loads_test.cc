// Files of learners to place: each row is acknowledged, each that was taken can be read afterwards,
// and they are taken up in the order of the rows.
#include <gmock/gmock.h>

#include "absl/strings/str_split.h"
#include "tests/education/placement_requests/requesting.h"

namespace puente::education {
namespace {

using puente::testing::AcknowledgementsOf;
using puente::testing::RowsOf;
using puente::testing::SendFile;
using ::testing::ElementsAre;
using testing::InDays;

class PlacementLoads : public testing::Requesting {
 protected:
  static std::string Row(const std::string& learner, int first = 1, int last = 30,
                         const std::string& id = "", const std::string& place = kPlace) {
    return absl::StrCat(id, ",organizations/a/learners/", learner, ",", place, ",",
                        absl::FormatCivilTime(InDays(first)), ",",
                        absl::FormatCivilTime(InDays(last)), "\n");
  }
  // The load's name.
  std::string Sent(const std::string& rows) {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-placement-requests");
    header.set_parent("organizations/a");
    const auto done =
        SendFile(school_.channel(), header,
                 "placement_request_id,learner,training_place,start_date,end_date\n" + rows);
    EXPECT_OK(done);
    return done.ok() ? done->load().name() : "";
  }
};

TEST_F(PlacementLoads, AcknowledgeEachRow) {
  AddLearner("a", "gone", v1::LEARNER_STATE_DESTROYED);
  const std::string load =
      Sent(Row("ana") + Row("nobody") + Row("ana", -1) + Row("eva", 5, 4) + Row("gone") +
           Row("ana") + Row("eva", 1, 30, "Again 2") + Row("eva", 1, 30, "boxw310820hnerxn09") +
           Row("boxw310820hnerxn09") + Row("eva", 1, 30, "", "acme/one"));
  EXPECT_THAT(
      RowsOf(school_.channel(), load),
      ElementsAre("1 TAKEN", "2 REFUSED learner LEARNER_NOT_FOUND",
                  "3 REFUSED start_date FIRST_DAY_PAST", "4 REFUSED end_date NOT_BEFORE",
                  "5 REFUSED  LEARNER_STATE_WRONG", "6 REFUSED placement_request_id ROW_REPEATED",
                  "7 TAKEN", "8 REFUSED placement_request_id ID_OF_PERSON",
                  "9 REFUSED learner ID_OF_PERSON", "10 REFUSED training_place PATTERN"));
  EXPECT_EQ(Count("placement_request"), 2);
  EXPECT_EQ(Count("placement_turn"), 2) << "nothing of what was refused stays";
  const auto rows = AcknowledgementsOf(school_.channel(), load);
  ASSERT_OK(rows);
  EXPECT_EQ((*rows)[6].name(), NameOf("again-2"));
  for (const api::v1::LoadRow& row : *rows) {
    EXPECT_THAT(row.ShortDebugString(), ::testing::Not(::testing::HasSubstr("boxw"))) << row.row();
  }
}

TEST_F(PlacementLoads, SayOfEachRowWhatBecameOfIt) {
  const std::string load = Sent(Row("ana") + Row("eva"));
  const auto rows = AcknowledgementsOf(school_.channel(), load);
  ASSERT_OK(rows);
  const std::string first = IdOf((*rows)[0].name()), second = IdOf((*rows)[1].name());
  EXPECT_THAT(Found(), ElementsAre(first + " WAITING", second + " WAITING"));
  TakeUp({first, second});
  ASSERT_OK(End(first));
  ASSERT_OK(End(second, "PLACES_TAKEN"));
  v1::BatchGetPlacementRequestsRequest request;
  for (const api::v1::LoadRow& row : *rows) request.add_names(row.name());
  ASSERT_OK_AND_ASSIGN(
      const auto became,
      puente::testing::Called(*of_school_, &Requests::BatchGetPlacementRequests, request));
  EXPECT_EQ(became.placement_requests(0).state(), v1::PLACEMENT_REQUEST_STATE_PLACED);
  EXPECT_EQ(became.placement_requests(1).state(), v1::PLACEMENT_REQUEST_STATE_REFUSED);
  EXPECT_EQ(became.placement_requests(1).refusal(), "PLACES_TAKEN");
  // The file again asks for nothing again; who wants that says so.
  EXPECT_THAT(RowsOf(school_.channel(), Sent(Row("ana") + Row("eva"))),
              ElementsAre("1 UNCHANGED", "2 UNCHANGED"));
  EXPECT_EQ(Count("placement_turn"), 0);
  EXPECT_THAT(RowsOf(school_.channel(), Sent(Row("eva", 1, 30, "again"))), ElementsAre("1 TAKEN"));
  EXPECT_THAT(Found(), ElementsAre("again WAITING"));
  EXPECT_THAT(RowsOf(school_.channel(), Sent(Row("ana", 1, 30, "again"))),
              ElementsAre("1 REFUSED  PLACEMENT_REQUEST_ALREADY_EXISTS"))
      << "a request never becomes another's";
}

// Those of a batch have one time, and ids that are digests: only their turns know the order.
TEST_F(PlacementLoads, AreTakenUpInTheOrderOfTheRows) {
  std::string rows;
  for (int i = 0; i < 20; ++i) rows += Row(i % 2 == 0 ? "ana" : "eva", 1 + i, 30 + i);
  const auto acknowledged = AcknowledgementsOf(school_.channel(), Sent(rows), false, 1000);
  ASSERT_OK(acknowledged);
  ASSERT_EQ(acknowledged->size(), 20U);
  for (size_t i = 0; i < acknowledged->size(); ++i) {
    const std::string id = IdOf((*acknowledged)[i].name());
    const std::vector<std::string> found = Found();
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0], id + " WAITING");
    TakeUp({id});
    ASSERT_OK(End(id));
  }
}

}  // namespace
}  // namespace puente::education
