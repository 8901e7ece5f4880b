// Loads texts as files.
#pragma once

#include <string>
#include <vector>

#include "modules/labor/loader/loader.h"
#include "tests/labor/standards.h"

namespace puente::labor::loader {

inline const Profile& PortalProfile() {
  static const auto* profile = [] {
    const std::string path = "data/labor/profiles/portal-empleo-2020.json";
    return new Profile(ParseProfile(ReadFile(path), path).value());
  }();
  return *profile;
}

inline const Profile& StateProfile() {
  static const auto* profile = [] {
    const std::string path = "tests/labor/profiles/bolsa-estatal.json";
    return new Profile(ParseProfile(ReadFile(path), path).value());
  }();
  return *profile;
}

inline LoadOptions Options(const Profile& profile = PortalProfile()) {
  LoadOptions options;
  options.profile = &profile;
  options.standards = &SeededStandards();
  options.source = "portal-del-empleo";
  options.record_kind = type::v1::RECORD_KIND_REAL;
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
  // "3 salary NOT_A_NUMBER" for each error.
  std::vector<std::string> Errors() const {
    std::vector<std::string> errors;
    for (const v1::RowError& error : summary.errors()) {
      errors.push_back(std::to_string(error.line()) + " " + error.field() + " " + error.rule());
    }
    return errors;
  }
};

// In slices of `slice` bytes, as the service does.
inline Loaded Load(absl::string_view file, LoadOptions options = Options(),
                   size_t slice = 64 << 10) {
  Loaded loaded;
  Loader loader(std::move(options));
  const auto take = [&] {
    while (std::optional<Batch> batch = loader.NextBatch()) {
      EXPECT_EQ(batch->number, static_cast<int64_t>(loaded.batches.size()) + 1);
      loaded.batches.push_back(batch->vacancies.size());
      for (v1::Vacancy& vacancy : batch->vacancies) loaded.vacancies.push_back(std::move(vacancy));
    }
  };
  for (size_t at = 0; at < file.size() && loaded.status.ok(); at += slice) {
    loaded.status = loader.Feed(file.substr(at, slice));
    if (loaded.status.ok()) take();
  }
  if (loaded.status.ok()) loaded.status = loader.Finish();
  if (loaded.status.ok()) take();
  loaded.summary = loader.Summary();
  return loaded;
}

}  // namespace puente::labor::loader
