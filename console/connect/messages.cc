#include "console/connect/messages.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include "common/federation/contract.h"
#include "common/http/gzip.h"
#include "common/status/macros.h"
#include "console/connect/errors.h"
#include "console/connect/json_check.h"
#include "console/connect/json_writer.h"

namespace puente::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using Wire = grpc::SerializationTraits<Message>;

std::string Whole(const grpc::ByteBuffer& bytes) {
  std::vector<grpc::Slice> slices;
  std::string whole;
  if (!bytes.Dump(&slices).ok()) return whole;
  whole.reserve(bytes.Length());
  for (const grpc::Slice& slice : slices) {
    whole.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return whole;
}

}  // namespace

absl::StatusOr<std::string> Unpacked(absl::string_view zipped, size_t most) {
  if (zipped.empty()) return "";
  if (http::SizeBefore(zipped) > most) return Error(error::kBodyTooLarge, "limit"_is(most));
  auto bytes = http::Unzipped(zipped);
  if (!bytes) return Error(error::kGzipWrong);
  return *std::move(bytes);
}

absl::StatusOr<grpc::ByteBuffer> Decoded(Codec codec, const Descriptor* type,
                                         const std::string& text) {
  if (codec == Codec::kProto) {
    const grpc::Slice slice(text);
    return grpc::ByteBuffer(&slice, 1);
  }
  RETURN_IF_ERROR(CheckJson(type, text));
  const auto message = MessageFromJson(type, text);
  if (!message.ok()) return Error(error::kJsonInvalid, "why"_is(message.status().message()));
  grpc::ByteBuffer bytes;
  bool own = false;
  if (!Wire::Serialize(**message, &bytes, &own).ok()) return absl::InternalError("serialize");
  return bytes;
}

MessageType::MessageType(const Descriptor* descriptor)
    : descriptor(descriptor), writes_json(CanWriteJson(descriptor)) {}

absl::StatusOr<std::string> Encoded(Codec codec, const MessageType& type, grpc::ByteBuffer& bytes) {
  if (codec == Codec::kProto) return Whole(bytes);
  const std::unique_ptr<Message> message = NewMessage(type.descriptor);
  const size_t size = bytes.Length();
  if (!Wire::Deserialize(&bytes, message.get()).ok()) {
    return absl::InternalError("the server's answer is not of its type");
  }
  if (!type.writes_json) return ToJson(*message, false);
  std::string json;
  json.reserve(2 * size);
  WriteJson(*message, json);
  return json;
}

}  // namespace puente::console
