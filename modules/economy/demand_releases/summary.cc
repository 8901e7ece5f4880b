#include "modules/economy/demand_releases/summary.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/agency/counted_kinds.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/journal/token.h"
#include "common/resource/resource.h"
#include "modules/economy/demand_releases/store.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/sector_tables/resource.h"

namespace puente::economy {
namespace {

using store::DemandRelease;
using store::ToldCell;
using type::v1::Figure;
using type::v1::Mark;

constexpr int kMostTopSkills = 10;

constexpr sql::Query kPosition{"economy.release.position",
                               "SELECT position FROM journal_position WHERE entry_id = ?"};
constexpr sql::Query kTime{"economy.release.time",
                           "SELECT CAST(UNIX_TIMESTAMP(create_time) * 1000000 AS SIGNED)"
                           " FROM demand_release WHERE number = ?"};

Figure Told(int64_t value) {
  Figure figure;
  figure.set_value(value);
  return figure;
}

Figure Untold(Mark mark) {
  Figure figure;
  figure.set_mark(mark);
  return figure;
}

// Whether everything up to a token was looked at.
absl::Status CheckLook(sql::Session& session, const std::string& at_least) {
  if (at_least.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const journal::Tokens tokens, journal::ReadTokens(session, "economy"));
  ASSIGN_OR_RETURN(const journal::Token token, tokens.Parse(at_least));
  ASSIGN_OR_RETURN(const int64_t look, store::ReadLook(session));
  int64_t position = token.number;
  if (token.kind == journal::Token::Kind::kEntry) {
    ASSIGN_OR_RETURN(position, session.Number(kPosition, {token.number}));
    if (position == 0) return Error(journal::error::kNotReached);  // it has none yet
  }
  return position <= look ? absl::OkStatus() : Error(journal::error::kNotReached);
}

absl::Status CheckSector(sql::Session& session, const std::string& name) {
  if (name.empty()) return absl::OkStatus();
  return resource::Get(session, SectorTables(), name, "sector_table").status();
}

absl::StatusOr<absl::Time> TimeOf(sql::Session& session, int64_t number) {
  ASSIGN_OR_RETURN(const int64_t micros, session.Number(kTime, {number}));
  return absl::FromUnixMicros(micros);
}

void AddSkill(const std::string& skill, Figure count, v1::DemandSummary& out) {
  auto* const entry = out.add_top_skills();
  entry->set_skill(skill);
  *entry->mutable_count() = std::move(count);
}

void AddState(const std::string& code, Figure count, v1::DemandSummary& out) {
  auto* const entry = out.add_states();
  entry->set_state_code(code);
  *entry->mutable_count() = std::move(count);
}

// The sum of what is told; suppressed unless all of it is.
Figure Sum(const std::map<std::string, Figure>& figures) {
  int64_t sum = 0;
  for (const auto& [skill, figure] : figures) {
    if (figure.outcome_case() != Figure::kValue) return figure;
    sum += figure.value();
  }
  return Told(sum);
}

// The skills that were asked for, those that are told first, with most heads first.
void AddAskedSkills(const std::map<std::string, Figure>& skills, v1::DemandSummary& out) {
  std::vector<std::pair<std::string, Figure>> order(skills.begin(), skills.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    const bool told = a.second.outcome_case() == Figure::kValue;
    if (told != (b.second.outcome_case() == Figure::kValue)) return told;
    return a.second.value() > b.second.value();
  });
  for (auto& [skill, figure] : order) AddSkill(skill, std::move(figure), out);
}

// The states in which one of the skills asked for is told, with the heads of those that are.
absl::Status AddStates(sql::Session& session, const DemandRelease& release,
                       const std::string& sector, const std::vector<std::string>& skills,
                       v1::DemandSummary& out) {
  ASSIGN_OR_RETURN(const auto cells, store::ReadStates(session, release.number, sector, skills));
  std::map<std::string, int64_t> states;
  for (const ToldCell& told : cells) states[told.cell.key.state_code] += told.cell.heads;
  for (const auto& [code, heads] : states) {
    if (heads > 0) AddState(code, Told(heads), out);
  }
  return absl::OkStatus();
}

// Years are told of periods, no days: the first day is one company's.
void AddYears(const ToldCell& told, v1::DemandSummary& out) {
  if (told.cell.first_year == 0) return;
  const absl::CivilDay first(told.cell.first_year, 1, 1);
  const absl::CivilDay last(told.cell.last_year, 12, 31);
  if (!out.has_first_date() || ToCivilDay(out.first_date()) > first) {
    *out.mutable_first_date() = ToProto(first);
  }
  if (!out.has_last_date() || ToCivilDay(out.last_date()) < last) {
    *out.mutable_last_date() = ToProto(last);
  }
}

absl::Status ReadFigures(sql::Session& session, const DemandRelease& release,
                         const v1::GetDemandSummaryRequest& request, v1::DemandSummary& out) {
  const std::string& sector = request.sector_table();
  const std::string& state = request.state_code();
  const std::set<std::string> asked(request.skills().begin(), request.skills().end());
  std::vector<std::string> skills(asked.begin(), asked.end());
  if (asked.empty()) skills = {""};
  ASSIGN_OR_RETURN(const auto cells,
                   store::ReadCells(session, release.number, sector, state, skills));
  const Figure untold = Untold(type::v1::MARK_SUPPRESSED);
  std::map<std::string, Figure> heads;
  for (const std::string& skill : skills) heads[skill] = untold;
  // Companies that state several skills would count several times.
  *out.mutable_company_count() =
      skills.size() == 1 ? untold : Untold(type::v1::MARK_NOT_APPLICABLE);
  std::set<std::string> sources;
  int64_t as_of = release.number;
  for (const ToldCell& told : cells) {
    heads[told.cell.key.skill] = Told(told.cell.heads);
    if (skills.size() == 1) *out.mutable_company_count() = Told(told.cell.companies);
    sources.insert(told.cell.sources.begin(), told.cell.sources.end());
    AddYears(told, out);
    as_of = std::min(as_of, told.as_of);
  }
  *out.mutable_head_count() = Sum(heads);
  for (const std::string& source : sources) out.add_sources(source);
  ASSIGN_OR_RETURN(const absl::Time time, TimeOf(session, as_of));
  *out.mutable_as_of_time() = ToProto(time);
  if (asked.empty()) {
    ASSIGN_OR_RETURN(const auto top, store::ReadTopSkills(session, release.number,
                                                          {sector, state, ""}, kMostTopSkills));
    for (const ToldCell& told : top) AddSkill(told.cell.key.skill, Told(told.cell.heads), out);
  } else {
    AddAskedSkills(heads, out);
  }
  if (state.empty()) return AddStates(session, release, sector, skills, out);
  AddState(state, out.head_count(), out);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::DemandSummary> GetDemandSummary(sql::Session& session, absl::CivilDay day,
                                                   const v1::GetDemandSummaryRequest& request) {
  RETURN_IF_ERROR(CheckLook(session, request.at_least()));
  RETURN_IF_ERROR(CheckSector(session, request.sector_table()));
  v1::DemandSummary out;
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                   agency::CountedKind(session, DemandStatements(), day));
  out.set_record_kind(kind);
  ASSIGN_OR_RETURN(const std::optional<DemandRelease> release, store::ReadLastRelease(session));
  // Before the first release, or the first of what counts from today on.
  if (!release || release->record_kind != kind) {
    *out.mutable_head_count() = Untold(type::v1::MARK_MISSING);
    *out.mutable_company_count() = Untold(type::v1::MARK_MISSING);
    return out;
  }
  ASSIGN_OR_RETURN(const journal::Tokens tokens, journal::ReadTokens(session, "economy"));
  out.set_freshness_token(tokens.Make({journal::Token::Kind::kPosition, release->position}));
  RETURN_IF_ERROR(ReadFigures(session, *release, request, out));
  const auto& unsplit = release->could_not_split;
  if (std::find(unsplit.begin(), unsplit.end(), request.sector_table()) != unsplit.end()) {
    out.add_could_not_split("sector");
  }
  return out;
}

}  // namespace puente::economy
