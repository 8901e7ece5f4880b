#include <unistd.h>

#include <csignal>
#include <iostream>

#include "cli/app.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_DFL);  // `puente ... | head` ends quietly
  return puente::cli::Run(argc, argv, isatty(STDOUT_FILENO) != 0, std::cout, std::cerr);
}
