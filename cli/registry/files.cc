#include "cli/registry/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/registry/errors.h"
#include "common/context/disk.h"
#include "common/context/file.h"
#include "common/status/macros.h"

namespace puente::registry {
namespace {

constexpr absl::Duration kLongestWait = absl::Seconds(10);
constexpr absl::Duration kAgain = absl::Milliseconds(10);

absl::Status NotWritten(const std::string& path, std::error_code why = LastError()) {
  return Error(error::kFileNotWritten, "path"_is(path), "why"_is(why.message()));
}

absl::Status Written(const std::string& path, std::error_code error) {
  return error ? NotWritten(path, error) : absl::OkStatus();
}

std::string FolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

absl::StatusOr<std::string> Read(const std::string& path) {
  if (auto content = ReadFile(path)) return *std::move(content);
  return Error(error::kFileNotRead, "path"_is(path));
}

absl::StatusOr<std::string> ReadPrivate(const std::string& path) {
  struct stat file;
  if (stat(path.c_str(), &file) == 0 && (file.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error(error::kKeyExposed, "path"_is(path));
  }
  return Read(path);
}

absl::Status Write(const std::string& path, absl::string_view content, mode_t mode) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return NotWritten(path);
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
  if (file < 0) return NotWritten(path);
  const absl::Cleanup end = [&] { close(file); };
  // Servers read it, whatever the umask of who wrote it is.
  if (fchmod(file, mode) != 0) return NotWritten(path);
  return Written(path, WriteAndSync(file, content));
}

absl::Status PutInPlace(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return NotWritten(to);
  return Written(to, SyncFolder(FolderOf(to)));
}

absl::Status Replace(const std::string& path, absl::string_view content, mode_t mode) {
  const std::string fresh = absl::StrCat(path, ".new");
  RETURN_IF_ERROR(Write(fresh, content, mode));
  return PutInPlace(fresh, path);
}

// A link is made whole or not at all, and replaces nothing.
absl::Status WriteNew(const std::string& path, absl::string_view content, mode_t mode) {
  const std::string fresh = absl::StrCat(path, ".new-", getpid());
  RETURN_IF_ERROR(Write(fresh, content, mode));
  const absl::Cleanup remove = [&] { unlink(fresh.c_str()); };
  if (link(fresh.c_str(), path.c_str()) != 0) {
    return errno == EEXIST ? Error(error::kFileExists, "path"_is(path)) : NotWritten(path);
  }
  return Written(path, SyncFolder(FolderOf(path)));
}

absl::Status AddLine(const std::string& path, absl::string_view line) {
  const std::string before = ReadFile(path).value_or("");
  const size_t whole = before.rfind('\n') + 1;  // 0 without any
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (file < 0) return NotWritten(path);
  const absl::Cleanup end = [&] { close(file); };
  if (whole != before.size() && ftruncate(file, static_cast<off_t>(whole)) != 0) {
    return NotWritten(path);
  }
  if (const std::error_code error = WriteAndSync(file, absl::StrCat(line, "\n"))) {
    return NotWritten(path, error);
  }
  return Written(path, SyncFolder(FolderOf(path)));
}

absl::Status MakeFolder(const std::string& path) {
  std::filesystem::path above = std::filesystem::absolute(path).parent_path();
  // Of "registry/" it is "registry", which is to be made closed.
  if (!std::filesystem::path(path).has_filename()) above = above.parent_path();
  std::error_code failed;
  std::filesystem::create_directories(above, failed);
  if (mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return absl::OkStatus();
  return NotWritten(path);
}

absl::StatusOr<FileLock> FileLock::Take(const std::string& path) {
  FileLock lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.file_ < 0) return NotWritten(path);
  const absl::Time until = absl::Now() + kLongestWait;
  while (flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return NotWritten(path);
    if (absl::Now() > until) return Error(error::kBusy, "path"_is(path));
    absl::SleepFor(kAgain);
  }
  return lock;
}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

}  // namespace puente::registry
