// LoadVocabulary: a file becomes terms of a draft, in chunks, each durable by itself.
#pragma once

#include <optional>
#include <string>

#include "common/calls/upload.h"
#include "modules/labor/vocabulary_releases/file.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor {

class LoadVocabulary final
    : public calls::Uploader<v1::LoadVocabularyRequest, v1::LoadVocabularyResponse> {
 public:
  explicit LoadVocabulary(calls::Host& host) : host_(host) {}

  absl::Status Consume(const Call& call, sql::Session& session,
                       const v1::LoadVocabularyRequest& message) override;
  absl::StatusOr<v1::LoadVocabularyResponse> Finish(const Call& call,
                                                    sql::Session& session) override;

 private:
  absl::Status Begin(const Call& call, sql::Session& session,
                     const v1::LoadVocabularyHeader& header);
  // Stores the batches that are full.
  absl::Status StoreBatches(const Call& call, sql::Session& session);

  calls::Host& host_;
  std::optional<VocabularyLoader> loader_;
  std::string release_;  // name of the draft
  std::string request_id_;
  int64_t loaded_ = 0;
  int64_t unchanged_ = 0;
  std::string freshness_;
};

}  // namespace puente::labor
