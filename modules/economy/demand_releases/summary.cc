#include "modules/economy/demand_releases/summary.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "modules/economy/demand_releases/store.h"
#include "modules/economy/demand_releases/telling.h"

namespace puente::economy {
namespace {

using store::DemandRelease;
using store::ToldCell;
using type::v1::Figure;
using type::v1::Mark;

constexpr int kMostTopSkills = 10;

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
void AddStates(const std::vector<ToldCell>& cells, v1::DemandSummary& out) {
  std::map<std::string, int64_t> states;
  for (const ToldCell& told : cells) states[told.cell.key.state_code] += told.cell.heads;
  for (const auto& [code, heads] : states) {
    if (heads > 0) AddState(code, Told(heads), out);
  }
}

absl::Status ReadFigures(sql::Session& session, const DemandRelease& release,
                         const v1::GetDemandSummaryRequest& request, v1::DemandSummary& out) {
  const std::string& sector = request.sector_table();
  const std::string& state = request.state_code();
  const std::set<std::string> asked(request.skills().begin(), request.skills().end());
  std::vector<std::string> skills(asked.begin(), asked.end());
  if (asked.empty()) skills = {""};
  ASSIGN_OR_RETURN(auto cells, store::ReadCells(session, release.number, sector, state, skills));
  const Figure untold = UntoldIn(release, sector);
  std::map<std::string, Figure> heads;
  for (const std::string& skill : skills) heads[skill] = untold;
  // Companies that state several skills would count several times.
  *out.mutable_company_count() =
      skills.size() == 1 ? untold : Untold(type::v1::MARK_NOT_APPLICABLE);
  for (const ToldCell& told : cells) {
    heads[told.cell.key.skill] = Told(told.cell.heads);
    if (skills.size() == 1) *out.mutable_company_count() = Told(told.cell.companies);
  }
  *out.mutable_head_count() = Sum(heads);
  if (asked.empty()) {
    ASSIGN_OR_RETURN(const auto top, store::ReadTopSkills(session, release.number,
                                                          {sector, state, ""}, kMostTopSkills));
    for (const ToldCell& told : top) AddSkill(told.cell.key.skill, Told(told.cell.heads), out);
    cells.insert(cells.end(), top.begin(), top.end());
  } else {
    AddAskedSkills(heads, out);
  }
  if (state.empty()) {
    ASSIGN_OR_RETURN(const auto states, store::ReadStates(session, release.number, sector, skills));
    AddStates(states, out);
    cells.insert(cells.end(), states.begin(), states.end());
  } else {
    AddState(state, out.head_count(), out);
  }
  return AddOrigin(session, release, sector, cells, out);  // of every figure that is told here
}

}  // namespace

absl::StatusOr<v1::DemandSummary> GetDemandSummary(sql::Session& session, absl::CivilDay day,
                                                   const v1::GetDemandSummaryRequest& request) {
  ASSIGN_OR_RETURN(
      const Telling telling,
      ReadTelling(session, day, {request.at_least(), request.sector_table(), request.release()}));
  v1::DemandSummary out;
  out.set_record_kind(telling.kind);
  const std::optional<DemandRelease>& release = telling.release;
  if (!release) {
    *out.mutable_head_count() = Untold(type::v1::MARK_MISSING);
    *out.mutable_company_count() = Untold(type::v1::MARK_MISSING);
    return out;
  }
  RETURN_IF_ERROR(ReadFigures(session, *release, request, out));
  return out;
}

}  // namespace puente::economy
