// What files may state of a resource: all of its fields that one text can say, and its name's ids.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/loading/profile.h"
#include "common/resource/spec.h"

namespace puente::loads {

// Besides what each record of a file has: name, source and kind. A field that refers to a resource
// is stated by its id or its name, a list of such fields by several with a "separator" (;) between.
// Besides, what the verbs say that rows may state (RecordWriter::verb_fields()). Rows of what is
// found by what they say of it (FoundBy) state no id of its own.
loading::Layout LayoutOf(
    const resource::Spec& spec,
    absl::Span<const google::protobuf::FieldDescriptor* const> verb_fields = {},
    bool found_by_rows = false);

// A key of a file as an id: "12DPR0001A" as "12dpr0001a", "EC0217.01" as "ec0217-01". Letters
// without accents and lower-case, digits, and one hyphen for whatever is between them.
std::string IdOf(absl::string_view key);

}  // namespace puente::loads
