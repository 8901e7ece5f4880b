// A temporary folder of keys.
#pragma once

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "common/personal/master_keys.h"
#include "tests/testing/status.h"

namespace puente::personal {

class KeyFolder {
 public:
  KeyFolder() {
    char path[] = "/tmp/puente-keys-XXXXXX";
    if (mkdtemp(path) == nullptr) std::abort();
    path_ = path;
  }
  ~KeyFolder() { std::filesystem::remove_all(path_); }

  const std::string& path() const { return path_; }
  std::string PathOf(KeyKind kind, int number) const { return path_ + "/" + KeyName(kind, number); }
  void Generate(KeyKind kind, int number) const { EXPECT_OK(GenerateKey(path_, kind, number)); }
  void Remove(KeyKind kind, int number) const {
    EXPECT_TRUE(std::filesystem::remove(PathOf(kind, number)));
  }
  void Write(const std::string& name, const std::string& content, mode_t mode = 0600) const {
    std::ofstream(path_ + "/" + name) << content;
    EXPECT_EQ(chmod((path_ + "/" + name).c_str(), mode), 0);
  }
  std::shared_ptr<const MasterKeys> Keys() const {
    auto keys = MasterKeys::Read(path_);
    EXPECT_OK(keys);
    return keys.ok() ? std::make_shared<const MasterKeys>(*std::move(keys)) : nullptr;
  }

 private:
  std::string path_;
};

}  // namespace puente::personal
