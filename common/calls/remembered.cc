#include "common/calls/remembered.h"

#include <utility>

namespace puente::calls {
namespace {

// Of an entry, beside its texts: list, map and allocations.
constexpr size_t kBytesBeside = 256;

}  // namespace

size_t Remembered::Entry::bytes() const { return question.size() + answer->size() + kBytesBeside; }

void Remembered::MoveTo(const journal::Position& position) {
  if (position == position_) return;
  position_ = position;
  by_question_.clear();
  entries_.clear();
  bytes_ = 0;
}

Remembered::Bytes Remembered::Find(absl::string_view question) {
  const auto found = by_question_.find(question);
  if (found == by_question_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void Remembered::Keep(absl::string_view question, Bytes answer) {
  if (const auto found = by_question_.find(question); found != by_question_.end()) {
    Drop(found->second);
  }
  entries_.push_front({std::string(question), std::move(answer)});
  by_question_.emplace(entries_.front().question, entries_.begin());
  bytes_ += entries_.front().bytes();
  while (bytes_ > most_bytes_) Drop(std::prev(entries_.end()));
}

void Remembered::Drop(Entries::iterator entry) {
  bytes_ -= entry->bytes();
  by_question_.erase(entry->question);
  entries_.erase(entry);
}

}  // namespace puente::calls
