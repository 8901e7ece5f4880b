#include "common/rpc/server_main.h"
#include "modules/education/module.h"

int main(int argc, char** argv) {
  return puente::rpc::RunServer(argc, argv, puente::education::Education());
}
