#include "common/loading/profile.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/context/behavior.h"
#include "common/context/file.h"
#include "common/fields/forms.h"
#include "common/fields/rules.h"
#include "common/loading/errors.h"
#include "common/names/pattern.h"
#include "common/names/text.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "common/telemetry/mistake.h"

namespace puente::loading {
namespace {

using Json = JsonNode::Json;

constexpr size_t kMostProfileBytes = 1 << 20;
constexpr size_t kMostColumns = 500;
// Of names in one value of an error, which is cut where it is longer than 200.
constexpr size_t kMostKnownBytes = 180;

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

// Sets which key of the record's name the column states, if any.
absl::Status ReadKey(const JsonNode& node, const Layout& layout, Column& column) {
  if (!node.Has("key")) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string key, node.String("key"));
  const auto found = absl::c_find(layout.keys, key);
  if (found == layout.keys.end()) {
    return node.Wrong("key", absl::StrCat("must be one of: ", absl::StrJoin(layout.keys, ", ")));
  }
  column.key = static_cast<int>(found - layout.keys.begin());
  return absl::OkStatus();
}

// Adds texts of a list, folded.
absl::Status ReadTexts(const JsonNode& node, absl::string_view key,
                       absl::flat_hash_set<std::string>& out) {
  const auto wrong = [&] { return node.Wrong(key, "must be a list of texts"); };
  if (!node.At(key).is_array()) return wrong();
  for (const Json& text : node.At(key)) {
    if (!text.is_string()) return wrong();
    out.insert(Fold(text.get<std::string>()));
  }
  return absl::OkStatus();
}

absl::Status ReadAbsent(const JsonNode& node, Column& column) {
  if (!node.Has("absent")) return absl::OkStatus();
  if (column.required) {
    return node.Wrong("absent", absl::StrCat(column.field->name(), " is required"));
  }
  return ReadTexts(node, "absent", column.absent);
}

absl::Status ReadOnly(const JsonNode& node, Column& column) {
  if (!node.Has("only")) return absl::OkStatus();
  RETURN_IF_ERROR(ReadTexts(node, "only", column.only));
  return column.only.empty() ? node.Wrong("only", "must name a text") : absl::OkStatus();
}

absl::Status ReadOptional(const JsonNode& node, Column& column) {
  if (!node.Has("optional")) return absl::OkStatus();
  if (!node.At("optional").is_boolean()) return node.Wrong("optional", "must be true or false");
  column.optional = node.At("optional").get<bool>();
  if (!column.optional || column.field == nullptr ||
      HasBehavior(*column.field, google::api::OUTPUT_ONLY)) {
    return absl::OkStatus();
  }
  return node.Wrong("optional",
                    "only a column that states a key alone, or what a verb says, may be missing");
}

absl::Status ReadText(const JsonNode& node, absl::string_view key, std::string& out) {
  if (!node.Has(key)) return absl::OkStatus();
  ASSIGN_OR_RETURN(out, node.String(key));
  return absl::OkStatus();
}

absl::Status ReadReading(const JsonNode& node, Column& column) {
  if (!node.Has("part") && !node.Has("otherwise") && !node.Has("prefix")) return absl::OkStatus();
  Reading& reading = column.reading.emplace();
  RETURN_IF_ERROR(ReadText(node, "otherwise", reading.otherwise));
  RETURN_IF_ERROR(ReadText(node, "prefix", reading.prefix));
  if (!node.Has("part")) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string part, node.String("part"));
  reading.part = std::make_shared<const RE2>(part, RE2::Quiet);
  if (!reading.part->ok() || reading.part->NumberOfCapturingGroups() != 1) {
    return node.Wrong("part", "must be an RE2 expression with one group");
  }
  return absl::OkStatus();
}

// The field of a name such as "title_es" or "outcomes.code"; null if there is none.
const google::protobuf::FieldDescriptor* FindField(const Layout& layout, const std::string& name,
                                                   Column& column) {
  const std::vector<std::string> path = absl::StrSplit(name, absl::MaxSplits('.', 1));
  const auto* field = layout.type->FindFieldByName(path.front());
  if (path.size() == 1 || field == nullptr || field->message_type() == nullptr) return field;
  column.list = field;
  return field->message_type()->FindFieldByName(path.back());
}

