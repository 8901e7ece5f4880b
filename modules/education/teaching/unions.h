// Many small reads of one shape as few statements, of few different texts.
#pragma once

#include <algorithm>
#include <bit>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/sql/session.h"

namespace puente::education::teaching {

class Unions {
 public:
  // Each read is "(SELECT ?, … LIMIT ?)", whose first column is the number by which its rows are
  // told apart.
  explicit Unions(absl::string_view read) : read_(read) {}

  // `values` are those after the number; they may be the bytes of what outlives Each().
  void Add(int number, std::vector<sql::Value> values) {
    values.insert(values.begin(), number);
    reads_.push_back(std::move(values));
  }

  // The rows of all reads; those of one are in their order.
  absl::Status Each(sql::Session& session, absl::string_view name,
                    const std::function<void(int number, const sql::Row& row)>& take) const {
    for (size_t first = 0; first < reads_.size(); first += kAtATime) {
      const size_t count = std::min(kAtATime, reads_.size() - first);
      std::string text;
      std::vector<sql::Value> values;
      for (size_t i = 0; i < std::bit_ceil(count); ++i) {
        const auto& read = reads_[first + std::min(i, count - 1)];
        absl::StrAppend(&text, i == 0 ? "" : " UNION ALL ", read_);
        // What fills up a power of two is read again, and passed over.
        values.emplace_back(i < count ? *read.front().number() : kPassedOver);
        values.insert(values.end(), read.begin() + 1, read.end());
      }
      RETURN_IF_ERROR(session.Each({name, text}, values, [&](const sql::Row& row) {
        if (row.Int64(0) != kPassedOver) take(static_cast<int>(row.Int64(0)), row);
        return absl::OkStatus();
      }));
    }
    return absl::OkStatus();
  }

 private:
  static constexpr size_t kAtATime = 64;
  static constexpr int64_t kPassedOver = -1;

  const absl::string_view read_;
  std::vector<std::vector<sql::Value>> reads_;
};

}  // namespace puente::education::teaching
