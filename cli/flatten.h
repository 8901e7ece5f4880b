// Messages as tables for spreadsheets: one as its fields and values, a list as its records.
#pragma once

#include "cli/table.h"
#include "google/protobuf/message.h"

namespace puente::cli {

// Columns "field" (the path in JSON names: "employment.statistics.vacancyCount",
// "outcomes[0].statement") and "value". Money is a decimal number with its currency in a line of
// its own, dates and instants are ISO 8601, a figure that is withheld is its mark ("SUPPRESSED"),
// bytes are hexadecimal. Fields that are not set are left out.
Table Flatten(const google::protobuf::Message& message);

// Whether a method's answer is a list and nothing else: its records, and where the next page
// begins.
bool IsPlainList(const google::protobuf::Descriptor& type);

// A line for each record of a list, which is the first list of messages in it. The columns are all
// that the contract has for such a record, in its order, whatever is set: "name",
// "monthlyWage", "monthlyWage.currencyCode", "quality.verdict". Values are as in Flatten, a list is
// JSON, and a cell is empty where JSON has no such member.
Table Records(const google::protobuf::Message& list);

}  // namespace puente::cli
