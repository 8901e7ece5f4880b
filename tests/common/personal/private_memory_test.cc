// What a process that opens personal data leaves of its memory.
#include "common/personal/private_memory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace puente::personal {
namespace {

// In a process of its own, since there is no way back.
int StatusOf(void (*body)()) {
  const pid_t child = fork();
  if (child == 0) {
    body();
    _exit(0);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

TEST(PrivateMemory, IsInNoCoreFile) {
  const int status = StatusOf([] {
    rlimit limit = {};
    const bool dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1;  // else this shows nothing
    KeepMemoryPrivate();
    const bool kept = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                      getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_max == 0;
    if (dumpable && kept) std::abort();
  });
  ASSERT_TRUE(WIFSIGNALED(status)) << "it was not dumpable before, or still is";
  EXPECT_FALSE(WCOREDUMP(status));
}

// Of root itself, who owns all of /proc, that shows nothing.
TEST(PrivateMemory, IsReadByNobodyElse) {
  const int status = StatusOf([] {
    if (geteuid() == 0 && (setgid(12345) != 0 || setuid(12345) != 0)) _exit(1);
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);  // who changes users is not
    const auto opened = [] { return open("/proc/self/mem", O_RDONLY | O_CLOEXEC) >= 0; };
    if (!opened()) _exit(2);
    KeepMemoryPrivate();
    _exit(opened() ? 3 : 0);
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace puente::personal
