#include "modules/economy/demand_releases/service.h"

#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/resource/page.h"
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
  const std::vector<absl::string_view> binding = {call.method, call.caller.path};
  int64_t before = std::numeric_limits<int64_t>::max();
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 1));
    if (!absl::SimpleAtoi(cursor[0], &before)) return Error(resource::error::kInvalidPageToken);
  }
  const size_t size = resource::PageSize(request.page_size());
  ASSIGN_OR_RETURN(std::vector<store::DemandRelease> page,
                   store::ReadReleasesBefore(session, before, static_cast<int>(size) + 1));
  v1::ListDemandReleasesResponse response;
  if (page.size() > size) {
    page.resize(size);
    response.set_next_page_token(
        resource::MakePageToken(binding, {absl::StrCat(page.back().number)}));
  }
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
