#include "common/context/values.h"

namespace puente {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;
constexpr int32_t kNanosACentavo = 10'000'000;

}  // namespace

absl::Time FromProto(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

google::protobuf::Timestamp ToProto(absl::Time time) {
  absl::Duration rest = time - absl::UnixEpoch();
  google::protobuf::Timestamp proto;
  proto.set_seconds(absl::ToInt64Seconds(absl::Floor(rest, absl::Seconds(1))));
  rest -= absl::Seconds(proto.seconds());
  proto.set_nanos(static_cast<int32_t>(absl::ToInt64Microseconds(rest) * 1000));
  return proto;
}

void SetMicros(int64_t micros, google::protobuf::Timestamp& time) {
  constexpr int64_t kSecond = 1'000'000;
  const int64_t rest = (micros % kSecond + kSecond) % kSecond;  // before 1970 as well
  time.set_seconds((micros - rest) / kSecond);
  time.set_nanos(static_cast<int32_t>(rest * 1000));
}

google::protobuf::Duration ToProto(absl::Duration duration) {
  google::protobuf::Duration proto;
  proto.set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &duration));
  proto.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(duration)));
  return proto;
}

absl::Duration FromProto(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

std::optional<absl::CivilDay> ToDay(const google::type::Date& date) {
  if (date.year() < kFirstYear || date.year() > kLastYear) return std::nullopt;
  // CivilDay carries what is too large into the next field: a real date stays as it is.
  const absl::CivilDay day = ToCivilDay(date);
  if (day.year() != date.year() || day.month() != date.month() || day.day() != date.day()) {
    return std::nullopt;
  }
  return day;
}

absl::CivilDay ToCivilDay(const google::type::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

google::type::Date ToProto(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

google::type::Money Pesos(int64_t centavos) {
  google::type::Money money;
  money.set_currency_code("MXN");
  money.set_units(centavos / 100);
  money.set_nanos(static_cast<int32_t>(centavos % 100) * kNanosACentavo);
  return money;
}

int64_t InCentavos(const google::type::Money& pesos) {
  return pesos.units() * 100 + pesos.nanos() / kNanosACentavo;
}

}  // namespace puente
