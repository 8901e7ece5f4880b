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

// "INSERT INTO proposal_skill (element, of_id) VALUES", and how many values a row has.
std::string InsertElements(const Spec& spec, const ElementTable& table);
inline size_t ElementWidth(const Spec& spec) { return spec.id_columns().size() + 1; }

// What a table of elements calls the column of an id.
inline std::string OfColumn(absl::string_view id) { return absl::StrCat("of_", id); }

}  // namespace puente::resource
