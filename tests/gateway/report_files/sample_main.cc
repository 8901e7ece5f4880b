// puente_report_sample tricky|country FOLDER: writes the files of a sample into a folder that is
// there. puente_report_sample serve: serves both by SDMX's REST form, prints the port, and ends
// with its input.
#include <fstream>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "gateway/reports/files/files.h"
#include "gateway/reports/rest/endpoint.h"
#include "tests/gateway/report_files/samples.h"
#include "tests/gateway/report_files/told.h"

namespace puente::gateway::reports {
namespace {

class Samples : public Catalogue {
 public:
  Samples()
      : reports_{*PublishedReport::Of(ToldOf(CountryContent())),
                 *PublishedReport::Of(ToldOf(TrickyContent()))} {}
  absl::StatusOr<PublishedReports> Published() override { return reports_; }

 private:
  const PublishedReports reports_;
};

int Serve() {
  Samples samples;
  telemetry::HttpMetrics metrics("sdmx");
  Endpoint endpoint(samples, metrics);
  const auto port = endpoint.Listen("127.0.0.1", 0);
  if (!port.ok()) {
    std::cerr << port.status() << "\n";
    return 1;
  }
  std::cout << *port << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  return 0;
}

int Write(absl::string_view sample, const std::string& folder) {
  const Told told = ToldOf(sample == "tricky" ? TrickyContent() : CountryContent());
  const auto view = View::Of(told);
  const auto write = [&](const std::string& path, absl::string_view piece) {
    std::ofstream out(absl::StrCat(folder, "/", path), std::ios::binary | std::ios::app);
    out << piece;
    return out.flush() ? absl::OkStatus() : absl::UnavailableError("cannot write " + path);
  };
  const absl::Status written = view.ok() ? Render(*view, write).status() : view.status();
  if (written.ok()) return 0;
  std::cerr << written << "\n";
  return 1;
}

}  // namespace
}  // namespace puente::gateway::reports

int main(int argc, char** argv) {
  if (argc == 2 && absl::string_view(argv[1]) == "serve") return puente::gateway::reports::Serve();
  if (argc == 3) return puente::gateway::reports::Write(argv[1], argv[2]);
  std::cerr
      << "usage: puente_report_sample tricky|country FOLDER, or: puente_report_sample serve\n";
  return 2;
}
