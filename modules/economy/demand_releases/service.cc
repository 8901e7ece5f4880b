#include "modules/economy/demand_releases/service.h"

#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/resource/newest_first.h"
#include "modules/economy/demand_releases/telling.h"
#include "puente/economy/v1/demand_release.grpc.pb.h"

namespace puente::economy {
namespace {

absl::Status Write(sql::Session& session, const store::DemandRelease& release,
                   v1::DemandRelease& out) {
  out.set_name(NameOf(release));
  out.set_record_kind(release.record_kind);
  for (const auto& [name, prefixes] : release.sectors) {
    if (!IsSectorTable(name)) continue;
    v1::DemandReleaseSector& sector = *out.add_sectors();
    sector.set_sector_table(name);
    sector.mutable_scian_prefixes()->Add(prefixes.begin(), prefixes.end());
    sector.set_could_not_split(!CanSplit(release, name));
  }
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), TokenOf(session, release));
  *out.mutable_create_time() = ToProto(release.create_time);
  return absl::OkStatus();
}

absl::StatusOr<v1::DemandRelease> GetDemandRelease(const Call&, sql::Session& session,
                                                   const v1::GetDemandReleaseRequest& request) {
  ASSIGN_OR_RETURN(const store::DemandRelease release, NamedRelease(session, request.name()));
  v1::DemandRelease out;
  RETURN_IF_ERROR(Write(session, release, out));
  return out;
}

absl::StatusOr<v1::ListDemandReleasesResponse> ListDemandReleases(
    const Call& call, sql::Session& session, const v1::ListDemandReleasesRequest& request) {
  v1::ListDemandReleasesResponse response;
  ASSIGN_OR_RETURN(const auto page,
                   resource::NewestFirst(call, request, response, [&](int64_t before, int most) {
                     return store::ReadReleasesBefore(session, before, most);
                   }));
  for (const store::DemandRelease& release : page) {
    RETURN_IF_ERROR(Write(session, release, *response.add_demand_releases()));
  }
  return response;
}

}  // namespace

void ServeDemandReleases(calls::Host& host) {
  calls::Service& releases = host.Serve<v1::DemandReleaseService>();
  releases.Read<&GetDemandRelease>();
  releases.Read<&ListDemandReleases>();
}

}  // namespace puente::economy
