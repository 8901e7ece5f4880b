#include "gateway/compose/provenance.h"

#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "gateway/errors.h"
#include "google/protobuf/descriptor.h"

namespace puente::compose {
namespace {

constexpr char kAsOfField[] = "as_of_time";
constexpr char kCheckField[] = "check_time";
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

// What the answer says in this field; nothing if it doesn't.
std::optional<google::protobuf::Timestamp> TimeIn(const google::protobuf::Message& answer,
                                                  const char* name) {
  const auto* field = answer.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || !answer.GetReflection()->HasField(answer, field)) return std::nullopt;
  google::protobuf::Timestamp time;
  time.CopyFrom(answer.GetReflection()->GetMessage(answer, field));
  return time;
}

void Tell(const absl::Status& why, const Call& call, gateway::v1::SectionFailure& failure) {
  failure.set_reason(Reason(why));
  failure.set_domain(Domain(why));
  failure.set_message(Text(why, call.locale));
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

void Answered(const google::protobuf::Message& answer, const Asked& asked,
              gateway::v1::Provenance& provenance) {
  provenance.set_digest(crypto::Sha256(crypto::Canonical(answer)));
  const auto* descriptor = answer.GetDescriptor();
  const auto* reflection = answer.GetReflection();
  const auto* token = descriptor->FindFieldByName(kTokenField);
  if (token != nullptr) provenance.set_freshness_token(reflection->GetString(answer, token));
  const auto now = ToProto(asked.time);
  const auto as_of = TimeIn(answer, kAsOfField).value_or(now);
  *provenance.mutable_as_of_time() = as_of;
  const absl::Time known = FromProto(TimeIn(answer, kCheckField).value_or(as_of));
  const bool stale = known < asked.time - asked.stale_after;
  provenance.set_state(stale ? gateway::v1::SECTION_STATE_STALE : gateway::v1::SECTION_STATE_FRESH);
  if (!stale) return;
  Tell(Error(error::kAgencyStandsStill, "agency"_is(Name(asked.agency)),
             "since"_is(absl::FormatTime(absl::RFC3339_sec, known, absl::UTCTimeZone()))),
       asked.call, *provenance.mutable_failure());
}

void Failed(const absl::Status& explained, const Call& call, gateway::v1::Provenance& provenance) {
  const std::string reason = Reason(explained);
  provenance.set_state(reason == error::kAgencyRefused.reason ? gateway::v1::SECTION_STATE_DENIED
                                                              : gateway::v1::SECTION_STATE_MISSING);
  Tell(explained, call, *provenance.mutable_failure());
  if (reason == error::kNeedsSection.reason) {
    provenance.mutable_failure()->set_needs(MetadataOf(explained, "section"));
  }
}

}  // namespace puente::compose
