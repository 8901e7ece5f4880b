// A temporary folder of keys. What can't be done aborts the test program.
#pragma once

#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "common/personal/master_keys.h"

namespace puente::personal {

class KeyFolder {
 public:
  KeyFolder() {
    char path[] = "/tmp/puente-keys-XXXXXX";
    if (mkdtemp(path) == nullptr) std::abort();
    path_ = path;
  }
  ~KeyFolder() { std::filesystem::remove_all(path_); }
  KeyFolder(const KeyFolder&) = delete;
  KeyFolder& operator=(const KeyFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string PathOf(KeyKind kind, int number) const { return path_ + "/" + KeyName(kind, number); }
  void Generate(KeyKind kind, int number) const { OrDie(GenerateKey(path_, kind, number)); }
  void Remove(KeyKind kind, int number) const {
    if (!std::filesystem::remove(PathOf(kind, number))) std::abort();
  }
  void Write(const std::string& name, const std::string& content, mode_t mode = 0600) const {
    std::ofstream(path_ + "/" + name) << content;
    if (chmod((path_ + "/" + name).c_str(), mode) != 0) std::abort();
  }
  std::shared_ptr<const MasterKeys> Keys() const {
    auto keys = MasterKeys::Read(path_);
    OrDie(keys.status());
    return std::make_shared<const MasterKeys>(*std::move(keys));
  }

 private:
  static void OrDie(const absl::Status& status) {
    if (status.ok()) return;
    std::fprintf(stderr, "a folder of keys: %s\n", status.ToString().c_str());
    std::abort();
  }

  std::string path_;
};

}  // namespace puente::personal
