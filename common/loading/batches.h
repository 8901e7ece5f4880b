// Records in the file's order, in batches that are stored in one transaction each. The same file
// gives the same batches, however it is sliced.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace puente::loading {

// Records that are stored in one transaction.
inline constexpr size_t kMostBatchRecords = 1000;

template <class Record>
struct Batch {
  int64_t number = 0;  // from 1
  std::vector<Record> records;
};

template <class Record>
class Batches {
 public:
  void Add(Record record) {
    if (batches_.empty() || batches_.back().records.size() == kMostBatchRecords) {
      batches_.push_back({next_number_++, {}});
      batches_.back().records.reserve(kMostBatchRecords);
    }
    batches_.back().records.push_back(std::move(record));
  }
  // No record follows.
  void End() { ended_ = true; }

  // A full batch, or after End() the last one; nothing if there is none yet.
  std::optional<Batch<Record>> Next() {
    if (batches_.empty()) return std::nullopt;
    if (!ended_ && batches_.front().records.size() < kMostBatchRecords) return std::nullopt;
    std::optional<Batch<Record>> batch = std::move(batches_.front());
    batches_.pop_front();
    return batch;
  }

 private:
  std::deque<Batch<Record>> batches_;
  int64_t next_number_ = 1;
  bool ended_ = false;
};

}  // namespace puente::loading
