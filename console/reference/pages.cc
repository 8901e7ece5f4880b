#include "console/reference/pages.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/context/behavior.h"
#include "common/federation/contract.h"
#include "console/connect/call.h"
#include "console/connect/status.h"
#include "console/reference/example_request.h"
#include "console/reference/words.h"
#include "google/api/resource.pb.h"
#include "proto/contract_comments.h"
#include "proto/contract_files.h"
#include "puente/api/v1/options.pb.h"

namespace puente::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

std::string Escaped(absl::string_view text) {
  return absl::StrReplaceAll(text,
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

std::string Code(absl::string_view text) {
  // A path may be broken where its parts end.
  return absl::StrCat("<code>", absl::StrReplaceAll(Escaped(text), {{"/", "/<wbr/>"}}), "</code>");
}

std::string Paragraphs(const std::string& comment) {
  std::string html;
  for (const absl::string_view paragraph : absl::StrSplit(comment, "\n\n", absl::SkipEmpty())) {
    absl::StrAppend(&html, "<p>", Escaped(paragraph), "</p>\n");
  }
  return html;
}

std::string Link(absl::string_view target, absl::string_view text) {
  return absl::StrCat("<a href=\"", target, "\">", Escaped(text), "</a>");
}

// "labor.v1.skill" of "puente/labor/v1/skill.proto".
std::string NameOf(const FileDescriptor& file) {
  absl::string_view name = file.name();
  absl::ConsumePrefix(&name, "puente/");
  absl::ConsumeSuffix(&name, ".proto");
  return absl::StrReplaceAll(name, {{"/", "."}});
}

std::string PageOf(const FileDescriptor& file) { return absl::StrCat(NameOf(file), ".html"); }

const FileDescriptor& FileOf(const MethodDescriptor& method) { return *method.service()->file(); }
template <class Type>
const FileDescriptor& FileOf(const Type& type) {
  return *type.file();
}

// Within its page: the name without the package.
template <class Named>
std::string AnchorOf(const Named& named) {
  return named.full_name().substr(FileOf(named).package().size() + 1);
}

template <class Named>
std::string LinkTo(const Named& named) {
  return Link(absl::StrCat(PageOf(FileOf(named)), "#", AnchorOf(named)), AnchorOf(named));
}

// Of what is Puente's: the rest has its pages elsewhere.
std::string LinkToMessage(const Descriptor& type) {
  return absl::StartsWith(type.full_name(), "puente.") ? LinkTo(type) : Code(type.full_name());
}

std::string LinkToType(const FieldDescriptor& field) {
  const absl::string_view list = field.is_repeated() ? "list of " : "";
  if (field.enum_type() != nullptr) return absl::StrCat(list, LinkTo(*field.enum_type()));
  const Descriptor* type = field.message_type();
  if (type == nullptr || IsValue(*type)) return Escaped(KindOf(field).en);
  return absl::StrCat(list, LinkToMessage(*type));
}

std::string Page(absl::string_view title, absl::string_view body) {
  return absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>",
      Escaped(title),
      " – Puente</title>\n<link rel=\"icon\" href=\"data:,\"/>\n"
      "<link rel=\"stylesheet\" href=\"reference.css\"/>\n</head>\n<body>\n"
      "<header><a href=\"index.html\">Puente: the contract</a></header>\n<main>\n<h1>",
      Escaped(title), "</h1>\n", body, "</main>\n</body>\n</html>\n");
}

// Rules and what the server alone says, then the comment.
std::string MeaningOf(const FieldDescriptor& field) {
  std::vector<std::string> rules;
  if (HasBehavior(field, google::api::OUTPUT_ONLY)) {
    rules.push_back("said by the server");
  } else {
    for (const Words& rule : RulesOf(field)) rules.push_back(rule.en);
  }
  if (HasBehavior(field, google::api::IMMUTABLE)) rules.push_back("does not change");
  if (field.real_containing_oneof() != nullptr) {
    rules.push_back(
        absl::StrCat("one alone of those that are ", field.real_containing_oneof()->name()));
  }
  if (field.options().deprecated()) rules.push_back("deprecated");
  return absl::StrCat(rules.empty() ? ""
                                    : absl::StrCat("<p class=\"rules\">",
                                                   Escaped(absl::StrJoin(rules, "; ")), "</p>\n"),
                      Paragraphs(CommentOf(field)));
}

std::string Table(absl::string_view heads, absl::string_view rows) {
  std::string html = "<table>\n<thead><tr>";
  for (const absl::string_view head : absl::StrSplit(heads, '|')) {
    absl::StrAppend(&html, "<th scope=\"col\">", head, "</th>");
  }
  return absl::StrCat(html, "</tr></thead>\n<tbody>\n", rows, "</tbody>\n</table>\n");
}

std::string FieldsOf(const Descriptor& type) {
  if (type.field_count() == 0) return "<p>No fields.</p>\n";
  std::string rows;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    absl::StrAppend(&rows, "<tr><td><code>", field.json_name(), "</code></td><td>",
                    LinkToType(field), "</td><td>", MeaningOf(field), "</td></tr>\n");
  }
  return Table("field|type|meaning", rows);
}

