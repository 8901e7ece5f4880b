#include "gateway/report_definitions/service.h"

#include "common/resource/serve.h"
#include "gateway/report_definitions/resource.h"
#include "gateway/report_definitions/rules.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::gateway {
namespace {

absl::Status Number(const Call&, journal::Transaction&, const v1::ReportDefinition* before,
                    v1::ReportDefinition& after) {
  if (before == nullptr) {
    after.set_definition_version(1);
  } else if (!google::protobuf::util::MessageDifferencer::Equals(*before, after)) {
    after.set_definition_version(before->definition_version() + 1);
  }
  return absl::OkStatus();
}

}  // namespace

void ServeReportDefinitions(calls::Host& host) {
  resource::Serve(host, ReportDefinitions(), {.check = &CheckReportDefinition, .prepare = &Number});
}

}  // namespace puente::gateway
