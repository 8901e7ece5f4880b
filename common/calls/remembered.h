// Answers by question, all of one position. Not thread-safe.
#pragma once

#include <list>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/journal/position.h"

namespace puente::calls {

class Remembered {
 public:
  using Bytes = std::shared_ptr<const std::string>;

  // Where more would be held, what was asked for least recently goes.
  explicit Remembered(size_t most_bytes) : most_bytes_(most_bytes) {}

  // Forgets everything, unless it is of this position already.
  void MoveTo(const journal::Position& position);
  // Null for none.
  Bytes Find(absl::string_view question);
  // Of the position moved to last.
  void Keep(absl::string_view question, Bytes answer);
  // Held by questions and answers, and about what is needed to find them.
  size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::string question;
    Bytes answer;
    size_t bytes() const;
  };
  using Entries = std::list<Entry>;

  void Drop(Entries::iterator entry);

  const size_t most_bytes_;
  journal::Position position_;
  size_t bytes_ = 0;
  Entries entries_;  // the one asked for last is first
  absl::flat_hash_map<absl::string_view, Entries::iterator> by_question_;
};

}  // namespace puente::calls
