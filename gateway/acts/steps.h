// What is done at two owners, in both or in neither (docs/decisions/0044). The mutation that
// decides on it stores, beside what it changes here, the steps that are left at other owners: each
// as the request that takes it, and the one that takes it back.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "gateway/compose/agency.h"
#include "google/protobuf/message.h"
#include "puente/gateway/v1/act.pb.h"

namespace puente::gateway {

// One call of another owner's method. The method is one of those that the gateway alone may call
// (puente.api.v1.Access.only_delegated), and bears repetition.
struct StepCall {
  std::string method;   // "/puente.education.v1.CertificationService/RecordCertification"
  std::string request;  // as bytes, with a request_id of its own
};

struct Step {
  compose::Agency owner;
  StepCall take;
  StepCall undo;  // without a method where there is nothing to undo
};

// The call whose request this is; each type of request is that of one method. Sets its request_id.
StepCall CallOf(const google::protobuf::Message& request);

// An id that no act has.
std::string FreshActId();

// That no act of that kind goes on for the subject. ACT_UNDER_WAY.
absl::Status CheckNoAct(journal::Transaction& tx, absl::string_view kind,
                        absl::string_view subject);

// Begins an act on behalf of the caller, ACT_UNDER_WAY if one of that kind goes on for the subject;
// `kind` is one that the runner knows. It goes on once the transaction is stored.
absl::StatusOr<v1::Act> BeginAct(const Call& call, journal::Transaction& tx, const std::string& id,
                                 absl::string_view kind, absl::string_view subject,
                                 const std::vector<Step>& steps);

// The kind of due work that goes on with an act; its key is the act's id.
inline constexpr char kRunAct[] = "acts.run";

namespace store {

// In their order.
absl::StatusOr<std::vector<Step>> ReadSteps(sql::Session& session, absl::string_view act);
absl::Status DeleteSteps(journal::Transaction& tx, absl::string_view act);

}  // namespace store

}  // namespace puente::gateway
