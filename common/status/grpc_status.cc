#include "common/status/grpc_status.h"

#include "absl/strings/match.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace puente {
namespace {

constexpr char kTypePrefix[] = "type.googleapis.com/";
constexpr char kLocalized[] = "type.googleapis.com/google.rpc.LocalizedMessage";

}  // namespace

grpc::Status ToGrpc(const absl::Status& status, Locale locale) {
  if (status.ok()) return grpc::Status::OK;
  // What is not of a call, such as a test's.
  if (Reason(status).empty()) return ToGrpc(Error(error::kInternal, "trace"_is("-")), locale);
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(std::string(status.message()));
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!absl::StartsWith(url, kTypePrefix) || url == kLocalized) return;
    auto* any = details.add_details();
    any->set_type_url(std::string(url));
    any->set_value(std::string(payload));
  });
  google::rpc::LocalizedMessage localized;
  localized.set_locale(locale == Locale::kSpanish ? "es-MX" : "en");
  localized.set_message(Text(status, locale));
  details.add_details()->PackFrom(localized);
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      details.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const auto& any : details.details()) {
    result.SetPayload(any.type_url(), absl::Cord(any.value()));
    google::rpc::LocalizedMessage localized;
    if (any.UnpackTo(&localized) && absl::StartsWith(localized.locale(), "es")) {
      result.SetPayload("puente/es", absl::Cord(localized.message()));
    }
  }
  return result;
}

}  // namespace puente
