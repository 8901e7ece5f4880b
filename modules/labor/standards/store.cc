#include "modules/labor/standards/store.h"

#include "common/status/macros.h"

namespace puente::labor::store {
namespace {

constexpr sql::Query kMinimumWages{
    "labor.standards.minimum_wages",
    "SELECT zone, effective_date, daily_centavos, source FROM minimum_wage"
    " ORDER BY zone, effective_date"};
constexpr sql::Query kBorderMunicipalities{
    "labor.standards.border_municipalities",
    "SELECT state_code, municipality, effective_date FROM border_municipality"
    " ORDER BY state_code, municipality"};
constexpr sql::Query kWeeklyHoursLimits{
    "labor.standards.weekly_hours_limits",
    "SELECT effective_date, weekly_minutes, source FROM weekly_hours_limit"
    " ORDER BY effective_date"};

template <class M>
absl::Status ReadAll(sql::Session& session, const sql::Query& query,
                     google::protobuf::RepeatedPtrField<M>* out) {
  return session.EachInto(query, {}, M::descriptor(),
                          [&](const sql::Row& row) { return row.Into(*out->Add()); });
}

}  // namespace

absl::StatusOr<v1::Standards> ReadStandards(sql::Session& session) {
  v1::Standards standards;
  RETURN_IF_ERROR(ReadAll(session, kMinimumWages, standards.mutable_minimum_wages()));
  RETURN_IF_ERROR(
      ReadAll(session, kBorderMunicipalities, standards.mutable_border_municipalities()));
  RETURN_IF_ERROR(ReadAll(session, kWeeklyHoursLimits, standards.mutable_weekly_hours_limits()));
  return standards;
}

}  // namespace puente::labor::store
