#include "common/names/pattern.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"

namespace puente {

bool IsResourceId(absl::string_view text) {
  if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
  for (const char c : text) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '-') return false;
  }
  return true;
}

NamePattern::NamePattern(absl::string_view pattern) : text_(pattern) {
  for (absl::string_view segment : absl::StrSplit(pattern, '/')) {
    const bool id = !segment.empty() && segment.front() == '{';
    segments_.emplace_back(id ? "" : segment);
    id_count_ += id;
  }
}

absl::StatusOr<std::vector<std::string>> NamePattern::Parse(absl::string_view name,
                                                            absl::string_view field) const {
  return ParseIds(name, field, /*wildcard=*/false);
}

absl::StatusOr<std::vector<std::string>> NamePattern::ParseWithWildcard(
    absl::string_view name, absl::string_view field) const {
  return ParseIds(name, field, /*wildcard=*/true);
}

absl::StatusOr<std::vector<std::string>> NamePattern::ParseIds(absl::string_view name,
                                                               absl::string_view field,
                                                               bool wildcard) const {
  const auto invalid = [&] {
    return Error(error::kInvalidName,
                 {{"name", std::string(name)}, {"field", std::string(field)}, {"pattern", text_}});
  };
  if (name.size() > kMostNameBytes) return invalid();
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != segments_.size()) return invalid();
  std::vector<std::string> ids;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!segments_[i].empty()) {
      if (parts[i] != segments_[i]) return invalid();
    } else if (IsResourceId(parts[i]) || (wildcard && parts[i] == "-")) {
      ids.emplace_back(parts[i]);
    } else {
      return invalid();
    }
  }
  return ids;
}

std::string NamePattern::Format(const std::vector<std::string>& ids) const {
  size_t next = 0;
  return absl::StrJoin(segments_, "/", [&](std::string* out, const std::string& segment) {
    out->append(segment.empty() && next < ids.size() ? ids[next++] : segment);
  });
}

}  // namespace puente
