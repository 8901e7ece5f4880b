// The council's overview beside the same view with its slowest section alone, hosted the same way,
// one call in flight. What a hundred times the vacancies cost it; and what is left of it where
// nothing has changed since it was asked before.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gateway/module.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "puente/labor/v1/skill.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/one_section.h"
#include "tests/bench/portal.h"
#include "tests/bench/site.h"
#include "tests/bench/skills.h"
#include "tests/bench/vacancy_calls.h"

namespace puente::bench {
namespace {

using gateway::v1::CouncilService;
using gateway::v1::GetOverviewRequest;
using gateway::v1::Overview;
using gateway::v1::Provenance;

constexpr int64_t kVacancies = 10'000;
constexpr int64_t kManyVacancies = 1'000'000;
constexpr int64_t kQuickManyVacancies = 20'000;
constexpr char kEchoed[] = "employment";
const char* const kSections[] = {"demand", "supply", "employment", "technology"};

std::vector<hosting::ModuleKind> Kinds() {
  return {labor::Labor(), economy::Economy(), education::Education(), science::Science()};
}

// The agencies' databases and configurations.
std::vector<config::Server> Agencies() {
  Site& site = Site::Shared();
  std::vector<config::Server> configs;
  for (const hosting::ModuleKind& kind : Kinds()) {
    configs.push_back(site.Config(kind.agency, site.Schema(kind.migrations)));
  }
  return configs;
}

using Processes = std::map<std::string, std::unique_ptr<Process>>;

Processes StartAgencies(const std::vector<config::Server>& configs) {
  Processes processes;
  for (const config::Server& config : configs) {
    processes[config.agency()] = Site::Shared().Start(config);
  }
  return processes;
}

// By agency.
using Addresses = std::map<std::string, std::string>;

Addresses AddressesOf(const Processes& agencies) {
  Addresses addresses;
  for (const auto& [agency, process] : agencies) addresses[agency] = process->address(agency);
  return addresses;
}

config::Server GatewayConfig() {
  Site& site = Site::Shared();
  return site.Config("gateway", site.Schema(gateway::Gateway().migrations));
}

config::Server GatewayTo(const Addresses& agencies) {
  config::Server config = GatewayConfig();
  for (const auto& [agency, address] : agencies) {
    config::Peer& peer = *config.add_peers();
    peer.set_agency(agency);
    peer.set_address(address);
  }
  return config;
}

// Bundled data by the command-line client, and so many vacancies.
void LoadData(const Addresses& agencies, const std::string& gateway, int64_t vacancies) {
  Site& site = Site::Shared();
  nlohmann::json federation;
  federation["gateway"]["address"] = gateway;
  for (const auto& [agency, address] : agencies) {
    federation["modules"][agency]["address"] = address;
  }
  for (const char* caller :
       {"agency/labor", "agency/economy", "agency/education", "agency/science", "supplier/muestra",
        "council/cce", "certifier/ceneval", "chamber/canacintra", "company/acme",
        "organization/unam", "organization/tecnologico-bajio-muestra",
        "organization/cecati-norte-muestra", "reporter/inegi", "auditor/asf"}) {
    const identity::TlsFiles files = site.Files(caller);
    federation["callers"][caller] = {
        {"ca", files.ca}, {"certificate", files.certificate}, {"key", files.key}};
  }
  const std::string path = site.folder() / "federation.json";
  std::ofstream(path) << federation.dump();
  Run({Sibling("puente"), "--federation", path, "load-data", "data"}, site.log());
  const std::string file = site.folder() / "overview.csv";
  WritePortalFile(file, vacancies);
  const std::string& labor = agencies.at("labor");
  const auto loaded = LoadPortalFile(site.Channel(labor, "labor", "agency/labor"), file);
  std::filesystem::remove(file);
  AwaitFigures(site.Channel(labor, "labor", "council/cce"), loaded.freshness_token());
}

// Calls one gateway.
class Council {
 public:
  explicit Council(const std::string& address)
      : stub_(CouncilService::NewStub(Site::Shared().Channel(address, "gateway", "council/cce"))) {}

  // Of the real gateway, all sections; of the bench's own, this one.
  Overview Get(const std::string& section) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
    if (!section.empty()) context.AddMetadata(kSectionKey, section);
    Overview overview;
    const grpc::Status status = stub_->GetOverview(&context, GetOverviewRequest(), &overview);
    if (!status.ok()) Die("GetOverview: " + status.error_message());
    return overview;
  }
  double Milliseconds(double seconds, const std::string& section) {
    return MedianMilliseconds(seconds, [&] { Get(section); });
  }

