#include "tests/bench/vacancy_calls.h"

#include <fstream>

#include "modules/labor/module.h"
#include "tests/bench/portal.h"

namespace puente::bench {
namespace {

// Loads so many and returns the ids of some.
std::vector<std::string> Fill(const std::string& address, const sql::Target& database,
                              int64_t vacancies) {
  Site& site = Site::Shared();
  const std::string file = site.folder() / "vacancies.csv";
  WritePortalFile(file, vacancies);
  LoadPortalFile(site.Channel(address, "labor", "agency/labor"), file);
  return site.Texts(database, "SELECT id FROM vacancy LIMIT 10000");
}

}  // namespace

FilledModule::FilledModule(int64_t vacancies)
    : database(Site::Shared().Schema(labor::Labor().migrations)),
      config(Site::Shared().Config("labor", database)),
      process(Site::Shared().Start(config)),
      address(process->address("labor")),
      ids(Fill(address, database, vacancies)) {}

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
