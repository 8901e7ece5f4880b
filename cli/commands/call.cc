#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/flatten.h"
#include "common/federation/contract.h"
#include "console/connect/json_check.h"
#include "puente/api/v1/server.pb.h"

namespace puente::cli {
namespace {

constexpr Label kStreamsAsJson{"the answer is a stream; ask for it with --format json",
                               "la respuesta es un flujo; pídala con --format json"};
constexpr Label kNameAServer{"every agency serves this; say which one with --server",
                             "todas las dependencias lo ofrecen; diga cuál con --server"};
constexpr Label kUploads{
    "this method takes a stream of requests; the program sends only one: ",
    "este método recibe un flujo de solicitudes; el programa solo envía una: "};
constexpr Label kMore{"there is more; ask again with pageToken ",
                      "hay más; pida lo que sigue con pageToken "};
constexpr Label kNobody{"no caller of federation.json may call ",
                        "ningún solicitante de federation.json puede llamar a "};

// A caller of the federation that may call the method: one that is used for everyday work, else
// the owner, else anyone.
std::string UsualCaller(const Federation& federation,
                        const google::protobuf::MethodDescriptor& method,
                        const std::string& server) {
  for (const std::string& caller : {std::string("council/cce"), std::string("certifier/ceneval"),
                                    absl::StrCat("agency/", server)}) {
    if (federation.callers.contains(caller) && MayCall(method, caller, server)) return caller;
  }
  for (const auto& [caller, files] : federation.callers) {
    if (MayCall(method, caller, server)) return caller;
  }
  return "";
}

void Print(Session& session, const google::protobuf::Message& response) {
  if (session.options().format != Format::kCsv) {
    session.out() << ToJson(response, true);
    return;
  }
  session.PrintForPrograms(response);
  if (!IsPlainList(*response.GetDescriptor())) return;
  // The records' columns have no place for it.
  const auto* token = response.GetDescriptor()->FindFieldByName("next_page_token");
  const std::string next = response.GetReflection()->GetString(response, token);
  if (!next.empty()) session.err() << session.Say(kMore) << next << "\n";
}

// Each message as it comes.
ExitCode PrintStream(Session& session, const std::string& server,
                     const google::protobuf::MethodDescriptor& method,
                     const google::protobuf::Message& request,
                     google::protobuf::Message& response) {
  const absl::Duration timeout = session.TimeoutOr(kStreamTimeout);
  const absl::Status status = session.client().Stream(server, MethodName(method), request, response,
                                                      timeout, [&] { Print(session, response); });
  if (!status.ok()) session.PrintError(status, session.client(), server, timeout);
  return status.ok() ? kOk : kFailure;
}

}  // namespace

ExitCode CallMethod(Session& session, const std::string& method_name, const std::string& json,
                    const std::string& server_named) {
  const google::protobuf::MethodDescriptor* found = ReadMethod(session, method_name);
  if (found == nullptr) return kUsage;
  const google::protobuf::MethodDescriptor& method = *found;
  if (method.client_streaming()) {
    return session.Fail(kUsage, absl::StrCat(session.Say(kUploads), MethodName(method)));
  }
  if (const absl::Status wrong = console::CheckJson(method.input_type(), json); !wrong.ok()) {
    session.err() << ErrorText(wrong, Attempt(), session.language());
    return kUsage;
  }
  auto request = MessageFromJson(method.input_type(), json);
  if (!request.ok()) return session.Fail(kUsage, request.status().message());
  SetRequestId(**request, session.request_id());
  if (method.server_streaming() && session.options().format == Format::kCsv) {
    return session.Fail(kUsage, session.Say(kStreamsAsJson));
  }
  std::string server = ServerOf(*method.service());
  if (server.empty()) server = server_named;
  if (server.empty()) {
    // The gateway serves this one of those that belong to no agency.
    if (method.service() != api::v1::Server::descriptor()->file()->service(0)) {
      return session.Fail(kUsage, session.Say(kNameAServer));
    }
    server = "gateway";
  }

  const absl::StatusOr<Federation> federation = ReadFederation(session.options().federation);
  const std::string caller = federation.ok() ? UsualCaller(*federation, method, server) : "";
  if (federation.ok() && caller.empty() && session.options().caller.empty()) {
    return session.Fail(kFailure, absl::StrCat(session.Say(kNobody), MethodName(method)));
  }
  if (const ExitCode code = session.Open(caller); code != kOk) return code;
  if (session.Explains(server, MethodName(method), **request)) return kOk;
  const auto response = NewMessage(method.output_type());
  if (method.server_streaming()) return PrintStream(session, server, method, **request, *response);
  if (!session.Call(server, MethodName(method), **request, response.get())) return kFailure;
  Print(session, *response);
  return kOk;
}

}  // namespace puente::cli
