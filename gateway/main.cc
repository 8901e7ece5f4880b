#include "common/hosting/run_server.h"
#include "gateway/module.h"

int main(int argc, char** argv) {
  return puente::hosting::RunServer(argc, argv, puente::gateway::Gateway());
}
