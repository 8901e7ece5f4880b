#include "console/connect/messages.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include "common/federation/contract.h"
#include "common/status/macros.h"
#include "console/connect/errors.h"

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

absl::StatusOr<grpc::ByteBuffer> Decoded(Codec codec, const Descriptor* type,
                                         const std::string& text) {
  if (codec == Codec::kProto) {
    const grpc::Slice slice(text);
    return grpc::ByteBuffer(&slice, 1);
  }
  const auto message = MessageFromJson(type, text);
  if (!message.ok()) {
    return Error(error::kJsonInvalid, "type"_is(type->full_name()),
                 "why"_is(message.status().message()));
  }
  grpc::ByteBuffer bytes;
  bool own = false;
  if (!Wire::Serialize(**message, &bytes, &own).ok()) return absl::InternalError("serialize");
  return bytes;
}

absl::StatusOr<std::string> Encoded(Codec codec, const Descriptor* type, grpc::ByteBuffer& bytes) {
  if (codec == Codec::kProto) return Whole(bytes);
  const std::unique_ptr<Message> message = NewMessage(type);
  if (!Wire::Deserialize(&bytes, message.get()).ok()) {
    return absl::InternalError("the server's answer is not of its type");
  }
  return ToJson(*message, false);
}

}  // namespace puente::console
