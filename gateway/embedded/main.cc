// All five services in one process, which then holds every agency's keys: for one machine, tests
// and demonstrations. The only place that knows the modules and the gateway; calls between them
// take the same RPC paths as between processes.
#include "common/hosting/run_server.h"
#include "gateway/module.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"

int main(int argc, char** argv) {
  return puente::hosting::RunFederation(
      argc, argv,
      {puente::education::Education(), puente::economy::Economy(), puente::labor::Labor(),
       puente::science::Science(), puente::gateway::Gateway()});
}
