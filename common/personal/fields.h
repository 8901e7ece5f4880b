// The personal fields of messages (puente.api.v1.personal), sealed, opened and left out in one
// place.
//
// A record is stored without them: they stand together, as their part of the message's wire format,
// in its field `bytes sealed`, under the key of its person and bound to its name.
#pragma once

#include "absl/status/status.h"
#include "common/crypto/secret_key.h"
#include "google/protobuf/message.h"

namespace puente::personal {

bool IsPersonal(const google::protobuf::FieldDescriptor& field);
// Whether messages of this type have personal fields of their own.
bool HasPersonal(const google::protobuf::Descriptor& type);
// The same, or some message within them has.
bool MayHoldPersonal(const google::protobuf::Descriptor& type);
// Whether they have a name, and `bytes sealed`.
bool CanBeSealed(const google::protobuf::Descriptor& type);

// Whether a personal field of the message, or of one within it, is set.
bool InClear(const google::protobuf::Message& message);
// Clears the personal fields of the message and of those within it, and what was sealed of them.
void LeaveOut(google::protobuf::Message& message);

// Moves a record's personal fields into `sealed`. Its name must be set, and never change.
void SealFields(const crypto::SecretKey& key, google::protobuf::Message& record);
// Moves them out of it again. SEALED_VALUE_UNREADABLE or, where nothing is sealed any more,
// PERSON_ERASED; then nothing has changed.
absl::Status OpenFields(const crypto::SecretKey& key, google::protobuf::Message& record);

}  // namespace puente::personal