// Sets what the column is converted to, and adds the keys that this allows.
absl::Status ReadConversion(const JsonNode& node, const Layout& layout, const std::string& name,
                            Column& column, std::vector<absl::string_view>& keys) {
  for (const Target& target : layout.targets) {
    if (target.field != name) continue;
    column.field = FindField(layout, name, column);
    if (column.field == nullptr) telemetry::Mistake("a layout names no field", name);
    column.required = HasBehavior(*column.field, google::api::REQUIRED);
    const ConversionKind* kind = target.kind != nullptr ? target.kind : KindOf(*column.field);
    if (kind == nullptr) telemetry::Mistake("no text becomes a field of this type", name);
    keys.insert(keys.end(), kind->keys.begin(), kind->keys.end());
    RETURN_IF_ERROR(node.OnlyKeys(keys));
    ASSIGN_OR_RETURN(column.conversion, kind->make(node, target, *column.field));
    return absl::OkStatus();
  }
  if (layout.own_number.empty() || name != layout.own_number) {
    return node.Wrong("field", absl::StrCat(name, " is no field that a column can state"));
  }
  column.key = 0;
  return node.OnlyKeys(keys);
}

// Nothing for an ignored column.
absl::StatusOr<std::optional<Column>> ReadColumn(const JsonNode& node, const Layout& layout) {
  Column column;
  ASSIGN_OR_RETURN(column.name, node.String("column"));
  if (node.Has("ignored")) {
    RETURN_IF_ERROR(node.String("ignored").status());
    RETURN_IF_ERROR(node.OnlyKeys({"column", "ignored"}));
    return std::optional<Column>();
  }
  std::vector<absl::string_view> keys = {"column", "field",     "absent",
                                         "part",   "otherwise", "prefix"};
  RETURN_IF_ERROR(ReadReading(node, column));
  if (!layout.keys.empty()) keys.insert(keys.end(), {"key", "only", "optional"});
  RETURN_IF_ERROR(ReadKey(node, layout, column));
  if (node.Has("field") || (column.key < 0 && !node.Has("only"))) {
    ASSIGN_OR_RETURN(const std::string field, node.String("field"));
    RETURN_IF_ERROR(ReadConversion(node, layout, field, column, keys));
  } else {
    RETURN_IF_ERROR(node.OnlyKeys(keys));
  }
  RETURN_IF_ERROR(ReadOptional(node, column));
  RETURN_IF_ERROR(ReadAbsent(node, column));
  RETURN_IF_ERROR(ReadOnly(node, column));
  return std::optional<Column>(std::move(column));
}

// That the columns state the last key, unless keys are above the record alone, and all behind the
// first that they state: those before it are said of the file as a whole.
absl::Status CheckKeys(const JsonNode& root, const Layout& layout, const Profile& profile) {
  const auto stated = [&](size_t key) {
    return absl::c_any_of(
        profile.columns, [&](const Column& column) { return column.key == static_cast<int>(key); });
  };
  for (size_t i = 0; i < layout.keys.size(); ++i) {
    const bool last = i + 1 == layout.keys.size() && !layout.above_alone;
    if (!stated(i) && (last || (i > 0 && stated(i - 1)))) {
      return root.Wrong("columns", absl::StrCat("no column states the key ", layout.keys[i]));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadColumns(const JsonNode& root, const Layout& layout, absl::string_view file,
                         Profile& profile) {
  if (!root.Has("columns") || !root.At("columns").is_array() ||
      root.At("columns").size() > kMostColumns) {
    return root.Wrong("columns", absl::StrCat("must be a list of at most ", kMostColumns));
  }
  absl::flat_hash_set<std::string> names;
  absl::flat_hash_set<const google::protobuf::FieldDescriptor*> fields;
  size_t i = 0;
  for (const Json& json : root.At("columns")) {
    const JsonNode node(json, absl::StrCat("$.columns[", i++, "]"), file);
    if (!json.is_object()) return node.Wrong("", "must be an object");
    ASSIGN_OR_RETURN(std::optional<Column> column, ReadColumn(node, layout));
    // Parts of one column may state several fields, where rows say the keys.
    const bool again = !names.insert(json["column"].get<std::string>()).second;
    if (again && (!column || layout.keys.empty())) return node.Wrong("column", "is there twice");
    if (!column) continue;
    if (column->list != nullptr && profile.list != nullptr && column->list != profile.list) {
      return node.Wrong("field",
                        absl::StrCat("elements of ", profile.list->name(), " are stated already"));
    }
    if (column->list != nullptr) profile.list = column->list;
    // Several columns may state parts of one key, but no field twice.
    const bool states = column->field != nullptr || layout.keys.empty();
    if (states && !fields.insert(column->field).second) {
      return node.Wrong("field", "is there twice");
    }
    profile.columns.push_back(*std::move(column));
  }
  for (const Target& target : layout.targets) {
    Column column;
    const auto* field = FindField(layout, target.field, column);
    // Of a list's elements only where the profile or the contract has any.
    const bool needed = column.list == nullptr || column.list == profile.list ||
                        HasBehavior(*column.list, google::api::REQUIRED);
    if (needed && HasBehavior(*field, google::api::REQUIRED) && !fields.contains(field)) {
      return root.Wrong("columns", absl::StrCat("no column states ", target.field));
    }
  }
  return CheckKeys(root, layout, profile);
}

// That of which the file says that it is.
absl::StatusOr<const Layout*> FindLayout(const JsonNode& root, Layouts layouts) {
  std::vector<absl::string_view> keys = {"profile", "about", "delimiter", "quote", "columns"};
  if (layouts.size() == 1 && layouts.front().collection.empty()) {
    RETURN_IF_ERROR(root.OnlyKeys(keys));
    return &layouts.front();
  }
  keys.push_back("collection");
  RETURN_IF_ERROR(root.OnlyKeys(keys));
  ASSIGN_OR_RETURN(const std::string collection, root.String("collection"));
  std::vector<absl::string_view> known;
  for (const Layout& layout : layouts) {
    if (layout.collection == collection) return &layout;
    known.push_back(layout.collection);
  }
  return root.Wrong("collection", absl::StrCat("must be one of: ", absl::StrJoin(known, ", ")));
}

absl::Status WrongFile(absl::string_view file, absl::string_view place, absl::string_view problem) {
  return Error(error::kInvalidProfile, "file"_is(file), "place"_is(place), "problem"_is(problem));
}

absl::StatusOr<Profile> ReadProfile(Layouts layouts, const std::filesystem::path& path) {
  const std::string file = path.filename().string();
  const std::optional<std::string> text = ReadFile(path);
  if (!text) return WrongFile(file, "$", "can't be read");
  ASSIGN_OR_RETURN(Profile profile, ParseProfile(layouts, *text, file));
  if (profile.id != path.stem().string()) {
    return WrongFile(file, "$.profile", "must be the file's name without its ending");
  }
  return profile;
}

}  // namespace

Wrong Reading::Read(absl::string_view text, std::string& out) const {
  std::string found(text);
  if (part != nullptr && !text.empty()) {
    found.clear();
    if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *part, &found)) {
      const fields::Form form = fields::FormOf(part->pattern());
      return Breaks(rule::kPattern, "form_es"_is(form.es), "form_en"_is(form.en));
    }
  }
  found = std::string(Trim(found));
  if (found.empty()) found = otherwise;
  out = found.empty() ? "" : absl::StrCat(prefix, found);
  return nullptr;
}

