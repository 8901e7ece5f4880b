// What connections without a certificate may do to a module.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <filesystem>

#include "absl/strings/match.h"
#include "tests/common/hosting/hosted.h"

namespace puente::hosting {
namespace {

using FrontDoorTest = HostedTest;

// How many descriptors this process may have, for a while.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t more_than_now) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const std::filesystem::directory_iterator open("/proc/self/fd");
    const auto used = static_cast<rlim_t>(std::distance(begin(open), end(open)));
    const rlimit now = {used + more_than_now, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &now);
  }
  ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_ = {};
};

// Connections without a certificate, or a word, held by a process of their own.
class PlainConnections {
 public:
  PlainConnections(const std::string& address, int count) {
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    process_ = fork();
    if (process_ == 0) Hold(to, count);
  }
  ~PlainConnections() { End(); }
  void End() {
    if (process_ == 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  // Nothing here may take a lock that another thread held at the fork.
  [[noreturn]] static void Hold(const sockaddr_in& to, int count) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close_range(0, ~0U, 0);
    rlimit limit = {};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    for (int i = 0; i < count; ++i) {
      const int file = socket(AF_INET, SOCK_STREAM, 0);
      connect(file, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    while (true) pause();
  }

  pid_t process_ = 0;
};

TEST_F(FrontDoorTest, ConnectionsWithoutACertificateDoNotMakeItDeaf) {
  auto labor =
      Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  const auto answers = [&] { return Supplier((*labor)->address(), "agency/labor").ok(); };
  ASSERT_TRUE(answers());
  {
    const DescriptorLimit few(40);
    PlainConnections plain((*labor)->address(), 200);
    // Until not even a folder can be opened.
    EXPECT_TRUE(Becomes([] {
      const int file = open("/proc/self/fd", O_RDONLY | O_CLOEXEC);
      if (file >= 0) close(file);
      return file < 0;
    }));
    plain.End();
    EXPECT_TRUE(Becomes(answers));
  }
}

TEST_F(FrontDoorTest, IsReadyOnlyWhileItsFrontDoorAnswers) {
  const DescriptorLimit few(200);  // half of which may be callers' connections
  auto labor =
      Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  const auto shows = [&](const char* text) {
    return Becomes(
        [&] { return absl::StrContains(HttpGet((*labor)->admin_address(), "/ready"), text); });
  };
  EXPECT_TRUE(shows("200 OK"));
  PlainConnections plain((*labor)->address(), 400);
  EXPECT_TRUE(shows("SERVER_NOT_ANSWERING"));
  plain.End();
  EXPECT_TRUE(shows("200 OK"));
}

}  // namespace
}  // namespace puente::hosting
