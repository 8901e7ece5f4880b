#include "cli/new_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "common/crypto/digest.h"

namespace puente::cli {
namespace {

namespace fs = std::filesystem;

// A trailing slash is no part of the name.
fs::path WithoutSlash(fs::path folder) {
  return folder.has_filename() ? folder : folder.parent_path();
}

std::error_code LastError() { return {errno, std::generic_category()}; }

// Also of a folder, whose names are then on the disk.
std::error_code Sync(int file) { return fsync(file) == 0 ? std::error_code() : LastError(); }

std::error_code SyncFolder(const fs::path& folder) {
  const int opened = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return LastError();
  const std::error_code error = Sync(opened);
  close(opened);
  return error;
}

}  // namespace

NewFolder::NewFolder(fs::path folder)
    : folder_(WithoutSlash(std::move(folder))),
      beside_(folder_.string() + ".new-" + crypto::Uuid4()) {}

NewFolder::~NewFolder() {
  if (file_ >= 0) close(file_);
  std::error_code ignored;
  fs::remove_all(beside_, ignored);
}

std::error_code NewFolder::Begin() {
  std::error_code error;
  fs::create_directory(beside_, error);
  return error;
}

std::error_code NewFolder::BeginFile(const std::string& name) {
  if (const std::error_code error = EndFile()) return error;
  path_ = beside_ / name;
  file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  return file_ >= 0 ? std::error_code() : LastError();
}

std::error_code NewFolder::Write(absl::string_view piece) {
  while (!piece.empty()) {
    const ssize_t written = write(file_, piece.data(), piece.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return LastError();
    piece.remove_prefix(written);
  }
  return {};
}

void NewFolder::DropFile() {
  if (file_ < 0) return;
  close(std::exchange(file_, -1));
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::error_code NewFolder::EndFile() {
  if (file_ < 0) return {};
  const std::error_code error = Sync(file_);
  const int closed = close(std::exchange(file_, -1));
  return error || closed == 0 ? error : LastError();
}

std::error_code NewFolder::Finish() {
  if (const std::error_code error = EndFile()) return error;
  if (const std::error_code error = SyncFolder(beside_)) return error;
  std::error_code error;
  fs::rename(beside_, folder_, error);
  if (error) return error;
  const fs::path parent = folder_.parent_path();
  return SyncFolder(parent.empty() ? "." : parent);
}

}  // namespace puente::cli
