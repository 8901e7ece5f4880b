// Files of bundled data: requests of one method, in protobuf's JSON.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace puente::cli {

struct DataFile {
  std::string path;
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string server;    // that answers it: "economy"
  std::string caller;    // "agency/economy"
  std::string actor;     // who acts for it, where the method needs somebody; or ""
  bool ordered = false;  // each request only after the one before it has been answered
  // With request ids.
  std::vector<std::unique_ptr<google::protobuf::Message>> requests;
};

// The files of a data folder in the order in which they must be sent: labor, economy, education,
// science, and by name inside each. NOT_FOUND if there is none.
absl::StatusOr<std::vector<std::string>> DataFiles(const std::string& folder);

// INVALID_ARGUMENT says which request is wrong and why.
absl::StatusOr<DataFile> ParseDataFile(const std::string& path, const std::string& text);
absl::StatusOr<DataFile> ReadDataFile(const std::string& path);

// A UUID (version 4 in form) that only this request of this method has, so that sending the same
// file again repeats the same calls.
std::string RequestIdOf(const std::string& method, const google::protobuf::Message& request);

}  // namespace puente::cli
