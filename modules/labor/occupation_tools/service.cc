#include "modules/labor/occupation_tools/service.h"

#include "common/resource/serve.h"
#include "modules/labor/occupation_tools/store.h"
#include "modules/labor/vocabulary_releases/diff.h"
#include "puente/labor/v1/occupation_tool.grpc.pb.h"

namespace puente::labor {

void ServeOccupationTools(calls::Host& host) {
  calls::Service& service = host.Serve<v1::OccupationToolService>();
  service.Read(
      [](const Call& call, sql::Session& session, const v1::DiffOccupationToolsRequest& request) {
        return DiffReleases<v1::DiffOccupationToolsResponse>(call, session, request,
                                                             store::OccupationToolSpec());
      });
  resource::Serve(service, store::OccupationToolSpec());
}

}  // namespace puente::labor
