#include "modules/labor/loader/profile.h"

#include <initializer_list>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/names/pattern.h"
#include "common/names/text.h"
#include "common/status/macros.h"
#include "modules/labor/errors.h"
#include "nlohmann/json.hpp"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor::loader {
namespace {

using Json = nlohmann::json;

constexpr size_t kMostProfileBytes = 1 << 20;
constexpr size_t kMostColumns = 500;

// What a field of a vacancy may say in a profile besides "column", "field" and "absent".
struct FieldRule {
  absl::string_view name;
  Field field;
  bool required;  // the contract demands it of every vacancy
  std::vector<absl::string_view> keys;
};

const std::vector<FieldRule>& FieldRules() {
  static const auto* rules = new std::vector<FieldRule>{
      {"vacancy_number", Field::kVacancyNumber, false, {}},
      {"offer", Field::kOffer, true, {}},
      {"offer_date", Field::kOfferDate, true, {"format"}},
      {"state_code", Field::kState, true, {}},
      {"municipality", Field::kMunicipality, false, {}},
      {"monthly_wage", Field::kMonthlyWage, false, {"decimal_mark", "group_mark"}},
      {"contract_kind", Field::kContractKind, false, {"values"}},
      {"minutes_a_day", Field::kMinutesADay, false, {"unit", "decimal_mark", "group_mark"}},
      {"days_a_week", Field::kDaysAWeek, false, {}},
      {"education_level", Field::kEducationLevel, false, {"values"}},
      {"experience", Field::kExperience, false, {}},
      {"languages", Field::kLanguages, false, {"languages", "levels", "separator", "between"}},
      {"scian_class", Field::kScianClass, false, {}},
      {"occupation_code", Field::kOccupationCode, false, {}},
      {"post_count", Field::kPostCount, false, {}},
  };
  return *rules;
}

const FieldRule* FindField(absl::string_view name) {
  for (const FieldRule& rule : FieldRules()) {
    if (rule.name == name) return &rule;
  }
  return nullptr;
}

// Finds a key that an object has twice, of which the parser would silently keep the last.
class KeyCheck {
 public:
  bool Accept(Json::parse_event_t event, const Json& value) {
    if (event == Json::parse_event_t::object_start) open_.emplace_back();
    if (event == Json::parse_event_t::object_end) open_.pop_back();
    if (event == Json::parse_event_t::key &&
        !open_.back().insert(value.get<std::string>()).second) {
      repeated_ = value.get<std::string>();
    }
    return true;
  }
  const std::string& repeated() const { return repeated_; }

 private:
  std::vector<absl::flat_hash_set<std::string>> open_;
  std::string repeated_;
};

// An object of the file and its place.
class Node {
 public:
  Node(const Json& json, std::string place, absl::string_view file)
      : json_(json), place_(std::move(place)), file_(file) {}

  absl::Status Wrong(absl::string_view key, absl::string_view problem) const {
    return Error(error::kInvalidProfile,
                 {{"file", std::string(file_)},
                  {"place", key.empty() ? place_ : absl::StrCat(place_, ".", key)},
                  {"problem", std::string(problem)}});
  }

  bool Has(absl::string_view key) const { return json_.contains(std::string(key)); }
  const Json& At(absl::string_view key) const { return json_[std::string(key)]; }

  absl::StatusOr<std::string> String(absl::string_view key) const {
    if (!Has(key)) return Wrong(key, "is missing");
    if (!At(key).is_string()) return Wrong(key, "must be a text");
    std::string text = At(key).get<std::string>();
    if (text.empty()) return Wrong(key, "must not be empty");
    return text;
  }

  // One ASCII character, `otherwise` if absent.
  absl::StatusOr<char> Character(absl::string_view key, char otherwise) const {
    if (!Has(key)) return otherwise;
    ASSIGN_OR_RETURN(const std::string text, String(key));
    const bool fits = text.size() == 1 && (text[0] == '\t' || (text[0] >= 0x20 && text[0] < 0x7F));
    if (!fits) return Wrong(key, "must be one ASCII character");
    return text[0];
  }

  absl::Status OnlyKeys(const std::vector<absl::string_view>& keys) const {
    for (const auto& [key, value] : json_.items()) {
      bool known = false;
      for (const absl::string_view each : keys) known |= each == key;
      if (!known) {
        return Wrong(key, absl::StrCat("is unknown; known are ", absl::StrJoin(keys, ", ")));
      }
    }
    return absl::OkStatus();
  }

