// A row of a result, and the mapper between rows and messages: column name = field name.
//
//   column                     field
//   integers           integers, bools, enums (as numbers), google.type.Money (MXN centavos),
//                      google.protobuf.Timestamp (microseconds since 1970, see Micros())
//   text, bytes        string, bytes
//   DATE               google.type.Date
//   DATETIME(6), UTC   google.protobuf.Timestamp
//   BLOB               any other message: its wire format; a repeated field: the wire format of the
//                      parent with this field alone
//
// NULL leaves the field unset. A column that names no field is left alone, so that a newer schema
// can be read. Whatever does not fit is DATA_LOSS (ROW_CORRUPT), never a crash.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/sql/value.h"
#include "google/protobuf/message.h"

namespace sql {
class ResultSet;
}  // namespace sql

namespace puente::sql {

// A column of the row that is read, and the field that it goes to.
struct Cell;

// Which columns go to a field, and how; made once a statement and message type.
struct Mapping {
  struct Column {
    uint32_t at = 0;  // columns count from 1, as the connector's do
    std::string name;
    const google::protobuf::FieldDescriptor* field = nullptr;
    const google::protobuf::EnumDescriptor* values = nullptr;  // of an enum
    bool nullable = true;
    bool (*set)(const Cell& cell) = nullptr;  // false if the value does not fit
  };
  const google::protobuf::Descriptor* descriptor = nullptr;
  const google::protobuf::Reflection* reflection = nullptr;
  std::vector<Column> columns;
};

class Row {
 public:
  Row(::sql::ResultSet& result, const Mapping& mapping) : result_(result), mapping_(mapping) {}

  // Columns count from 0.
  bool IsNull(size_t column) const;
  int64_t Int64(size_t column) const;       // 0 for NULL
  std::string Text(size_t column) const;    // "" for NULL
  absl::CivilDay Day(size_t column) const;  // of a DATE; 1970-01-01 for NULL

  // Sets the message's fields. The mapping must be of its type.
  absl::Status Into(google::protobuf::Message& message) const;

 private:
  ::sql::ResultSet& result_;
  const Mapping& mapping_;
};

Mapping MakeMapping(::sql::ResultSet& result, const google::protobuf::Descriptor* type);

// An expression to select in place of a DATETIME(6) column: as text it is written by the connector
// and read again by us, which takes longer (docs/decisions/0021).
std::string Micros(absl::string_view column);

// The parameter that stores a field, the mapper's inverse: NULL for an unset field that can be told
// from its default, and for an empty repeated field.
Value FieldValue(const google::protobuf::Message& message,
                 const google::protobuf::FieldDescriptor* field);

}  // namespace puente::sql
