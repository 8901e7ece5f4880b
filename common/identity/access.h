// Who may call a method, from its option puente.api.v1.access.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace puente::identity {

// "agency/labor" is exactly that path, "supplier/*" every path of that kind, "*" every path.
bool Matches(absl::string_view pattern, absl::string_view path);

// The rights of one method. Nobody may call one whose descriptor declares nothing.
class MethodAccess {
 public:
  explicit MethodAccess(const google::protobuf::MethodDescriptor& method);

  // Whether the peer may make this call, `original` being the caller that it names in
  // puente-original-caller ("" if none). Only the gateway may name one, on delegable methods, and
  // the rights are then the original's. CALLER_REFUSED or DELEGATION_REFUSED otherwise.
  absl::Status Check(absl::string_view peer, absl::string_view original) const;

  // Whether a caller whom Check() lets in may do this to his own records alone.
  bool OwnerOnly(absl::string_view caller) const;
  // Whether there are such callers.
  bool has_owners() const { return !owners_.empty(); }

  // "/puente.labor.v1.VacancyService/GetVacancy"
  const std::string& method() const { return method_; }

 private:
  bool Allows(absl::string_view path) const;
  absl::Status Refused(absl::string_view caller) const;
  std::string Allowed() const;

  std::string method_;
  std::vector<std::string> callers_;
  std::vector<std::string> owners_;
  bool everybody_ = false;  // callers_ has "*"
  bool delegable_ = false;
};

}  // namespace puente::identity
