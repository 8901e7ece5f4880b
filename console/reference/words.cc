#include "console/reference/words.h"

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/context/behavior.h"
#include "puente/api/v1/options.pb.h"

namespace puente::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

const std::map<std::string, Words>& Values() {
  static const auto* values = new std::map<std::string, Words>{
      {"google.type.Date", {"fecha", "date"}},
      {"google.type.Money", {"monto en MXN", "amount of MXN"}},
      {"google.protobuf.Timestamp",
       {"momento en UTC, como \"2027-01-11T15:00:00Z\"",
        "moment in UTC, such as \"2027-01-11T15:00:00Z\""}},
      {"google.protobuf.Duration", {"duración, como \"3.5s\"", "duration, such as \"3.5s\""}},
      {"google.protobuf.FieldMask",
       {"campos, como \"titleEs,seatCount\"", "fields, such as \"titleEs,seatCount\""}}};
  return *values;
}

Words KindOfOne(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        return {"bytes, en base64", "bytes, in base64"};
      }
      return {"texto", "text"};
    case FieldDescriptor::CPPTYPE_BOOL:
      return {"true o false", "true or false"};
    case FieldDescriptor::CPPTYPE_ENUM:
      return {field.enum_type()->name(), field.enum_type()->name()};
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const auto value = Values().find(field.message_type()->full_name());
      if (value != Values().end()) return value->second;
      return {field.message_type()->name(), field.message_type()->name()};
    }
    default:
      return {"número", "number"};
  }
}

// The names of an enum's values without what all of them begin with, as metadata has them.
template <class List>
std::vector<std::string> Ids(const List& values, const google::protobuf::EnumDescriptor& type,
                             absl::string_view prefix) {
  std::vector<std::string> ids;
  for (const int value : values) {
    const std::string name = type.FindValueByNumber(value)->name().substr(prefix.size());
    ids.push_back(absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", "-"}}));
  }
  return ids;
}

}  // namespace

bool IsValue(const Descriptor& type) { return Values().contains(type.full_name()); }

Words KindOf(const FieldDescriptor& field) {
  const Words one = KindOfOne(field);
  if (!field.is_repeated()) return one;
  return {absl::StrCat("lista de ", one.es), absl::StrCat("list of ", one.en)};
}

std::vector<Words> RulesOf(const FieldDescriptor& field) {
  const api::v1::Rules& rules = field.options().GetExtension(api::v1::rules);
  std::vector<Words> said;
  if (HasBehavior(field, google::api::REQUIRED)) said.push_back({"necesario", "required"});
  if (!rules.pattern().empty()) said.push_back(fields::FormOf(rules.pattern()));
  if (rules.one_of_size() > 0) {
    const std::string values = absl::StrJoin(rules.one_of(), ", ");
    said.push_back({absl::StrCat("uno de ", values), absl::StrCat("one of ", values)});
  }
  const auto add_most = [&](int64_t most, absl::string_view es, absl::string_view en) {
    if (most == 0) return;
    said.push_back({absl::StrCat("a lo más ", most, es), absl::StrCat("at most ", most, en)});
  };
  add_most(rules.max_length(), " caracteres", " characters");
  add_most(rules.max_items(), " elementos", " items");
  if (!rules.has_min()) {
    add_most(rules.max(), "", "");
  } else if (rules.max() == 0) {
    said.push_back({absl::StrCat("desde ", rules.min()), absl::StrCat("from ", rules.min())});
  } else {
    said.push_back({absl::StrCat("desde ", rules.min(), " hasta ", rules.max()),
                    absl::StrCat("from ", rules.min(), " to ", rules.max())});
  }
  if (rules.unique()) said.push_back({"sin repetir", "no two the same"});
  return said;
}

std::vector<Words> RightsOf(const MethodDescriptor& method) {
  const api::v1::Access& access = method.options().GetExtension(api::v1::access);
  std::vector<Words> said;
  const auto add = [&](const auto& kinds, absl::string_view es, absl::string_view en) {
    if (kinds.empty()) return;
    const std::string all = absl::StrJoin(kinds, ", ");
    said.push_back({absl::StrCat(all, es), absl::StrCat(all, en)});
  };
  const auto callers = [&](const char* itself) {
    std::vector<std::string> names(access.callers().begin(), access.callers().end());
    std::replace(names.begin(), names.end(), std::string("self"), std::string(itself));
    return absl::StrJoin(names, ", ");
  };
  if (!access.callers().empty()) {
    said.push_back(
        {callers("la dependencia a la que se pregunta"), callers("the agency that is asked")});
  }
  add(access.owners(), ", para registros propios", ", for records of its own");
  add(access.agents(), ", por quienes actúa", ", for those for whom it acts");
  if (access.only_delegated()) {
    said.push_back({"solo por el gateway", "through the gateway alone"});
  }
  const auto roles = Ids(access.roles(), *api::v1::ActorRole_descriptor(), "ACTOR_ROLE_");
  if (!roles.empty()) {
    const std::string all = absl::StrJoin(roles, ", ");
    said.push_back({absl::StrCat("una persona con uno de estos roles: ", all),
                    absl::StrCat("an actor with one of these roles: ", all)});
  }
  const auto purposes = PurposesOf(method);
  if (!purposes.empty()) {
    const std::string all = absl::StrJoin(purposes, ", ");
    said.push_back(
        {absl::StrCat("con un propósito: ", all), absl::StrCat("with a purpose: ", all)});
  }
  return said;
}

std::vector<std::string> PurposesOf(const MethodDescriptor& method) {
  return Ids(method.options().GetExtension(api::v1::access).purposes(),
             *api::v1::Purpose_descriptor(), "PURPOSE_");
}

std::string SummaryOf(absl::string_view comment) {
  const absl::string_view paragraph = comment.substr(0, comment.find("\n\n"));
  for (size_t end = paragraph.find(". "); end != paragraph.npos;
       end = paragraph.find(". ", end + 1)) {
    const bool ends = end + 2 < paragraph.size() && absl::ascii_isupper(paragraph[end + 2]);
    if (ends) return std::string(paragraph.substr(0, end + 1));
  }
  return std::string(paragraph);
}

}  // namespace puente::console
