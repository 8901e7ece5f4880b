#include "tests/agencies/lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "common/resource/elements.h"
#include "common/resource/reference_fields.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/sql/session.h"
#include "google/api/resource.pb.h"
#include "tests/testing/status.h"

namespace puente::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using resource::ElementTable;
using resource::FilterField;
using resource::Ids;
using resource::ServedList;
using resource::Spec;
using resource::internal::ListCall;
using resource::internal::ListQuery;

constexpr int kRows = 4000;
constexpr int kRevisions = 100;
constexpr int kPage = 5;
// What a page may read besides its rows: the one that tells whether there are more, and where each
// range of the index begins and ends.
constexpr int kMostBesides = 8;

// What lists ask for. A fourth of the rows has it, whatever else they have.
constexpr char kParent[] = "p0";
constexpr char kText[] = "0";

// Fields whose values begin with the parent's name: all rows of one value have one parent.
constexpr absl::string_view kBelowParent[] = {"puente.labor.v1.OccupationTool.occupation"};

// Numbers that are unique together with a field that lists are by: each has its own, since most
// rows would be left out else.
constexpr absl::string_view kUnique[] = {"puente.education.v1.Assessment.attempt"};

// Of a field by which no list is, the derived one by which lists are.
absl::string_view ListedBy(absl::string_view field) {
  return field == "title_es" ? "title_slug" : field;
}

bool IsUnique(const FieldDescriptor* field) {
  return absl::c_linear_search(kUnique, field->full_name());
}

// What a field's values begin with in rows of a parent.
std::string Below(const Spec& spec, absl::string_view field, absl::string_view parent) {
  const std::string name = absl::StrCat(spec.type().full_name(), ".", field);
  return absl::c_linear_search(kBelowParent, name) ? absl::StrCat(parent, "/") : "";
}

// Of any list that has it.
const FilterField* FilterOf(const Spec& spec, absl::string_view field) {
  for (const ServedList& list : spec.lists()) {
    for (const FilterField& one : list.fields) {
      if (one.field == field) return &one;
    }
  }
  return nullptr;
}

// Random rows, the same in every run. The columns that lists pick by do not depend on each other,
// so an index that leaves one of them out reads several times the page.
class Content {
 public:
  explicit Content(const Spec& spec) : spec_(spec) {}

  Ids NextIds() {
    Ids ids(spec_.id_columns().size() - 1, absl::StrCat("p", Wanted() ? 0 : 1 + Random(9)));
    ids.push_back(absl::StrCat(spec_.pattern().numbered() ? "" : "r", ++last_));
    parent_ = ids.front();
    return ids;
  }

  void Fill(Message& message) {
    for (const FieldDescriptor* field : spec_.fields()) Set(message, field);
  }

 private:
  int Random(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  bool Wanted() { return Random(4) == 0; }

  std::string Text(const FieldDescriptor& of) {
    const std::string& field = of.name();
    const FilterField* filter = FilterOf(spec_, ListedBy(field));
    // What a record is of may be unique.
    const bool refers = of.options().HasExtension(google::api::resource_reference);
    if (filter == nullptr) return absl::StrCat(Random(refers ? 1'000'000 : 100));
    if (filter->kind == FilterField::Kind::kPrefix) {
      return absl::StrCat(Wanted() ? 0 : 1 + Random(9), Random(1000));
    }
    return absl::StrCat(Below(spec_, field, parent_), Wanted() ? 0 : 1 + Random(9));
  }

  int Number(const google::protobuf::EnumDescriptor& type) {
    const int others = type.value_count() - 2;  // lists ask for value 1; 0 says nothing
    return type.value(Wanted() || others < 1 ? 1 : 2 + Random(others))->number();
  }

  void Set(Message& message, const FieldDescriptor* field) {
    const auto& reflection = *message.GetReflection();
    if (field->is_repeated()) {
      if (field->message_type() != nullptr) reflection.AddMessage(&message, field);
      if (field->type() == FieldDescriptor::TYPE_STRING) {
        reflection.AddString(&message, field, absl::StrCat(Wanted() ? 0 : 1 + Random(9)));
      }
      if (field->enum_type() != nullptr) {
        reflection.AddEnumValue(&message, field, Number(*field->enum_type()));
      }
      return;
    }
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return reflection.SetString(&message, field, Text(*field));
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.SetInt32(&message, field, IsUnique(field) ? last_ : Random(100));
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.SetInt64(&message, field, Random(100));
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&message, field, Random(2) == 1);
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.SetEnumValue(&message, field, Number(*field->enum_type()));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return SetChild(*reflection.MutableMessage(&message, field));
      default:
        FAIL() << field->full_name();
    }
  }

  void SetChild(Message& child) {
    if (auto* date = dynamic_cast<google::type::Date*>(&child)) {
      *date = ToProto(absl::CivilDay(2026, 1, 1) + Random(1000));
    } else if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(&child)) {
      *time = ToProto(absl::FromUnixSeconds(1'800'000'000 + Random(1000)));
    } else if (auto* money = dynamic_cast<google::type::Money*>(&child)) {
      *money = Pesos(Random(1'000'000));
    } else {
      for (int i = 0; i < child.GetDescriptor()->field_count(); ++i) {
        Set(child, child.GetDescriptor()->field(i));
      }
    }
  }

  const Spec& spec_;
  std::mt19937 random_;
  int last_ = 0;
  std::string parent_;
};

