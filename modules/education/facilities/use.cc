#include "modules/education/facilities/use.h"

#include "common/context/values.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

constexpr sql::Query kRead{"education.facility_use.read",
                           "SELECT day, slot, used FROM facility_use"
                           " WHERE facility = ? AND day BETWEEN ? AND ? AND slot BETWEEN ? AND ?"
                           " ORDER BY day, slot"};
constexpr sql::BulkInsert kBegin{"education.facility_use.begin",
                                 "INSERT INTO facility_use (facility, day, slot, used) VALUES", 4,
                                 " ON DUPLICATE KEY UPDATE used = used"};
constexpr sql::Query kTake{
    "education.facility_use.take",
    "UPDATE facility_use SET used = used + ? WHERE facility = ? AND day BETWEEN ? AND ?"
    " AND slot BETWEEN ? AND ? AND used + ? <= ?"};
constexpr sql::Query kFree{
    "education.facility_use.free",
    "UPDATE facility_use SET used = used - ? WHERE facility = ? AND day BETWEEN ? AND ?"
    " AND slot BETWEEN ? AND ? AND used >= ?"};
constexpr sql::Query kBookedDays{
    "education.facility_use.days",
    "SELECT day, MIN(slot), MAX(slot) FROM facility_use"
    " WHERE facility = ? AND day >= ? AND (day > ? OR slot >= ?) AND used > 0"
    " GROUP BY day ORDER BY day"};
constexpr sql::Query kFirstOver{"education.facility_use.over",
                                "SELECT day, slot FROM facility_use"
                                " WHERE facility = ? AND day >= ? AND (day > ? OR slot >= ?)"
                                " AND used > ?"
                                " ORDER BY day, slot LIMIT 1"};

std::string IdOf(const std::string& facility) { return facility.substr(facility.find('/') + 1); }
std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }
int64_t SlotOf(absl::CivilMinute minute) { return MinuteOfDay(minute) / kSlotMinutes; }

// The rows of a booking.
struct Rows {
  explicit Rows(const v1::FacilityBooking& booking)
      : facility(IdOf(booking.facility())),
        first(ToCivilDay(booking.begin_date())),
        last(ToCivilDay(booking.end_date())),
        first_slot(booking.start_minute() / kSlotMinutes),
        last_slot(booking.end_minute() / kSlotMinutes - 1) {}
  int64_t count() const { return (last - first + 1) * (last_slot - first_slot + 1); }

  std::string facility;
  absl::CivilDay first, last;
  int first_slot, last_slot;
};

absl::StatusOr<Use> Read(sql::Session& session, const Rows& rows) {
  Use use;
  const std::string first = Text(rows.first), last = Text(rows.last);
  RETURN_IF_ERROR(session.Each(
      kRead, {rows.facility, first, last, rows.first_slot, rows.last_slot},
      [&](const sql::Row& row) {
        use[{row.Day(0), static_cast<int>(row.Int64(1))}] = static_cast<int>(row.Int64(2));
        return absl::OkStatus();
      }));
  return use;
}

// Has all rows of a booking be there.
absl::Status Begin(journal::Transaction& tx, const Rows& rows, const Use& use) {
  if (static_cast<int64_t>(use.size()) == rows.count()) return absl::OkStatus();
  std::vector<sql::Value> values;
  for (absl::CivilDay day = rows.first; day <= rows.last; ++day) {
    for (int slot = rows.first_slot; slot <= rows.last_slot; ++slot) {
      if (use.contains({day, slot})) continue;
      values.insert(values.end(), {rows.facility, sql::Value(Text(day)), slot, 0});
    }
  }
  return tx.InsertRows(kBegin, values);
}

absl::Status CheckFree(const v1::Facility& facility, const v1::FacilityBooking& booking,
                       const Use& use) {
  for (const auto& [when, used] : use) {
    const int free = facility.capacity() - used;
    if (booking.seats() <= free) continue;
    return Error(error::kFacilityFull, "name"_is(facility.name()), "seats"_is(booking.seats()),
                 "free"_is(free), "day"_is(Text(when.first)),
                 "time"_is(ClockText(when.second * kSlotMinutes)));
  }
  return absl::OkStatus();
}

absl::Status Missing() { return Error(sql::error::kRowCorrupt, "column"_is("facility_use.used")); }

}  // namespace

absl::Status TakeSeats(journal::Transaction& tx, const v1::Facility& facility,
                       const v1::FacilityBooking& booking) {
  const Rows rows(booking);
  ASSIGN_OR_RETURN(const Use use, Read(tx, rows));
  RETURN_IF_ERROR(CheckFree(facility, booking, use));
  RETURN_IF_ERROR(Begin(tx, rows, use));
  const std::string first = Text(rows.first), last = Text(rows.last);
  ASSIGN_OR_RETURN(const int64_t taken,
                   tx.Execute(kTake, {booking.seats(), rows.facility, first, last, rows.first_slot,
                                      rows.last_slot, booking.seats(), facility.capacity()}));
  return taken == rows.count() ? absl::OkStatus() : Missing();
}

absl::Status FreeSeats(journal::Transaction& tx, const v1::FacilityBooking& booking) {
  const Rows rows(booking);
  const std::string first = Text(rows.first), last = Text(rows.last);
  ASSIGN_OR_RETURN(const int64_t freed,
                   tx.Execute(kFree, {booking.seats(), rows.facility, first, last, rows.first_slot,
                                      rows.last_slot, booking.seats()}));
  return freed == rows.count() ? absl::OkStatus() : Missing();
}

absl::StatusOr<Use> ReadUse(sql::Session& session, const std::string& facility,
                            absl::CivilDay first, absl::CivilDay last) {
  v1::FacilityBooking all;
  all.set_facility(facility);
  *all.mutable_begin_date() = ToProto(first);
  *all.mutable_end_date() = ToProto(last);
  all.set_end_minute(kDayMinutes);
  return Read(session, Rows(all));
}

absl::StatusOr<std::vector<DayPart>> BookedDays(sql::Session& session, const std::string& facility,
                                                absl::CivilMinute from) {
  std::vector<DayPart> days;
  const std::string id = IdOf(facility), day = Text(absl::CivilDay(from));
  RETURN_IF_ERROR(session.Each(kBookedDays, {id, day, day, SlotOf(from)}, [&](const sql::Row& row) {
    days.push_back({row.Day(0), static_cast<int>(row.Int64(1)) * kSlotMinutes,
                    static_cast<int>(row.Int64(2) + 1) * kSlotMinutes});
    return absl::OkStatus();
  }));
  return days;
}

absl::StatusOr<std::optional<DayPart>> FirstOver(sql::Session& session, const std::string& facility,
                                                 absl::CivilMinute from, int capacity) {
  std::optional<DayPart> over;
  const std::string id = IdOf(facility), day = Text(absl::CivilDay(from));
  RETURN_IF_ERROR(
      session.Each(kFirstOver, {id, day, day, SlotOf(from), capacity}, [&](const sql::Row& row) {
        const int start = static_cast<int>(row.Int64(1)) * kSlotMinutes;
        over = DayPart{row.Day(0), start, start + kSlotMinutes};
        return absl::OkStatus();
      }));
  return over;
}

}  // namespace puente::education
