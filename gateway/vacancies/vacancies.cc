#include "gateway/vacancies/vacancies.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "common/names/state.h"
#include "gateway/errors.h"

namespace puente::vacancies {

std::vector<std::string> PrefixesInForce(const economy::v1::SectorTable& table,
                                         absl::CivilDay day) {
  std::set<std::string> prefixes;
  for (const auto& prefix : table.scian_prefixes()) {
    if (ToCivilDay(prefix.effective_date()) <= day) prefixes.insert(prefix.prefix());
  }
  return {prefixes.begin(), prefixes.end()};
}

absl::StatusOr<labor::v1::GetVacancyStatisticsRequest> Ask(const std::string& state_code,
                                                           const economy::v1::SectorTable* sector,
                                                           absl::CivilDay day) {
  labor::v1::GetVacancyStatisticsRequest request;
  if (!state_code.empty()) request.add_state_codes(state_code);
  if (sector == nullptr) return request;
  const std::vector<std::string> prefixes = PrefixesInForce(*sector, day);
  if (prefixes.empty()) return Error(error::kNoSectorPrefixes, "sector"_is(sector->name()));
  request.mutable_scian_prefixes()->Add(prefixes.begin(), prefixes.end());
  return request;
}

gateway::v1::GapFigure PostsOf(const labor::v1::VacancyStatistics& statistics) {
  gateway::v1::GapFigure posts;
  if (!statistics.has_post_count()) {
    posts.set_hole(gateway::v1::HOLE_NOT_SPLIT);
  } else if (!statistics
                  .has_open_post_count()) {  // of some source nobody has said when its offers end
    posts.set_hole(gateway::v1::HOLE_UNKNOWN);
  } else {
    posts.set_value(statistics.open_post_count());
  }
  return posts;
}

std::string About(const std::vector<std::string>& state_codes,
                  const economy::v1::SectorTable* sector, Locale locale) {
  const bool spanish = locale == Locale::kSpanish;
  std::string where = spanish ? "todo el país" : "the whole country";
  if (!state_codes.empty()) {
    where = absl::StrJoin(state_codes, ", ", [](std::string* out, const std::string& code) {
      absl::StrAppend(out, StateName(code).value_or(code));
    });
  }
  std::string of_sector;
  if (sector != nullptr) {
    of_sector = spanish ? absl::StrCat(", del sector ", sector->label_es())
                        : absl::StrCat(", of the sector ", sector->label_en());
  }
  return spanish ? absl::StrCat("Todas las vacantes de ", where, of_sector,
                                ", de cualquier ocupación: no se pueden dividir por habilidad.")
                 : absl::StrCat("All vacancies of ", where, of_sector,
                                ", of every occupation: they can't be split by skill.");
}

}  // namespace puente::vacancies
