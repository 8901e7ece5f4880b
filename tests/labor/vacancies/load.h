// Loads texts as files.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "modules/labor/vacancies/file.h"
#include "tests/labor/standards.h"

namespace puente::labor {

inline const loading::Profile& PortalProfile() {
  static const auto* profile = [] {
    const std::string path = "data/labor/profiles/portal-empleo-2020.json";
    return new loading::Profile(
        loading::ParseProfile(VacancyLayout(), ReadFile(path), path).value());
  }();
  return *profile;
}

inline const loading::Profile& StateProfile() {
  static const auto* profile = [] {
    const std::string path = "tests/labor/vacancies/profiles/bolsa-estatal.json";
    return new loading::Profile(
        loading::ParseProfile(VacancyLayout(), ReadFile(path), path).value());
  }();
  return *profile;
}

inline constexpr char kPortalHeader[] =
    "isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,wednesday,"
    "thursday,friday,saturday,sunday,days_worked,state,municipality,education_level,experience,"
    "languages\n";
inline constexpr char kPortalRow[] =
    "2020-08-01,soldador,8000,Contrato por tiempo indeterminado,800,1700,9.0,1,1,1,1,1,0,0,5,"
    "Guanajuato,León,Licenciatura,6m - 1 año,No es requisito\n";

// kPortalRow with one text in the place of another.
inline std::string PortalRow(absl::string_view from = "", absl::string_view to = "") {
  if (from.empty()) return kPortalRow;
  EXPECT_NE(std::string(kPortalRow).find(std::string(from)), std::string::npos) << from;
  return absl::StrReplaceAll(kPortalRow, {{from, to}});
}

inline std::string PortalFile(const std::vector<std::string>& rows) {
  std::string file = kPortalHeader;
  for (const std::string& row : rows) file += row;
  return file;
}

inline VacancyFile Options(const loading::Profile& profile = PortalProfile()) {
  VacancyFile options;
  options.profile = &profile;
  options.standards = &SeededStandards();
  options.base.set_source("portal-del-empleo");
  options.base.set_record_kind(type::v1::RECORD_KIND_REAL);
  options.supplier = "supplier/portal";
  options.locale = Locale::kEnglish;
  return options;
}

struct Loaded {
  absl::Status status;
  std::vector<v1::Vacancy> vacancies;
  std::vector<size_t> batches;  // rows of each
  v1::LoadVacanciesResponse summary;

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const v1::Vacancy& vacancy : vacancies) names.push_back(vacancy.name());
    return names;
  }
  // "3 salary NUMBER" for each error.
  std::vector<std::string> Errors() const {
    std::vector<std::string> errors;
    for (const type::v1::RowError& error : summary.errors()) {
      errors.push_back(std::to_string(error.line()) + " " + error.field() + " " + error.rule());
    }
    return errors;
  }
};

// In slices of `slice` bytes, as the service does.
inline Loaded Load(absl::string_view file, VacancyFile options = Options(),
                   size_t slice = 64 << 10) {
  Loaded loaded;
  VacancyLoader loader(Loading(std::move(options)));
  const auto take = [&] {
    while (std::optional<VacancyBatch> batch = loader.NextBatch()) {
      EXPECT_EQ(batch->number, static_cast<int64_t>(loaded.batches.size()) + 1);
      loaded.batches.push_back(batch->records.size());
      for (v1::Vacancy& vacancy : batch->records) loaded.vacancies.push_back(std::move(vacancy));
    }
  };
  for (size_t at = 0; at < file.size() && loaded.status.ok(); at += slice) {
    loaded.status = loader.Feed(file.substr(at, slice));
    if (loaded.status.ok()) take();
  }
  if (loaded.status.ok()) loaded.status = loader.Finish();
  if (loaded.status.ok()) take();
  loaded.summary = loader.Summary<v1::LoadVacanciesResponse>();
  return loaded;
}

}  // namespace puente::labor
