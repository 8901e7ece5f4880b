#include "tests/agencies/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/resource/resource.h"
#include "puente/api/v1/options.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente::testing {
namespace {

struct Column {
  std::string type;
  int64_t length = 0;  // characters or bytes; 0 for what has none
};

std::map<std::string, Column> ColumnsOf(sql::Connection& connection, absl::string_view table) {
  std::map<std::string, Column> columns;
  EXPECT_OK(connection.Select(
      {"test.columns",
       "SELECT column_name, data_type, COALESCE(character_maximum_length, 0)"
       " FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?"},
      {table}, nullptr, [&](const sql::Row& row) {
        columns[row.Text(0)] = {row.Text(1), row.Int64(2)};
        return absl::OkStatus();
      }));
  return columns;
}

void ExpectWideEnough(const resource::Spec& spec, const std::map<std::string, Column>& columns) {
  for (const auto* field : spec.fields()) {
    const auto& rules = field->options().GetExtension(api::v1::rules);
    const auto column = columns.find(field->name());
    if (column == columns.end() || rules.max_length() == 0 || field->is_repeated()) continue;
    EXPECT_GE(column->second.length, rules.max_length()) << field->full_name();
  }
}

// A list's statement, with values in the place of its filter's parameters.
std::string ListText(const resource::Spec& spec, const resource::ListShape& shape) {
  std::vector<std::string> conditions;
  for (const absl::string_view name : shape.fields) {
    for (const resource::FilterField& field : spec.options().filters) {
      if (field.field != name) continue;
      conditions.push_back(field.kind == resource::FilterField::Kind::kPrefix
                               ? absl::StrCat(field.column, " >= '1' AND ", field.column, " < '2'")
                               : absl::StrCat(field.column, " = '1'"));
    }
  }
  return resource::internal::ListText(spec, shape, false, conditions);
}

void ExpectServed(sql::Connection& connection, const resource::Spec& spec,
                  const resource::ListShape& shape) {
  const std::string text = "EXPLAIN " + ListText(spec, shape);
  SCOPED_TRACE(text);
  std::string key, extra;
  const bool mariadb = MustCount(connection, "SELECT VERSION() LIKE '%MariaDB%'") != 0;
  EXPECT_OK(connection.Select({"test.explain", text}, {51}, nullptr, [&](const sql::Row& row) {
    key = row.Text(mariadb ? 5 : 6);  // MySQL says partitions and filtered as well
    extra = row.Text(mariadb ? 9 : 11);
    return absl::OkStatus();
  }));
  EXPECT_EQ(key, std::string(shape.index));
  EXPECT_THAT(extra, ::testing::Not(::testing::HasSubstr("filesort")));
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

void ExpectTableFits(sql::Connection& connection, const resource::Spec& spec) {
  SCOPED_TRACE(spec.options().table);
  const std::map<std::string, Column> columns = ColumnsOf(connection, spec.options().table);
  std::set<std::string> stored, named = {"version"};
  for (const auto& [name, column] : columns) stored.insert(name);
  for (const absl::string_view name : spec.options().id_columns) named.emplace(name);
  for (const absl::string_view name : spec.options().columns) named.emplace(name);
  for (const auto& derived : spec.options().derived) named.emplace(derived.column);
  EXPECT_EQ(stored, named);
  std::set<std::string> fields = {"name", "etag"};
  for (const auto* field : spec.fields()) fields.insert(field->name());
  for (int i = 0; i < spec.options().type.descriptor->field_count(); ++i) {
    EXPECT_TRUE(fields.contains(spec.options().type.descriptor->field(i)->name()))
        << spec.options().type.descriptor->field(i)->full_name() << " is not stored";
  }
  ExpectWideEnough(spec, columns);
  for (const auto& shape : spec.options().lists) ExpectServed(connection, spec, shape);
}

void ExpectTablesFit(sql::Connection& connection, absl::string_view package, size_t count) {
  const std::vector<const resource::Spec*> specs = resource::Spec::Of(package);
  EXPECT_EQ(specs.size(), count);
  for (const resource::Spec* spec : specs) ExpectTableFits(connection, *spec);
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
