// Agreements, plans and hours of dual education, as tables of 80 columns.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "cli/labels.h"
#include "cli/table.h"
#include "google/protobuf/repeated_field.h"
#include "puente/education/v1/dual_agreement.pb.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "puente/education/v1/hour_entry.pb.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::cli {

// `own`: whose side reads, "companies/acme"; of each the other side is shown, and both where `own`
// is "".
Table TableOfDualAgreements(
    Language language,
    const google::protobuf::RepeatedPtrField<education::v1::DualAgreement>& agreements,
    const std::string& own);

// Likewise, with whose turn each is.
Table TableOfDualPlans(Language language,
                       const google::protobuf::RepeatedPtrField<education::v1::DualPlan>& plans,
                       const std::string& own);

// What a plan says, and where it stands.
Table FactsOfDualPlan(Language language, const education::v1::DualPlan& plan,
                      const education::v1::DualPlanHours& hours);

// What is known of a plan's hours besides.
struct OutcomesOfPlan {
  education::v1::DualPlanHours hours;
  std::map<int, int64_t> disputed_minutes;           // by outcome; claimed ones are with them
  education::v1::MicrocredentialVersion definition;  // what the outcomes say, if it is known
};
Table TableOfOutcomes(Language language, const education::v1::DualPlan& plan,
                      const OutcomesOfPlan& known);

Table TableOfHours(Language language,
                   const google::protobuf::RepeatedPtrField<education::v1::HourEntry>& entries);

}  // namespace puente::cli
