#include "common/resource/elements.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// A row for each.
std::vector<sql::Value> Rows(const Elements& elements, const std::vector<std::string>& ids) {
  std::vector<sql::Value> values;
  for (const std::string& element : elements) {
    values.emplace_back(element);
    values.insert(values.end(), ids.begin(), ids.end());
  }
  return values;
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
    RETURN_IF_ERROR(tx.Execute({"resource.forget_element", text}, Rows({element}, ids)).status());
  }
  return absl::OkStatus();
}

}  // namespace

std::string InsertElements(const Spec& spec, const ElementTable& table) {
  return absl::StrCat("INSERT INTO ", table.table, " (element, ",
                      absl::StrJoin(spec.id_columns(), ", ", AppendOf), ") VALUES");
}

absl::Status StoreElements(journal::Transaction& tx, const Spec& spec,
                           const std::vector<std::string>& ids, const Message* before,
                           const Message* after) {
  for (const ElementTable& table : spec.elements()) {
    const Elements earlier = In(table, before), later = In(table, after);
    RETURN_IF_ERROR(Forget(tx, spec, table, Without(earlier, later), ids));
    const Elements fresh = Without(later, earlier);
    const std::string insert = InsertElements(spec, table);
    RETURN_IF_ERROR(
        tx.InsertRows({"resource.store_elements", insert, ElementWidth(spec)}, Rows(fresh, ids)));
  }
  return absl::OkStatus();
}

}  // namespace puente::resource
