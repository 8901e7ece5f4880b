#include "cli/browser.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace puente::cli {
namespace {

constexpr char kProgram[] = "xdg-open";

bool WritePrivate(const std::filesystem::path& file, const std::string& text) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const bool whole =
      write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  return close(descriptor) == 0 && whole;
}

// As a shell would, whatever this process does with signals; Ctrl-C here is not for the browser.
void Start(std::string argument) {
  std::string program = kProgram;
  char* arguments[] = {program.data(), argument.data(), nullptr};
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  posix_spawnattr_t attributes;
  if (posix_spawnattr_init(&attributes) != 0) return;
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t child = 0;
  (void)posix_spawnp(&child, kProgram, nullptr, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
}

}  // namespace

ShownLink::ShownLink(const std::string& link) {
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return;
  std::error_code error;
  std::string name =
      (std::filesystem::temp_directory_path(error) / "puente-console-XXXXXX").string();
  if (error || mkdtemp(name.data()) == nullptr) return;
  folder_ = name;
  const std::filesystem::path file = folder_ / "console.html";
  if (!WritePrivate(file,
                    absl::StrCat("<!doctype html><meta charset=\"utf-8\"><title>Puente</title>"
                                 "<meta http-equiv=\"refresh\" content=\"0;url=",
                                 link, "\">\n"))) {
    return;
  }
  Start(file.string());
}

ShownLink::~ShownLink() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

}  // namespace puente::cli
