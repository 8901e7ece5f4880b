#include "modules/economy/demand_statements/summary.h"

#include <algorithm>
#include <set>
#include <utility>

#include "common/context/values.h"
#include "modules/economy/demand_statements/rules.h"

namespace puente::economy {
namespace {

constexpr size_t kMostTopSkills = 10;

struct Cell {
  int64_t heads = 0;
  bool told = false;
};

struct Totals {
  int64_t statements = 0;
  int64_t heads = 0;
  std::set<std::string> companies, sources;
  std::map<std::string, Cell> skills, states;
  absl::CivilDay first = absl::CivilDay::max();
  absl::CivilDay last = absl::CivilDay::min();

  void Add(const Need& need) {
    statements += need.statements;
    heads += need.heads;
    companies.insert(need.company);
    sources.insert(need.source);
    skills[need.skill].heads += need.heads;
    states[need.state_code].heads += need.heads;
    first = std::min(first, need.first_day);
    last = std::max(last, need.last_day);
  }
};

type::v1::Figure ToFigure(bool told, int64_t value) {
  type::v1::Figure figure;
  if (told) {
    figure.set_value(value);
  } else {
    figure.set_mark(type::v1::MARK_SUPPRESSED);
  }
  return figure;
}

Contribution ContributionOf(const Need& need, const Sectors& sectors) {
  Contribution contribution{need.company, need.skill, need.state_code, {}, need.heads};
  for (const auto& [name, prefixes] : sectors) {
    if (BelongsTo(need.scian_class, prefixes) == Belongs::kYes) contribution.sectors.insert(name);
  }
  return contribution;
}

// Told cells by heads, then the suppressed ones in an order that tells nothing about their size.
void AddTopSkills(const std::map<std::string, Cell>& skills, v1::DemandSummary& out) {
  std::vector<std::pair<std::string, Cell>> order(skills.begin(), skills.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    if (a.second.told != b.second.told) return a.second.told;
    return a.second.told && a.second.heads > b.second.heads;
  });
  if (order.size() > kMostTopSkills) order.resize(kMostTopSkills);
  for (const auto& [skill, cell] : order) {
    auto* count = out.add_top_skills();
    count->set_skill(skill);
    *count->mutable_count() = ToFigure(cell.told, cell.heads);
  }
}

void AddStates(const std::map<std::string, Cell>& states, v1::DemandSummary& out) {
  for (const auto& [state, cell] : states) {
    auto* count = out.add_states();
    count->set_state_code(state);
    *count->mutable_count() = ToFigure(cell.told, cell.heads);
  }
}

// True if the sector asked for can't be told from statements of a coarser class.
bool CouldNotSplit(const std::vector<Need>& needs, const Sectors& sectors,
                   const Selection& selection) {
  if (selection.sector.empty()) return false;
  const std::vector<std::string>& prefixes = sectors.at(selection.sector);
  return std::any_of(needs.begin(), needs.end(), [&](const Need& need) {
    return (selection.state_code.empty() || need.state_code == selection.state_code) &&
           BelongsTo(need.scian_class, prefixes) == Belongs::kTooCoarse;
  });
}

}  // namespace

Sectors SectorsInForce(const std::vector<v1::SectorTable>& tables, absl::CivilDay day) {
  Sectors sectors;
  for (const v1::SectorTable& table : tables) sectors[table.name()] = PrefixesInForce(table, day);
  return sectors;
}

std::vector<Contribution> ContributionsOf(const std::vector<Need>& needs, const Sectors& sectors) {
  std::vector<Contribution> contributions;
  contributions.reserve(needs.size());
  for (const Need& need : needs) contributions.push_back(ContributionOf(need, sectors));
  return contributions;
}

v1::DemandSummary SumUp(const std::vector<Need>& needs,
                        const std::vector<Contribution>& contributions, const Sectors& sectors,
                        const Selection& selection, const Release& release) {
  Totals totals;
  for (size_t i = 0; i < needs.size(); ++i) {
    if (selection.Holds(contributions[i])) totals.Add(needs[i]);
  }
  const bool told = release.MayTell(selection);
  for (auto& [skill, cell] : totals.skills) {
    cell.told = told && release.MayTell({selection.sector, selection.state_code, {skill}});
  }
  for (auto& [state, cell] : totals.states) {
    cell.told = told && release.MayTell({selection.sector, state, selection.skills});
  }
  v1::DemandSummary out;
  *out.mutable_statement_count() = ToFigure(told, totals.statements);
  *out.mutable_head_count() = ToFigure(told, totals.heads);
  *out.mutable_company_count() = ToFigure(told, static_cast<int64_t>(totals.companies.size()));
  AddTopSkills(totals.skills, out);
  AddStates(totals.states, out);
  for (const std::string& source : totals.sources) out.add_sources(source);
  if (told && totals.statements > 0) {
    *out.mutable_first_date() = ToProto(totals.first);
    *out.mutable_last_date() = ToProto(totals.last);
  }
  if (CouldNotSplit(needs, sectors, selection)) out.add_could_not_split("sector");
  return out;
}

std::shared_ptr<const Release> ReleaseCache::Of(std::vector<Contribution> contributions) {
  std::sort(contributions.begin(), contributions.end());
  {
    absl::MutexLock lock(&mutex_);
    if (release_ != nullptr && contributions == contributions_) return release_;
  }
  auto release = std::make_shared<const Release>(contributions);
  absl::MutexLock lock(&mutex_);
  contributions_ = std::move(contributions);
  release_ = release;
  return release;
}

}  // namespace puente::economy
