#include "modules/economy/demand_statements/disclosure.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <utility>

#include "modules/economy/demand_statements/span.h"

namespace puente::economy {
namespace {

using Cells = Span::Cells;

// With more base cells than this, eliminating costs more than a call may take; then told sums are
// unions of safe blocks, which is coarser and cheap. With much data blocks are fine anyway.
constexpr size_t kMostEliminatedCells = 300;

// What companies need together in one cell: contributions that no sum can tell apart.
struct Cell {
  std::set<std::string> sectors;
  std::vector<std::pair<size_t, int64_t>> heads;  // by number of the company
};

// A sum that can be asked for.
struct Candidate {
  Selection selection;
  Cells cells;
  int64_t heads = 0;
};

bool IsEmpty(const Cells& cells) {
  return std::find(cells.begin(), cells.end(), true) == cells.end();
}

Cells Minus(Cells cells, const Cells& other) {
  for (size_t i = 0; i < cells.size(); ++i) cells[i] = cells[i] && !other[i];
  return cells;
}

Cells And(Cells cells, const Cells& other) {
  for (size_t i = 0; i < cells.size(); ++i) cells[i] = cells[i] && other[i];
  return cells;
}

void Join(Cells& cells, const Cells& other) {
  for (size_t i = 0; i < cells.size(); ++i) cells[i] = cells[i] || other[i];
}

// Which dimensions a selection fixes: 1 sector, 2 state, 4 skill.
unsigned Fixed(const Selection& selection) {
  return (selection.sector.empty() ? 0 : 1) | (selection.state_code.empty() ? 0 : 2) |
         (selection.skills.empty() ? 0 : 4);
}

// The same with one dimension open.
Selection Open(Selection selection, unsigned dimension) {
  if (dimension == 1) selection.sector.clear();
  if (dimension == 2) selection.state_code.clear();
  if (dimension == 4) selection.skills.clear();
  return selection;
}

// Heads by company; 0 for a company that has none here.
bool AreSafe(const std::vector<int64_t>& heads) {
  int64_t total = 0, largest = 0;
  int companies = 0;
  for (const int64_t one : heads) {
    total += one;
    largest = std::max(largest, one);
    companies += one > 0;
  }
  return companies >= kFewestCompanies && largest * 100 <= total * kMostPercent;
}

}  // namespace

bool Selection::Holds(const Contribution& contribution) const {
  return (sector.empty() || contribution.sectors.contains(sector)) &&
         (state_code.empty() || contribution.state_code == state_code) &&
         (skills.empty() || skills.contains(contribution.skill));
}

bool IsSafe(const std::map<std::string, int64_t>& heads_by_company) {
  std::vector<int64_t> heads;
  for (const auto& [company, count] : heads_by_company) heads.push_back(count);
  return AreSafe(heads);
}

class Release::Decision {
 public:
  explicit Decision(const std::vector<Contribution>& contributions) {
    MakeCells(contributions);
    const std::vector<Candidate> candidates = MakeCandidates();
    if (cells_.size() > kMostEliminatedCells) {
      for (const Candidate& candidate : candidates) SplitBlocks(candidate.cells);
    } else {
      for (const Cells& cells : SetsToProtect()) Protect(cells);
      for (const Candidate& candidate : candidates) Decide(candidate);
    }
    for (const Candidate& candidate : candidates) {
      decided_[candidate.selection] = Follows(candidate.cells);
    }
  }

  bool MayTell(const Selection& selection) const {
    const auto decided = decided_.find(selection);
    return decided != decided_.end() ? decided->second : Follows(Select(selection));
  }

 private:
  // Whether a sum is safe and can be computed from what is told.
  bool Follows(const Cells& cells) const {
    if (IsEmpty(cells)) return true;
    if (!Safe(cells)) return false;
    if (!blocks_.empty()) return IsUnionOfBlocks(cells);
    const Span::Residual residual = told_.Reduce(cells);
    return Span::Pivot(residual) == residual.size();
  }

