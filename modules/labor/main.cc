#include "common/hosting/run_server.h"
#include "modules/labor/module.h"

int main(int argc, char** argv) {
  return puente::hosting::RunServer(argc, argv, puente::labor::Labor());
}