// Whether a message is told with the method that alone has it.
bool IsOf(const Descriptor& type, const MethodDescriptor& method) {
  return type.file() == &FileOf(method) &&
         (type.name() == method.name() + "Request" || type.name() == method.name() + "Response");
}

std::string Part(absl::string_view what, const Descriptor& type, const MethodDescriptor& method,
                 bool streams) {
  std::string html =
      absl::StrCat("<h4", IsOf(type, method) ? absl::StrCat(" id=\"", AnchorOf(type), "\"") : "",
                   ">", what, streams ? ", a stream of " : ": ", LinkToMessage(type), "</h4>\n");
  if (IsOf(type, method)) absl::StrAppend(&html, FieldsOf(type));
  return html;
}

std::string ErrorsOf(const Catalogue& catalogue, const MethodDescriptor& method) {
  std::string rows;
  for (const KnownError& error : catalogue.ErrorsOf(method)) {
    absl::StrAppend(&rows, "<tr><td><code>", error.reason, "</code></td><td>",
                    ConnectCode(error.code), ", ", HttpStatus(error.code), "</td><td>",
                    Escaped(error.text), "</td></tr>\n");
  }
  if (rows.empty()) return "";
  return absl::StrCat("<h4>Errors</h4>\n", Table("reason|code, HTTP|text", rows));
}

std::string ExamplesOf(const Method& method) {
  const MethodDescriptor& descriptor = method.descriptor;
  if (descriptor.client_streaming()) return "";
  const auto& access = descriptor.options().GetExtension(api::v1::access);
  const std::vector<std::string> purposes = PurposesOf(descriptor);
  const std::string json = ExampleRequest(descriptor);
  const std::string called = absl::StrCat(
      "puente", purposes.empty() ? "" : absl::StrCat(" --purpose ", purposes[0]),
      access.roles().empty() ? "" : " --actor ID", " call ", descriptor.service()->name(), "/",
      descriptor.name(), method.server.empty() ? " --server labor" : "", " \\\n  '", json, "'");
  std::string html = absl::StrCat("<h4>Example</h4>\n<pre>", Escaped(called), "</pre>\n");
  if (method.streams) return html;
  const std::string curl = absl::StrCat(
      "curl http://127.0.0.1:8080", method.path, " \\\n  -H 'Content-Type: application/json'",
      purposes.empty() ? "" : absl::StrCat(" -H 'Puente-Purpose: ", purposes[0], "'"),
      access.roles().empty() ? "" : " -H 'Puente-Actor: ID'",
      method.server.empty() ? " -H 'Puente-Server: labor'" : "", " \\\n  -d '", json, "'");
  return absl::StrCat(html, "<pre>", Escaped(curl), "</pre>\n");
}

std::string OfMethod(const Catalogue& catalogue, const Method& method) {
  const MethodDescriptor& descriptor = method.descriptor;
  std::string html = absl::StrCat(
      "<section id=\"", AnchorOf(descriptor), "\">\n<h3>", descriptor.name(), "</h3>\n<p>",
      Code(absl::StrCat(method.is_read ? "GET, POST " : "POST ", method.path)), "</p>\n",
      Paragraphs(CommentOf(descriptor)), "<h4>Who may call it</h4>\n<ul>\n");
  for (const Words& right : RightsOf(descriptor)) {
    absl::StrAppend(&html, "<li>", Escaped(right.en), "</li>\n");
  }
  return absl::StrCat(
      html, "</ul>\n",
      Part("Request", *descriptor.input_type(), descriptor, descriptor.client_streaming()),
      Part("Answer", *descriptor.output_type(), descriptor, descriptor.server_streaming()),
      ErrorsOf(catalogue, descriptor), ExamplesOf(method), "</section>\n");
}

std::string OfEnum(const EnumDescriptor& type) {
  std::string rows;
  for (int i = 0; i < type.value_count(); ++i) {
    absl::StrAppend(&rows, "<tr><td><code>", type.value(i)->name(), "</code></td><td>",
                    Escaped(CommentOf(*type.value(i))), "</td></tr>\n");
  }
  return absl::StrCat("<section id=\"", AnchorOf(type), "\">\n<h3>", AnchorOf(type), "</h3>\n",
                      Paragraphs(CommentOf(type)), Table("value|meaning", rows), "</section>\n");
}

