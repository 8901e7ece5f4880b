// The requests of the bundled data, as a loader sends them.
#pragma once

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "google/protobuf/struct.pb.h"

namespace puente::testing {

// `path` from the root of the project, where tests run.
template <class Request>
std::vector<Request> BundledRequests(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  google::protobuf::Struct document;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(text.str(), &document).ok()) << path;
  std::vector<Request> requests;
  for (const auto& one : document.fields().at("requests").list_value().values()) {
    std::string json;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(one, &json).ok());
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &requests.emplace_back()).ok())
        << json;
  }
  return requests;
}

}  // namespace puente::testing
