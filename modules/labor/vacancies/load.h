// LoadVacancies: a file becomes chunks, each durable by itself.
#pragma once

#include <optional>
#include <string>

#include "common/rpc/upload.h"
#include "modules/labor/loader/loader.h"
#include "modules/labor/vacancies/service.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor {

class VacancyUpload final
    : public rpc::Uploader<v1::LoadVacanciesRequest, v1::LoadVacanciesResponse> {
 public:
  VacancyUpload(rpc::Host& host, const VacancyRules& rules) : host_(host), rules_(rules) {}

  absl::Status Consume(const Call& call, sql::Session& session,
                       const v1::LoadVacanciesRequest& message) override;
  absl::StatusOr<v1::LoadVacanciesResponse> Finish(const Call& call,
                                                   sql::Session& session) override;

 private:
  absl::Status Begin(const Call& call, const v1::LoadVacanciesHeader& header);
  // Stores the batches that are full.
  absl::Status StoreBatches(const Call& call, sql::Session& session);
  absl::Status Store(const Call& call, sql::Session& session, loader::Batch& batch);

  rpc::Host& host_;
  const VacancyRules& rules_;
  std::optional<loader::Loader> loader_;
  std::string request_id_;
  int64_t loaded_ = 0;
  int64_t unchanged_ = 0;
  std::string freshness_;
};

}  // namespace puente::labor
