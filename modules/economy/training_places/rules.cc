#include "modules/economy/training_places/rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

// The first day on which it has to be asked about, or paused.
absl::CivilDay FirstDueDay(const v1::TrainingPlace& place) {
  return place.has_ask_date() ? ToCivilDay(place.ask_date()) + kAnswerDays
                              : ToCivilDay(place.confirm_due_date());
}

absl::CivilDay FirstDayAfter(const v1::TrainingPlace& place) {
  return ToCivilDay(place.end_date()) + 1;
}

}  // namespace

std::string CompanyOfPlace(absl::string_view name) {
  return std::string(name.substr(0, name.find("/trainingPlaces/")));
}

std::vector<Violation> CheckLastDay(const v1::TrainingPlace& place, absl::CivilDay today) {
  if (today < FirstDayAfter(place)) return {};
  return {Against(rule::kBeforeToday, "today"_is(absl::FormatCivilTime(today)))
              .At("training_place.end_date")};
}

std::vector<Violation> CheckClosing(const v1::TrainingPlace& closed) {
  const bool filled = closed.close_reason() == v1::PLACE_CLOSE_REASON_FILLED;
  if (!filled && closed.close_reason() != v1::PLACE_CLOSE_REASON_WITHDRAWN) {
    return {Against(puente::rule::kOneOf, "values"_is("FILLED, WITHDRAWN")).At("close_reason")};
  }
  const bool has_channel = closed.channel() != v1::PLACE_CHANNEL_UNSPECIFIED;
  if (filled && !has_channel) {
    return {Against(puente::rule::kRequired).At("channel").Reading({"close_reason"})};
  }
  if (!filled && has_channel) {
    return {Against(rule::kOnlyIfFilled).At("channel").Reading({"close_reason"})};
  }
  return {};
}

std::vector<Violation> CheckJoining(const v1::TrainingPlace& joined,
                                    const v1::TrainingPlace& lead) {
  const std::string company = CompanyOfPlace(joined.name());
  const bool stands = lead.state() == v1::TRAINING_PLACE_STATE_OPEN ||
                      lead.state() == v1::TRAINING_PLACE_STATE_PAUSED;
  if (stands && lead.name() != joined.name() && CompanyOfPlace(lead.name()) == company) return {};
  return {Against(rule::kNotAnotherOffer, "company"_is(company)).At("joined_into")};
}

void Renew(absl::CivilDay today, v1::TrainingPlace& place) {
  *place.mutable_confirm_due_date() = ToProto(today + kConfirmDays);
  place.clear_ask_date();
}

absl::Time TurnsAt(const v1::TrainingPlace& place) {
  if (place.state() == v1::TRAINING_PLACE_STATE_CLOSED) return absl::InfiniteFuture();
  const absl::CivilDay over = FirstDayAfter(place);
  return StartOf(place.state() == v1::TRAINING_PLACE_STATE_OPEN ? std::min(over, FirstDueDay(place))
                                                                : over);
}

void Settle(absl::Time now, v1::TrainingPlace& place) {
  const absl::CivilDay today = LegalDay(now);
  if (place.state() == v1::TRAINING_PLACE_STATE_CLOSED) return;
  if (FirstDayAfter(place) <= today) {
    place.set_state(v1::TRAINING_PLACE_STATE_CLOSED);
    place.set_close_reason(v1::PLACE_CLOSE_REASON_EXPIRED);
    *place.mutable_close_time() = ToProto(now);
    return;
  }
  if (place.state() != v1::TRAINING_PLACE_STATE_OPEN || today < FirstDueDay(place)) return;
  if (place.has_ask_date()) {
    place.set_state(v1::TRAINING_PLACE_STATE_PAUSED);
  } else {  // however late this is: there are always as many days to answer
    *place.mutable_ask_date() = ToProto(today);
  }
}

}  // namespace puente::economy
