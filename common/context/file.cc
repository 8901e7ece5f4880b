#include "common/context/file.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace puente {

std::optional<std::string> ReadFile(const std::string& path) {
  constexpr off_t kMostBytes = 64 << 20;
  struct stat file;
  if (stat(path.c_str(), &file) != 0 || !S_ISREG(file.st_mode) || file.st_size > kMostBytes) {
    return std::nullopt;
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  // Of an empty file nothing is put out, which is no failure.
  if (file.st_size > 0) content << stream.rdbuf();
  if (!stream || !content) return std::nullopt;
  return content.str();
}

std::string FileStamp(const std::string& path) {
  struct stat file;
  if (stat(path.c_str(), &file) != 0) return "";
  return absl::StrCat(file.st_dev, " ", file.st_ino, " ", file.st_size, " ", file.st_mtim.tv_sec,
                      " ", file.st_mtim.tv_nsec, " ", file.st_ctim.tv_sec, " ",
                      file.st_ctim.tv_nsec);
}

}  // namespace puente
