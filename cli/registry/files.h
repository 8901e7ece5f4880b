// Files that are written whole or not at all, and those that nobody else may read.
#pragma once

#include <sys/types.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace puente::registry {

// FILE_NOT_READ.
absl::StatusOr<std::string> Read(const std::string& path);
// Of a private key: PRIVATE_KEY_EXPOSED if others can read it.
absl::StatusOr<std::string> ReadPrivate(const std::string& path);

// Writes a file that may be there, and sees it on disk. FILE_NOT_WRITTEN.
absl::Status Write(const std::string& path, absl::string_view content, mode_t mode);
// Gives a file the name of another, whose place it takes, and sees that on disk.
absl::Status PutInPlace(const std::string& from, const std::string& to);
// Both.
absl::Status Replace(const std::string& path, absl::string_view content, mode_t mode);
// Writes a file that is not there yet, whole or not at all. FILE_EXISTS.
absl::Status WriteNew(const std::string& path, absl::string_view content, mode_t mode);
// Adds a line at the end. What is there behind the last line's end, of a program that was killed
// while it wrote, is cut off.
absl::Status AddLine(const std::string& path, absl::string_view line);

// Makes a folder, and those above it, that only its user may enter.
absl::Status MakeFolder(const std::string& path);

// Held by one process at a time, until it ends.
class FileLock {
 public:
  // Waits for ten seconds at most. REGISTRY_BUSY.
  static absl::StatusOr<FileLock> Take(const std::string& path);

  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;

 private:
  explicit FileLock(int file) : file_(file) {}
  int file_;
};

}  // namespace puente::registry
