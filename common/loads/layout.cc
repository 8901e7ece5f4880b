#include "common/loads/layout.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/context/behavior.h"
#include "common/fields/forms.h"
#include "common/fields/rules.h"
#include "common/loading/conversion.h"
#include "common/names/text.h"
#include "puente/api/v1/options.pb.h"
#include "re2/re2.h"

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

// "organizations/" of the pattern "organizations/[a-z0-9]…"; "" of any other.
std::string CollectionOf(const FieldDescriptor& field) {
  const std::string& pattern = field.options().GetExtension(api::v1::rules).pattern();
  const std::string collection = pattern.substr(0, pattern.find('['));
  return absl::EndsWith(collection, "/") ? collection : "";
}

// The name of what a field refers to, by its id or written out.
class Reference final : public loading::Conversion {
 public:
  explicit Reference(const FieldDescriptor& field)
      : field_(field),
        collection_(CollectionOf(field)),
        pattern_(field.options().GetExtension(api::v1::rules).pattern(), RE2::Quiet) {}
  static absl::StatusOr<std::unique_ptr<const loading::Conversion>> Make(
      const loading::JsonNode&, const loading::Target&, const FieldDescriptor& field) {
    return std::make_unique<Reference>(field);
  }
  loading::Wrong Set(absl::string_view text, google::protobuf::Message& record) const override {
    std::string name =
        absl::StrContains(text, "/") ? std::string(text) : absl::StrCat(collection_, IdOf(text));
    if (!RE2::FullMatch(name, pattern_)) {
      const fields::Form form = fields::FormOf(pattern_.pattern());
      return loading::Breaks(rule::kPattern, "form_es"_is(form.es), "form_en"_is(form.en));
    }
    const auto& reflection = *record.GetReflection();
    if (field_.is_repeated()) {
      reflection.AddString(&record, &field_, std::move(name));
    } else {
      reflection.SetString(&record, &field_, std::move(name));
    }
    return nullptr;
  }

 private:
  const FieldDescriptor& field_;
  const std::string collection_;
  const RE2 pattern_;
};

// Several of them in one text.
class References final : public loading::Conversion {
 public:
  References(const FieldDescriptor& field, char separator)
      : one_(field),
        separator_(separator),
        most_(static_cast<size_t>(field.options().GetExtension(api::v1::rules).max_items())) {}
  static absl::StatusOr<std::unique_ptr<const loading::Conversion>> Make(
      const loading::JsonNode& column, const loading::Target&, const FieldDescriptor& field) {
    ASSIGN_OR_RETURN(const char separator, column.Character("separator", ';'));
    return std::make_unique<References>(field, separator);
  }
  loading::Wrong Set(absl::string_view text, google::protobuf::Message& record) const override {
    const std::vector<absl::string_view> parts = absl::StrSplit(text, separator_);
    if (most_ > 0 && parts.size() > most_) {
      return loading::Breaks(rule::kTooMany, "most"_is(most_));
    }
    for (const absl::string_view part : parts) {
      if (loading::Wrong wrong = one_.Set(Trim(part), record)) return wrong;
    }
    return nullptr;
  }

 private:
  const Reference one_;
  const char separator_;
  const size_t most_;
};

const loading::ConversionKind kReference{{}, &Reference::Make};
const loading::ConversionKind kReferences{{"separator"}, &References::Make};

// How a text becomes the field; nothing if none does.
std::optional<loading::Target> TargetOf(const FieldDescriptor& field, std::string path) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && !CollectionOf(field).empty()) {
    return loading::Target{std::move(path), field.is_repeated() ? &kReferences : &kReference};
  }
  if (field.name() == "state_code") return loading::Target{std::move(path), &loading::kStateCode};
  if (loading::KindOf(field) == nullptr) return std::nullopt;
  return loading::Target{std::move(path)};
}

// Those of a type's fields; of a list also those of its elements, as "outcomes.code".
void AddTargets(const google::protobuf::Descriptor& type, const std::string& under,
                loading::Layout& layout) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!IsStated(field)) continue;
    if (auto target = TargetOf(field, absl::StrCat(under, field.name()))) {
      layout.targets.push_back(*std::move(target));
    } else if (field.is_repeated() && field.message_type() != nullptr && under.empty()) {
      AddTargets(*field.message_type(), absl::StrCat(field.name(), "."), layout);
    }
  }
}

}  // namespace

loading::Layout LayoutOf(const resource::Spec& spec,
                         absl::Span<const FieldDescriptor* const> verb_fields, bool found_by_rows) {
  loading::Layout layout{.type = &spec.type(), .targets = {}, .own_number = ""};
  layout.collection = spec.contract().plural();
  layout.keys = IdsOf(spec.pattern());
  layout.above_alone = found_by_rows;
  if (found_by_rows) layout.keys.pop_back();
  AddTargets(spec.type(), "", layout);
  for (const FieldDescriptor* field : verb_fields) {
    if (auto target = TargetOf(*field, field->name())) layout.targets.push_back(*std::move(target));
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
