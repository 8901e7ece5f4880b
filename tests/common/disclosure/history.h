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
  using Parts = std::map<std::pair<int32_t, Numbers>, Contribution>;
  static Parts PartsOf(const Table& table) {
    Parts parts;
    for (const auto& one : table.contributions()) parts[{one.contributor, one.place}] = one;
    return parts;
  }

  static std::vector<Contribution> Otherwise(const Table& then, const Table& last) {
    Parts parts = PartsOf(then);
    for (const auto& [key, part] : PartsOf(last)) {
      const auto [mine, fresh] = parts.try_emplace(key, Contribution{key.first, key.second});
      if (mine->second == part) parts.erase(mine);
    }
    std::vector<Contribution> otherwise;
    for (const auto& [key, part] : parts) otherwise.push_back(part);
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

// The same when hardly anything but where and how it is has changed: a part in six lies elsewhere,
// one in ten says something else, and a few contributors have more, or less.
inline std::vector<Contribution> Rearranged(const std::vector<Contribution>& now, int few,
                                            std::mt19937& random) {
  std::map<std::pair<int32_t, Numbers>, Contribution> parts;
  for (Contribution one : now) {
    if (random() % 6 == 0) one.place = now[random() % now.size()].place;
    if (random() % 10 == 0) one.detail = random();
    Contribution& part = parts.try_emplace({one.contributor, one.place}, one).first->second;
    if (part != one) part.value += one.value;
  }
  std::vector<Contribution> after;
  for (const auto& [key, part] : parts) after.push_back(part);
  for (int i = 0; i < few; ++i) {
    Contribution& one = after[random() % after.size()];
    one.value = 1 + static_cast<int64_t>(random() % (3 * one.value));
  }
  return after;
}

}  // namespace puente::disclosure
