#include "modules/education/national_profiles/service.h"

#include "common/resource/serve.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/national_profiles/resource.h"
#include "modules/education/national_profiles/rules.h"
#include "puente/education/v1/national_profile.grpc.pb.h"

namespace puente::education {
namespace {

absl::StatusOr<v1::ProfileReport> CheckProfile(const Call& call, sql::Session& session,
                                               const v1::CheckProfileRequest& request) {
  ASSIGN_OR_RETURN(const auto version,
                   resource::Get(session, MicrocredentialVersions(),
                                 request.microcredential_version(), "microcredential_version"));
  ASSIGN_OR_RETURN(
      const auto profile,
      resource::Get(session, NationalProfiles(), request.national_profile(), "national_profile"));
  return Report(profile, version, call.locale);
}

}  // namespace

void ServeNationalProfiles(calls::Host& host) {
  calls::Service& service = host.Serve<v1::NationalProfileService>();
  service.Read<&CheckProfile>();
  resource::Serve(host, NationalProfiles(), {.check = &CheckRequirements});
}

}  // namespace puente::education