std::string ColumnOf(const Profile& profile, absl::string_view field) {
  for (const Column& column : profile.columns) {
    if (column.field != nullptr && column.field->name() == field) return column.name;
  }
  return "";
}

absl::StatusOr<Profile> ParseProfile(Layouts layouts, absl::string_view json,
                                     absl::string_view file) {
  const auto wrong = [&](absl::string_view problem) {
    return Error(error::kInvalidProfile, "file"_is(file), "place"_is("$"), "problem"_is(problem));
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
  const JsonNode root(document, "$", file);
  Profile profile;
  ASSIGN_OR_RETURN(profile.layout, FindLayout(root, layouts));
  ASSIGN_OR_RETURN(profile.id, root.String("profile"));
  if (!IsResourceId(profile.id)) {
    return root.Wrong("profile", "must be lower-case letters, digits and inner hyphens");
  }
  RETURN_IF_ERROR(root.String("about").status());
  ASSIGN_OR_RETURN(profile.delimiter, root.Character("delimiter", ','));
  ASSIGN_OR_RETURN(profile.quote, root.Character("quote", '"'));
  if (profile.delimiter == profile.quote) return root.Wrong("quote", "must differ from delimiter");
  RETURN_IF_ERROR(ReadColumns(root, *profile.layout, file, profile));
  return profile;
}

absl::StatusOr<Profiles> ReadProfiles(Layouts layouts, const std::string& folder) {
  Profiles profiles;
  std::error_code failure;
  auto entry = std::filesystem::directory_iterator(folder, failure);
  for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
    if (entry->path().extension() != ".json") continue;
    absl::StatusOr<Profile> profile = ReadProfile(layouts, entry->path());
    if (!profile.ok()) {
      telemetry::Log(telemetry::Severity::kError, "profile_refused",
                     {{"cause", profile.status().message()}});
    }
    profiles.emplace(entry->path().stem().string(), std::move(profile));
  }
  if (failure) return WrongFile(folder, "folder", failure.message());
  return profiles;
}

absl::StatusOr<const Profile*> FindProfile(const Profiles& profiles, const std::string& id) {
  const auto found = profiles.find(id);
  if (found != profiles.end()) {
    RETURN_IF_ERROR(found->second.status());
    return &*found->second;
  }
  std::string known, more;
  for (const auto& [name, profile] : profiles) {
    const bool fits = more.empty() && known.size() + name.size() <= kMostKnownBytes;
    absl::StrAppend(fits ? &known : &more, known.empty() ? "" : ", ", name);
  }
  return Error(error::kProfileNotFound, "profile"_is(id), "known"_is(known), "more"_is(more));
}

}  // namespace puente::loading
