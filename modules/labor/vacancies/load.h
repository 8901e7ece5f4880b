// LoadVacancies: a file becomes chunks, each durable by itself.
#pragma once

#include "common/loading/upload.h"
#include "modules/labor/vacancies/file.h"
#include "modules/labor/vacancies/service.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "puente/labor/v1/vacancy_load.pb.h"

namespace puente::labor {

class LoadVacancies final : public loading::RecordUpload<v1::LoadVacanciesRequest,
                                                         v1::LoadVacanciesResponse, v1::Vacancy> {
 public:
  LoadVacancies(calls::Host& host, const VacancyRules& rules) : RecordUpload(host), rules_(rules) {}

 private:
  absl::StatusOr<loading::LoadOptions<v1::Vacancy>> Prepare(
      const Call& call, sql::Session& session, const v1::LoadVacanciesHeader& header) override;
  absl::StatusOr<Outcome> Look(sql::Session& session, const VacancyBatch& batch) override;
  void SetLoad(v1::LoadVacanciesResponse& response) const override;
  absl::StatusOr<Outcome> StoreNew(const Call& call, journal::Transaction& tx,
                                   VacancyBatch& batch) override;

  const VacancyRules& rules_;
  v1::VacancyLoad load_;   // of this upload, as it is when it is made
  bool numbered_ = false;  // whether its rows may have numbers of their own
};

}  // namespace puente::labor
