#include "common/hosting/run_server.h"
#include "modules/education/module.h"

int main(int argc, char** argv) {
  return puente::hosting::RunServer(argc, argv, puente::education::Education());
}
