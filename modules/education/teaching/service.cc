#include "modules/education/teaching/service.h"

#include "common/calls/service.h"
#include "modules/education/teaching/search.h"
#include "modules/education/teaching/sites.h"
#include "puente/education/v1/teaching.grpc.pb.h"

namespace puente::education {

void ServeTeaching(calls::Host& host, due::Scheduler& due) {
  host.Serve<v1::TeachingService>().Read<&FindTeaching>();
  teaching::HandleFinding(due);
}

}  // namespace puente::education
