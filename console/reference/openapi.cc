#include "console/reference/openapi.h"

#include <google/protobuf/descriptor.pb.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/version.h"
#include "common/federation/contract.h"
#include "console/connect/call.h"
#include "console/connect/status.h"
#include "console/reference/example_request.h"
#include "console/reference/schemas.h"
#include "console/reference/words.h"
#include "google/rpc/error_details.pb.h"
#include "proto/contract_comments.h"
#include "proto/contract_files.h"
#include "puente/api/v1/options.pb.h"

namespace puente::console {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using Json = Schemas::Json;

constexpr char kAbout[] =
    R"(The contract as puente-http serves it, by Connect's protocol.

- **JSON** is protobuf's. What is 0, false, empty or absent is left out of answers; numbers of 64
  bits are texts. A member that a request does not have is refused by its name, and so is one that
  is there twice.
- **Rights** are those of the certificate with which puente-http was started. `x-puente-access` and
  the description of each operation say who may call it; of what is `owners` and `agents`, for
  records of their own and of those for whom they act.
- **Writes** with a `requestId` may be repeated: they are done once.
- **Errors** have the body `Error`. Programs switch on `reason` and `domain` of its
  `google.rpc.ErrorInfo`. Any operation may also answer those of every server, such as
  CALLER_REFUSED, PURPOSE_REFUSED, OVERLOADED, DEADLINE_EXCEEDED.
- **Streams** are bodies of envelopes, for which OpenAPI has no words: a byte of flags (0), four of
  the length with the highest first, the message; the last one of an answer has the flags 2 and
  `{}` or `{"error": …}`. `x-puente-stream` says what the messages are.)";

Json Reference(absl::string_view kind, absl::string_view name) {
  return {{"$ref", absl::StrCat("#/components/", kind, "/", name)}};
}

