#include "common/loads/layout.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/context/behavior.h"
#include "common/names/text.h"

namespace puente::loads {
namespace {

using google::protobuf::FieldDescriptor;

// The ids of "organizations/{organization}/campuses/{campus}", as the pattern calls them.
std::vector<std::string> IdsOf(const NamePattern& pattern) {
  std::vector<std::string> ids;
  for (absl::string_view part : absl::StrSplit(pattern.text(), '/')) {
    if (part.front() != '{') continue;
    part.remove_prefix(1);
    ids.emplace_back(part.substr(0, part.find_first_of("#}")));
  }
  return ids;
}

bool IsStated(const FieldDescriptor& field) {
  static const auto* const of_all =
      new std::vector<std::string>{"name", "etag", "source", "record_kind"};
  return !HasBehavior(field, google::api::OUTPUT_ONLY) &&
         !absl::c_linear_search(*of_all, field.name());
}

}  // namespace

loading::Layout LayoutOf(const resource::Spec& spec) {
  loading::Layout layout{.type = &spec.type(), .targets = {}, .own_number = ""};
  layout.collection = spec.contract().plural();
  layout.keys = IdsOf(spec.pattern());
  for (int i = 0; i < spec.type().field_count(); ++i) {
    const FieldDescriptor& field = *spec.type().field(i);
    if (!IsStated(field)) continue;
    if (field.name() == "state_code") {
      layout.targets.push_back({field.name(), &loading::kStateCode});
    } else if (loading::KindOf(field) != nullptr) {
      layout.targets.push_back({field.name()});
    }
  }
  return layout;
}

std::string IdOf(absl::string_view key) {
  std::string id;
  for (const char c : absl::StrReplaceAll(Fold(key), {{"ñ", "n"}})) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      id += c;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  if (!id.empty() && id.back() == '-') id.pop_back();
  return id;
}

}  // namespace puente::loads