// Gives the ids of one of the rows.
Ids FillTable(sql::Connection& connection, const Spec& spec) {
  Content content(spec);
  Ids ids;
  std::vector<std::unique_ptr<Message>> messages;  // whose bytes the values may be
  std::vector<sql::Value> values;
  std::map<const ElementTable*, std::vector<sql::Value>> elements;
  for (int i = 0; i < kRows; ++i) {
    messages.push_back(spec.NewMessage());
    ids = content.NextIds();
    content.Fill(*messages.back());
    for (const std::string& id : ids) values.emplace_back(std::string(id));
    values.emplace_back(kRevisions + 1);
    spec.AppendValues(*messages.back(), values);
    for (const ElementTable& table : spec.elements()) {
      for (std::string& element : table.elements(*messages.back())) {
        resource::AppendElement(table, std::move(element), ids, *messages.back(), elements[&table]);
      }
    }
  }
  for (const auto& [table, rows] : elements) {
    const std::string insert = resource::InsertElements(spec, *table);
    EXPECT_OK(sql::InsertRows(
        connection, {"test.fill_elements", insert, resource::ElementWidth(spec, *table)}, rows));
  }
  // The few rows that a unique column of the resource's own has already are left out.
  EXPECT_OK(sql::InsertRows(connection,
                            {"test.fill", spec.insert(), spec.insert_width(),
                             " ON DUPLICATE KEY UPDATE version = VALUES(version)"},
                            values));
  return ids;
}

}  // namespace

int64_t ReadSoFar(sql::Session& session) {
  int64_t read = 0;
  EXPECT_OK(session.Each({"test.read",
                          "SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'"
                          " OR Variable_name LIKE 'Handler_icp%'"},
                         {}, [&](const sql::Row& row) {
                           int64_t number = 0;
                           EXPECT_TRUE(absl::SimpleAtoi(row.Text(1), &number)) << row.Text(0);
                           read += row.Text(0) == "Handler_icp_match" ? -number : number;
                           return absl::OkStatus();
                         }));
  return read;
}

