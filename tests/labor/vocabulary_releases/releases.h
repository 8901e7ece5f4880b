// Drafts a vocabulary's release, fills it from a file and publishes it.
#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "puente/labor/v1/vocabulary_release.grpc.pb.h"
#include "tests/testing/hosted.h"

namespace puente::labor {

using Releases = v1::VocabularyReleaseService::Stub;

inline absl::StatusOr<v1::VocabularyRelease> DraftRelease(Releases& releases, const std::string& id,
                                                          const std::string& framework = "onet") {
  v1::CreateVocabularyReleaseRequest request;
  request.set_vocabulary_release_id(id);
  v1::VocabularyRelease& release = *request.mutable_vocabulary_release();
  release.set_framework(framework);
  release.set_version_label("1");
  release.set_origin("test");
  release.set_licence("CC BY 4.0");
  release.set_coverage(v1::VOCABULARY_COVERAGE_COMPLETE);
  release.set_source("onet");
  release.set_record_kind(type::v1::RECORD_KIND_REAL);
  return testing::Called(releases, &Releases::CreateVocabularyRelease, request);
}

inline absl::StatusOr<v1::LoadVocabularyResponse> LoadRelease(Releases& releases,
                                                              const std::string& id,
                                                              v1::VocabularyLayout layout,
                                                              const std::string& file,
                                                              const std::string& request_id = "") {
  grpc::ClientContext context;
  v1::LoadVocabularyResponse response;
  auto writer = releases.LoadVocabulary(&context, &response);
  v1::LoadVocabularyRequest message;
  message.mutable_header()->set_release("vocabularyReleases/" + id);
  message.mutable_header()->set_layout(layout);
  message.mutable_header()->set_request_id(request_id);
  message.mutable_header()->set_size_bytes(static_cast<int64_t>(file.size()));
  writer->Write(message);
  for (size_t at = 0; at < file.size(); at += 64 << 10) {
    message.set_content(file.substr(at, 64 << 10));
    if (!writer->Write(message)) break;
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return FromGrpc(status);
  return response;
}

inline absl::StatusOr<v1::VocabularyRelease> PublishRelease(Releases& releases,
                                                            const std::string& id,
                                                            const std::string& request_id = "") {
  v1::PublishVocabularyReleaseRequest request;
  request.set_name("vocabularyReleases/" + id);
  request.set_request_id(request_id);
  return testing::Called(releases, &Releases::PublishVocabularyRelease, request);
}

}  // namespace puente::labor
