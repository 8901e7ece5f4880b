#include "modules/economy/demand_statements/rules.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"

namespace puente::economy {

std::string NeedKey(const v1::DemandStatement& statement) {
  const std::string start = absl::FormatCivilTime(ToCivilDay(statement.start_date()));
  const std::string end = absl::FormatCivilTime(ToCivilDay(statement.end_date()));
  const std::string kind = absl::StrCat(statement.record_kind());
  return crypto::TaggedSha256("puente/economy/need/1",
                              {statement.company(), statement.skill(), statement.level(),
                               statement.state_code(), statement.scian_class(), start, end, kind});
}

v1::DemandStatement Supersede(const v1::DemandStatement& before, absl::string_view later) {
  v1::DemandStatement after = before;
  after.set_state(v1::DEMAND_STATE_SUPERSEDED);
  after.set_superseded_by(std::string(later));
  return after;
}

std::vector<std::string> PrefixesInForce(const v1::SectorTable& table, absl::CivilDay day) {
  std::vector<std::string> prefixes;
  for (const v1::ScianPrefix& prefix : table.scian_prefixes()) {
    if (ToCivilDay(prefix.effective_date()) <= day) prefixes.push_back(prefix.prefix());
  }
  std::sort(prefixes.begin(), prefixes.end());
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  return prefixes;
}

Belongs BelongsTo(absl::string_view scian_class, const std::vector<std::string>& prefixes) {
  Belongs belongs = Belongs::kNo;
  for (const std::string& prefix : prefixes) {
    if (absl::StartsWith(scian_class, prefix)) return Belongs::kYes;
    if (absl::StartsWith(prefix, scian_class)) belongs = Belongs::kTooCoarse;
  }
  return belongs;
}

}  // namespace puente::economy