// With what is declared in it, but what a map is made of.
std::string OfMessage(const Descriptor& type) {
  std::string html = absl::StrCat("<section id=\"", AnchorOf(type), "\">\n<h3>", AnchorOf(type),
                                  "</h3>\n", Paragraphs(CommentOf(type)));
  const auto& resource = type.options().GetExtension(google::api::resource);
  for (const std::string& pattern : resource.pattern()) {
    absl::StrAppend(&html, "<p>Its name: ", Code(pattern), "</p>\n");
  }
  absl::StrAppend(&html, FieldsOf(type), "</section>\n");
  for (int i = 0; i < type.nested_type_count(); ++i) {
    if (!type.nested_type(i)->options().map_entry()) {
      absl::StrAppend(&html, OfMessage(*type.nested_type(i)));
    }
  }
  for (int i = 0; i < type.enum_type_count(); ++i)
    absl::StrAppend(&html, OfEnum(*type.enum_type(i)));
  return html;
}

bool IsOfAnyMethod(const Descriptor& type) {
  for (int i = 0; i < type.file()->service_count(); ++i) {
    const ServiceDescriptor& service = *type.file()->service(i);
    for (int j = 0; j < service.method_count(); ++j) {
      if (IsOf(type, *service.method(j))) return true;
    }
  }
  return false;
}

std::string MethodList(const ServiceDescriptor& service) {
  std::string html = "<ul>\n";
  for (int i = 0; i < service.method_count(); ++i) {
    absl::StrAppend(&html, "<li>", LinkTo(*service.method(i)), " ",
                    Escaped(SummaryOf(CommentOf(*service.method(i)))), "</li>\n");
  }
  return html + "</ul>\n";
}

std::string OfFile(const Catalogue& catalogue, const FileDescriptor& file) {
  std::string html = absl::StrCat("<p>", Code(absl::StrCat("proto/", file.name())), "</p>\n");
  for (int i = 0; i < file.service_count(); ++i) {
    const ServiceDescriptor& service = *file.service(i);
    absl::StrAppend(&html, "<h2 id=\"", service.name(), "\">", service.name(), "</h2>\n",
                    Paragraphs(CommentOf(service)), MethodList(service));
    for (int j = 0; j < service.method_count(); ++j) {
      absl::StrAppend(&html, OfMethod(catalogue, Method(*service.method(j))));
    }
  }
  std::string types;
  for (int i = 0; i < file.message_type_count(); ++i) {
    if (!IsOfAnyMethod(*file.message_type(i))) {
      absl::StrAppend(&types, OfMessage(*file.message_type(i)));
    }
  }
  for (int i = 0; i < file.enum_type_count(); ++i)
    absl::StrAppend(&types, OfEnum(*file.enum_type(i)));
  if (!types.empty()) absl::StrAppend(&html, "<h2>Types</h2>\n", types);
  return Page(NameOf(file), html);
}

constexpr char kAbout[] =
    R"(<p>All methods of the contract: who may call each, what it takes and answers, which errors
come back. The same as a document for tools: <a href="../openapi.json">OpenAPI 3.1</a>. Field names
are those of JSON; in protobuf they are written with underscores.</p>
<p><code>puente-http --as CALLER --listen 127.0.0.1:8080</code> answers the examples with
<code>curl</code>, <code>puente call</code> makes the same calls. The metadata
<code>puente-actor</code> and <code>puente-purpose</code> say who acts and what for; over HTTP they
are headers.</p>
<p>Every method may also answer the errors of all servers, such as <code>CALLER_REFUSED</code>,
<code>PURPOSE_REFUSED</code>, <code>OVERLOADED</code> and <code>DEADLINE_EXCEEDED</code>. In texts
of errors, <code>$key</code> stands for what <code>google.rpc.ErrorInfo</code> has under that
key.</p>
)";

std::string Index() {
  std::string html = kAbout, package;
  for (const FileDescriptor* file : ContractFiles()) {
    if (file->package() != package) {
      package = file->package();
      absl::StrAppend(&html, "<h2>", package, "</h2>\n");
    }
    absl::StrAppend(&html, "<h3>", Link(PageOf(*file), NameOf(*file)), "</h3>\n");
    for (int i = 0; i < file->service_count(); ++i) {
      absl::StrAppend(&html, "<p>", Escaped(SummaryOf(CommentOf(*file->service(i)))), "</p>\n",
                      MethodList(*file->service(i)));
    }
    std::vector<std::string> types;
    for (int i = 0; i < file->message_type_count(); ++i) {
      if (!IsOfAnyMethod(*file->message_type(i))) types.push_back(LinkTo(*file->message_type(i)));
    }
    for (int i = 0; i < file->enum_type_count(); ++i) types.push_back(LinkTo(*file->enum_type(i)));
    if (!types.empty()) {
      absl::StrAppend(&html, "<p>Types: ", absl::StrJoin(types, ", "), "</p>\n");
    }
  }
  return Page("Reference", html);
}

}  // namespace

std::map<std::string, std::string> ReferencePages(const Catalogue& catalogue) {
  std::map<std::string, std::string> pages = {{"index.html", Index()}};
  for (const FileDescriptor* file : ContractFiles()) {
    pages.emplace(PageOf(*file), OfFile(catalogue, *file));
  }
  return pages;
}

}  // namespace puente::console
