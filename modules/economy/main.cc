#include "common/rpc/server_main.h"
#include "modules/economy/module.h"

int main(int argc, char** argv) {
  return puente::rpc::RunServer(argc, argv, puente::economy::Economy());
}
