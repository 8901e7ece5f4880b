// Which statements figures count on a day: one rule, for whoever asks. store::ReadCounted() says it
// in SQL.
#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/error.h"
#include "puente/economy/v1/company.pb.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::economy {

// Everything that keeps a statement from counting, none if it counts. `company` is null where there
// is no record of it; `counted` is the kind of records that figures count.
std::vector<v1::DemandObstacle> ObstaclesOf(const v1::DemandStatement& statement,
                                            const v1::Company* company,
                                            type::v1::RecordKind counted, absl::CivilDay day);

// The same in words.
v1::DemandVerdict Explain(const v1::DemandStatement& statement, const v1::Company* company,
                          type::v1::RecordKind counted, absl::CivilDay day, Locale locale);

}  // namespace puente::economy
