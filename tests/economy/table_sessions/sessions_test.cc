// Sessions of sector tables: planned, held with minutes, or called off.
#include <gmock/gmock.h>

#include "tests/economy/work.h"

namespace puente::economy {
namespace {

using puente::testing::HasReason;
using testing::Day;
using ::testing::ElementsAre;
using Stub = v1::TableSessionService::Stub;

class Sessions : public testing::Work {
 protected:
  std::vector<std::string> Titles(const std::string& request) {
    const auto page = economy.Ask(&Stub::ListTableSessions, request);
    EXPECT_OK(page);
    std::vector<std::string> names;
    for (const v1::TableSession& session : page->table_sessions()) names.push_back(session.name());
    return names;
  }
};

TEST_F(Sessions, AreHeldWithMinutesThatStand) {
  ASSERT_OK(Plan("first", Day(2026)));
  ASSERT_OK_AND_ASSIGN(const auto held, Hold("first"));
  EXPECT_EQ(held.state(), v1::TABLE_SESSION_STATE_HELD);
  EXPECT_EQ(held.minutes(), "Acta");
  EXPECT_THAT(held.participants(), ElementsAre("company/acme", "agency/labor"));
  EXPECT_THAT(Hold("first"), HasReason("TABLE_SESSION_STATE_WRONG"));
  EXPECT_THAT(economy.Ask(&Stub::UpdateTableSession,
                          "table_session { name: 'sectorTables/auto/sessions/first' place: 'B' }"
                          " update_mask { paths: 'place' }"),
              HasReason("TABLE_SESSION_STATE_WRONG"));
}

TEST_F(Sessions, AreNotHeldBeforeTheirDay) {
  ASSERT_OK(Plan("later", Day(2199)));
  const auto refused = Hold("later");
  EXPECT_THAT(refused, HasReason("TABLE_SESSION_TO_COME"));
  EXPECT_EQ(MetadataOf(refused.status(), "session_date"), "2199-01-01");
  EXPECT_EQ(Count("SELECT COUNT(*) FROM table_session WHERE state = 1 AND version = 1"), 1);
}

TEST_F(Sessions, AreCalledOffForAReason) {
  ASSERT_OK(Plan("off", Day(2199)));
  const std::string name = "name: 'sectorTables/auto/sessions/off' ";
  EXPECT_THAT(economy.Ask(&Stub::CancelTableSession, name), HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto off,
                       economy.Ask(&Stub::CancelTableSession, name + "reason: 'Sin quórum'"));
  EXPECT_EQ(off.state(), v1::TABLE_SESSION_STATE_CANCELLED);
  EXPECT_EQ(off.cancel_reason(), "Sin quórum");
  EXPECT_THAT(Hold("off"), HasReason("TABLE_SESSION_STATE_WRONG"));
}

TEST_F(Sessions, OfAStateAreListedByTheirDays) {
  ASSERT_OK(Plan("a", Day(2025)));
  ASSERT_OK(Plan("b", Day(2023)));
  ASSERT_OK(Plan("c", Day(2024)));
  ASSERT_OK(Hold("a"));
  for (const char* parent : {"sectorTables/auto", "sectorTables/-"}) {
    EXPECT_THAT(Titles(absl::StrCat("parent: '", parent, "' filter: 'state = PLANNED'")),
                ElementsAre("sectorTables/auto/sessions/b", "sectorTables/auto/sessions/c"));
  }
}

}  // namespace
}  // namespace puente::economy
