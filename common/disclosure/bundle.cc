#include "common/disclosure/bundle.h"

#include <algorithm>
#include <utility>

namespace puente::disclosure {
namespace {

// Contributors of whom any two are examined whether they spoil a protection together.
constexpr size_t kMostSpoilers = 24;

}  // namespace

Bundle::Bundle(const Places& places, const Protection& protection, int64_t least)
    : places_(&places),
      protection_(&protection),
      least_(least),
      used_from_(protection.from.size(), 0) {}

bool Bundle::Add(Way way) {
  int64_t amount = protection_->amount;
  if (!protection_->more) {
    amount = std::min(amount, protection_->from[way.from].spare - used_from_[way.from]);
  }
  for (const int64_t place : way.places) amount = std::min(amount, Left(place));
  if (amount <= 0) return false;
  for (const int64_t place : way.places) used_[place] += amount;
  used_from_[way.from] += amount;
  moved_ += amount;
  ways_.push_back(std::move(way));
  return true;
}

bool Bundle::Suffices() const {
  const int64_t may_lose = moved_ - protection_->amount;
  if (may_lose < 0) return false;
  const std::vector<Loss> losses = Losses();
  if (losses.empty()) return true;
  if (losses.size() == 1) return losses[0].value <= may_lose;
  if (losses[0].value + losses[1].value <= may_lose) return true;
  return PairsLeaveEnough(losses, may_lose);
}

int64_t Bundle::Left(int64_t cell) const {
  const Place& place = places_->at(cell);
  const auto used = used_.find(cell);
  return place.spare - OfTarget(place) - (used == used_.end() ? 0 : used->second);
}

int64_t Bundle::OfTarget(const Place& place) const {
  for (const Share& share : place.shares) {
    if (share.contributor == protection_->contributor) return share.value - least_;
  }
  return 0;
}

std::vector<Bundle::Loss> Bundle::Losses() const {
  absl::flat_hash_map<int32_t, int64_t> losses;
  for (const auto& [cell, used] : used_) {
    const int64_t left = Left(cell);
    for (const Share& share : places_->at(cell).shares) {
      const int64_t lost = share.value - least_ - left / 2;
      if (lost <= 0) break;
      if (share.contributor == protection_->contributor) continue;
      losses[share.contributor] += std::min(used, lost);
    }
  }
  std::vector<Loss> order;
  for (const auto& [contributor, value] : losses) order.push_back({contributor, value});
  std::sort(order.begin(), order.end(), [](const Loss& a, const Loss& b) {
    return a.value != b.value ? a.value > b.value : a.contributor < b.contributor;
  });
  return order;
}

bool Bundle::PairsLeaveEnough(const std::vector<Loss>& losses, int64_t may_lose) const {
  for (size_t i = 0; i < losses.size(); ++i) {
    if (losses[i].value > may_lose) return false;
    for (size_t j = i + 1; j < losses.size(); ++j) {
      if (losses[i].value + losses[j].value <= may_lose) break;
      if (i >= kMostSpoilers || j >= kMostSpoilers) return false;
      if (LostBy(losses[i].contributor, losses[j].contributor) > may_lose) return false;
    }
  }
  return true;
}

int64_t Bundle::LostBy(int32_t one, int32_t other) const {
  int64_t lost = 0;
  for (const auto& [cell, used] : used_) {
    int64_t theirs = 0;
    for (const Share& share : places_->at(cell).shares) {
      if (share.contributor == one || share.contributor == other) theirs += share.value - least_;
    }
    lost += std::clamp<int64_t>(theirs - Left(cell), 0, used);
  }
  return lost;
}

}  // namespace puente::disclosure
