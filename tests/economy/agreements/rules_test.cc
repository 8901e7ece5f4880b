#include "modules/economy/agreements/rules.h"

#include <gtest/gtest.h>

#include "common/context/values.h"

namespace puente::economy {
namespace {

const absl::CivilDay kDue(2027, 3, 31);

v1::Agreement Due(v1::AgreementState state) {
  v1::Agreement agreement;
  agreement.set_state(state);
  *agreement.mutable_due_date() = ToProto(kDue);
  return agreement;
}

TEST(Agreement, IsLateFromTheDayAfterItsLast) {
  EXPECT_FALSE(IsLate(Due(v1::AGREEMENT_STATE_OPEN), kDue));
  EXPECT_TRUE(IsLate(Due(v1::AGREEMENT_STATE_OPEN), kDue + 1));
  // Midnight in Mexico City, six hours behind UTC.
  EXPECT_EQ(LateFrom(Due(v1::AGREEMENT_STATE_OPEN)),
            absl::FromCivil(absl::CivilHour(2027, 4, 1, 6), absl::UTCTimeZone()));
}

TEST(Agreement, IsInTheStateOfItsDay) {
  struct Case {
    const char* name;
    v1::AgreementState before;
    int days_late;
    v1::AgreementState after;
    bool noted;
  };
  for (const Case& c :
       {Case{"open in time", v1::AGREEMENT_STATE_OPEN, 0, v1::AGREEMENT_STATE_OPEN, false},
        {"open and late", v1::AGREEMENT_STATE_OPEN, 1, v1::AGREEMENT_STATE_OVERDUE, true},
        {"begun in time", v1::AGREEMENT_STATE_IN_PROGRESS, 0, v1::AGREEMENT_STATE_IN_PROGRESS,
         false},
        {"begun and late", v1::AGREEMENT_STATE_IN_PROGRESS, 9, v1::AGREEMENT_STATE_OVERDUE, true},
        {"put off", v1::AGREEMENT_STATE_OVERDUE, -1, v1::AGREEMENT_STATE_OPEN, false},
        {"done", v1::AGREEMENT_STATE_DONE, 9, v1::AGREEMENT_STATE_DONE, false},
        {"dropped", v1::AGREEMENT_STATE_DROPPED, 9, v1::AGREEMENT_STATE_DROPPED, false}}) {
    SCOPED_TRACE(c.name);
    v1::Agreement agreement = Due(c.before);
    Settle(kDue + c.days_late, agreement);
    EXPECT_EQ(agreement.state(), c.after);
    ASSERT_EQ(agreement.has_overdue_date(), c.noted);
    if (c.noted) {
      EXPECT_EQ(ToCivilDay(agreement.overdue_date()), kDue + 1);
    }
  }
}

TEST(Agreement, ThatWasBegunWhenItWasLateStaysInProgress) {
  v1::Agreement agreement = Due(v1::AGREEMENT_STATE_IN_PROGRESS);
  NoteLate(kDue + 3, agreement);
  Settle(kDue + 4, agreement);
  EXPECT_EQ(agreement.state(), v1::AGREEMENT_STATE_IN_PROGRESS);
  // A later last day that passes too makes it overdue.
  *agreement.mutable_due_date() = ToProto(kDue + 10);
  Settle(kDue + 5, agreement);
  EXPECT_EQ(agreement.state(), v1::AGREEMENT_STATE_IN_PROGRESS);
  EXPECT_FALSE(agreement.has_overdue_date());
  Settle(kDue + 11, agreement);
  EXPECT_EQ(agreement.state(), v1::AGREEMENT_STATE_OVERDUE);
}

TEST(Agreement, ThatIsPutOffIsWhereItWas) {
  v1::Agreement agreement = Due(v1::AGREEMENT_STATE_OVERDUE);
  *agreement.mutable_begin_time() = ToProto(absl::UnixEpoch());
  Settle(kDue, agreement);
  EXPECT_EQ(agreement.state(), v1::AGREEMENT_STATE_IN_PROGRESS);
}

}  // namespace
}  // namespace puente::economy
