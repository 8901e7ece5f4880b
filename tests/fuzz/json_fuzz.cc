// What a client sends as JSON, in a query, or in the envelopes of a stream: it is refused with a
// reason, or becomes a message that is written as Protobuf writes it.

#include <nlohmann/json.hpp>

#include "common/federation/contract.h"
#include "common/status/error.h"
#include "console/connect/envelopes.h"
#include "console/connect/json_writer.h"
#include "console/connect/messages.h"
#include "console/connect/query.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/fuzz/target.h"

namespace {

using puente::console::Codec;
using puente::console::MessageType;
using puente::labor::v1::CreateVacancyRequest;

void Json(const std::string& input) {
  auto request = puente::console::Decoded(Codec::kJson, CreateVacancyRequest::descriptor(), input);
  if (!request.ok()) {
    FUZZ_CHECK(!puente::Reason(request.status()).empty());
    return;
  }
  static const auto* type = new MessageType(CreateVacancyRequest::descriptor());
  const auto json = puente::console::Encoded(Codec::kJson, *type, *request);
  FUZZ_CHECK(json.ok());
  const auto message = puente::MessageFromJson(type->descriptor, *json);
  FUZZ_CHECK(message.ok());
  FUZZ_CHECK(nlohmann::json::parse(*json, nullptr, false) ==
             nlohmann::json::parse(puente::ToJson(**message, false), nullptr, false));
}

void Stream(const std::string& input) {
  puente::console::Envelopes envelopes(1 << 10);
  envelopes.Add(input);
  for (size_t taken = 0;;) {
    const auto message = envelopes.Next();
    if (!message.ok() || !message->has_value()) return;
    taken += (*message)->size();
    FUZZ_CHECK(taken <= input.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  Json(input);
  Stream(input);
  (void)puente::console::QueryOf(input);
  return 0;
}
