// A folder that is there whole, or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/string_view.h"

namespace puente::cli {

// It is written under another name beside where it is to be, and gets its own once all of it is on
// the disk. What was not finished is taken away with the object.
class NewFolder {
 public:
  explicit NewFolder(std::filesystem::path folder);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  std::error_code Begin();
  // A file of it, piece by piece, until the next one is begun or the folder is finished.
  std::error_code BeginFile(const std::string& name);
  std::error_code Write(absl::string_view piece);
  // Takes away the file that was begun.
  void DropFile();
  std::error_code Finish();

 private:
  std::error_code EndFile();

  const std::filesystem::path folder_, beside_;
  std::filesystem::path path_;  // of the file that is open
  int file_ = -1;
};

}  // namespace puente::cli
