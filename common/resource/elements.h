// Lists by one element of a field that has many: tables that repeat the elements (ElementTable in
// spec.h), kept up by whatever writes the resource.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/journal/write.h"
#include "common/resource/spec.h"

namespace puente::resource {

// Stores what a change of the resource of these ids means for its tables of elements. `before` is
// null for a new resource, `after` for a deleted one.
absl::Status StoreElements(journal::Transaction& tx, const Spec& spec,
                           const std::vector<std::string>& ids, const Message* before,
                           const Message* after);

// "INSERT INTO proposal_skill (element, of_id) VALUES", how many values a row has, and those of an
// element of the resource of these ids.
std::string InsertElements(const Spec& spec, const ElementTable& table);
inline size_t ElementWidth(const Spec& spec, const ElementTable& table) {
  return spec.id_columns().size() + (table.newest ? 2 : 1);
}
void AppendElement(const ElementTable& table, std::string element,
                   const std::vector<std::string>& ids, const Message& resource,
                   std::vector<sql::Value>& values);

// What a table of elements calls the column of an id, or of what else it repeats.
inline std::string OfColumn(absl::string_view column) { return absl::StrCat("of_", column); }

}  // namespace puente::resource
