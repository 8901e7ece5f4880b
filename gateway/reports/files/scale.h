// The scale of a chart, and texts that have to fit into one.
#pragma once

#include <cstdint>
#include <string>

namespace puente::gateway::reports {

// From 0 in three to five round steps: 1, 2 or 5 with zeros behind.
struct Scale {
  uint64_t step = 1;
  uint64_t top = 1;

  explicit Scale(int64_t highest);
  // Where along the scale, 0 to 1; what is below zero stands at zero.
  double Part(int64_t value) const {
    return value <= 0 ? 0 : static_cast<double>(value) / static_cast<double>(top);
  }
  double Part(uint64_t tick) const { return static_cast<double>(tick) / static_cast<double>(top); }
  // Wide labels stand at both ends alone.
  bool IsLabelled(uint64_t tick) const { return top < 100000 || tick == 0 || tick == top; }
};

// As much of a value as fits into a tile: "1,234", "56k", "1.2M", "3G".
std::string Short(int64_t value);

// The text, or its beginning with "…" behind: so many characters at most.
std::string Shortened(const std::string& text, size_t most);

}  // namespace puente::gateway::reports
