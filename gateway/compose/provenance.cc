#include "gateway/compose/provenance.h"

#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "gateway/errors.h"
#include "google/protobuf/descriptor.h"

namespace puente::compose {
namespace {

constexpr char kAsOfField[] = "as_of_time";
constexpr char kTokenField[] = "freshness_token";

const ErrorSpec& SpecFor(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return error::kAgencyRefused;
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
      return error::kAgencyLate;
    case absl::StatusCode::kUnavailable:
      return error::kAgencyUnavailable;
    default:
      return error::kAgencyFailed;
  }
}

}  // namespace

absl::Status Explain(Agency agency, const absl::Status& status, const Call& call) {
  const ErrorSpec& spec = SpecFor(status.code());
  const bool own_words = &spec != &error::kAgencyRefused && &spec != &error::kAgencyLate;
  if (own_words && !Reason(status).empty()) return status;
  return ErrorOf(
      spec,
      {{"agency", std::string(Name(agency))}, {"caller", call.caller.path}, {"trace", call.trace}});
}

absl::Status Needs(absl::string_view section, const absl::Status& why, const Call& call) {
  return Error(error::kNeedsSection, "section"_is(section), "why"_is(Text(why, call.locale)));
}

void Answered(const google::protobuf::Message& answer, absl::Time asked,
              gateway::v1::Provenance& provenance) {
  provenance.set_state(gateway::v1::SECTION_STATE_FRESH);
  provenance.set_digest(crypto::Sha256(crypto::Canonical(answer)));
  const auto* descriptor = answer.GetDescriptor();
  const auto* reflection = answer.GetReflection();
  const auto* token = descriptor->FindFieldByName(kTokenField);
  if (token != nullptr) provenance.set_freshness_token(reflection->GetString(answer, token));
  const auto* as_of = descriptor->FindFieldByName(kAsOfField);
  if (as_of != nullptr && reflection->HasField(answer, as_of)) {
    provenance.mutable_as_of_time()->CopyFrom(reflection->GetMessage(answer, as_of));
  } else {
    *provenance.mutable_as_of_time() = ToProto(asked);
  }
}

void Failed(const absl::Status& explained, const Call& call, gateway::v1::Provenance& provenance) {
  const std::string reason = Reason(explained);
  provenance.set_state(reason == error::kAgencyRefused.reason ? gateway::v1::SECTION_STATE_DENIED
                                                              : gateway::v1::SECTION_STATE_MISSING);
  auto& failure = *provenance.mutable_failure();
  failure.set_reason(reason);
  failure.set_domain(Domain(explained));
  failure.set_message(Text(explained, call.locale));
  if (reason == error::kNeedsSection.reason) failure.set_needs(MetadataOf(explained, "section"));
}

}  // namespace puente::compose