namespace {

// `size` rows after a page token; gives the token of those that follow.
using Pages = std::function<absl::StatusOr<std::string>(
    int size, absl::string_view token, const resource::internal::Emplace& emplace)>;

absl::StatusOr<std::string> Count(const Spec& spec, const Pages& pages, int size,
                                  absl::string_view token, int& count) {
  const std::unique_ptr<Message> row = spec.NewMessage();
  return pages(size, token, [&] {
    ++count;
    row->Clear();
    return row.get();
  });
}

// The token of the page that follows the first half of them, or the first 500 rows: of lists by one
// value, which have about 1,000, as many again follow.
std::string TokenInside(const Spec& spec, const Pages& pages) {
  int count = 0;
  absl::StatusOr<std::string> further = Count(spec, pages, resource::kMostPageSize / 2, "", count);
  if (further.ok() && further->empty()) {
    EXPECT_GT(count, 2 * kPage) << "too few rows for a page in their middle";
    further = Count(spec, pages, count / 2, "", count);
  }
  EXPECT_OK(further);
  return further.value_or("");
}

// `tables`: from which each row of the page is read.
void ExpectFewRead(sql::Session& session, const Spec& spec, const Pages& pages,
                   absl::string_view token, int tables = 1) {
  int count = 0;
  const int64_t first = ReadSoFar(session), before = ReadSoFar(session);  // which reads as well
  EXPECT_OK(Count(spec, pages, kPage, token, count));
  EXPECT_EQ(count, kPage);
  EXPECT_LE(ReadSoFar(session) - before - (before - first), tables * (kPage + kMostBesides));
}

void ExpectAlongIndex(sql::Session& session, const ListQuery& query) {
  const auto version = session.Number({"test.version", "SELECT VERSION() LIKE '%MariaDB%'"});
  const size_t more = version.ok() && *version != 0 ? 0 : 1;  // MySQL says partitions as well
  std::string type, key, extra;                               // of the table that is read first
  EXPECT_OK(session.Each({"test.explain", "EXPLAIN " + query.text}, query.values,
                         [&](const sql::Row& row) {
                           if (!type.empty()) return absl::OkStatus();
                           type = row.Text(3 + more);
                           key = row.Text(5 + more);
                           extra = row.Text(9 + 2 * more);  // and filtered
                           return absl::OkStatus();
                         }));
  EXPECT_THAT(query.text, ::testing::HasSubstr(absl::StrCat("FORCE INDEX (", key, ")")));
  EXPECT_NE(type, "ALL");
  EXPECT_TRUE(type != "index" || query.values.size() == 1) << type;  // one is the limit
  EXPECT_THAT(extra, ::testing::Not(::testing::HasSubstr("filesort")));
  EXPECT_THAT(extra, ::testing::Not(::testing::HasSubstr("temporary")));
}

void ExpectServed(sql::Session& session, const Spec& spec, ListCall list) {
  const Pages pages = [&](int size, absl::string_view token,
                          const auto& emplace) -> absl::StatusOr<std::string> {
    list.page_size = size;
    list.page_token = token;
    ASSIGN_OR_RETURN(auto listed, resource::internal::List(session, spec, list, emplace));
    return std::move(listed.next_page_token);
  };
  for (const std::string& token : {std::string(), TokenInside(spec, pages)}) {
    list.page_token = token;
    const auto query = resource::internal::MakeListQuery(session, spec, list);
    ASSERT_OK(query);
    SCOPED_TRACE(query->text);
    ExpectAlongIndex(session, *query);
    ExpectFewRead(session, spec, pages, token, query->list->elements.empty() ? 1 : 2);
  }
}

std::string Term(const Spec& spec, absl::string_view field) {
  const FilterField& filter = *FilterOf(spec, field);
  switch (filter.kind) {
    case FilterField::Kind::kEnum:
      return absl::StrCat(field, " = ", filter.type->value(1)->name());
    case FilterField::Kind::kPrefix:
      return absl::StrCat(field, " = \"", kText, "*\"");
    case FilterField::Kind::kElement:
      return absl::StrCat(field, " = \"", kText, "\"");
    case FilterField::Kind::kText:
      return absl::StrCat(field, " = \"", Below(spec, field, kParent), kText, "\"");
  }
  return "";
}

void ExpectRevisionsServed(sql::Session& session, sql::Connection& connection, const Spec& spec,
                           const Call& call, const Ids& ids) {
  const std::string name = spec.pattern().Format(ids);
  std::vector<sql::Value> values;
  for (int version = 1; version <= kRevisions; ++version) {
    values.insert(values.end(), {name, version, ""});
  }
  ASSERT_OK(sql::InsertRows(
      connection,
      {"test.keep", "INSERT INTO resource_revision (name, version, snapshot) VALUES", 3}, values));
  const Pages pages = [&](int size, absl::string_view token, const auto& emplace) {
    return resource::internal::ListRevisions(session, spec, call, ids, size, token, emplace);
  };
  for (const std::string& token : {std::string(), TokenInside(spec, pages)}) {
    SCOPED_TRACE(absl::StrCat("revisions ", token));
    ExpectFewRead(session, spec, pages, token);
  }
}

}  // namespace

void ExpectListsServed(const sql::Target& database, const Spec& spec) {
  sql::Connection connection(database);
  sql::Session session(database);
  const Ids ids = FillTable(connection, spec);
  Call call;
  call.method = "/test.Service/List";
  call.caller.path = absl::StrCat("agency/", resource::AgencyOf(spec.contract().type()));
  std::vector<Ids> parents = {{}};
  if (ids.size() > 1) parents.push_back(Ids(ids.size() - 1, kParent));
  for (const ServedList& list : spec.lists()) {
    const std::string filter =
        absl::StrJoin(list.fields, " AND ", [&](std::string* out, const FilterField& field) {
          absl::StrAppend(out, Term(spec, field.field));
        });
    for (const Ids& parent : parents) {
      ExpectServed(session, spec, {call, kPage, "", filter, list.order_by, "", parent});
    }
  }
  if (spec.contract().revisions()) ExpectRevisionsServed(session, connection, spec, call, ids);
}

}  // namespace puente::testing
