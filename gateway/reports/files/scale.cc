#include "gateway/reports/files/scale.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/names/text.h"
#include "gateway/reports/files/chart.h"

namespace puente::gateway::reports {

Scale::Scale(int64_t highest) {
  const auto most = static_cast<uint64_t>(std::max<int64_t>(highest, 1));
  const uint64_t quarter = (most + 3) / 4;
  uint64_t power = 1;
  for (int i = 0;; ++i) {
    static constexpr uint64_t kRound[] = {1, 2, 5};
    step = kRound[i % 3] * power;
    if (step >= quarter) break;
    if (i % 3 == 2) power *= 10;
  }
  top = (most + step - 1) / step * step;
}

std::string Short(int64_t value) {
  if (value < 10000) return Grouped(value);
  const auto in = [&](int64_t unit, const char* suffix) {
    const int64_t tenths = value / (unit / 10);
    if (tenths >= 100 || tenths % 10 == 0) return absl::StrCat(Grouped(tenths / 10), suffix);
    return absl::StrCat(tenths / 10, ".", tenths % 10, suffix);
  };
  if (value < 1000000) return in(1000, "k");
  if (value < 1000000000) return in(1000000, "M");
  return in(1000000000, "G");
}

std::string Shortened(const std::string& text, size_t most) {
  if (CodePoints(text) <= most) return text;
  size_t end = 0;
  for (size_t count = 0; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    if (begins && ++count == most) break;
  }
  return absl::StrCat(text.substr(0, end), "…");
}

}  // namespace puente::gateway::reports
