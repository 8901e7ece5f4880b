#include "modules/labor/occupation_tools/service.h"

#include "common/resource/serve.h"
#include "modules/labor/occupation_tools/resource.h"
#include "modules/labor/vocabulary_releases/diff.h"
#include "puente/labor/v1/occupation_tool.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::DiffOccupationToolsResponse> DiffOccupationTools(
    const Call& call, sql::Session& session, const v1::DiffOccupationToolsRequest& request) {
  return DiffReleases<v1::DiffOccupationToolsResponse>(call, session, request, OccupationTools());
}

}  // namespace

void ServeOccupationTools(calls::Host& host) {
  host.Serve<v1::OccupationToolService>().Read<&DiffOccupationTools>();
  resource::Serve(host, OccupationTools());
}

}  // namespace puente::labor
