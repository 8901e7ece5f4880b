// Rows of a table as they are held: a number for each code and eight bytes for each figure, so that
// a million of them fit into memory beside all else.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "puente/api/v1/figure_extract.pb.h"

namespace puente::gateway::reports {

// A figure: its value, or why it has none. The lowest integers stand for marks; one that was not
// said yet has none either.
class Figure {
 public:
  Figure() = default;
  explicit Figure(type::v1::Mark mark) : cell_(kLowest + mark) {}
  // Nothing of one that says nothing, and of a value that could not be told from a mark.
  static std::optional<Figure> Of(const type::v1::Figure& figure);
  static std::optional<Figure> OfValue(int64_t value);

  bool has_value() const { return cell_ > kLowest + type::v1::Mark_MAX; }
  int64_t value() const { return cell_; }
  type::v1::Mark mark() const {
    return has_value() ? type::v1::MARK_UNSPECIFIED : static_cast<type::v1::Mark>(cell_ - kLowest);
  }
  bool is_said() const { return cell_ != kLowest; }
  // As clients see it.
  void Into(type::v1::Figure& figure) const;

 private:
  static constexpr int64_t kLowest = std::numeric_limits<int64_t>::min();

  int64_t cell_ = kLowest;
};

// Of one width each, in pages, so that what grows is never there twice. What is added may move
// those of its page.
template <class T>
class Pages {
 public:
  explicit Pages(size_t width) : width_(width) {}

  absl::Span<T> operator[](size_t at) {
    return {pages_[at / kPage].data() + at % kPage * width_, width_};
  }
  absl::Span<const T> operator[](size_t at) const {
    return {pages_[at / kPage].data() + at % kPage * width_, width_};
  }
  absl::Span<T> Add() {
    if (size_ % kPage == 0) pages_.emplace_back();
    pages_.back().resize(pages_.back().size() + width_);
    return (*this)[size_++];
  }
  size_t size() const { return size_; }
  size_t width() const { return width_; }
  size_t SpaceUsed() const {
    size_t used = 0;
    for (const std::vector<T>& page : pages_) used += page.capacity() * sizeof(T);
    return used;
  }

 private:
  static constexpr size_t kPage = 4096;

  size_t width_;
  size_t size_ = 0;
  std::vector<std::vector<T>> pages_;
};

// Texts, each with a number from 0 on.
class Numbering {
 public:
  // A new one where it has none yet.
  uint32_t NumberOf(absl::string_view text);
  std::optional<uint32_t> Find(absl::string_view text) const;
  const std::string& Text(uint32_t number) const { return texts_[number]; }
  const std::vector<std::string>& texts() const { return texts_; }

  size_t SpaceUsed() const { return space_used_; }

  // From then on numbers are in the order of texts. Returns the new number of each.
  std::vector<uint32_t> Sort();

 private:
  std::vector<std::string> texts_;
  absl::flat_hash_map<std::string, uint32_t> numbers_;
  size_t space_used_ = 0;
};

class Rows {
 public:
  // One of them; good while they are.
  class Row {
   public:
    int codes_size() const { return static_cast<int>(rows_->codes_.width()); }
    int figures_size() const { return static_cast<int>(rows_->figures_.width()); }
    const std::string& codes(int dimension) const {
      return rows_->numberings_[dimension].Text(number(dimension));
    }
    uint32_t number(int dimension) const { return rows_->codes_[at_][dimension]; }
    Figure figures(int measure) const { return rows_->figures_[at_][measure]; }
    bool HasCodesOf(const Row& other) const {
      return rows_->codes_[at_] == other.rows_->codes_[other.at_];
    }

   private:
    friend class Rows;
    Row(const Rows& rows, size_t at) : rows_(&rows), at_(at) {}

    const Rows* rows_;
    size_t at_;
  };

  Rows(size_t dimensions, size_t measures)
      : numberings_(dimensions), codes_(dimensions), figures_(measures) {}

  size_t dimensions() const { return codes_.width(); }
  size_t measures() const { return figures_.width(); }
  size_t size() const { return codes_.size(); }
  size_t SpaceUsed() const;
  // In order, once they are sorted.
  Row operator[](size_t i) const { return {*this, order_.empty() ? i : order_[i]}; }

  Numbering& numbering(int dimension) { return numberings_[dimension]; }
  const Numbering& numbering(int dimension) const { return numberings_[dimension]; }

  // In the order in which they are added, until they are sorted. Figures are not said yet.
  size_t Add(absl::Span<const uint32_t> numbers);
  absl::Span<Figure> FiguresOf(size_t at) { return figures_[at]; }
  absl::Span<const uint32_t> NumbersOf(size_t at) const { return codes_[at]; }
  // One whose codes and figures are as many as here; false for a figure that says nothing.
  bool Add(const api::v1::FigureRow& row);

  // By codes, as texts; nothing may be added afterwards.
  void Sort();

 private:
  std::vector<Numbering> numberings_;
  Pages<uint32_t> codes_;  // by their numbers
  Pages<Figure> figures_;
  std::vector<uint32_t> order_;  // empty where they are in order as they are
};

// Finds rows by their codes, while they are added. The rows must outlive it.
class RowIndex {
 public:
  explicit RowIndex(Rows& rows) : rows_(rows), known_(0, Hash{&rows}, Same{&rows}) {}

  // Where the row of these numbers is, and whether it was added just now.
  std::pair<size_t, bool> FindOrAdd(absl::Span<const uint32_t> numbers);

 private:
  using Numbers = absl::Span<const uint32_t>;
  struct Hash {
    using is_transparent = void;
    size_t operator()(Numbers numbers) const { return absl::HashOf(numbers); }
    size_t operator()(uint32_t at) const { return (*this)(rows->NumbersOf(at)); }
    const Rows* rows;
  };
  struct Same {
    using is_transparent = void;
    bool operator()(uint32_t one, uint32_t other) const { return one == other; }
    bool operator()(uint32_t at, Numbers numbers) const { return rows->NumbersOf(at) == numbers; }
    bool operator()(Numbers numbers, uint32_t at) const { return (*this)(at, numbers); }
    const Rows* rows;
  };

  Rows& rows_;
  absl::flat_hash_set<uint32_t, Hash, Same> known_;
};

}  // namespace puente::gateway::reports
