#include "common/hosting/run_server.h"
#include "modules/economy/module.h"

int main(int argc, char** argv) {
  return puente::hosting::RunServer(argc, argv, puente::economy::Economy());
}
