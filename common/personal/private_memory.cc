#include "common/personal/private_memory.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

namespace puente::personal {

// The limit as well: a program that this one might start is dumpable again.
void KeepMemoryPrivate() {
  const rlimit none = {0, 0};
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && setrlimit(RLIMIT_CORE, &none) == 0) return;
  std::perror("PR_SET_DUMPABLE");
  std::abort();
}

}  // namespace puente::personal
