#include "console/connect/status.h"

#include <array>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"
#include "common/federation/contract.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace puente::console {
namespace {

using nlohmann::ordered_json;

struct Code {
  absl::string_view name;
  int http;
};

// By gRPC's number.
constexpr std::array<Code, 17> kCodes{{{"unknown", 500},  // OK, which is no error
                                       {"canceled", 499},
                                       {"unknown", 500},
                                       {"invalid_argument", 400},
                                       {"deadline_exceeded", 504},
                                       {"not_found", 404},
                                       {"already_exists", 409},
                                       {"permission_denied", 403},
                                       {"resource_exhausted", 429},
                                       {"failed_precondition", 400},
                                       {"aborted", 409},
                                       {"out_of_range", 400},
                                       {"unimplemented", 501},
                                       {"internal", 500},
                                       {"unavailable", 503},
                                       {"data_loss", 500},
                                       {"unauthenticated", 401}}};

const Code& CodeOf(grpc::StatusCode code) {
  const auto number = static_cast<size_t>(code);
  return kCodes[number < kCodes.size() ? number : 2];
}

// Null if the program does not know the type.
std::unique_ptr<google::protobuf::Message> Unpacked(const std::string& type,
                                                    const std::string& bytes) {
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  if (descriptor == nullptr) return nullptr;
  auto message = NewMessage(descriptor);
  return message->ParseFromString(bytes) ? std::move(message) : nullptr;
}

ordered_json DetailJson(const google::protobuf::Any& detail) {
  const std::string type(absl::StripPrefix(detail.type_url(), "type.googleapis.com/"));
  std::string value = absl::Base64Escape(detail.value());
  value.erase(value.find_last_not_of('=') + 1);  // as Connect has it
  ordered_json json = {{"type", type}, {"value", value}};
  if (const auto message = Unpacked(type, detail.value())) {
    json["debug"] = ordered_json::parse(ToJson(*message, false), nullptr, false);
  }
  return json;
}

}  // namespace

absl::string_view ConnectCode(grpc::StatusCode code) { return CodeOf(code).name; }

int HttpStatus(grpc::StatusCode code) { return CodeOf(code).http; }

std::string ErrorJson(const grpc::Status& error) {
  ordered_json json = {{"code", ConnectCode(error.error_code())},
                       {"message", error.error_message()}};
  google::rpc::Status details;
  if (details.ParseFromString(error.error_details())) {
    for (const auto& detail : details.details()) json["details"].push_back(DetailJson(detail));
  }
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Answer ErrorAnswer(const grpc::Status& error) {
  return {HttpStatus(error.error_code()), {{"Content-Type", "application/json"}}, ErrorJson(error)};
}

}  // namespace puente::console
