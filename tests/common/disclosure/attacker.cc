#include "tests/common/disclosure/attacker.h"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <utility>

namespace puente::disclosure {
namespace {

template <class Each>
void ForAllPlaces(const Grid& grid, const Each& each, Numbers place = {}, int d = 0) {
  if (d == grid.size()) return each(place);
  for (int value = 0; value < grid.dimensions()[d].size(); ++value) {
    place[d] = value;
    ForAllPlaces(grid, each, place, d + 1);
  }
}

}  // namespace

Knowledge::Knowledge(const Rule& rule, std::set<int32_t> pooling)
    : rule_(rule), pooling_(std::move(pooling)), problem_(glp_create_prob()) {
  glp_term_out(GLP_OFF);
  glp_add_rows(problem_, 1);  // without one there is no basis
}

Knowledge::~Knowledge() { glp_delete_prob(problem_); }

size_t Knowledge::Add(const Table& table, const absl::flat_hash_set<int64_t>& told) {
  std::map<Numbers, int64_t> lowest;
  ForAllPlaces(table.grid(), [&](const Numbers& place) { lowest[place] = 0; });
  for (const Contribution& one : table.contributions()) {
    lowest[one.place] += pooling_.contains(one.contributor) ? one.value : rule_.least;
  }
  const int first = glp_add_cols(problem_, static_cast<int>(lowest.size()));
  places_.clear();
  std::vector<int64_t>& of_table = lowest_.emplace_back();
  for (const auto& [place, value] : lowest) {
    glp_set_col_bnds(problem_, first + static_cast<int>(places_.size()), GLP_LO,
                     static_cast<double>(value), 0);
    places_.push_back(place);
    of_table.push_back(value);
  }
  for (const int64_t cell : told) {
    const Numbers groups = table.grid().GroupsOf(cell);
    std::vector<int> columns = {0};
    for (size_t i = 0; i < places_.size(); ++i) {
      if (table.grid().Holds(groups, places_[i])) columns.push_back(first + static_cast<int>(i));
    }
    const std::vector<double> ones(columns.size(), 1);
    const int row = glp_add_rows(problem_, 1);
    const Sum* const sum = table.Find(cell);
    const double total = sum == nullptr ? 0 : static_cast<double>(sum->total);
    glp_set_row_bnds(problem_, row, GLP_FX, total, total);
    glp_set_mat_row(problem_, row, static_cast<int>(columns.size()) - 1, columns.data(),
                    ones.data());
  }
  tables_.push_back(&table);
  return tables_.size() - 1;
}

double Knowledge::Best(int64_t cell, int direction) const {
  const Grid& grid = tables_.front()->grid();
  const Numbers groups = grid.GroupsOf(cell);
  const int places = static_cast<int>(places_.size());
  for (int i = 0; i < places; ++i) {
    const double here = grid.Holds(groups, places_[i]) ? 1 : 0;
    const int last = static_cast<int>(tables_.size()) - 1;
    if (last > 0) glp_set_obj_coef(problem_, 1 + i, -here);
    glp_set_obj_coef(problem_, 1 + last * places + i, here);
  }
  glp_set_obj_dir(problem_, direction);
  glp_smcp options;
  glp_init_smcp(&options);
  options.msg_lev = GLP_MSG_OFF;
  if (glp_simplex(problem_, &options) != 0) {
    glp_std_basis(problem_);
    if (glp_simplex(problem_, &options) != 0) return std::nan("");
  }
  switch (glp_get_status(problem_)) {
    case GLP_OPT:
      return glp_get_obj_val(problem_);
    case GLP_UNBND:
      return static_cast<double>(direction == GLP_MAX ? kNone : -kNone);
    default:
      return std::nan("");
  }
}

Knowledge::Bounds Knowledge::BoundsOf(int64_t cell) const {
  // What is looked for are whole numbers.
  const double high = Best(cell, GLP_MAX);
  const double low = Best(cell, GLP_MIN);
  return {static_cast<int64_t>(std::ceil(low - 1e-6)),
          static_cast<int64_t>(std::floor(high + 1e-6))};
}

int64_t Knowledge::Lowest(size_t table, int64_t cell) const {
  const Grid& grid = tables_[table]->grid();
  int64_t lowest = 0;
  for (size_t i = 0; i < places_.size(); ++i) {
    if (grid.Holds(grid.GroupsOf(cell), places_[i])) lowest += lowest_[table][i];
  }
  return lowest;
}

int64_t Knowledge::LargestUnknown(const Sum& sum) const {
  for (const Share& share : sum.largest) {
    if (share.contributor >= 0 && !pooling_.contains(share.contributor)) return share.value;
  }
  return 0;
}

std::vector<int64_t> FoundIn(const Table& table, const absl::flat_hash_set<int64_t>& told,
                             const Rule& rule, const std::set<int32_t>& pooling) {
  Knowledge knowledge(rule, pooling);
  knowledge.Add(table, told);
  std::vector<int64_t> found;
  for (const auto& [cell, sum] : table.sums()) {
    if (rule.Allows(sum)) continue;
    const int64_t part = knowledge.LargestUnknown(sum);
    if (part == 0) continue;
    const int64_t reach = rule.Protection(part);
    const Knowledge::Bounds bounds = knowledge.BoundsOf(cell);
    const int64_t low = std::max(knowledge.Lowest(0, cell), sum.total - reach);
    if (bounds.high < sum.total + reach || bounds.low > low) found.push_back(cell);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<int64_t> FoundBetween(const Table& before,
                                  const absl::flat_hash_set<int64_t>& told_before,
                                  const Table& after,
                                  const absl::flat_hash_set<int64_t>& told_after, const Rule& rule,
                                  const std::set<int32_t>& pooling) {
  const auto total = [](const Table& table, int64_t cell) {
    const Sum* const sum = table.Find(cell);
    return sum == nullptr ? 0 : sum->total;
  };
  Knowledge knowledge(rule, pooling);
  knowledge.Add(before, told_before);
  const size_t later = knowledge.Add(after, told_after);
  Rule of_changes = rule;
  of_changes.least = 0;
  std::vector<int64_t> found;
  const Table changes = ChangesBetween(before, after);
  std::map<int64_t, Sum> nets = NetsBetween(before, after);
  for (const auto& [cell, gross] : changes.sums()) {
    // No net is larger than what it is made of.
    const Sum& sum = of_changes.Allows(gross) ? nets[cell] : gross;
    if (of_changes.Allows(sum)) continue;
    const int64_t part = knowledge.LargestUnknown(sum);
    if (part == 0) continue;
    const int64_t reach = of_changes.Protection(part);
    const int64_t was = total(before, cell);
    const int64_t change = total(after, cell) - was;
    const Knowledge::Bounds bounds = knowledge.BoundsOf(cell);
    const int64_t low = std::max(knowledge.Lowest(later, cell) - was, change - reach);
    if (bounds.high < change + reach || bounds.low > low) found.push_back(cell);
  }
  std::sort(found.begin(), found.end());
  return found;
}

Table ChangesBetween(const Table& before, const Table& after) {
  struct Both {
    Contribution then, now;
  };
  std::map<std::pair<int32_t, Numbers>, Both> parts;
  for (const auto& one : before.contributions()) parts[{one.contributor, one.place}].then = one;
  for (const auto& one : after.contributions()) parts[{one.contributor, one.place}].now = one;
  std::vector<Contribution> changes;
  for (const auto& [key, part] : parts) {
    const int64_t change = part.then.detail == part.now.detail
                               ? std::abs(part.then.value - part.now.value)
                               : std::max(part.then.value, part.now.value);
    if (change != 0) changes.push_back({key.first, key.second, change});
  }
  return Table(before.grid(), std::move(changes));
}

std::map<int64_t, Sum> NetsBetween(const Table& before, const Table& after) {
  std::map<std::pair<int64_t, int32_t>, int64_t> nets;  // by cell and contributor
  const auto add = [&](const Table& table, int64_t sign) {
    for (const Contribution& one : table.contributions()) {
      table.grid().ForCellsOf(one.place, [&](int64_t cell) {
        nets[{cell, one.contributor}] += sign * one.value;
      });
    }
  };
  add(after, 1);
  add(before, -1);
  std::map<int64_t, Sum> sums;
  for (const auto& [part, net] : nets) {
    if (net != 0) sums[part.first].Add({part.second, std::abs(net)});
  }
  return sums;
}

}  // namespace puente::disclosure
