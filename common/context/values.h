// Time, dates and money between C++ and the contract's value types.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "google/type/money.pb.h"

namespace puente {

// To the microsecond, rounded down: as the database keeps instants.
google::protobuf::Timestamp ToProto(absl::Time time);
absl::Time FromProto(const google::protobuf::Timestamp& time);
// Microseconds since 1970.
void SetMicros(int64_t micros, google::protobuf::Timestamp& time);
// To the nanosecond.
google::protobuf::Duration ToProto(absl::Duration duration);
absl::Duration FromProto(const google::protobuf::Duration& duration);

// Nothing unless it is a whole day of the calendar, 1900 to 2200: what the contract takes for a
// date and files may say.
std::optional<absl::CivilDay> ToDay(const google::type::Date& date);
// The same for a date that is known to be one, as those of checked requests are.
absl::CivilDay ToCivilDay(const google::type::Date& date);
google::type::Date ToProto(absl::CivilDay day);

// Mexican pesos. Amounts are in whole centavos.
google::type::Money Pesos(int64_t centavos);
int64_t InCentavos(const google::type::Money& pesos);

}  // namespace puente
