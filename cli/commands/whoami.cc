#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "common/federation/contract.h"
#include "common/identity/access.h"
#include "puente/api/v1/server.pb.h"

namespace puente::cli {
namespace {

using api::v1::CallableMethod;
using api::v1::WhoAmIResponse;

constexpr char kWhoAmI[] = "puente.api.v1.ServerService/WhoAmI";
constexpr Label kCaller{"caller", "solicitante"};
constexpr Label kRecordsAre{"its records are", "sus registros son"};
constexpr Label kSources{"sources", "fuentes"};
constexpr Label kActs{"acts for it", "actúa por él"};
constexpr Label kMethod{"may call", "puede llamar a"};
constexpr Label kOwnOnly{"own records", "registros propios"};
constexpr Label kNeedsRole{"needs a person who is", "exige una persona que sea"};
constexpr Label kNeedsPurpose{"needs a purpose", "exige una finalidad"};

// "registrar, tutor", as --actor's roles are called.
std::string RolesText(const google::protobuf::RepeatedField<int>& roles) {
  return absl::StrJoin(roles, ", ", [](std::string* out, int role) {
    const std::string& name = api::v1::ActorRole_Name(static_cast<api::v1::ActorRole>(role));
    out->append(absl::AsciiStrToLower(absl::StripPrefix(name, "ACTOR_ROLE_")));
  });
}

// As --purpose takes them.
std::string PurposesText(const google::protobuf::RepeatedField<int>& purposes) {
  return absl::StrJoin(purposes, ", ", [](std::string* out, int purpose) {
    out->append(identity::PurposeId(static_cast<api::v1::Purpose>(purpose)));
  });
}

Table MethodTable(Session& session, const std::vector<WhoAmIResponse>& answers) {
  Table table({{session.Say(label::kServer)},
               {session.Say(kMethod)},
               {session.Say(kOwnOnly)},
               {session.Say(kNeedsRole)},
               {session.Say(kNeedsPurpose)}});
  for (const WhoAmIResponse& answer : answers) {
    for (const CallableMethod& method : answer.methods()) {
      table.Add({answer.agency(), method.method(),
                 method.own_records_only() ? session.Say(kOwnOnly) : "", RolesText(method.roles()),
                 PurposesText(method.purposes())});
    }
  }
  return table;
}

// The same for spreadsheets, under the contract's names.
Table MethodRecords(const std::vector<WhoAmIResponse>& answers) {
  Table table({{"agency"}, {"method"}, {"ownRecordsOnly"}, {"roles"}, {"purposes"}});
  for (const WhoAmIResponse& answer : answers) {
    for (const CallableMethod& method : answer.methods()) {
      table.Add({answer.agency(), method.method(), method.own_records_only() ? "true" : "",
                 RolesText(method.roles()), PurposesText(method.purposes())});
    }
  }
  return table;
}

void PrintTables(Session& session, const std::vector<WhoAmIResponse>& answers) {
  const WhoAmIResponse& first = answers.front();
  Printer printer = session.printer();
  std::vector<std::vector<std::string>> facts = {{session.Say(kCaller), first.path()}};
  if (first.record_kind() != type::v1::RECORD_KIND_UNSPECIFIED) {
    facts.push_back(
        {session.Say(kRecordsAre), CountedText(first.record_kind(), session.language())});
    facts.push_back({session.Say(kSources), absl::StrJoin(first.sources(), ", ")});
  }
  if (!first.actor().empty()) {
    facts.push_back(
        {session.Say(kActs), absl::StrCat(first.actor(), ", ", RolesText(first.actor_roles()))});
  }
  printer.Print(facts);
  printer.Print(MethodTable(session, answers));
}

// {"servers": [an answer each]}
std::string Json(const std::vector<WhoAmIResponse>& answers) {
  nlohmann::ordered_json all;
  all["servers"] = nlohmann::ordered_json::array();
  for (const WhoAmIResponse& answer : answers) {
    all["servers"].push_back(nlohmann::ordered_json::parse(ToJson(answer, false)));
  }
  return all.dump(1) + "\n";
}

}  // namespace

ExitCode WhoAmI(Session& session) {
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  std::vector<WhoAmIResponse> answers;
  ExitCode code = kOk;
  for (const std::string& server : Servers()) {
    if (session.Explains(server, kWhoAmI, api::v1::WhoAmIRequest())) continue;
    WhoAmIResponse answer;
    if (session.Call(server, kWhoAmI, api::v1::WhoAmIRequest(), &answer)) {
      answers.push_back(std::move(answer));
    } else {
      code = kFailure;  // the others still answer
    }
  }
  if (answers.empty()) return code;
  if (session.options().format == Format::kJson) {
    session.out() << Json(answers);
  } else if (session.options().format == Format::kCsv) {
    session.out() << MethodRecords(answers).Csv();
  } else {
    PrintTables(session, answers);
  }
  return code;
}

}  // namespace puente::cli
