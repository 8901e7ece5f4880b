// What a database says of its own tables, for tests of schemas.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/sql/connection.h"

namespace puente::testing {

// The first column of all rows.
std::vector<std::string> Texts(sql::Connection& connection, const std::string& query);

// Names and types ("bigint") of a table's columns, in order.
std::vector<std::pair<std::string, std::string>> ColumnTypes(sql::Connection& connection,
                                                             const std::string& table);

// A value that fits a column of this type; `number` is of two digits.
std::string SampleFor(const std::string& type, int number);

}  // namespace puente::testing