Json JsonBody(Json schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

Json Header(absl::string_view name, absl::string_view description, Json schema) {
  return {{"name", name}, {"in", "header"}, {"description", description}, {"schema", schema}};
}

Json Query(absl::string_view name, absl::string_view description, Json schema) {
  return {{"name", name}, {"in", "query"}, {"description", description}, {"schema", schema}};
}

Json Parameters() {
  return {
      {"ConnectProtocolVersion",
       Header("Connect-Protocol-Version", "Connect's own clients send it; may be left out.",
              {{"const", "1"}})},
      {"ConnectTimeoutMs",
       Header("Connect-Timeout-Ms", "How long the call may take, in milliseconds.",
              {{"type", "string"}, {"pattern", "^[0-9]{1,10}$"}})},
      {"PuenteActor", Header("Puente-Actor", "The person who acts, as the registry knows it.",
                             {{"type", "string"}})},
      {"PuentePurpose", Header("Puente-Purpose", "What the call is for.", {{"type", "string"}})},
      {"AcceptLanguage", Header("Accept-Language", "Of error texts: es unless en is preferred.",
                                {{"type", "string"}})},
      {"PuenteServer", Header("Puente-Server", "Which server answers.",
                              {{"enum", Servers()}, {"default", "gateway"}})},
      {"Connect", Query("connect", "The protocol's version.", {{"const", "v1"}})},
      {"Encoding", Query("encoding", "How the message is written.",
                         {{"enum", {"json", "proto"}}, {"default", "json"}})},
      {"Base64", Query("base64", "1: the message is in base64 with - and _.", {{"const", "1"}})},
      {"Compression", Query("compression", "gzip: the message is, in base64.",
                            {{"enum", {"identity", "gzip"}}, {"default", "identity"}})},
      {"ContentEncoding", Header("Content-Encoding", "gzip: the body is.",
                                 {{"enum", {"identity", "gzip"}}, {"default", "identity"}})},
      {"ConnectContentEncoding",
       Header("Connect-Content-Encoding", "gzip: envelopes with the flag 1 are.",
              {{"enum", {"identity", "gzip"}}, {"default", "identity"}})},
      {"IfNoneMatch",
       Header("If-None-Match", "ETags of answers that the client has.", {{"type", "string"}})}};
}

std::string Description(const MethodDescriptor& method) {
  std::string description = absl::StrCat(CommentOf(method), "\n\nWho may call it:\n");
  for (const Words& right : RightsOf(method)) absl::StrAppend(&description, "\n- ", right.en);
  return description;
}

class Document {
 public:
  explicit Document(const Catalogue& catalogue) : catalogue_(catalogue), schemas_(Answered()) {}

  Json Made() && {
    Json tags = Json::array(), paths = Json::object();
    for (const auto* file : ContractFiles()) {
      for (int i = 0; i < file->service_count(); ++i) AddService(*file->service(i), tags, paths);
    }
    Json responses = {{"Error",
                       {{"description", "Refused, or failed."},
                        {"content", JsonBody(Reference("schemas", "Error"))}}}};
    Json error = ErrorSchema();
    Json schemas = std::move(schemas_).All();
    schemas["Error"] = std::move(error);
    return {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Puente"}, {"version", std::string(Version())}, {"description", kAbout}}},
        {"servers", {{{"url", "/"}, {"description", "The puente-http that has this document."}}}},
        {"security", Json::array()},
        {"tags", std::move(tags)},
        {"paths", std::move(paths)},
        {"components",
         {{"parameters", Parameters()},
          {"responses", std::move(responses)},
          {"schemas", std::move(schemas)}}}};
  }

 private:
  static const std::vector<const google::protobuf::Descriptor*>& Details() {
    static const auto* details = new std::vector{
        google::rpc::ErrorInfo::descriptor(), google::rpc::BadRequest::descriptor(),
        google::rpc::ResourceInfo::descriptor(), google::rpc::RetryInfo::descriptor(),
        google::rpc::LocalizedMessage::descriptor()};
    return *details;
  }

  static std::vector<const google::protobuf::Descriptor*> Answered() {
    std::vector<const google::protobuf::Descriptor*> answered = Details();
    for (const auto* file : ContractFiles()) {
      for (int i = 0; i < file->service_count(); ++i) {
        for (int j = 0; j < file->service(i)->method_count(); ++j) {
          answered.push_back(file->service(i)->method(j)->output_type());
        }
      }
    }
    return answered;
  }

  // As Connect writes it.
  Json ErrorSchema() {
    Json codes = Json::array();
    for (int code = grpc::StatusCode::CANCELLED; code <= grpc::StatusCode::UNAUTHENTICATED;
         ++code) {
      codes.push_back(ConnectCode(static_cast<grpc::StatusCode>(code)));
    }
    Json kinds = Json::array();
    for (const auto* detail : Details()) {
      kinds.push_back({{"if", {{"properties", {{"type", {{"const", detail->full_name()}}}}}}},
                       {"then", {{"properties", {{"debug", schemas_.Answered(*detail)}}}}}});
    }
    return {{"type", "object"},
            {"description", "What came of a call that did not succeed."},
            {"required", {"code"}},
            {"properties",
             {{"code", {{"type", "string"}, {"enum", std::move(codes)}}},
              {"message", {{"type", "string"}, {"description", "For people who write programs."}}},
              {"details",
               {{"type", "array"},
                {"items",
                 {{"type", "object"},
                  {"required", {"type", "value"}},
                  {"properties",
                   {{"type", {{"type", "string"}, {"description", "The message's full name."}}},
                    {"value",
                     {{"type", "string"},
                      {"contentEncoding", "base64"},
                      {"description", "Its bytes, without the = at the end."}}},
                    {"debug", {{"type", "object"}, {"description", "The same as JSON."}}}}},
                  {"allOf", std::move(kinds)}}}}}}}};
  }

  // "labor.v1.SkillService": two packages have a service of one name.
  static std::string TagOf(const ServiceDescriptor& service) {
    return std::string(absl::StripPrefix(service.full_name(), "puente."));
  }

  void AddService(const ServiceDescriptor& service, Json& tags, Json& paths) {
    tags.push_back({{"name", TagOf(service)}, {"description", CommentOf(service)}});
    for (int i = 0; i < service.method_count(); ++i) {
      const Method method(*service.method(i));
      Json& path = paths[method.path];
      path["post"] = method.streams ? StreamOperation(method) : PostOperation(method);
      if (method.is_read) path["get"] = GetOperation(method);
    }
  }

  Json Operation(const Method& method, absl::string_view ending) {
    const MethodDescriptor& descriptor = method.descriptor;
    const std::string tag = TagOf(*descriptor.service());
    Json operation = {
        {"operationId", absl::StrCat(tag, ".", descriptor.name(), ending)},
        {"tags", {tag}},
        {"summary", SummaryOf(CommentOf(descriptor))},
        {"description", Description(descriptor)},
        {"x-puente-access", Json::parse(ToJson(descriptor.options().GetExtension(api::v1::access),
                                               /*pretty=*/false))},
        {"parameters", ParametersOf(method)}};
    if (descriptor.options().deprecated()) operation["deprecated"] = true;
    return operation;
  }

  Json ParametersOf(const Method& method) {
    Json parameters = {Reference("parameters", "ConnectProtocolVersion"),
                       Reference("parameters", "ConnectTimeoutMs"),
                       Reference("parameters", "AcceptLanguage")};
    if (method.server.empty()) parameters.push_back(Reference("parameters", "PuenteServer"));
    const auto& access = method.descriptor.options().GetExtension(api::v1::access);
    if (access.roles().empty()) {
      parameters.push_back(Reference("parameters", "PuenteActor"));
    } else {
      parameters.push_back(Parameters()["PuenteActor"]);
      parameters.back()["required"] = true;
    }
    if (access.purposes().empty()) {
      parameters.push_back(Reference("parameters", "PuentePurpose"));
    } else {
      parameters.push_back(Parameters()["PuentePurpose"]);
      parameters.back()["schema"] = {{"enum", PurposesOf(method.descriptor)}};
      // Who reads what is its own need not say why.
      const bool all =
          access.opens_personal() || (access.owners().empty() && access.agents().empty());
      if (all) parameters.back()["required"] = true;
    }
    return parameters;
  }

  Json PostOperation(const Method& method) {
    Json operation = Operation(method, "");
    operation["parameters"].push_back(Reference("parameters", "ContentEncoding"));
    Json body = JsonBody(schemas_.Asked(*method.descriptor.input_type()));
    body["application/json"]["example"] = Json::parse(ExampleRequest(method.descriptor));
    body["application/proto"] = Json::object();
    operation["requestBody"] = {{"required", true}, {"content", std::move(body)}};
    operation["responses"] = Responses(method);
    return operation;
  }

  Json GetOperation(const Method& method) {
    Json operation = Operation(method, ".get");
    Json& parameters = operation["parameters"];
    parameters.push_back({{"name", "message"},
                          {"in", "query"},
                          {"required", true},
                          {"description", "The request."},
                          {"content", JsonBody(schemas_.Asked(*method.descriptor.input_type()))}});
    for (const char* name : {"Encoding", "Base64", "Compression", "Connect", "IfNoneMatch"}) {
      parameters.push_back(Reference("parameters", name));
    }
    operation["responses"] = Responses(method);
    operation["responses"]["200"]["headers"]["ETag"] = {
        {"description", "Of the answer's bytes; If-None-Match takes it."},
        {"schema", {{"type", "string"}}}};
    operation["responses"]["304"] = {{"description", "The client has the answer already."}};
    return operation;
  }

  Json StreamOperation(const Method& method) {
    Json operation = Operation(method, "");
    operation["parameters"].push_back(Reference("parameters", "ConnectContentEncoding"));
    const MethodDescriptor& descriptor = method.descriptor;
    operation["x-puente-stream"] = {{"requests", descriptor.client_streaming()},
                                    {"answers", descriptor.server_streaming()},
                                    {"request", schemas_.Asked(*descriptor.input_type())},
                                    {"answer", schemas_.Answered(*descriptor.output_type())}};
    const Json envelopes = {{"application/connect+json", Json::object()},
                            {"application/connect+proto", Json::object()}};
    operation["requestBody"] = {
        {"required", true}, {"description", "Messages in envelopes."}, {"content", envelopes}};
    std::string description = "Messages in envelopes; errors stand in the last one.";
    Json reasons = Json::array();
    for (const KnownError& error : catalogue_.ErrorsOf(descriptor)) {
      absl::StrAppend(&description, "\n- `", error.reason, "`: ", error.text);
      reasons.push_back(error.reason);
    }
    operation["responses"]["200"] = {{"description", std::move(description)},
                                     {"content", envelopes},
                                     {"x-puente-reasons", std::move(reasons)}};
    return operation;
  }

  // What is answered, and the errors that the method names, by HTTP's status.
  Json Responses(const Method& method) {
    Json ok = {
        {"description", "Done."},
        {"headers",
         {{"Puente-Freshness",
           {{"description", "Of a write: a token for `atLeast` of a question about figures."},
            {"schema", {{"type", "string"}}}}}}},
        {"content", JsonBody(schemas_.Answered(*method.descriptor.output_type()))}};
    ok["content"]["application/proto"] = Json::object();
    if (method.is_read) ok.erase("headers");
    std::map<std::string, Json> by_status;
    for (const KnownError& error : catalogue_.ErrorsOf(method.descriptor)) {
      Json& response = by_status[absl::StrCat(HttpStatus(error.code))];
      if (response.is_null()) {
        response = {{"description", ""}, {"content", JsonBody(Reference("schemas", "Error"))}};
      }
      auto& description = response["description"].get_ref<std::string&>();
      absl::StrAppend(&description, description.empty() ? "" : "\n", "- `", error.reason,
                      "`: ", error.text);
      response["x-puente-reasons"].push_back(error.reason);
    }
    Json responses = {{"200", std::move(ok)}};
    for (auto& [status, response] : by_status) responses[status] = std::move(response);
    responses["default"] = Reference("responses", "Error");
    return responses;
  }

  const Catalogue& catalogue_;
  Schemas schemas_;
};

}  // namespace

nlohmann::ordered_json OpenApi(const Catalogue& catalogue) { return Document(catalogue).Made(); }

}  // namespace puente::console
