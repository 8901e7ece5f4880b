#include "gateway/acts/steps.h"

#include <memory>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "common/due/task.h"
#include "common/resource/resource.h"
#include "common/resource/standard.h"
#include "common/status/macros.h"
#include "common/telemetry/mistake.h"
#include "gateway/acts/resource.h"
#include "gateway/errors.h"

namespace puente::gateway {
namespace {

constexpr sql::BulkInsert kInsertSteps{"gateway.act_step.insert",
                                       "INSERT INTO act_step (act, number, owner, take_method, "
                                       "take_request, undo_method, undo_request)"
                                       " VALUES",
                                       7};
constexpr sql::Query kReadSteps{"gateway.act_step.read",
                                "SELECT owner, take_method, take_request, undo_method, undo_request"
                                " FROM act_step WHERE act = ? ORDER BY number"};
constexpr sql::Query kDeleteSteps{"gateway.act_step.delete", "DELETE FROM act_step WHERE act = ?"};

std::string MethodOf(const google::protobuf::Descriptor& request) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int s = 0; s < file.service_count(); ++s) {
    for (int m = 0; m < file.service(s)->method_count(); ++m) {
      const auto& method = *file.service(s)->method(m);
      if (method.input_type() == &request) {
        return absl::StrCat("/", file.service(s)->full_name(), "/", method.name());
      }
    }
  }
  telemetry::Mistake("no method has such a request", request.full_name());
}

absl::StatusOr<compose::Agency> OwnerOf(absl::string_view name) {
  const auto owner = absl::c_find_if(
      compose::kAgencies, [&](compose::Agency agency) { return compose::Name(agency) == name; });
  if (owner == compose::kAgencies.end()) {
    return absl::DataLossError(absl::StrCat("a step is of \"", name, "\", which is no agency"));
  }
  return *owner;
}

}  // namespace

StepCall CallOf(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> sent(request.New());
  sent->CopyFrom(request);
  resource::standard::Set(*sent, "request_id", crypto::Uuid4());
  return {MethodOf(*request.GetDescriptor()), sent->SerializeAsString()};
}

std::string FreshActId() { return crypto::Uuid4(); }

// Of two that begin at once one fails at the key, and runs again.
absl::Status CheckNoAct(journal::Transaction& tx, absl::string_view kind,
                        absl::string_view subject) {
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(tx, Acts(), "gateway.act.of_subject", "WHERE open_subject = ?",
                                    {SubjectKey(kind, subject)}));
  if (others.empty()) return absl::OkStatus();
  return Error(error::kActUnderWay, "subject"_is(subject), "act"_is(others.front().name()));
}

absl::StatusOr<v1::Act> BeginAct(const Call& call, journal::Transaction& tx, const std::string& id,
                                 absl::string_view kind, absl::string_view subject,
                                 const std::vector<Step>& steps) {
  RETURN_IF_ERROR(CheckNoAct(tx, kind, subject));
  v1::Act act;
  act.set_kind(std::string(kind));
  act.set_subject(std::string(subject));
  act.set_state(v1::ACT_STATE_RUNNING);
  act.set_caller(call.caller.path);
  act.set_actor(call.actor);
  act.set_source(SourcesOf(call).front());
  act.set_record_kind(call.standing.record_kind);
  if (call.caller.kind() == "organization") {
    act.set_organization(absl::StrCat("organizations/", call.caller.id()));
  }
  std::vector<sql::Value> rows;
  for (const Step& step : steps) {
    const absl::string_view owner = compose::Name(step.owner);
    rows.insert(rows.end(), {id, act.steps_size(), owner, step.take.method, step.take.request,
                             step.undo.method, step.undo.request});
    act.add_steps()->set_owner(std::string(owner));
    act.mutable_steps()->rbegin()->set_method(step.take.method);
  }
  ASSIGN_OR_RETURN(act, resource::Create(call, tx, Acts(), {id}, std::move(act)));
  RETURN_IF_ERROR(tx.InsertRows(kInsertSteps, rows));
  RETURN_IF_ERROR(due::Schedule(tx, {kRunAct, id, "", absl::InfinitePast()}));
  return act;
}

namespace store {

absl::StatusOr<std::vector<Step>> ReadSteps(sql::Session& session, absl::string_view act) {
  std::vector<Step> steps;
  RETURN_IF_ERROR(session.Each(kReadSteps, {act}, [&](const sql::Row& row) -> absl::Status {
    ASSIGN_OR_RETURN(const compose::Agency owner, OwnerOf(row.Text(0)));
    steps.push_back({owner, {row.Text(1), row.Text(2)}, {row.Text(3), row.Text(4)}});
    return absl::OkStatus();
  }));
  return steps;
}

absl::Status DeleteSteps(journal::Transaction& tx, absl::string_view act) {
  return tx.Execute(kDeleteSteps, {act}).status();
}

}  // namespace store

}  // namespace puente::gateway
