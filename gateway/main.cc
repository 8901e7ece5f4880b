#include "common/rpc/server_main.h"
#include "gateway/module.h"

int main(int argc, char** argv) {
  return puente::rpc::RunServer(argc, argv, puente::gateway::Gateway());
}
