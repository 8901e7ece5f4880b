// Which kind of records counts, in tests.
#pragma once

#include <memory>
#include <string>

#include "common/crypto/digest.h"
#include "puente/api/v1/counted_kind.grpc.pb.h"
#include "tests/testing/hosted.h"

namespace puente::testing {

// A setting that holds from a day on, the first of a year.
inline api::v1::CreateCountedKindRequest Setting(const std::string& collection,
                                                 type::v1::RecordKind kind, int year = 2020) {
  api::v1::CreateCountedKindRequest request;
  request.set_counted_kind_id(crypto::Uuid4());
  api::v1::CountedKind& setting = *request.mutable_counted_kind();
  setting.set_collection(collection);
  setting.set_record_kind(kind);
  setting.mutable_effective_date()->set_year(year);
  setting.mutable_effective_date()->set_month(1);
  setting.mutable_effective_date()->set_day(1);
  return request;
}

// Sets it, as the caller of the channel.
inline absl::StatusOr<api::v1::CountedKind> SetCounted(
    const std::shared_ptr<grpc::Channel>& channel,
    const api::v1::CreateCountedKindRequest& request) {
  using Stub = api::v1::CountedKindService::Stub;
  const auto stub = api::v1::CountedKindService::NewStub(channel);
  return Called(*stub, &Stub::CreateCountedKind, request);
}
inline absl::StatusOr<api::v1::CountedKind> SetCounted(
    const std::shared_ptr<grpc::Channel>& channel, const std::string& collection,
    type::v1::RecordKind kind) {
  return SetCounted(channel, Setting(collection, kind));
}

}  // namespace puente::testing
