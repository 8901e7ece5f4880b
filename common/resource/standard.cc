#include "common/resource/standard.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "google/protobuf/timestamp.pb.h"

namespace puente::resource::standard {
namespace {

const google::protobuf::FieldDescriptor* Field(const Message& message, absl::string_view name) {
  return message.GetDescriptor()->FindFieldByName(std::string(name));
}

}  // namespace

std::string Get(const Message& message, absl::string_view field) {
  return message.GetReflection()->GetString(message, Field(message, field));
}

void Set(Message& message, absl::string_view field, std::string text) {
  message.GetReflection()->SetString(&message, Field(message, field), std::move(text));
}

void Set(Message& message, absl::string_view field, absl::Time time) {
  *static_cast<google::protobuf::Timestamp*>(
      message.GetReflection()->MutableMessage(&message, Field(message, field))) = ToProto(time);
}

absl::Time GetTime(const Message& message, absl::string_view field) {
  return FromProto(static_cast<const google::protobuf::Timestamp&>(
      message.GetReflection()->GetMessage(message, Field(message, field))));
}

type::v1::RecordKind Kind(const Message& message) {
  return static_cast<type::v1::RecordKind>(
      message.GetReflection()->GetEnumValue(message, Field(message, "record_kind")));
}

void SetKind(Message& message, type::v1::RecordKind kind) {
  message.GetReflection()->SetEnumValue(&message, Field(message, "record_kind"), kind);
}

int64_t Version(const Message& message) {
  const std::string etag = Get(message, "etag");
  absl::string_view number = etag;
  int64_t version = 0;
  return absl::ConsumePrefix(&number, "v") && absl::SimpleAtoi(number, &version) ? version : 0;
}

void SetVersion(Message& message, int64_t version) {
  Set(message, "etag", absl::StrCat("v", version));
}

std::string Digest(Message& message) {
  std::string etag = Get(message, "etag");
  Set(message, "etag", "");
  std::string digest = crypto::Sha256(crypto::Canonical(message));
  Set(message, "etag", std::move(etag));
  return digest;
}

}  // namespace puente::resource::standard
