// Messages as the client writes them.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace puente::console {

enum class Codec { kJson, kProto };

// What was sent as gzip; nothing stays nothing, as Connect has it. BODY_TOO_LARGE if it was more
// than `most`, GZIP_WRONG.
absl::StatusOr<std::string> Unpacked(absl::string_view zipped, size_t most);

// A request as gRPC sends it. JSON is held against the type: INVALID_ARGUMENT with the field.
absl::StatusOr<grpc::ByteBuffer> Decoded(Codec codec, const google::protobuf::Descriptor* type,
                                         const std::string& text);

// A type of answers.
struct MessageType {
  explicit MessageType(const google::protobuf::Descriptor* descriptor);

  const google::protobuf::Descriptor* const descriptor;
  const bool writes_json;  // CanWriteJson()
};

// An answer as the client takes it. INTERNAL if it is not of the type.
absl::StatusOr<std::string> Encoded(Codec codec, const MessageType& type, grpc::ByteBuffer& bytes);

}  // namespace puente::console
