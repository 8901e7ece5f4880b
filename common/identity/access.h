// Who may call a method, from its option puente.api.v1.access.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/identity/principals.h"
#include "google/protobuf/descriptor.h"
#include "puente/api/v1/principals.pb.h"

namespace puente::identity {

// "agency/labor" is exactly that path, "supplier/*" every path of that kind, "*" every path.
bool Matches(absl::string_view pattern, absl::string_view path);

// What a call says of who makes it, and why.
struct Claims {
  absl::string_view peer;      // by its certificate
  absl::string_view original;  // puente-original-caller: whom the gateway calls for
  absl::string_view actor;     // puente-actor
  absl::string_view purpose;   // puente-purpose
};

// The rights of one method. Nobody may call one whose descriptor declares nothing.
class MethodAccess {
 public:
  // `self` is who the server is, as the path of its SPIFFE id; "" where there is none.
  explicit MethodAccess(const google::protobuf::MethodDescriptor& method,
                        absl::string_view self = "");

  // Whether this call may be made. Only the gateway may name an original caller, on delegable
  // methods, and the rights are then the original's; where it alone may call, it must. Actors and
  // purposes that are named must exist even where none is needed.
  // CALLER_REFUSED, DELEGATION_REFUSED, DELEGATION_REQUIRED, CALLER_NOT_REGISTERED, CALLER_BLOCKED,
  // ACTOR_UNKNOWN, ACTOR_REFUSED, PURPOSE_REFUSED.
  absl::Status Check(const Claims& claims, const Principals& known) const;

  // Whether callers of this path may call, whatever else they need.
  bool Allows(absl::string_view path) const;
  // Whether a caller whom Check() lets in may do this to his own records alone, or to those of whom
  // he acts for.
  bool OwnerOnly(absl::string_view caller) const;
  // Whether he may do it for others.
  bool Agent(absl::string_view caller) const;

  // Whether there are callers who may do it to some records alone.
  bool has_owners() const { return !owners_.empty() || !agents_.empty(); }

  // Whether its answer shows personal fields. It then has roles and purposes, which owners need
  // too.
  bool opens_personal() const { return opens_personal_; }
  bool needs_actor() const { return !roles_.empty(); }
  bool needs_purpose(absl::string_view caller) const;

  // "/puente.labor.v1.VacancyService/GetVacancy"
  const std::string& method() const { return method_; }

 private:
  absl::Status CheckCaller(const Claims& claims) const;
  absl::Status CheckActor(absl::string_view caller, absl::string_view actor,
                          const Principals& known) const;
  absl::Status CheckPurpose(absl::string_view caller, absl::string_view purpose) const;
  absl::Status Refused(absl::string_view caller) const;
  std::string Allowed() const;

  std::string method_;
  std::vector<std::string> callers_;
  std::vector<std::string> owners_;
  std::vector<std::string> agents_;
  std::vector<api::v1::ActorRole> roles_;
  std::vector<std::string> purposes_;
  bool everybody_ = false;  // callers_ has "*"
  bool delegable_ = false;
  bool only_delegated_ = false;
  bool opens_personal_ = false;
};

// "data-subject-request" for PURPOSE_DATA_SUBJECT_REQUEST.
std::string PurposeId(api::v1::Purpose purpose);

}  // namespace puente::identity