  // A map of texts, by Fold(key); not empty, no two keys alike.
  absl::StatusOr<absl::flat_hash_map<std::string, std::string>> Map(absl::string_view key) const {
    if (!Has(key)) return Wrong(key, "is missing");
    if (!At(key).is_object() || At(key).empty()) return Wrong(key, "must be an object, not empty");
    absl::flat_hash_map<std::string, std::string> map;
    for (const auto& [text, value] : At(key).items()) {
      if (!value.is_string()) return Wrong(absl::StrCat(key, ".", text), "must be a text");
      if (!map.emplace(Fold(text), value.get<std::string>()).second) {
        return Wrong(absl::StrCat(key, ".", text), "is there twice, but for case or accents");
      }
    }
    return map;
  }

 private:
  const Json& json_;
  const std::string place_;
  const absl::string_view file_;
};

// Text → number of an enum whose values are written without their common prefix.
absl::StatusOr<Values> ReadValues(const Node& node, absl::string_view key,
                                  const google::protobuf::EnumDescriptor& type,
                                  absl::string_view prefix) {
  ASSIGN_OR_RETURN(const auto texts, node.Map(key));
  Values values;
  for (const auto& [text, name] : texts) {
    const auto* value = type.FindValueByName(absl::StrCat(prefix, name));
    if (value == nullptr) {
      return node.Wrong(absl::StrCat(key, ".", text),
                        absl::StrCat(name, " is no ", type.name(), "; write it without ", prefix));
    }
    values.emplace(text, value->number());
  }
  return values;
}

absl::Status ReadDateFormat(const Node& node, Column& column) {
  if (!node.Has("format")) return absl::OkStatus();
  ASSIGN_OR_RETURN(column.format, node.String("format"));
  // Fields of fixed width, so that a date can be read only one way.
  std::string left = column.format;
  for (const absl::string_view part : {"YYYY", "MM", "DD"}) {
    const size_t at = left.find(std::string(part));
    if (at == left.npos) return node.Wrong("format", "must have YYYY, MM and DD once each");
    left.erase(at, part.size());
  }
  for (const char c : left) {
    if (c != '-' && c != '/' && c != '.') {
      return node.Wrong("format", "may have -, / and . besides YYYY, MM and DD once each");
    }
  }
  return absl::OkStatus();
}

absl::Status ReadNumberMarks(const Node& node, Column& column) {
  ASSIGN_OR_RETURN(column.decimal_mark, node.Character("decimal_mark", '.'));
  ASSIGN_OR_RETURN(column.group_mark, node.Character("group_mark", 0));
  if (column.decimal_mark == column.group_mark) {
    return node.Wrong("group_mark", "must differ from decimal_mark");
  }
  return absl::OkStatus();
}

absl::Status ReadUnit(const Node& node, Column& column) {
  ASSIGN_OR_RETURN(const std::string unit, node.String("unit"));
  if (unit != "hours" && unit != "minutes") return node.Wrong("unit", "must be hours or minutes");
  column.unit_minutes = unit == "hours" ? 60 : 1;
  return absl::OkStatus();
}

absl::Status ReadLanguages(const Node& node, Column& column) {
  ASSIGN_OR_RETURN(column.languages, node.Map("languages"));
  for (const auto& [name, code] : column.languages) {
    if (code.size() != 2 || code[0] < 'a' || code[0] > 'z' || code[1] < 'a' || code[1] > 'z') {
      return node.Wrong(absl::StrCat("languages.", name), "must be an ISO 639-1 code");
    }
  }
  ASSIGN_OR_RETURN(column.values,
                   ReadValues(node, "levels", *v1::LanguageLevel_descriptor(), "LANGUAGE_LEVEL_"));
  ASSIGN_OR_RETURN(column.separator, node.Character("separator", ','));
  ASSIGN_OR_RETURN(column.between, node.Character("between", '-'));
  if (column.separator == column.between) {
    return node.Wrong("between", "must differ from separator");
  }
  return absl::OkStatus();
}

absl::Status ReadConversion(const Node& node, Column& column) {
  switch (column.field) {
    case Field::kOfferDate:
      return ReadDateFormat(node, column);
    case Field::kMonthlyWage:
      return ReadNumberMarks(node, column);
    case Field::kMinutesADay:
      RETURN_IF_ERROR(ReadNumberMarks(node, column));
      return ReadUnit(node, column);
    case Field::kContractKind: {
      ASSIGN_OR_RETURN(column.values, ReadValues(node, "values", *v1::ContractKind_descriptor(),
                                                 "CONTRACT_KIND_"));
      return absl::OkStatus();
    }
    case Field::kEducationLevel: {
      ASSIGN_OR_RETURN(column.values, ReadValues(node, "values", *v1::EducationLevel_descriptor(),
                                                 "EDUCATION_LEVEL_"));
      return absl::OkStatus();
    }
    case Field::kLanguages:
      return ReadLanguages(node, column);
    default:
      return absl::OkStatus();
  }
}

absl::Status ReadAbsent(const Node& node, const FieldRule& rule, Column& column) {
  if (!node.Has("absent")) return absl::OkStatus();
  if (rule.required) return node.Wrong("absent", absl::StrCat(rule.name, " is required"));
  if (!node.At("absent").is_array()) return node.Wrong("absent", "must be a list of texts");
  for (const Json& text : node.At("absent")) {
    if (!text.is_string()) return node.Wrong("absent", "must be a list of texts");
    column.absent.insert(Fold(text.get<std::string>()));
  }
  return absl::OkStatus();
}

// Nothing for an ignored column.
absl::StatusOr<std::optional<Column>> ReadColumn(const Node& node) {
  Column column;
  ASSIGN_OR_RETURN(column.name, node.String("column"));
  if (node.Has("ignored")) {
    RETURN_IF_ERROR(node.String("ignored").status());
    RETURN_IF_ERROR(node.OnlyKeys({"column", "ignored"}));
    return std::optional<Column>();
  }
  ASSIGN_OR_RETURN(const std::string field, node.String("field"));
  const FieldRule* rule = FindField(field);
  if (rule == nullptr) {
    return node.Wrong("field", absl::StrCat(field, " is no field that a column can state"));
  }
  column.field = rule->field;
  std::vector<absl::string_view> keys = {"column", "field"};
  if (!rule->required) keys.push_back("absent");
  keys.insert(keys.end(), rule->keys.begin(), rule->keys.end());
  RETURN_IF_ERROR(node.OnlyKeys(keys));
  RETURN_IF_ERROR(ReadAbsent(node, *rule, column));
  RETURN_IF_ERROR(ReadConversion(node, column));
  return std::optional<Column>(std::move(column));
}

absl::Status ReadColumns(const Node& root, absl::string_view file, Profile& profile) {
  if (!root.Has("columns") || !root.At("columns").is_array() ||
      root.At("columns").size() > kMostColumns) {
    return root.Wrong("columns", absl::StrCat("must be a list of at most ", kMostColumns));
  }
  absl::flat_hash_set<std::string> names;
  absl::flat_hash_set<Field> fields;
  size_t i = 0;
  for (const Json& json : root.At("columns")) {
    const Node node(json, absl::StrCat("$.columns[", i++, "]"), file);
    if (!json.is_object()) return node.Wrong("", "must be an object");
    ASSIGN_OR_RETURN(std::optional<Column> column, ReadColumn(node));
    if (!names.insert(json["column"].get<std::string>()).second) {
      return node.Wrong("column", "is there twice");
    }
    if (!column) continue;
    if (!fields.insert(column->field).second) return node.Wrong("field", "is there twice");
    profile.columns.push_back(*std::move(column));
  }
  for (const FieldRule& rule : FieldRules()) {
    if (rule.required && !fields.contains(rule.field)) {
      return root.Wrong("columns", absl::StrCat("no column states ", rule.name));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Profile> ParseProfile(absl::string_view json, absl::string_view file) {
  const auto wrong = [&](absl::string_view problem) {
    return Error(error::kInvalidProfile,
                 {{"file", std::string(file)}, {"place", "$"}, {"problem", std::string(problem)}});
  };
  if (json.size() > kMostProfileBytes) return wrong("is larger than 1 MB");
  KeyCheck keys;
  const Json document = Json::parse(
      json.begin(), json.end(),
      [&](int, Json::parse_event_t event, Json& value) { return keys.Accept(event, value); },
      /*allow_exceptions=*/false);
  if (document.is_discarded()) return wrong("is no JSON");
  if (!keys.repeated().empty()) return wrong(absl::StrCat(keys.repeated(), " is there twice"));
  if (!document.is_object()) return wrong("must be an object");
  const Node root(document, "$", file);
  RETURN_IF_ERROR(root.OnlyKeys({"profile", "about", "delimiter", "quote", "columns"}));
  Profile profile;
  ASSIGN_OR_RETURN(profile.id, root.String("profile"));
  if (!IsResourceId(profile.id)) {
    return root.Wrong("profile", "must be lower-case letters, digits and inner hyphens");
  }
  RETURN_IF_ERROR(root.String("about").status());
  ASSIGN_OR_RETURN(profile.delimiter, root.Character("delimiter", ','));
  ASSIGN_OR_RETURN(profile.quote, root.Character("quote", '"'));
  if (profile.delimiter == profile.quote) return root.Wrong("quote", "must differ from delimiter");
  RETURN_IF_ERROR(ReadColumns(root, file, profile));
  return profile;
}

}  // namespace puente::labor::loader
