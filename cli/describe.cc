#include "cli/describe.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/width.h"
#include "common/context/behavior.h"
#include "common/federation/contract.h"
#include "common/fields/forms.h"
#include "proto/contract_comments.h"
#include "puente/api/v1/options.pb.h"

namespace puente::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

constexpr size_t kWidth = 80;
// Messages in messages are shown down to here.
constexpr int kDeepest = 4;

constexpr Label kOf{", of ", ", de "};
constexpr Label kEveryServer{"every server", "todos los servidores"};
constexpr Label kWho{"WHO MAY CALL IT", "QUIÉN PUEDE LLAMARLO"};
constexpr Label kItself{"the agency that is asked", "la dependencia a la que se pregunta"};
constexpr Label kOwners{", for records of its own", ", para registros propios"};
constexpr Label kAgents{", for those for whom it acts", ", por quienes actúa"};
constexpr Label kRoles{"an actor with one of these roles: ",
                       "una persona con uno de estos roles: "};
constexpr Label kPurposes{"with a purpose: ", "con un propósito: "};
constexpr Label kDelegated{"through the gateway alone", "solo por el gateway"};
constexpr Label kRequest{"REQUEST  ", "SOLICITUD  "};
constexpr Label kAnswer{"ANSWER  ", "RESPUESTA  "};
constexpr Label kStream{", a stream of them", ", un flujo de ellas"};
constexpr Label kExample{"EXAMPLE", "EJEMPLO"};
constexpr Label kNothing{"no fields", "sin campos"};
constexpr Label kRequired{"required", "necesario"};
constexpr Label kMany{"list of ", "lista de "};
constexpr Label kMost{"at most ", "a lo más "};
constexpr Label kItems{" items", " elementos"};
constexpr Label kCharacters{" characters", " caracteres"};
constexpr Label kFrom{"from ", "desde "};
constexpr Label kTo{" to ", " hasta "};
constexpr Label kOneOf{"one of ", "uno de "};
constexpr Label kEach{"no two the same", "sin repetir"};
constexpr Label kText{"text", "texto"};
constexpr Label kNumber{"number", "número"};
constexpr Label kYesNo{"true or false", "true o false"};
constexpr Label kBytes{"bytes, in base64", "bytes, en base64"};
constexpr Label kDate{"date", "fecha"};
constexpr Label kMoney{"amount of MXN", "monto en MXN"};
constexpr Label kTime{"moment in UTC, such as \"2027-01-11T15:00:00Z\"",
                      "momento en UTC, como \"2027-01-11T15:00:00Z\""};
constexpr Label kDuration{"duration, such as \"3.5s\"", "duración, como \"3.5s\""};
constexpr Label kMask{"fields, such as \"titleEs,seatCount\"",
                      "campos, como \"titleEs,seatCount\""};

// Of google.type and google.protobuf, which are values and no messages to a reader.
const Label* ValueOf(const Descriptor& type) {
  const std::string& name = type.full_name();
  return name == "google.type.Date"            ? &kDate
         : name == "google.type.Money"         ? &kMoney
         : name == "google.protobuf.Timestamp" ? &kTime
         : name == "google.protobuf.Duration"  ? &kDuration
         : name == "google.protobuf.FieldMask" ? &kMask
                                               : nullptr;
}

class Description {
 public:
  explicit Description(Language language) : language_(language) {}

  std::string Of(const MethodDescriptor& method) && {
    const std::string server = ServerOf(*method.service());
    Line(0,
         absl::StrCat(MethodName(method), Say(kOf), server.empty() ? Say(kEveryServer) : server));
    Paragraphs(2, CommentOf(method));
    AddRights(method.options().GetExtension(api::v1::access));
    Heading(absl::StrCat(Say(kRequest), method.input_type()->name(),
                         method.client_streaming() ? Say(kStream) : ""));
    AddFields(*method.input_type(), /*input=*/true, 2);
    Heading(absl::StrCat(Say(kAnswer), method.output_type()->name(),
                         method.server_streaming() ? Say(kStream) : ""));
    AddFields(*method.output_type(), /*input=*/false, 2);
    if (!method.client_streaming()) {
      Heading(Say(kExample));
      const bool named = server.empty();
      Line(2, absl::StrCat("puente call ", method.service()->name(), "/", method.name(),
                           named ? " --server labor" : "", " '", ExampleRequest(method), "'"));
    }
    return std::move(text_);
  }

 private:
  std::string Say(const Label& label) const { return std::string(In(language_, label)); }
  void Line(size_t indent, absl::string_view text) {
    absl::StrAppend(&text_, std::string(indent, ' '), text, "\n");
  }
  void Heading(absl::string_view text) {
    text_ += "\n";
    Line(0, text);
  }
  void Wrap(size_t indent, absl::string_view text) {
    for (const std::string& line : Wrapped(text, kWidth - indent)) Line(indent, line);
  }
  void Paragraphs(size_t indent, absl::string_view comment) {
    for (const absl::string_view paragraph : absl::StrSplit(comment, "\n\n")) {
      Wrap(indent, paragraph);
    }
  }

