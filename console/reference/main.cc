// puente-reference: writes openapi.json and the reference pages; the build runs it.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "console/reference/catalogue.h"
#include "console/reference/openapi.h"
#include "console/reference/pages.h"

namespace puente::console {
namespace {

int Fail(absl::string_view text) {
  std::fprintf(stderr, "puente-reference: %s\n", std::string(text).c_str());
  return 1;
}

int Run(const std::string& errors, const std::string& folder) {
  const auto page = ReadFile(errors);
  if (!page) return Fail(absl::StrCat("can't read ", errors));
  const auto catalogue = Catalogue::Of(*page);
  if (!catalogue.ok()) return Fail(catalogue.status().message());
  std::map<std::string, std::string> files = {
      {"openapi.json", OpenApi(*catalogue).dump(/*indent=*/1) + "\n"}};
  for (auto& [name, html] : ReferencePages(*catalogue)) {
    files.emplace(absl::StrCat("reference/", name), std::move(html));
  }
  std::filesystem::create_directories(folder + "/reference");
  for (const auto& [name, bytes] : files) {
    std::ofstream file(absl::StrCat(folder, "/", name), std::ios::binary);
    if (!(file << bytes).flush()) {
      return Fail(absl::StrCat("can't write ", folder, "/", name));
    }
  }
  return 0;
}

}  // namespace
}  // namespace puente::console

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: puente-reference docs/errors.md FOLDER\n", stderr);
    return 2;
  }
  return puente::console::Run(argv[1], argv[2]);
}
