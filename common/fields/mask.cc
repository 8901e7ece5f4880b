#include "common/fields/mask.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/context/behavior.h"
#include "common/fields/rules.h"
#include "common/status/text.h"
#include "google/protobuf/util/field_mask_util.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::fields {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

constexpr char kMaskField[] = "update_mask";
constexpr char kAll[] = "*";
constexpr int kMostPaths = 100;
constexpr size_t kMostShown = 100;

absl::string_view Shown(absl::string_view path) { return Beginning(path, kMostShown); }

// "", ".", "a." and "a..b", of which the library looks only at what is not empty.
bool HasEmptyPart(absl::string_view path) {
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '.');
  return absl::c_linear_search(parts, "");
}

// The mask's paths, those of the server left out.
FieldMask Meant(const Message& incoming, const FieldMask& mask) {
  const Descriptor& type = *incoming.GetDescriptor();
  FieldMask meant;
  const bool all = mask.paths_size() == 1 && mask.paths(0) == kAll;
  if (all || mask.paths().empty()) {
    std::vector<const FieldDescriptor*> fields;
    if (all) {
      for (int i = 0; i < type.field_count(); ++i) fields.push_back(type.field(i));
    } else {
      incoming.GetReflection()->ListFields(incoming, &fields);
    }
    for (const FieldDescriptor* field : fields) {
      if (!IsOfServer(*field)) meant.add_paths(field->name());
    }
    return meant;
  }
  for (const std::string& path : mask.paths()) {
    std::vector<const FieldDescriptor*> along;
    FieldMaskUtil::GetFieldDescriptors(&type, path, &along);
    if (std::none_of(along.begin(), along.end(), [](const auto* f) { return IsOfServer(*f); })) {
      meant.add_paths(path);
    }
  }
  return meant;
}

}  // namespace

std::vector<Violation> CheckMask(const FieldMask& mask, const Descriptor& type) {
  std::vector<Violation> violations;
  const auto add = [&](Violation violation) {
    violations.push_back(std::move(violation).At(kMaskField));
  };
  if (mask.paths_size() > kMostPaths) {
    add(Against(rule::kTooMany, "most"_is(kMostPaths)));
    return violations;
  }
  const absl::flat_hash_set<absl::string_view> paths(mask.paths().begin(), mask.paths().end());
  absl::flat_hash_set<absl::string_view> seen;
  for (const std::string& path : mask.paths()) {
    if (path == kAll) {
      if (mask.paths_size() > 1) add(Against(rule::kNotAlone));
    } else if (HasEmptyPart(path) || !FieldMaskUtil::GetFieldDescriptors(&type, path, nullptr)) {
      add(Against(rule::kUnknownPath, "path"_is(Shown(path)), "type"_is(type.name())));
      continue;  // it may be a megabyte of dots
    }
    if (!seen.insert(path).second) add(Against(rule::kUnique, "earlier"_is(Shown(path))));
    for (size_t dot = path.find('.'); dot != path.npos; dot = path.find('.', dot + 1)) {
      const absl::string_view outer = absl::string_view(path).substr(0, dot);
      if (!paths.contains(outer)) continue;
      add(Against(rule::kOverlap, "path"_is(Shown(path)), "outer"_is(Shown(outer))));
    }
  }
  return violations;
}

void ApplyMask(const Message& incoming, const FieldMask& mask, Message& after) {
  FieldMaskUtil::MergeOptions replace;
  replace.set_replace_message_fields(true);
  replace.set_replace_repeated_fields(true);
  const FieldMask meant = Meant(incoming, mask);
  // An empty mask means everything to MergeMessageTo.
  if (!meant.paths().empty()) FieldMaskUtil::MergeMessageTo(incoming, meant, replace, &after);
}

std::vector<Violation> CheckImmutable(const Message& before, const Message& after,
                                      const std::string& under) {
  std::vector<Violation> violations;
  const Descriptor& type = *before.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (!HasBehavior(*field, google::api::IMMUTABLE)) continue;
    google::protobuf::util::MessageDifferencer differencer;
    if (!differencer.CompareWithFields(before, after, {field}, {field})) {
      violations.push_back(Against(rule::kImmutable).At(absl::StrCat(under, ".", field->name())));
    }
  }
  return violations;
}

}  // namespace puente::fields
