#include "cli/new_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "common/context/disk.h"
#include "common/crypto/digest.h"

namespace puente::cli {
namespace {

namespace fs = std::filesystem;

// A trailing slash is no part of the name.
fs::path WithoutSlash(fs::path folder) {
  return folder.has_filename() ? folder : folder.parent_path();
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

std::error_code NewFolder::Write(absl::string_view piece) { return WriteAll(file_, piece); }

void NewFolder::DropFile() {
  if (file_ < 0) return;
  close(std::exchange(file_, -1));
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::error_code NewFolder::EndFile() {
  if (file_ < 0) return {};
  const std::error_code error = SyncFile(file_);
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
