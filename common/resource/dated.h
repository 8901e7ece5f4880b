// Rules that are dated data: each counts from its begin_date on, until the next one does. Their
// tables have an index by_begin, unique over what is one's own and begin_date.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "common/journal/write.h"
#include "common/resource/resource.h"
#include "common/status/error.h"
#include "common/status/macros.h"

namespace puente::resource {

// That no other counts from the same day on: `taken`, with $day and $other, of the path `field`.
// `own` narrows down of what one may begin on a day (" AND from_age = ?"). Of two at once the table
// refuses one, which then runs again and finds the other.
template <class M>
absl::Status CheckBegin(journal::Transaction& tx, const Resource<M>& rules, const M& after,
                        const ErrorSpec& taken, absl::string_view field, absl::string_view own = "",
                        const std::vector<sql::Value>& values = {}) {
  const std::string day = absl::FormatCivilTime(ToCivilDay(after.begin_date()));
  std::vector<sql::Value> asked = {day};
  asked.insert(asked.end(), values.begin(), values.end());
  ASSIGN_OR_RETURN(const auto others,
                   Select(tx, rules, "resource.dated.from",
                          absl::StrCat("FORCE INDEX (by_begin) WHERE begin_date = ?", own), asked));
  if (others.empty() || others.front().name() == after.name()) return absl::OkStatus();
  return ErrorOf(taken,
                 {{"day", day}, {"other", others.front().name()}, {"field", std::string(field)}});
}

// The one that counts on a day; nothing where none has begun.
template <class M>
absl::StatusOr<std::optional<M>> RuleOn(sql::Session& session, const Resource<M>& rules,
                                        absl::CivilDay day) {
  const std::string text = absl::FormatCivilTime(day);
  ASSIGN_OR_RETURN(
      auto found,
      Select(session, rules, "resource.dated.on",
             "FORCE INDEX (by_begin) WHERE begin_date <= ? ORDER BY begin_date DESC LIMIT 1",
             {text}));
  if (found.empty()) return std::optional<M>();
  return std::optional<M>(std::move(found.front()));
}

}  // namespace puente::resource
