#include "common/resource/reference_fields.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "common/context/behavior.h"
#include "google/api/resource.pb.h"
#include "puente/api/v1/options.pb.h"

namespace puente::resource {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void Find(const Descriptor& type, std::vector<const FieldDescriptor*> path,
          std::vector<ReferenceField>& found) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (HasBehavior(*field, google::api::OUTPUT_ONLY) || absl::c_linear_search(path, field)) {
      continue;
    }
    path.push_back(field);
    const std::string& to = field->options().GetExtension(google::api::resource_reference).type();
    if (!to.empty()) {
      const auto& states = field->options().GetExtension(api::v1::rules).in_state();
      found.push_back({path, to, {states.begin(), states.end()}});
    }
    if (field->message_type() != nullptr) Find(*field->message_type(), path, found);
    path.pop_back();
  }
}

void Collect(const Message& message, absl::Span<const FieldDescriptor* const> path,
             const std::string& under, std::vector<Named>& named) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* field = path.front();
  const std::string at = under.empty() ? field->name() : absl::StrCat(under, ".", field->name());
  const bool leaf = path.size() == 1;
  const int size = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
  for (int i = 0; i < size; ++i) {
    const std::string place = field->is_repeated() ? absl::StrCat(at, "[", i, "]") : at;
    if (leaf) {
      named.push_back({field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                            : reflection.GetString(message, field),
                       place});
    } else if (field->is_repeated()) {
      Collect(reflection.GetRepeatedMessage(message, field, i), path.subspan(1), place, named);
    } else if (reflection.HasField(message, field)) {
      Collect(reflection.GetMessage(message, field), path.subspan(1), place, named);
    }
  }
}

}  // namespace

std::string ReferenceField::Path() const {
  return absl::StrJoin(path, ".", [](std::string* out, const FieldDescriptor* field) {
    out->append(field->name());
  });
}

std::vector<ReferenceField> ReferenceFields(const Descriptor& type) {
  std::vector<ReferenceField> found;
  Find(type, {}, found);
  return found;
}

absl::string_view DomainOf(absl::string_view type) { return type.substr(0, type.find('/')); }

absl::string_view AgencyOf(absl::string_view type) {
  const absl::string_view domain = DomainOf(type);
  return domain.substr(0, domain.find('.'));
}

std::vector<Named> NamesIn(const Message& resource, const ReferenceField& field,
                           absl::string_view under) {
  std::vector<Named> named;
  Collect(resource, field.path, std::string(under), named);
  return named;
}

}  // namespace puente::resource
