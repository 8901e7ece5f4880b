// A message as a list of fields and values, for spreadsheets.
#pragma once

#include "cli/table.h"
#include "google/protobuf/message.h"

namespace puente::cli {

// Columns "field" (the path in JSON names: "employment.statistics.vacancyCount",
// "outcomes[0].statement") and "value". Money is a decimal number with its currency in a line of
// its own, dates and instants are ISO 8601, a figure that is withheld is its mark ("SUPPRESSED"),
// bytes are hexadecimal. Fields that are not set are left out.
Table Flatten(const google::protobuf::Message& message);

}  // namespace puente::cli