  void MakeCells(const std::vector<Contribution>& contributions) {
    std::map<Contribution, std::map<std::string, int64_t>> cells;
    std::map<std::string, size_t> companies;
    for (const Contribution& contribution : contributions) {
      Contribution about = contribution;
      about.company.clear();
      about.heads = 0;
      cells[about][contribution.company] += contribution.heads;
      companies.emplace(contribution.company, companies.size());
    }
    companies_ = companies.size();
    all_ = Cells(cells.size(), true);
    for (const auto& [about, by_company] : cells) {
      const size_t cell = cells_.size();
      cells_.push_back({about.sectors, {}});
      for (const auto& [company, heads] : by_company) {
        cells_.back().heads.emplace_back(companies[company], heads);
      }
      const auto mark = [&](std::map<std::string, Cells>& sets, const std::string& value) {
        sets.try_emplace(value, cells.size()).first->second[cell] = true;
      };
      for (const std::string& sector : about.sectors) mark(by_sector_, sector);
      mark(by_state_, about.state_code);
      mark(by_skill_, about.skill);
    }
  }

  Cells Select(const Selection& selection) const {
    Cells cells = all_;
    const auto keep = [&](const std::map<std::string, Cells>& sets, const std::string& value) {
      const auto found = sets.find(value);
      cells = found == sets.end() ? Cells(all_.size()) : And(std::move(cells), found->second);
    };
    if (!selection.sector.empty()) keep(by_sector_, selection.sector);
    if (!selection.state_code.empty()) keep(by_state_, selection.state_code);
    if (selection.skills.empty()) return cells;
    Cells skills(all_.size());
    for (const std::string& skill : selection.skills) {
      const auto found = by_skill_.find(skill);
      if (found != by_skill_.end()) Join(skills, found->second);
    }
    return And(std::move(cells), skills);
  }

  std::vector<int64_t> HeadsOf(const Cells& cells) const {
    std::vector<int64_t> sum(companies_);
    for (size_t i = 0; i < cells_.size(); ++i) {
      if (!cells[i]) continue;
      for (const auto& [company, heads] : cells_[i].heads) sum[company] += heads;
    }
    return sum;
  }

  bool Safe(const Cells& cells) const { return AreSafe(HeadsOf(cells)); }

  // "" and every value of a dimension.
  static std::vector<std::string> Choices(const std::map<std::string, Cells>& sets) {
    std::vector<std::string> choices = {""};
    for (const auto& [value, cells] : sets) choices.push_back(value);
    return choices;
  }

