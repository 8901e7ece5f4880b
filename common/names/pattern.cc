#include "common/names/pattern.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
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

bool IsNumberId(absl::string_view text) {
  return !text.empty() && text.size() <= 6 && text.front() != '0' &&
         absl::c_all_of(text, absl::ascii_isdigit);
}

NamePattern::NamePattern(absl::string_view pattern)
    : text_(absl::StrReplaceAll(pattern, {{"#}", "}"}})) {
  for (absl::string_view segment : absl::StrSplit(pattern, '/')) {
    const bool id = absl::StartsWith(segment, "{");
    segments_.push_back({std::string(id ? "" : segment), absl::EndsWith(segment, "#}")});
    id_count_ += id;
  }
}

NamePattern NamePattern::Parent() const {
  NamePattern parent = *this;
  parent.segments_.resize(segments_.size() - 2);
  --parent.id_count_;
  const size_t last_id = text_.rfind('/');
  parent.text_.resize(text_.rfind('/', last_id - 1));
  return parent;
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
    return Error(error::kInvalidName, "name"_is(name), "field"_is(field), "pattern"_is(text_));
  };
  if (name.size() > kMostNameBytes) return invalid();
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != segments_.size()) return invalid();
  std::vector<std::string> ids;
  bool every = false;  // from here on
  for (size_t i = 0; i < parts.size(); ++i) {
    const Segment& segment = segments_[i];
    if (!segment.literal.empty()) {
      if (parts[i] != segment.literal) return invalid();
    } else if (wildcard && parts[i] == "-") {
      every = true;
      ids.emplace_back(parts[i]);
    } else if (!every && (segment.number ? IsNumberId(parts[i]) : IsResourceId(parts[i]))) {
      ids.emplace_back(parts[i]);
    } else {
      return invalid();
    }
  }
  return ids;
}

std::string NamePattern::Format(absl::Span<const std::string> ids) const {
  size_t next = 0, size = 0;
  for (const Segment& segment : segments_) size += segment.literal.size() + 1;
  for (const std::string& id : ids) size += id.size();
  std::string name;
  name.reserve(size - 1);
  for (const Segment& segment : segments_) {
    if (!name.empty()) name += '/';
    name += segment.literal.empty() && next < ids.size() ? ids[next++] : segment.literal;
  }
  return name;
}

}  // namespace puente
