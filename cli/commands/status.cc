#include <thread>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/status_text.h"

namespace puente::cli {
namespace {

constexpr char kGetServer[] = "puente.api.v1.ServerService/GetServer";
constexpr char kListUnresolved[] = "puente.api.v1.ReferenceService/ListUnresolvedReferences";
constexpr int kMostUnresolved = 20;
constexpr char kGateway[] = "gateway";  // has no records

api::v1::ListUnresolvedReferencesRequest UnresolvedRequest() {
  api::v1::ListUnresolvedReferencesRequest request;
  request.set_page_size(kMostUnresolved);
  return request;
}

// Those of records that the caller may see.
void AskUnresolved(Session& session, const std::string& name, absl::Duration timeout,
                   ServerState& state) {
  if (name == kGateway) return;
  api::v1::ListUnresolvedReferencesResponse response;
  state.unresolved_status =
      session.client().Call(name, kListUnresolved, UnresolvedRequest(), &response, timeout);
  state.unresolved.assign(response.references().begin(), response.references().end());
  state.more_unresolved = !response.next_page_token().empty();
}

ServerState Ask(Session& session, const std::string& name) {
  ServerState state;
  state.name = name;
  state.caller = session.client().channels().caller();
  state.address = session.client().channels().AddressOf(name).value_or("");
  const absl::Duration timeout = session.TimeoutOr(kViewTimeout);
  state.status =
      session.client().Call(name, kGetServer, api::v1::GetServerRequest(), &state.server, timeout);
  if (!state.status.ok()) {
    const Attempt attempt = session.AttemptOf(session.client(), name, timeout);
    state.cause = LikelyCause(state.status, attempt, session.language());
    if (state.cause.empty()) state.cause = std::string(state.status.message());
    return state;
  }
  AskUnresolved(session, name, timeout, state);
  return state;
}

}  // namespace

ExitCode Status(Session& session) {
  if (const ExitCode code = session.Open("auditor/asf"); code != kOk) return code;
  if (session.options().explain) {
    for (const std::string& name : Servers()) {
      session.Explain(session.client(), name, kGetServer, api::v1::GetServerRequest());
      if (name == kGateway) continue;
      session.Explain(session.client(), name, kListUnresolved, UnresolvedRequest());
    }
    return kOk;
  }
  std::vector<ServerState> states(Servers().size());
  std::vector<std::thread> asking;  // one hanging server delays no other
  for (size_t i = 0; i < states.size(); ++i) {
    asking.emplace_back([&, i] { states[i] = Ask(session, Servers()[i]); });
  }
  for (std::thread& thread : asking) thread.join();
  if (session.options().format == Format::kJson) {
    session.out() << StatusJson(states);
  } else if (session.options().format == Format::kCsv) {
    session.out() << StatusRecords(states).Csv();
  } else {
    Printer printer = session.printer();
    Print(printer, states);
  }
  return absl::c_all_of(states, [](const ServerState& one) { return one.status.ok(); }) ? kOk
                                                                                        : kFailure;
}

}  // namespace puente::cli
