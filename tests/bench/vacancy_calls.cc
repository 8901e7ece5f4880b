#include "tests/bench/vacancy_calls.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "modules/labor/module.h"
#include "tests/bench/portal.h"
#include "tests/testing/counted.h"

namespace puente::bench {
namespace {

// A file may have seven million rows.
constexpr int64_t kRowsOfFile = 5'000'000;

// Loads so many and returns the ids of some.
std::vector<std::string> Fill(const std::string& address, const sql::Target& database,
                              int64_t vacancies) {
  Site& site = Site::Shared();
  const std::string file = site.folder() / "vacancies.csv";
  const auto channel = site.Channel(address, "labor", "agency/labor");
  std::string freshness;
  for (int64_t first = 0; first < vacancies; first += kRowsOfFile) {
    WritePortalFile(file, std::min(kRowsOfFile, vacancies - first), 0, first);
    freshness = LoadPortalFile(channel, file).freshness_token();
  }
  std::filesystem::remove(file);
  Must(testing::SetCounted(channel, "vacancies", type::v1::RECORD_KIND_GENERATED));
  AwaitFigures(site.Channel(address, "labor", "council/cce"), freshness);
  return site.Texts(database, "SELECT id FROM vacancy LIMIT 10000");
}

}  // namespace

FilledModule::FilledModule(int64_t vacancies)
    : database(Site::Shared().Schema(labor::Labor().migrations)),
      config(Site::Shared().Config("labor", database)),
      process(Site::Shared().Start(config)),
      address(process->address("labor")),
      ids(Fill(address, database, vacancies)) {}

const FilledModule& WholeCountry(const Options& options) {
  static const auto whole = [&] {
    const int64_t vacancies = options.size(10'000'000, 6'000);
    const absl::Time start = absl::Now();
    auto filled = std::make_unique<const FilledModule>(vacancies);
    Say(absl::StrCat("the country: ", vacancies, " vacancies, loaded in ",
                     absl::FormatDuration(absl::Now() - start)));
    return filled;
  }();
  return *whole;
}

std::unique_ptr<Process> StartEcho(const std::string& method,
                                   const google::protobuf::Message& answer) {
  Site& site = Site::Shared();
  static int answers = 0;
  const std::string file = site.folder() / absl::StrCat("echo-answer-", ++answers);
  std::ofstream(file, std::ios::binary) << answer.SerializeAsString();
  const identity::TlsFiles files = site.Files("agency/labor");
  return std::make_unique<Process>(
      std::vector<std::string>{Sibling("puente_bench"), "--serve-echo", files.ca, files.certificate,
                               files.key, method, file},
      site.log());
}

}  // namespace puente::bench
