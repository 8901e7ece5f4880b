#include "cli/describe.h"

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/width.h"
#include "common/context/behavior.h"
#include "common/federation/contract.h"
#include "console/reference/example_request.h"
#include "console/reference/words.h"
#include "proto/contract_comments.h"

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
constexpr Label kRequest{"REQUEST  ", "SOLICITUD  "};
constexpr Label kAnswer{"ANSWER  ", "RESPUESTA  "};
constexpr Label kStream{", a stream of them", ", un flujo de ellas"};
constexpr Label kExample{"EXAMPLE", "EJEMPLO"};
constexpr Label kNothing{"no fields", "sin campos"};

class Description {
 public:
  explicit Description(Language language) : language_(language) {}

  std::string Of(const MethodDescriptor& method) && {
    const std::string server = ServerOf(*method.service());
    Line(0,
         absl::StrCat(MethodName(method), Say(kOf), server.empty() ? Say(kEveryServer) : server));
    Paragraphs(2, CommentOf(method));
    AddRights(method);
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
                           named ? " --server labor" : "", " '", console::ExampleRequest(method),
                           "'"));
    }
    return std::move(text_);
  }

 private:
  std::string Say(const Label& label) const { return std::string(In(language_, label)); }
  std::string Say(const console::Words& words) const {
    return language_ == Language::kSpanish ? words.es : words.en;
  }
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

  void AddRights(const MethodDescriptor& method) {
    Heading(Say(kWho));
    for (const console::Words& right : console::RightsOf(method)) Wrap(2, Say(right));
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
    std::vector<std::string> said = {Say(console::KindOf(field))};
    if (input) {
      for (const console::Words& rule : console::RulesOf(field)) said.push_back(Say(rule));
    }
    Wrap(indent, absl::StrCat(field.json_name(), ": ", absl::StrJoin(said, "; ")));
    Paragraphs(indent + 4, CommentOf(field));
    if (field.enum_type() != nullptr) AddValues(*field.enum_type(), indent + 4);
    const Descriptor* parts = field.message_type();
    if (parts == nullptr || console::IsValue(*parts) || depth + 1 >= (input ? kDeepest : 1)) return;
    if (!within_.insert(parts).second) return;  // it is in itself
    AddFields(*parts, input, indent + 4, depth + 1);
    within_.erase(parts);
  }

  void AddValues(const EnumDescriptor& type, size_t indent) {
    for (int i = 1; i < type.value_count(); ++i) {
      Wrap(indent, absl::StrCat(type.value(i)->name(), ": ", CommentOf(*type.value(i))));
    }
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
