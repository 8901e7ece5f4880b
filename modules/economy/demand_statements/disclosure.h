// Disclosure control of demand totals: which sums may be told without telling what one company
// stated.
//
// A sum is *safe* if at least 3 companies are in it and none has more than 80 % of its heads. Safe
// sums alone are not enough: a total minus a part gives the rest back, a sector minus an
// overlapping one gives the difference. So one pattern is decided for all sums that can be asked
// for (sector × state × skill, each also "all"), the same for every caller: the sums are taken from
// the coarsest to the finest, the largest first, and one is told only if it is safe and if no
// unsafe sum can then be computed from those told, by adding and subtracting. The unsafe sums
// watched are those of the same table; by state and skill those of the sectors' overlaps,
// differences and complements and of the atoms (the coarsest partition that all sectors generate);
// and the untold rest of every list.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace puente::economy {

// Fewest companies of a sum that is told.
inline constexpr int kFewestCompanies = 3;
// Most of a sum that one company may have, in percent.
inline constexpr int kMostPercent = 80;

// What one company needs in one cell.
struct Contribution {
  std::string company;
  std::string skill;
  std::string state_code;
  std::set<std::string> sectors;  // every one that its SCIAN class belongs to
  int64_t heads = 0;

  auto operator<=>(const Contribution&) const = default;
};

// Which contributions a sum is over; empty means all.
struct Selection {
  std::string sector;
  std::string state_code;
  std::set<std::string> skills;

  bool Holds(const Contribution& contribution) const;
  auto operator<=>(const Selection&) const = default;
};

// True for at least kFewestCompanies, of which none has over kMostPercent of the heads.
bool IsSafe(const std::map<std::string, int64_t>& heads_by_company);

// The pattern of one state of the data; immutable.
class Release {
 public:
  explicit Release(const std::vector<Contribution>& contributions);
  ~Release();

  // Whether the sum may be told. A sum over nothing may: it is zero.
  bool MayTell(const Selection& selection) const;

 private:
  class Decision;
  std::unique_ptr<const Decision> decision_;
};

}  // namespace puente::economy
