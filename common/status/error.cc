#include "common/status/error.h"

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/rpc/error_details.pb.h"

namespace puente {
namespace {

constexpr char kErrorInfo[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kBadRequest[] = "type.googleapis.com/google.rpc.BadRequest";
constexpr char kResourceInfo[] = "type.googleapis.com/google.rpc.ResourceInfo";
constexpr char kRetryInfo[] = "type.googleapis.com/google.rpc.RetryInfo";
// The Spanish text rides along; the server sends one text, in the caller's language.
constexpr char kSpanish[] = "puente/es";

constexpr ErrorSpec kInvalidFields{"INVALID_FIELDS", absl::StatusCode::kInvalidArgument, "puente",
                                   "La solicitud tiene $count error(es); el primero: $first",
                                   "The request has $count error(s); the first: $first"};

template <class Detail>
void Attach(absl::Status& status, const char* url, const Detail& detail) {
  status.SetPayload(url, absl::Cord(detail.SerializeAsString()));
}

template <class Detail>
Detail Read(const absl::Status& status, const char* url) {
  Detail detail;
  if (auto payload = status.GetPayload(url)) detail.ParseFromString(std::string(*payload));
  return detail;
}

// "labor.puente/SkillSignal", as the contract declares it, of SKILL_SIGNAL_NOT_FOUND.
std::string ResourceType(const ErrorSpec& spec, absl::string_view reason) {
  std::string kind;
  for (const absl::string_view word : absl::StrSplit(reason, '_')) {
    absl::StrAppend(&kind, word.substr(0, 1), absl::AsciiStrToLower(word.substr(1)));
  }
  return absl::StrCat(spec.domain, "/", kind);
}

// AIP-193: what is missing is named.
void AttachResource(absl::Status& status, const ErrorSpec& spec, const Metadata& metadata) {
  absl::string_view reason = spec.reason;
  if (!absl::ConsumeSuffix(&reason, "_NOT_FOUND")) return;
  for (const auto& [key, value] : metadata) {
    if (key != "name") continue;
    google::rpc::ResourceInfo info;
    info.set_resource_type(ResourceType(spec, reason));
    info.set_resource_name(Cut(value));
    Attach(status, kResourceInfo, info);
  }
}

}  // namespace

absl::Status ErrorOf(const ErrorSpec& spec, const Metadata& metadata) {
  absl::Status status(spec.code, Fill(spec.en, metadata));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(spec.reason));
  info.set_domain(std::string(spec.domain));
  for (const auto& [key, value] : metadata) {
    (*info.mutable_metadata())[std::string(key)] = Cut(value);
  }
  Attach(status, kErrorInfo, info);
  AttachResource(status, spec, metadata);
  status.SetPayload(kSpanish, absl::Cord(Fill(spec.es, metadata)));
  return status;
}

absl::Status WithRetry(absl::Status status, absl::Duration retry_delay) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(
      absl::IDivDuration(retry_delay, absl::Seconds(1), &retry_delay));
  retry.mutable_retry_delay()->set_nanos(static_cast<int>(absl::ToInt64Nanoseconds(retry_delay)));
  Attach(status, kRetryInfo, retry);
  return status;
}

absl::Status internal::InvalidFields(const Metadata& es, const Metadata& en,
                                     const google::rpc::BadRequest& bad) {
  absl::Status status = ErrorOf(kInvalidFields, en);
  status.SetPayload(kSpanish, absl::Cord(Fill(kInvalidFields.es, es)));
  Attach(status, kBadRequest, bad);
  return status;
}

std::string Reason(const absl::Status& status) {
  return Read<google::rpc::ErrorInfo>(status, kErrorInfo).reason();
}

std::string Domain(const absl::Status& status) {
  return Read<google::rpc::ErrorInfo>(status, kErrorInfo).domain();
}

std::string MetadataOf(const absl::Status& status, absl::string_view key) {
  const auto info = Read<google::rpc::ErrorInfo>(status, kErrorInfo);
  const auto found = info.metadata().find(std::string(key));
  return found == info.metadata().end() ? "" : found->second;
}

google::rpc::BadRequest BadRequestOf(const absl::Status& status) {
  return Read<google::rpc::BadRequest>(status, kBadRequest);
}

Locale ParseLocale(absl::string_view accept_language) {
  // The first language named that we have wins; weights are rare enough to ignore.
  for (absl::string_view part : absl::StrSplit(accept_language, ',')) {
    part = absl::StripAsciiWhitespace(part);
    if (absl::StartsWithIgnoreCase(part, "es")) return Locale::kSpanish;
    if (absl::StartsWithIgnoreCase(part, "en")) return Locale::kEnglish;
  }
  return Locale::kSpanish;
}

std::string Text(const absl::Status& status, Locale locale) {
  if (locale == Locale::kSpanish) {
    if (auto spanish = status.GetPayload(kSpanish)) return std::string(*spanish);
  }
  return std::string(status.message());
}

}  // namespace puente
