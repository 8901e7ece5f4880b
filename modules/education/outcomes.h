// What holds for the learning outcomes of programs and microcredentials alike.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace puente::education {

// HOURS_OVER_WORKLOAD if the outcomes' hours add up to more than the workload.
template <class Version>
std::vector<Violation> CheckHours(const Version& version, const std::string& path) {
  int64_t hours = 0;
  for (const auto& outcome : version.outcomes()) hours += outcome.hours();
  if (hours <= version.workload_hours()) return {};
  const int64_t workload = version.workload_hours();
  return {{absl::StrCat(path, ".outcomes"),
           "HOURS_OVER_WORKLOAD",
           absl::StrCat("suman ", hours, " horas, más que las ", workload,
                        " de la carga de trabajo; corrija unas u otra."),
           absl::StrCat("add up to ", hours, " hours, more than the workload of ", workload,
                        "; correct one or the other."),
           {absl::StrCat(path, ".workload_hours")}}};
}

}  // namespace puente::education
