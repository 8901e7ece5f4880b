#include "cli/dual_text.h"

#include <gtest/gtest.h>

#include "google/protobuf/generated_enum_reflection.h"

namespace puente::cli {
namespace {

// "?" would stand in tables for a value that the contract got and this client has no word for.
template <class Enum>
void ExpectWords() {
  const auto* values = google::protobuf::GetEnumDescriptor<Enum>();
  for (int i = 0; i < values->value_count(); ++i) {
    if (values->value(i)->number() == 0) continue;
    const Label& label = LabelOf(static_cast<Enum>(values->value(i)->number()));
    EXPECT_NE(label.en, "?") << values->value(i)->name();
    EXPECT_NE(label.es, "?") << values->value(i)->name();
  }
}

TEST(DualText, HasAWordForEachValueOfTheContract) {
  ExpectWords<education::v1::DualAgreementState>();
  ExpectWords<education::v1::DualInsurance>();
  ExpectWords<education::v1::DualParty>();
  ExpectWords<education::v1::DualEndCause>();
  ExpectWords<education::v1::DualPlanState>();
  ExpectWords<education::v1::DualPlace>();
  ExpectWords<education::v1::DualConfirmation>();
  ExpectWords<education::v1::DualAct>();
  ExpectWords<education::v1::DualResult>();
  ExpectWords<education::v1::DualPauseCause>();
  ExpectWords<education::v1::HourEntryState>();
  ExpectWords<education::v1::HourDisputeReason>();
}

}  // namespace
}  // namespace puente::cli
