// The errors that there are, as docs/errors.md lists them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/support/status_code_enum.h"

namespace puente::console {

struct KnownError {
  std::string reason;
  std::string domain;
  grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
  std::string text;  // in English
};

class Catalogue {
 public:
  // Of the page's text. INVALID_ARGUMENT if a row is not of the form that generate_errors.py gives
  // it.
  static absl::StatusOr<Catalogue> Of(absl::string_view page);

  // Those that the method's comment names, in its order.
  std::vector<KnownError> ErrorsOf(const google::protobuf::MethodDescriptor& method) const;

 private:
  std::map<std::string, KnownError> errors_;  // by reason
};

}  // namespace puente::console