  // Every sum that is not empty, the coarsest first, then the largest.
  std::vector<Candidate> MakeCandidates() const {
    std::vector<Candidate> candidates;
    for (const std::string& sector : Choices(by_sector_)) {
      for (const std::string& state : Choices(by_state_)) {
        if (IsEmpty(Select({sector, state, {}}))) continue;
        for (const std::string& skill : Choices(by_skill_)) {
          Selection selection{sector, state, {}};
          if (!skill.empty()) selection.skills.insert(skill);
          Cells cells = Select(selection);
          if (IsEmpty(cells)) continue;
          const std::vector<int64_t> heads = HeadsOf(cells);
          const int64_t sum = std::accumulate(heads.begin(), heads.end(), int64_t{0});
          candidates.push_back({std::move(selection), std::move(cells), sum});
        }
      }
    }
    const auto rank = [](const Candidate& c) {
      const unsigned fixed = Fixed(c.selection);
      return std::make_tuple(std::popcount(fixed), fixed, -c.heads, c.selection);
    };
    std::sort(candidates.begin(), candidates.end(),
              [&](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
    return candidates;
  }

  // Sectors, their complements, overlaps and differences, and the atoms that they generate.
  std::set<Cells> SectorSets() const {
    std::set<Cells> sets;
    std::vector<Cells> sectors;
    for (const std::string& sector : Choices(by_sector_))
      sectors.push_back(Select({sector, "", {}}));
    for (const Cells& one : sectors) {
      sets.insert(one);
      sets.insert(Minus(all_, one));
      for (const Cells& other : sectors) {
        sets.insert(And(one, other));
        sets.insert(Minus(one, other));
      }
    }
    std::map<std::set<std::string>, Cells> atoms;
    for (size_t i = 0; i < cells_.size(); ++i) {
      atoms.try_emplace(cells_[i].sectors, cells_.size()).first->second[i] = true;
    }
    for (const auto& [sectors_of, cells] : atoms) sets.insert(cells);
    return sets;
  }

  std::set<Cells> SetsToProtect() const {
    std::set<Cells> sets;
    for (const Cells& sector : SectorSets()) {
      for (const std::string& state : Choices(by_state_)) {
        const Cells part = And(sector, Select({"", state, {}}));
        if (IsEmpty(part)) continue;
        for (const std::string& skill : Choices(by_skill_)) {
          sets.insert(skill.empty() ? part : And(part, Select({"", "", {skill}})));
        }
      }
    }
    std::erase_if(sets, [this](const Cells& cells) { return IsEmpty(cells) || Safe(cells); });
    return sets;
  }

  void Protect(const Cells& cells) {
    if (watched_.insert(cells).second) protected_.push_back(told_.Reduce(cells));
  }

  // Tells the candidate if that gives no protected sum away.
  void Decide(const Candidate& candidate) {
    if (!Safe(candidate.cells)) return;
    for (unsigned dimension : {1, 2, 4}) ProtectRest(candidate, dimension);
    Span::Residual residual = told_.Reduce(candidate.cells);
    const size_t pivot = Span::Pivot(residual);
    if (pivot < residual.size()) {
      Span::Scale(residual);
      if (GivesAway(residual, pivot)) return;
      for (Span::Residual& one : protected_) Span::Eliminate(one, residual, pivot);
      told_.Add(std::move(residual));
    }
    for (unsigned dimension : {1, 2, 4}) {
      if (Fixed(candidate.selection) & dimension) {
        Join(Covered(Open(candidate.selection, dimension), dimension), candidate.cells);
      }
    }
  }

  // The unlisted rest of a list, with the candidate in it, is protected where it is not safe.
  void ProtectRest(const Candidate& candidate, unsigned dimension) {
    if (!(Fixed(candidate.selection) & dimension)) return;
    const Selection parent = Open(candidate.selection, dimension);
    const Cells rest = Minus(Minus(Select(parent), Covered(parent, dimension)), candidate.cells);
    if (!IsEmpty(rest) && !Safe(rest)) Protect(rest);
  }

  Cells& Covered(const Selection& parent, unsigned dimension) {
    return covered_.try_emplace({parent, dimension}, cells_.size()).first->second;
  }

  bool GivesAway(const Span::Residual& row, size_t pivot) const {
    return std::any_of(protected_.begin(), protected_.end(), [&](const Span::Residual& one) {
      if (one[pivot] == 0) return false;
      Span::Residual left = one;
      Span::Eliminate(left, row, pivot);
      return Span::Pivot(left) == left.size();
    });
  }

  // Splits every block by the sum if all parts stay safe. A union of safe blocks is safe, and
  // whatever can be computed from unions is about blocks.
  void SplitBlocks(const Cells& cells) {
    if (blocks_.empty()) blocks_.assign(cells_.size(), 0);
    if (!Safe(cells)) return;
    std::map<std::pair<int, bool>, Cells> parts;
    for (size_t i = 0; i < cells_.size(); ++i) {
      parts.try_emplace({blocks_[i], cells[i]}, cells_.size()).first->second[i] = true;
    }
    for (const auto& [part, members] : parts) {
      const bool whole = !parts.contains({part.first, !part.second});
      if (!whole && !Safe(members)) return;
    }
    std::map<std::pair<int, bool>, int> numbers;
    for (const auto& [part, members] : parts) {
      numbers.emplace(part, static_cast<int>(numbers.size()));
    }
    for (size_t i = 0; i < cells_.size(); ++i) blocks_[i] = numbers[{blocks_[i], cells[i]}];
  }

  bool IsUnionOfBlocks(const Cells& cells) const {
    std::map<int, bool> inside;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (inside.try_emplace(blocks_[i], cells[i]).first->second != cells[i]) return false;
    }
    return true;
  }

  std::vector<Cell> cells_;
  size_t companies_ = 0;
  Cells all_;
  std::map<std::string, Cells> by_sector_, by_state_, by_skill_;
  std::map<Selection, bool> decided_;
  Span told_;
  std::set<Cells> watched_;
  std::vector<Span::Residual> protected_;  // what is left of each after what is told
  std::map<std::pair<Selection, unsigned>, Cells> covered_;
  std::vector<int> blocks_;  // by cell; empty while eliminating
};

Release::Release(const std::vector<Contribution>& contributions)
    : decision_(std::make_unique<Decision>(contributions)) {}

Release::~Release() = default;

bool Release::MayTell(const Selection& selection) const { return decision_->MayTell(selection); }

}  // namespace puente::economy