 private:
  std::unique_ptr<CouncilService::Stub> stub_;
};

bool IsWhole(const Overview& overview) {
  for (const Provenance* provenance :
       {&overview.demand().provenance(), &overview.supply().provenance(),
        &overview.employment().provenance(), &overview.technology().provenance()}) {
    if (provenance->state() != gateway::v1::SECTION_STATE_FRESH) return false;
  }
  return true;
}

// A figure about less than the whole view would be worth nothing.
void CheckWhole(const Overview& overview) {
  if (!IsWhole(overview)) Die("a section is not there: " + overview.ShortDebugString());
}

// The bundled data has a few vacancies as well.
void CheckCount(const Overview& overview, int64_t vacancies) {
  CheckWhole(overview);
  const int64_t found = overview.employment().statistics().vacancy_count();
  if (found < vacancies) Die(absl::StrCat(found, " vacancies instead of ", vacancies));
}

void Compare(const Options& options, const std::string& name, double target,
             const std::string& whole_address, const std::string& one_address) {
  Council whole(whole_address);
  Council one(one_address);
  const double seconds = options.round_seconds();
  CheckWhole(whole.Get(""));
  std::string slowest;
  double longest = 0;
  for (const char* section : kSections) {
    one.Milliseconds(seconds / 4, section);  // connections and statements are made
    const double took = one.Milliseconds(seconds / 2, section);
    Say(absl::StrCat(name, ": ", section, " alone ", took, " ms"));
    if (took > longest) {
      longest = took;
      slowest = section;
    }
  }
  whole.Milliseconds(seconds / 4, "");
  const auto figures = Interleave({[&] { return whole.Milliseconds(seconds, ""); },
                                   [&] { return one.Milliseconds(seconds, slowest); }},
                                  options.pairs());
  CheckWhole(whole.Get(""));
  Print(options, {name, "ms", AtMost(target)}, Pairs(figures[0], figures[1]));
}

std::string Address(const Process& process) { return process.address("gateway"); }

// Writes to Labor once a second.
class EachSecond {
 public:
  explicit EachSecond(const std::string& labor)
      : stub_(labor::v1::SkillService::NewStub(
            Site::Shared().Channel(labor, "labor", "agency/labor"))),
        thread_([this] {
          do {
            Ask(*stub_, &labor::v1::SkillService::Stub::CreateSkill, NewSkill());
          } while (!end_.WaitForNotificationWithTimeout(absl::Seconds(1)));
        }) {}
  ~EachSecond() {
    end_.Notify();
    thread_.join();
  }

 private:
  const std::unique_ptr<labor::v1::SkillService::Stub> stub_;
  absl::Notification end_;
  std::thread thread_;
};

// Overviews of callers who wait for two seconds, so many in flight.
class Overviews : public Flood<GetOverviewRequest, Overview> {
 public:
  static constexpr int kInFlight = 64;
  Overviews(const std::string& address, const std::string& section)
      : Flood(
            kInFlight,
            [this, section](int i, auto* context, const auto* request, auto* answer, auto done) {
              context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(2)));
              if (!section.empty()) context->AddMetadata(kSectionKey, section);
              stubs_[i % stubs_.size()]->async()->GetOverview(
                  context, request, answer, [this, answer, done](const grpc::Status& status) {
                    ++answers_;
                    if (status.ok() && IsWhole(*answer)) ++whole_;
                    done(status);
                  });
            },
            [](int64_t, GetOverviewRequest&) {}) {
    for (int i = 0; i < 2; ++i) {
      stubs_.push_back(
          CouncilService::NewStub(Site::Shared().Channel(address, "gateway", "council/cce")));
    }
  }

  double whole_share() const { return static_cast<double>(whole_) / static_cast<double>(answers_); }

 private:
  std::vector<std::unique_ptr<CouncilService::Stub>> stubs_;
  std::atomic<int64_t> answers_ = 0;
  std::atomic<int64_t> whole_ = 0;
};

