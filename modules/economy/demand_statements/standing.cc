#include "modules/economy/demand_statements/standing.h"

#include <string>
#include <vector>

#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "modules/economy/companies/resource.h"
#include "modules/economy/companies/rules.h"
#include "modules/economy/demand_statements/plausibility.h"
#include "modules/economy/demand_statements/rules.h"

namespace puente::economy {
namespace {

constexpr sql::Query kBounds{
    "economy.demand.bounds",
    "SELECT DATEDIFF(effective_date, '1970-01-01'), size, heads FROM demand_bound"};
constexpr sql::Query kOpen{"economy.demand.open_total",
                           "INSERT INTO demand_total (company, heads) VALUES (?, 0) ON DUPLICATE "
                           "KEY UPDATE heads = heads"};
// One statement decides and takes: of two at once, the second sees what the first has taken.
constexpr sql::Query kTake{"economy.demand.take_room",
                           "UPDATE demand_total SET heads = heads + ? WHERE company = ?"
                           " AND heads + ? <= ?"};
// What periods that are over had goes without a write of their statements. All but one need, of
// which a later statement is about to take the place.
constexpr sql::Query kAddUp{
    "economy.demand.add_up",
    "UPDATE demand_total SET heads = (SELECT COALESCE(SUM(d.heads), 0) FROM demand_statement AS d"
    " WHERE d.company = ? AND d.state = 1 AND d.standing = 1 AND d.end_date >= ?"
    " AND d.current_need <> ?) WHERE company = ?"};
constexpr sql::Query kGiveBack{"economy.demand.give_room_back",
                               "UPDATE demand_total SET heads = heads - ? WHERE company = ?"};

absl::StatusOr<std::vector<DemandBound>> ReadBounds(sql::Session& session) {
  std::vector<DemandBound> bounds;
  RETURN_IF_ERROR(session.Each(kBounds, {}, [&](const sql::Row& row) {
    bounds.push_back({absl::CivilDay(1970, 1, 1) + row.Int64(0),
                      static_cast<v1::CompanySize>(row.Int64(1)), row.Int64(2)});
    return absl::OkStatus();
  }));
  return bounds;
}

absl::StatusOr<bool> Take(journal::Transaction& tx, const v1::DemandStatement& statement,
                          int64_t bound) {
  ASSIGN_OR_RETURN(const int64_t taken, tx.Execute(kTake, {statement.heads(), CompanyOf(statement),
                                                           statement.heads(), bound}));
  return taken == 1;
}

absl::Status AddUp(journal::Transaction& tx, const v1::DemandStatement& statement,
                   absl::CivilDay day) {
  const std::string company = CompanyOf(statement);
  const std::string id(absl::StripPrefix(company, "companies/"));
  const std::string today = absl::FormatCivilTime(day);
  const std::string need = NeedKey(statement);
  return tx.Execute(kAddUp, {id, today, need, company}).status();
}

}  // namespace

absl::StatusOr<v1::DemandStanding> TakeRoom(const Call& call, journal::Transaction& tx,
                                            const v1::DemandStatement& statement) {
  ASSIGN_OR_RETURN(const auto company,
                   resource::Get(tx, Companies(), CompanyOf(statement), "parent"));
  ASSIGN_OR_RETURN(const auto bounds, ReadBounds(tx));
  const absl::CivilDay day = LegalDay(call.start);
  const int64_t bound = BoundOn(bounds, ConfirmedSize(company), day);
  ASSIGN_OR_RETURN(bool taken, Take(tx, statement, bound));
  if (!taken) {  // there is no room, or no total yet
    RETURN_IF_ERROR(tx.Execute(kOpen, {CompanyOf(statement)}).status());
    RETURN_IF_ERROR(AddUp(tx, statement, day));
    ASSIGN_OR_RETURN(taken, Take(tx, statement, bound));
  }
  return taken ? v1::DEMAND_STANDING_PLAUSIBLE : v1::DEMAND_STANDING_AWAITS_CONFIRMATION;
}

absl::Status GiveRoomBack(const Call& call, journal::Transaction& tx,
                          const v1::DemandStatement& before) {
  if (before.standing() != v1::DEMAND_STANDING_PLAUSIBLE) return absl::OkStatus();
  // Of a period that is over it may be added up already without this one.
  if (ToCivilDay(before.end_date()) < LegalDay(call.start)) return absl::OkStatus();
  return tx.Execute(kGiveBack, {before.heads(), CompanyOf(before)}).status();
}

}  // namespace puente::economy
