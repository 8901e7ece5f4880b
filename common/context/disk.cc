#include "common/context/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace puente {

std::error_code LastError() { return {errno, std::generic_category()}; }

std::error_code WriteAll(int file, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return LastError();
    text.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

std::error_code SyncFile(int file) { return fsync(file) == 0 ? std::error_code() : LastError(); }

std::error_code WriteAndSync(int file, absl::string_view text) {
  const std::error_code error = WriteAll(file, text);
  return error ? error : SyncFile(file);
}

std::error_code SyncFolder(const std::filesystem::path& folder) {
  const int opened = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return LastError();
  const std::error_code error = SyncFile(opened);
  close(opened);
  return error;
}

}  // namespace puente
