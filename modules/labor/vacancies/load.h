// LoadVacancies: a file becomes chunks, each durable by itself.
//
// A check is the file's digest and that of each chunk as it would be stored, so that a strict load
// compares a chunk before it stores it and the server remembers nothing between the two uploads.
#pragma once

#include <optional>
#include <string>

#include "common/calls/upload.h"
#include "modules/labor/vacancies/file.h"
#include "modules/labor/vacancies/service.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor {

class VacancyUpload final
    : public calls::Uploader<v1::LoadVacanciesRequest, v1::LoadVacanciesResponse> {
 public:
  VacancyUpload(calls::Host& host, const VacancyRules& rules) : host_(host), rules_(rules) {}

  absl::Status Consume(const Call& call, sql::Session& session,
                       const v1::LoadVacanciesRequest& message) override;
  absl::StatusOr<v1::LoadVacanciesResponse> Finish(const Call& call,
                                                   sql::Session& session) override;

 private:
  absl::Status Begin(const Call& call, const v1::LoadVacanciesHeader& header);
  // Takes the batches that are full.
  absl::Status TakeBatches(const Call& call, sql::Session& session);
  absl::Status Take(const Call& call, sql::Session& session, VacancyBatch& batch);
  // How many rows of it were stored now, and how many before.
  absl::StatusOr<v1::LoadVacanciesResponse> Store(const Call& call, sql::Session& session,
                                                  VacancyBatch& batch, const std::string& digest);
  // FILE_CHANGED unless `digest` is the n-th of the check, counted from 0; OK without a check.
  absl::Status Expect(int64_t n, absl::string_view digest) const;
  absl::Status FileChanged() const;

  calls::Host& host_;
  const VacancyRules& rules_;
  std::optional<VacancyLoader> loader_;
  std::string request_id_;
  bool validate_only_ = false;
  std::string expected_;  // the check that was given
  std::string digests_;   // of the batches so far, if this is to become a check
  int64_t loaded_ = 0;
  int64_t unchanged_ = 0;
  std::string freshness_;
};

}  // namespace puente::labor
