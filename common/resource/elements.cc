#include "common/resource/elements.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/resource/standard.h"
#include "common/sql/bulk.h"
#include "common/status/macros.h"

namespace puente::resource {
namespace {

using Elements = std::set<std::string>;

Elements In(const ElementTable& table, const Message* message) {
  if (message == nullptr) return {};
  const std::vector<std::string> elements = table.elements(*message);
  return {elements.begin(), elements.end()};
}

Elements Without(const Elements& all, const Elements& others) {
  Elements left;
  std::set_difference(all.begin(), all.end(), others.begin(), others.end(),
                      std::inserter(left, left.end()));
  return left;
}

void AppendOf(std::string* out, const std::string& id) { absl::StrAppend(out, OfColumn(id)); }

absl::Status Forget(journal::Transaction& tx, const Spec& spec, const ElementTable& table,
                    const Elements& gone, const std::vector<std::string>& ids) {
  const std::string text =
      absl::StrCat("DELETE FROM ", table.table, " WHERE element = ? AND ",
                   absl::StrJoin(spec.id_columns(), " AND ", [](std::string* out, const auto& id) {
                     absl::StrAppend(out, OfColumn(id), " = ?");
                   }));
  for (const std::string& element : gone) {
    std::vector<sql::Value> values = {element};
    values.insert(values.end(), ids.begin(), ids.end());
    RETURN_IF_ERROR(tx.Execute({"resource.forget_element", text}, values).status());
  }
  return absl::OkStatus();
}

}  // namespace

std::string InsertElements(const Spec& spec, const ElementTable& table) {
  return absl::StrCat("INSERT INTO ", table.table, " (element, ",
                      absl::StrJoin(spec.id_columns(), ", ", AppendOf),
                      table.newest ? ", of_create_time" : "", ") VALUES");
}

void AppendElement(const ElementTable& table, std::string element,
                   const std::vector<std::string>& ids, const Message& resource,
                   std::vector<sql::Value>& values) {
  values.emplace_back(std::move(element));
  for (const std::string& id : ids) values.emplace_back(std::string(id));
  if (table.newest) values.emplace_back(standard::GetTime(resource, "create_time"));
}

absl::Status StoreElements(journal::Transaction& tx, const Spec& spec,
                           const std::vector<std::string>& ids, const Message* before,
                           const Message* after) {
  for (const ElementTable& table : spec.elements()) {
    const Elements earlier = In(table, before), later = In(table, after);
    RETURN_IF_ERROR(Forget(tx, spec, table, Without(earlier, later), ids));
    std::vector<sql::Value> fresh;
    for (const std::string& element : Without(later, earlier)) {
      AppendElement(table, element, ids, *after, fresh);
    }
    const std::string insert = InsertElements(spec, table);
    RETURN_IF_ERROR(
        tx.InsertRows({"resource.store_elements", insert, ElementWidth(spec, table)}, fresh));
  }
  return absl::OkStatus();
}

}  // namespace puente::resource
