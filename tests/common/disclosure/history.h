// Releases of a made-up country that follow one another.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <utility>
#include <vector>

#include "common/disclosure/succession.h"

namespace puente::disclosure {

inline Successor First(const Table& table) {
  absl::StatusOr<Successor> first = Succeed(table.grid(), {}, {}, table.contributions(), {});
  EXPECT_TRUE(first.ok());
  return *std::move(first);
}

// Releases that follow one another.
class History {
 public:
  explicit History(Successor first) { releases_.push_back(std::move(first)); }

  // The last one first.
  const std::vector<Successor>& releases() const { return releases_; }
  const Successor& last() const { return releases_.front(); }

  void Add(const std::vector<Contribution>& now) {
    std::vector<Earlier> earlier;
    for (const Successor& one : releases_) {
      earlier.push_back({Otherwise(one.basis, last().basis), one.pattern.told});
    }
    absl::StatusOr<Successor> next =
        Succeed(last().basis.grid(), last().basis.contributions(), earlier, now, {});
    ASSERT_TRUE(next.ok());
    releases_.insert(releases_.begin(), *std::move(next));
  }

 private:
  using Values = std::map<std::pair<int32_t, Numbers>, int64_t>;
  static Values ValuesOf(const Table& table) {
    Values values;
    for (const auto& one : table.contributions()) {
      values[{one.contributor, one.place}] = one.value;
    }
    return values;
  }

  static std::vector<Contribution> Otherwise(const Table& then, const Table& last) {
    Values values = ValuesOf(then);
    for (const auto& [key, value] : ValuesOf(last)) {
      const auto [mine, fresh] = values.try_emplace(key, 0);
      if (mine->second == value) values.erase(mine);
    }
    std::vector<Contribution> otherwise;
    for (const auto& [key, value] : values) otherwise.push_back({key.first, key.second, value});
    return otherwise;
  }

  std::vector<Successor> releases_;
};

// What a country's companies state a month later: some more, some less, some nothing any more, some
// for the first time; and some take back what they stated the month before.
inline std::vector<Contribution> MonthAfter(const std::vector<Contribution>& now,
                                            const std::vector<Contribution>& before, int companies,
                                            std::mt19937& random) {
  std::map<std::pair<int32_t, Numbers>, int64_t> values;
  for (const Contribution& one : now) {
    if (random() % 20 == 0) continue;
    values[{one.contributor, one.place}] =
        random() % 4 == 0 ? 1 + static_cast<int64_t>(random() % (2 * one.value)) : one.value;
  }
  for (const Contribution& one : before) {
    if (random() % 4 == 0) values[{one.contributor, one.place}] = one.value;
  }
  for (int i = 0; i < companies / 4; ++i) {
    const auto company = static_cast<int32_t>(random() % (2 * companies));
    const Contribution& like = now[random() % now.size()];
    values[{company, like.place}] = 1 + static_cast<int64_t>(random() % 40);
  }
  std::vector<Contribution> after;
  for (const auto& [key, value] : values) after.push_back({key.first, key.second, value});
  return after;
}

}  // namespace puente::disclosure
