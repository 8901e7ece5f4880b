// puente_report_sample tricky|country FOLDER: writes the files of a sample into a folder that is
// there.
#include <fstream>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "gateway/reports/files/files.h"
#include "tests/gateway/report_files/samples.h"

int main(int argc, char** argv) {
  using namespace puente::gateway::reports;
  if (argc != 3) {
    std::cerr << "usage: puente_report_sample tricky|country FOLDER\n";
    return 2;
  }
  const auto files =
      Render(absl::string_view(argv[1]) == "tricky" ? TrickyContent() : CountryContent());
  if (!files.ok()) {
    std::cerr << files.status() << "\n";
    return 1;
  }
  for (const File& file : *files) {
    std::ofstream out(absl::StrCat(argv[2], "/", file.path), std::ios::binary);
    out << file.content;
    if (!out.flush()) {
      std::cerr << "cannot write " << file.path << "\n";
      return 1;
    }
  }
  return 0;
}
