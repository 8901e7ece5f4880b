// The fields that every resource has, of a message whose type is not known.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "puente/type/v1/record.pb.h"

namespace puente::resource::standard {

using google::protobuf::Message;

std::string Get(const Message& message, absl::string_view field);
inline std::string Name(const Message& message) { return Get(message, "name"); }
void Set(Message& message, absl::string_view field, std::string text);
void Set(Message& message, absl::string_view field, absl::Time time);
absl::Time GetTime(const Message& message, absl::string_view field);

// `record_kind`.
type::v1::RecordKind Kind(const Message& message);
void SetKind(Message& message, type::v1::RecordKind kind);

// 1, 2, …, which the etag says; 0 of a message without one.
int64_t Version(const Message& message);
void SetVersion(Message& message, int64_t version);

// SHA-256 of the resource as stored, without its etag.
std::string Digest(Message& message);

}  // namespace puente::resource::standard
