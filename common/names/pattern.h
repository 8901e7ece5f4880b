// Resource names (AIP-122): made and parsed in one place.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace puente {

// Longest resource name that is looked at.
inline constexpr size_t kMostNameBytes = 300;

// True for lower-case letters, digits and inner hyphens, 1 to 63 of them (AIP-122).
bool IsResourceId(absl::string_view text);

// True for 1 to 999999, written in the one usual way.
bool IsNumberId(absl::string_view text);

// A name's form, such as "microcredentials/{microcredential}/versions/{version#}", where # marks an
// id that is a number.
class NamePattern {
 public:
  explicit NamePattern(absl::string_view pattern);

  const std::string& text() const { return text_; }
  // How many ids a name has.
  size_t id_count() const { return id_count_; }
  // Whether the last id is a number.
  bool numbered() const { return segments_.back().number; }

  // The ids of a name, in order. INVALID_NAME, with `field` as the path that held it, if it
  // does not fit or an id is no IsResourceId(), or no IsNumberId() where that is asked for.
  absl::StatusOr<std::vector<std::string>> Parse(absl::string_view name,
                                                 absl::string_view field = "name") const;
  // The same, where "-" stands for every id from there on ("organizations/unam/dualPlans/-").
  absl::StatusOr<std::vector<std::string>> ParseWithWildcard(absl::string_view name,
                                                             absl::string_view field) const;

  // The form of the names above: "microcredentials/{microcredential}". Only of a pattern with two
  // ids or more.
  NamePattern Parent() const;

  // The name of these ids; there must be id_count() of them.
  std::string Format(absl::Span<const std::string> ids) const;

 private:
  absl::StatusOr<std::vector<std::string>> ParseIds(absl::string_view name, absl::string_view field,
                                                    bool wildcard) const;
  std::string text_;
  struct Segment {
    std::string literal;  // "" where an id goes
    bool number = false;
  };
  std::vector<Segment> segments_;
  size_t id_count_ = 0;
};

}  // namespace puente