// The same view again and again, of agencies in which nothing changes, and beside one write a
// second. What it is held against is an echo that the gateway passes on to one agency.
void Hot(const Options& options, const Addresses& addresses, const std::string& gateway) {
  Site& site = Site::Shared();
  Council council(gateway);
  const auto answer = council.Get("").employment().statistics();
  const auto echo_server =
      StartEcho("/puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics", answer);
  Addresses to_echo = addresses;
  to_echo["labor"] = echo_server->address("echo");
  const Process passing(
      {Sibling("puente_bench"), "--serve-gateway", site.Write(GatewayTo(to_echo))}, site.log());
  Council echo(Address(passing));
  const double seconds = options.round_seconds();
  council.Milliseconds(seconds / 2, "");
  echo.Milliseconds(seconds / 2, kEchoed);
  const auto times = Interleave({[&] { return council.Milliseconds(seconds, ""); },
                                 [&] { return echo.Milliseconds(seconds, kEchoed); },
                                 [&] {
                                   const EachSecond writes(addresses.at("labor"));
                                   return council.Milliseconds(seconds, "");
                                 }},
                                options.pairs());
  CheckWhole(council.Get(""));
  Print(options, {"overview.hot", "ms", AtMost(3)}, Pairs(times[0], times[1]));
  Print(options, {"overview.hot.written", "ms", AtMost(1.3)}, Pairs(times[2], times[0]));
  // An overview is four such calls.
  Overviews many(gateway, "");
  Overviews echoes(Address(passing), kEchoed);
  const auto rates = Interleave(
      {[&] { return many.Rate(seconds); }, [&] { return echoes.Rate(seconds); }}, options.pairs());
  Print(options, {"overview.hot.rate", "1/s", AtLeast(0.25)}, Pairs(rates[0], rates[1]));
  Print(options, {"overview.hot.whole", "", AtLeast(1), Line::Judged::kValue},
        {{many.whole_share(), 1}});
}

bool WantedOfHot(const Options& options) {
  for (const char* line : {"", ".written", ".rate", ".whole"}) {
    if (Wanted(options, absl::StrCat("overview.hot", line))) return true;
  }
  return false;
}

void FiveProcesses(const Options& options, const std::vector<config::Server>& configs) {
  Site& site = Site::Shared();
  const Processes agencies = StartAgencies(configs);
  const Addresses addresses = AddressesOf(agencies);
  const config::Server config = GatewayTo(addresses);
  const auto whole = site.Start(config);
  const Process one({Sibling("puente_bench"), "--serve-gateway", site.Write(config)}, site.log());
  LoadData(addresses, Address(*whole), kVacancies);
  // Perhaps only the data was wanted.
  if (Wanted(options, "overview.processes")) {
    Compare(options, "overview.processes", 2.5, Address(*whole), Address(one));
  }
  if (WantedOfHot(options)) Hot(options, addresses, Address(*whole));
}

void OneProcess(const Options& options, const std::vector<config::Server>& configs) {
  Site& site = Site::Shared();
  config::Federation federation;
  for (const config::Server& config : configs) *federation.add_servers() = config;
  *federation.add_servers() = GatewayConfig();
  constexpr int kServers = 5;
  const std::string file = site.Write(federation);
  const Process whole({Sibling("puente-embedded"), "--config", file}, site.log(), kServers);
  const Process one({Sibling("puente_bench"), "--serve-embedded", file}, site.log(), kServers);
  Compare(options, "overview.embedded", 1.6, Address(whole), Address(one));
}

// Two federations that differ in Labor alone.
void AHundredTimesTheVacancies(const Options& options, const std::vector<config::Server>& configs) {
  Site& site = Site::Shared();
  const Processes agencies = StartAgencies(configs);
  Addresses addresses = AddressesOf(agencies);
  const auto few = site.Start(GatewayTo(addresses));
  const int64_t vacancies = options.size(kManyVacancies, kQuickManyVacancies);
  Say(absl::StrCat("overview.million: loading ", vacancies, " vacancies"));
  const auto labor = site.Start(site.Config("labor", site.Schema(labor::Labor().migrations)));
  addresses["labor"] = labor->address("labor");
  const auto many = site.Start(GatewayTo(addresses));
  LoadData(addresses, Address(*many), vacancies);
  Council to_few(Address(*few));
  Council to_many(Address(*many));
  const double seconds = options.round_seconds();
  for (Council* council : {&to_few, &to_many}) {  // connections and statements are made
    CheckWhole(council->Get(""));
    council->Milliseconds(seconds / 4, "");
  }
  const auto figures = Interleave({[&] { return to_many.Milliseconds(seconds, ""); },
                                   [&] { return to_few.Milliseconds(seconds, ""); }},
                                  options.pairs());
  CheckCount(to_few.Get(""), kVacancies);
  CheckCount(to_many.Get(""), vacancies);
  Print(options, {"overview.million", "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

}  // namespace

void MeasureOverview(const Options& options) {
  const std::vector<config::Server> configs = Agencies();
  FiveProcesses(options, configs);
  if (Wanted(options, "overview.embedded")) OneProcess(options, configs);
  if (Wanted(options, "overview.million")) AHundredTimesTheVacancies(options, configs);
}

}  // namespace puente::bench