  void AddRights(const api::v1::Access& access) {
    Heading(Say(kWho));
    const auto add = [&](const auto& kinds, const std::string& how) {
      if (!kinds.empty()) Wrap(2, absl::StrCat(absl::StrJoin(kinds, ", "), how));
    };
    std::vector<std::string> callers(access.callers().begin(), access.callers().end());
    std::replace(callers.begin(), callers.end(), std::string("self"), std::string(Say(kItself)));
    add(callers, "");
    add(access.owners(), Say(kOwners));
    add(access.agents(), Say(kAgents));
    if (access.only_delegated()) Wrap(2, Say(kDelegated));
    std::vector<std::string> roles, purposes;
    for (const int role : access.roles()) {
      roles.push_back(absl::AsciiStrToLower(
          api::v1::ActorRole_Name(static_cast<api::v1::ActorRole>(role)).substr(11)));
    }
    for (const int purpose : access.purposes()) {
      purposes.push_back(absl::AsciiStrToLower(
          api::v1::Purpose_Name(static_cast<api::v1::Purpose>(purpose)).substr(8)));
    }
    if (!roles.empty()) Wrap(2, absl::StrCat(Say(kRoles), absl::StrJoin(roles, ", ")));
    if (!purposes.empty()) Wrap(2, absl::StrCat(Say(kPurposes), absl::StrJoin(purposes, ", ")));
  }

  // What is shown of a request is what a caller says in it.
  void AddFields(const Descriptor& type, bool input, size_t indent, int depth = 0) {
    int shown = 0;
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (input && HasBehavior(field, google::api::OUTPUT_ONLY)) continue;
      ++shown;
      AddField(field, input, indent, depth);
    }
    if (shown == 0) Line(indent, Say(kNothing));
  }

  void AddField(const FieldDescriptor& field, bool input, size_t indent, int depth) {
    std::vector<std::string> said = {KindOf(field)};
    if (input && HasBehavior(field, google::api::REQUIRED)) said.push_back(Say(kRequired));
    if (input) AddRules(field, said);
    Wrap(indent, absl::StrCat(field.json_name(), ": ", absl::StrJoin(said, "; ")));
    Paragraphs(indent + 4, CommentOf(field));
    if (field.enum_type() != nullptr) AddValues(*field.enum_type(), indent + 4);
    const Descriptor* parts = field.message_type();
    if (parts == nullptr || ValueOf(*parts) != nullptr || depth + 1 >= (input ? kDeepest : 1))
      return;
    if (!within_.insert(parts).second) return;  // it is in itself
    AddFields(*parts, input, indent + 4, depth + 1);
    within_.erase(parts);
  }

  void AddValues(const EnumDescriptor& type, size_t indent) {
    for (int i = 1; i < type.value_count(); ++i) {
      Wrap(indent, absl::StrCat(type.value(i)->name(), ": ", CommentOf(*type.value(i))));
    }
  }

  std::string KindOf(const FieldDescriptor& field) const {
    const std::string one = KindOfOne(field);
    return field.is_repeated() ? absl::StrCat(Say(kMany), one) : one;
  }
  std::string KindOfOne(const FieldDescriptor& field) const {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return Say(field.type() == FieldDescriptor::TYPE_BYTES ? kBytes : kText);
      case FieldDescriptor::CPPTYPE_BOOL:
        return Say(kYesNo);
      case FieldDescriptor::CPPTYPE_ENUM:
        return field.enum_type()->name();
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        const Label* value = ValueOf(*field.message_type());
        return value != nullptr ? Say(*value) : field.message_type()->name();
      }
      default:
        return Say(kNumber);
    }
  }

  void AddRules(const FieldDescriptor& field, std::vector<std::string>& said) const {
    const api::v1::Rules& rules = field.options().GetExtension(api::v1::rules);
    if (!rules.pattern().empty()) {
      const fields::Form form = fields::FormOf(rules.pattern());
      said.push_back(language_ == Language::kSpanish ? form.es : form.en);
    }
    if (rules.one_of_size() > 0) {
      said.push_back(absl::StrCat(Say(kOneOf), absl::StrJoin(rules.one_of(), ", ")));
    }
    if (rules.max_length() > 0) {
      said.push_back(absl::StrCat(Say(kMost), rules.max_length(), Say(kCharacters)));
    }
    if (rules.max_items() > 0) {
      said.push_back(absl::StrCat(Say(kMost), rules.max_items(), Say(kItems)));
    }
    if (rules.has_min()) {
      said.push_back(absl::StrCat(Say(kFrom), rules.min(),
                                  rules.max() != 0 ? absl::StrCat(Say(kTo), rules.max()) : ""));
    } else if (rules.max() != 0) {
      said.push_back(absl::StrCat(Say(kMost), rules.max()));
    }
    if (rules.unique()) said.push_back(Say(kEach));
  }

  const Language language_;
  std::string text_;
  std::set<const Descriptor*> within_;
};

}  // namespace

std::string Describe(const MethodDescriptor& method, Language language) {
  return Description(language).Of(method);
}

}  // namespace puente::cli
