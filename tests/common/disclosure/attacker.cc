#include "tests/common/disclosure/attacker.h"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <map>

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

Attacker::Attacker(const Table& table, const absl::flat_hash_set<int64_t>& told, const Rule& rule,
                   const std::set<int32_t>& pooling)
    : table_(table), rule_(rule), pooling_(pooling), problem_(glp_create_prob()) {
  glp_term_out(GLP_OFF);
  std::map<Numbers, int64_t> lowest;
  ForAllPlaces(table.grid(), [&](const Numbers& place) { lowest[place] = 0; });
  for (const Contribution& one : table.contributions()) {
    lowest[one.place] += pooling.contains(one.contributor) ? one.value : rule.least;
  }
  for (const auto& [place, value] : lowest) {
    places_.push_back(place);
    lowest_.push_back(value);
    const int column = glp_add_cols(problem_, 1);
    glp_set_col_bnds(problem_, column, GLP_LO, static_cast<double>(value), 0);
  }
  for (const int64_t cell : told) {
    const Numbers groups = table.grid().GroupsOf(cell);
    std::vector<int> columns = {0};
    for (size_t i = 0; i < places_.size(); ++i) {
      if (table.grid().Holds(groups, places_[i])) columns.push_back(static_cast<int>(i) + 1);
    }
    const std::vector<double> ones(columns.size(), 1);
    const int row = glp_add_rows(problem_, 1);
    const Sum* const sum = table.Find(cell);
    const double total = sum == nullptr ? 0 : static_cast<double>(sum->total);
    glp_set_row_bnds(problem_, row, GLP_FX, total, total);
    glp_set_mat_row(problem_, row, static_cast<int>(columns.size()) - 1, columns.data(),
                    ones.data());
  }
  // Without a row there is no basis.
  if (told.empty()) glp_add_rows(problem_, 1);
}

Attacker::~Attacker() { glp_delete_prob(problem_); }

double Attacker::Best(int64_t cell, int direction) const {
  const Numbers groups = table_.grid().GroupsOf(cell);
  for (size_t i = 0; i < places_.size(); ++i) {
    glp_set_obj_coef(problem_, static_cast<int>(i) + 1,
                     table_.grid().Holds(groups, places_[i]) ? 1 : 0);
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
      return static_cast<double>(kNone);
    default:
      return std::nan("");
  }
}

Attacker::Bounds Attacker::BoundsOf(int64_t cell) const {
  // What he looks for are whole numbers.
  const double high = Best(cell, GLP_MAX);
  const double low = Best(cell, GLP_MIN);
  return {static_cast<int64_t>(std::ceil(low - 1e-6)),
          static_cast<int64_t>(std::floor(high + 1e-6))};
}

std::vector<int64_t> Attacker::Finds() const {
  std::vector<int64_t> found;
  for (const auto& [cell, sum] : table_.sums()) {
    if (rule_.Allows(sum)) continue;
    // The largest part that those who pool don't know themselves.
    int64_t part = 0;
    for (const Share& share : sum.largest) {
      if (share.contributor < 0 || pooling_.contains(share.contributor)) continue;
      part = share.value;
      break;
    }
    if (part == 0) continue;
    int64_t lowest = 0;
    for (size_t i = 0; i < places_.size(); ++i) {
      if (table_.grid().Holds(table_.grid().GroupsOf(cell), places_[i])) lowest += lowest_[i];
    }
    const int64_t reach = rule_.Protection(part);
    const Bounds bounds = BoundsOf(cell);
    if (bounds.high < sum.total + reach || bounds.low > std::max(lowest, sum.total - reach)) {
      found.push_back(cell);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace puente::disclosure
