#include "tests/agencies/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <regex>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "common/context/behavior.h"
#include "common/personal/fields.h"
#include "common/resource/elements.h"
#include "common/resource/states.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "google/type/money.pb.h"
#include "puente/api/v1/options.pb.h"
#include "tests/agencies/lists.h"
#include "tests/testing/status.h"

namespace puente::testing {
namespace {

using google::protobuf::FieldDescriptor;

// What integer types hold at most. Those without a sign are none: they are read as signed.
const std::map<std::string, int64_t>& Integers() {
  static const auto* integers =
      new std::map<std::string, int64_t>{{"tinyint", std::numeric_limits<int8_t>::max()},
                                         {"smallint", std::numeric_limits<int16_t>::max()},
                                         {"mediumint", (1 << 23) - 1},
                                         {"int", std::numeric_limits<int32_t>::max()},
                                         {"bigint", std::numeric_limits<int64_t>::max()}};
  return *integers;
}

struct Column {
  std::string type;    // "varchar", "datetime(6)", "int unsigned"
  int64_t length = 0;  // characters or bytes; 0 for what has none
  bool nullable = false;

  // The largest number in it; -1 if it is no integer.
  int64_t Most() const {
    const auto found = Integers().find(type);
    return found == Integers().end() ? -1 : found->second;
  }
  bool IsText() const { return type == "varchar" || type == "varbinary"; }
  bool IsBytes() const { return type == "blob" || type == "mediumblob" || type == "longblob"; }
};

using Columns = std::map<std::string, Column>;

Columns ColumnsOf(sql::Connection& connection, absl::string_view table) {
  Columns columns;
  EXPECT_OK(connection.Select(
      {"test.columns",
       "SELECT column_name, CONCAT(data_type, IF(column_type LIKE '%unsigned%', ' unsigned', ''),"
       " COALESCE(CONCAT('(', datetime_precision, ')'), '')),"
       " COALESCE(character_maximum_length, 0), is_nullable = 'YES'"
       " FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?"},
      {table}, nullptr, [&](const sql::Row& row) {
        columns[row.Text(0)] = {row.Text(1), row.Int64(2), row.Int64(3) != 0};
        return absl::OkStatus();
      }));
  return columns;
}

// Of the fields whose elements stand in the table again: those that it gives of a message in which
// each list of texts has one.
int64_t LongestElement(const resource::Spec& spec, const resource::ElementTable& table) {
  int64_t longest = 0;
  for (const FieldDescriptor* field : spec.fields()) {
    if (!field->is_repeated() || field->type() != FieldDescriptor::TYPE_STRING) continue;
    const std::unique_ptr<google::protobuf::Message> message = spec.NewMessage();
    message->GetReflection()->AddString(message.get(), field, "x");
    if (table.elements(*message).empty()) continue;
    longest =
        std::max<int64_t>(longest, field->options().GetExtension(api::v1::rules).max_length());
  }
  EXPECT_GT(longest, 0) << table.table << " repeats no field of bounded texts";
  return longest;
}

int64_t Largest(const google::protobuf::EnumDescriptor& type) {
  int64_t largest = 0;
  for (int i = 0; i < type.value_count(); ++i) {
    largest = std::max<int64_t>(largest, type.value(i)->number());
  }
  return largest;
}

// Whether the mapper can store whatever the contract allows (common/sql/row.h).
bool Holds(const Column& column, const FieldDescriptor& field) {
  const auto& rules = field.options().GetExtension(api::v1::rules);
  const bool bounded = rules.max() != 0 && rules.has_min();
  // Where patterns are, they are of ASCII; other characters take up to four bytes.
  const bool in_bytes = column.type == "varbinary" && rules.pattern().empty() && !IsOfServer(field);
  if (field.is_repeated()) return column.IsBytes();
  switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
      return column.IsText() && column.length >= rules.max_length() * (in_bytes ? 4 : 1);
    case FieldDescriptor::TYPE_BYTES:
      return column.type == "varbinary" || column.IsBytes();
    case FieldDescriptor::TYPE_BOOL:
      return column.Most() >= 1;
    case FieldDescriptor::TYPE_ENUM:
      return column.Most() >= Largest(*field.enum_type());
    case FieldDescriptor::TYPE_INT32:
      return column.Most() >= (bounded ? rules.max() : std::numeric_limits<int32_t>::max());
    case FieldDescriptor::TYPE_INT64:
      return column.Most() >= (bounded ? rules.max() : std::numeric_limits<int64_t>::max());
    case FieldDescriptor::TYPE_MESSAGE:
      if (field.message_type() == google::type::Date::descriptor()) return column.type == "date";
      if (field.message_type() == google::type::Money::descriptor()) return column.type == "bigint";
      if (field.message_type() != google::protobuf::Timestamp::descriptor())
        return column.IsBytes();
      return column.type == "datetime(6)";
    default:
      return false;
  }
}

// NULL stands for what is left out, and for nothing else. What the server sets may always be there.
bool NullsFit(const Column& column, const FieldDescriptor& field) {
  const bool unset = field.is_repeated() || field.has_presence();
  if (unset && IsOfServer(field)) return true;
  return column.nullable == (unset && !HasBehavior(field, google::api::REQUIRED));
}

void ExpectColumnsHold(const resource::Spec& spec, const Columns& columns) {
  for (const auto* field : spec.fields()) {
    const Column& column = columns.at(field->name());
    EXPECT_TRUE(Holds(column, *field))
        << field->full_name() << " in " << column.type << ", length " << column.length;
    EXPECT_TRUE(NullsFit(column, *field)) << field->full_name() << ", NULL " << column.nullable;
  }
  for (const auto& derived : spec.derived()) {
    const Column& column = columns.at(std::string(derived.column));
    const sql::Value empty = derived.value(*spec.NewMessage());
    if (empty.is_null()) {
      EXPECT_TRUE(column.nullable) << derived.column;
    } else {
      EXPECT_EQ(column.Most() > 0, empty.number() != nullptr) << derived.column;
    }
  }
  for (const auto& list : spec.lists()) {
    for (const auto& filter : list.fields) {
      if (filter.kind == resource::FilterField::Kind::kElement) continue;
      const Column& column = columns.at(filter.field);
      if (filter.type != nullptr) {
        EXPECT_GE(column.Most(), Largest(*filter.type)) << filter.field;
      } else {
        EXPECT_TRUE(column.IsText()) << filter.field;
      }
    }
  }
}

// Where the elements of a field stand again, an element is a text that is never too long for it.
void ExpectElementsFit(sql::Connection& connection, const resource::Spec& spec) {
  for (const resource::ElementTable& table : spec.elements()) {
    const Columns columns = ColumnsOf(connection, table.table);
    std::set<std::string> stored, named = {"element"};
    for (const auto& [name, column] : columns) stored.insert(name);
    for (const std::string& id : spec.id_columns()) named.insert(resource::OfColumn(id));
    if (table.newest) named.insert(resource::OfColumn("create_time"));
    EXPECT_EQ(stored, named) << table.table;
    EXPECT_GE(columns.at("element").length, LongestElement(spec, table)) << table.table;
  }
}

// Pages and etags rest on these.
void ExpectNoNulls(const resource::Spec& spec, const Columns& columns) {
  std::set<std::string> never = {"version", "create_time", "update_time"};
  for (const absl::string_view id : spec.id_columns()) never.emplace(id);
  for (const auto& list : spec.lists()) {
    for (const auto& order : list.order) never.emplace(order.column);
  }
  for (const std::string& name : never) EXPECT_FALSE(columns.at(name).nullable) << name;
}

std::set<std::string> MetadataIn(absl::string_view text) {
  static const std::regex kKey("\\$([a-z_]+)");
  std::set<std::string> keys;
  const std::string copy(text);
  for (std::sregex_iterator it(copy.begin(), copy.end(), kKey), end; it != end; ++it) {
    keys.insert((*it)[1]);
  }
  return keys;
}

}  // namespace

