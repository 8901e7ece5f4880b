// Opens the browser of the desktop.
#pragma once

#include <filesystem>
#include <string>

namespace puente::cli {

// Shows a link without writing it on a command line, which everybody on the machine can read: the
// browser gets a file, this user's alone, that leads to it. The file is there as long as this is.
class ShownLink {
 public:
  // Nothing happens where there is no desktop; the link is to be copied then.
  explicit ShownLink(const std::string& link);
  ~ShownLink();
  ShownLink(const ShownLink&) = delete;
  ShownLink& operator=(const ShownLink&) = delete;

 private:
  std::filesystem::path folder_;  // "" if there is none
};

}  // namespace puente::cli
