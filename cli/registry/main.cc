#include <unistd.h>

#include <csignal>
#include <iostream>

#include "cli/registry/app.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_DFL);  // `puente-registry ... | head` ends quietly
  return puente::registry::Run(argc, argv, isatty(STDOUT_FILENO) != 0, std::cout, std::cerr);
}