void ExpectTableFits(const sql::Target& database, const resource::Spec& spec) {
  SCOPED_TRACE(spec.table());
  sql::Connection connection(database);
  const Columns columns = ColumnsOf(connection, spec.table());
  std::set<std::string> stored, named = {"version"};
  for (const auto& [name, column] : columns) stored.insert(name);
  for (const absl::string_view name : spec.id_columns()) named.emplace(name);
  for (const auto* field : spec.fields()) named.emplace(field->name());
  for (const auto& derived : spec.derived()) named.emplace(derived.column);
  if (spec.guarded()) named.emplace("guard");
  ASSERT_EQ(stored, named);
  std::set<std::string> fields = {"name", "etag"};
  for (const auto* field : spec.fields()) fields.insert(field->name());
  for (int i = 0; i < spec.type().field_count(); ++i) {
    const FieldDescriptor& field = *spec.type().field(i);
    // What is personal stands in `sealed`, and nowhere else.
    EXPECT_NE(fields.contains(field.name()), personal::IsPersonal(field)) << field.full_name();
  }
  ExpectColumnsHold(spec, columns);
  ExpectNoNulls(spec, columns);
  ExpectElementsFit(connection, spec);
  ExpectListsServed(database, spec);
}

void ExpectTablesFit(const sql::Target& database, absl::string_view package, size_t count) {
  const std::vector<const resource::Spec*> specs = resource::Spec::Of(package);
  EXPECT_EQ(specs.size(), count);
  for (const resource::Spec* spec : specs) ExpectTableFits(database, *spec);
}

void ExpectErrors(absl::string_view package, absl::Span<const ErrorSpec* const> own,
                  absl::string_view domain) {
  std::vector<const ErrorSpec*> errors(own.begin(), own.end());
  for (const resource::Spec* spec : resource::Spec::Of(package)) {
    for (const ErrorSpec* error : spec->errors()) errors.push_back(error);
  }
  EXPECT_GT(errors.size(), own.size());
  ExpectCatalogue(errors, domain);
}

void ExpectCatalogue(absl::Span<const ErrorSpec* const> errors, absl::string_view domain) {
  static const std::regex kReason("[A-Z][A-Z0-9_]{2,62}");
  std::set<std::string> reasons;
  for (const ErrorSpec* error : errors) {
    const std::string reason(error->reason);
    SCOPED_TRACE(reason);
    EXPECT_TRUE(std::regex_match(reason, kReason));
    EXPECT_TRUE(reasons.insert(reason).second) << "twice";
    EXPECT_EQ(std::string(error->domain), std::string(domain));
    EXPECT_NE(error->code, absl::StatusCode::kOk);
    EXPECT_FALSE(error->es.empty());
    EXPECT_FALSE(error->en.empty());
    EXPECT_EQ(MetadataIn(error->es), MetadataIn(error->en));
  }
}

}  // namespace puente::testing
