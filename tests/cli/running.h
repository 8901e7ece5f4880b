// The client as a shell would run it, in this process.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/app.h"
#include "tests/testing/folder.h"

namespace puente::cli {

struct Ran {
  ExitCode code;
  std::string out;
  std::string err;
};

inline Ran RunWith(std::vector<const char*> arguments, const char* language = "en") {
  arguments.insert(arguments.begin(), {"puente", "--lang", language});
  std::ostringstream out, err;
  const ExitCode code =
      Run(static_cast<int>(arguments.size()), arguments.data(), /*terminal=*/false, out, err);
  return {code, out.str(), err.str()};
}

// A federation.json whose certificates can be read but are none; removed with the object.
class FederationFile {
 public:
  FederationFile() {
    std::ofstream(folder_ / "x.pem") << "x";
    std::ofstream(path()) << R"({"gateway": {"address": "127.0.0.1:1"},
      "modules": {"labor": {"address": "127.0.0.1:2"}, "economy": {"address": "127.0.0.1:3"},
                  "education": {"address": "127.0.0.1:4"}},
      "callers": {
        "council/cce": {"ca": "x.pem", "certificate": "x.pem", "key": "x.pem"},
        "company/acme": {"ca": "x.pem", "certificate": "x.pem", "key": "x.pem"},
        "chamber/canacintra": {"ca": "x.pem", "certificate": "x.pem", "key": "x.pem"},
        "certifier/ceneval": {"ca": "x.pem", "certificate": "x.pem", "key": "x.pem"},
        "agency/labor": {"ca": "x.pem", "certificate": "x.pem", "key": "x.pem"},
        "organization/utt": {"ca": "x.pem", "certificate": "x.pem", "key": "x.pem"},
        "supplier/portal": {"ca": "x.pem", "certificate": "missing.pem", "key": "x.pem"}}})";
  }
  std::string path() const { return (folder_ / "federation.json").string(); }

 private:
  const testing::Folder own_;
  const std::filesystem::path folder_ = own_.path();
};

}  // namespace puente::cli
