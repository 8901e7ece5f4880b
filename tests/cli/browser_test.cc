#include "cli/browser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "tests/testing/folder.h"
#include "tests/testing/wait.h"

namespace puente::cli {
namespace {

using ::testing::HasSubstr;

constexpr char kLink[] = "http://127.0.0.1:7/open/0123456789abcdef";

// A desktop whose xdg-open writes what it was given, and its own state, into a file.
class Desktop : public ::testing::Test {
 protected:
  Desktop() {
    const std::filesystem::path program = folder_ / "xdg-open";
    std::ofstream(program) << "#!/bin/sh\n"
                           << "exec > '" << said().string() << ".part'\n"
                           << "echo \"count $#\"\necho \"file $1\"\n"
                           << "while read -r name value; do echo \"$name $value\"; done"
                           << " < /proc/self/status\n"
                           << "mv '" << said().string() << ".part' '" << said().string() << "'\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    Set("PATH", absl::StrCat(folder_.string(), ":", std::getenv("PATH")).c_str());
    Set("WAYLAND_DISPLAY", nullptr);
  }
  ~Desktop() override {
    for (const auto& [name, value] : before_) Put(name, value ? value->c_str() : nullptr);
  }

  void Set(const std::string& name, const char* value) {
    const char* before = std::getenv(name.c_str());
    before_.emplace(name, before == nullptr ? std::nullopt : std::optional<std::string>(before));
    Put(name, value);
  }

  std::filesystem::path said() const { return folder_ / "said"; }
  std::map<std::string, std::string> Said() const {
    std::map<std::string, std::string> all;
    std::ifstream lines(said());
    for (std::string name, value; lines >> name && std::getline(lines >> std::ws, value);) {
      all.emplace(name, value);
    }
    return all;
  }

 private:
  static void Put(const std::string& name, const char* value) {
    value == nullptr ? unsetenv(name.c_str()) : setenv(name.c_str(), value, 1);
  }

  const testing::Folder own_;
  const std::filesystem::path folder_ = own_.path();
  std::map<std::string, std::optional<std::string>> before_;
};

TEST_F(Desktop, TheBrowserGetsAFileOfThisUsersAloneAndNotTheLink) {
  Set("DISPLAY", ":7");
  std::string file;
  {
    const ShownLink shown(kLink);
    ASSERT_TRUE(testing::Becomes([&] { return std::filesystem::exists(said()); }));
    auto told = Said();
    EXPECT_EQ(told["count"], "1");
    file = told["file"];
    ASSERT_TRUE(std::filesystem::path(file).is_absolute()) << file;
    EXPECT_THAT(ReadFile(file).value_or(""), HasSubstr(absl::StrCat("0;url=", kLink, "\"")));
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write);
    EXPECT_EQ(std::filesystem::status(std::filesystem::path(file).parent_path()).permissions(),
              perms::owner_all);
  }
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(file).parent_path()));
}

TEST_F(Desktop, TheBrowserTakesSignals) {
  Set("DISPLAY", ":7");
  sigset_t ours, before;
  sigemptyset(&ours);
  sigaddset(&ours, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ours, &before);
  const auto handler = ::signal(SIGPIPE, SIG_IGN);
  const ShownLink shown(kLink);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::signal(SIGPIPE, handler);
  ASSERT_TRUE(testing::Becomes([&] { return std::filesystem::exists(said()); }));
  const auto bits = [&](const char* name) { return std::stoull(Said()[name], nullptr, 16); };
  EXPECT_EQ(bits("SigBlk:") & (1ull << (SIGTERM - 1)), 0u);
  EXPECT_EQ(bits("SigIgn:") & (1ull << (SIGPIPE - 1)), 0u);
}

TEST_F(Desktop, WithoutOneNothingIsStarted) {
  Set("DISPLAY", nullptr);
  const ShownLink shown(kLink);
  EXPECT_FALSE(std::filesystem::exists(said()));
}

}  // namespace
}  // namespace puente::cli
