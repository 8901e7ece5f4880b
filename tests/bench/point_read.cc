// One vacancy read through its module, beside an echo of the same messages by the same client, and
// beside the same statement by the connector alone.
#include <fstream>

#include "absl/strings/str_cat.h"
#include "modules/labor/module.h"
#include "modules/labor/vacancies/store.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/portal.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

using labor::v1::GetVacancyRequest;
using labor::v1::Vacancy;
using labor::v1::VacancyService;

constexpr int kInFlight = 64;
constexpr int64_t kVacancies = 10'000;
constexpr char kMethod[] = "/puente.labor.v1.VacancyService/GetVacancy";

// Reads of vacancies, over so many connections.
class Reads {
 public:
  Reads(const std::string& address, const std::vector<std::string>& ids, int connections)
      : flood_(
            kInFlight,
            [this](int i, auto* context, const auto* request, auto* response, auto done) {
              stubs_[i % stubs_.size()]->async()->GetVacancy(context, request, response,
                                                             std::move(done));
            },
            [&ids](int64_t i, GetVacancyRequest& request) {
              request.set_name(absl::StrCat("vacancies/", ids[i * 7919 % ids.size()]));
            }) {
    for (int i = 0; i < connections; ++i) {
      stubs_.push_back(
          VacancyService::NewStub(Site::Shared().Channel(address, "labor", "council/cce")));
    }
  }
  double Rate(double seconds) { return flood_.Rate(seconds); }
  // A typical answer, as it is sent.
  std::string Answer(const std::string& id) {
    GetVacancyRequest request;
    request.set_name("vacancies/" + id);
    return Ask(*stubs_[0], &VacancyService::Stub::GetVacancy, request).SerializeAsString();
  }

 private:
  std::vector<std::unique_ptr<VacancyService::Stub>> stubs_;
  Flood<GetVacancyRequest, Vacancy> flood_;
};

std::unique_ptr<Process> StartEcho(const std::string& answer) {
  Site& site = Site::Shared();
  const std::string file = site.folder() / "echo-answer";
  std::ofstream(file, std::ios::binary) << answer;
  const identity::TlsFiles files = site.Files("agency/labor");
  return std::make_unique<Process>(
      std::vector<std::string>{Sibling("puente_bench"), "--serve-echo", files.ca, files.certificate,
                               files.key, kMethod, file},
      site.log());
}

// The loop with the number of connections that makes it fastest.
template <class MakeLoop>
auto Best(const std::vector<int>& connections, double seconds, const MakeLoop& make) {
  decltype(make(1)) best;
  double fastest = 0;
  for (const int count : connections) {
    auto loop = make(count);
    loop->Rate(seconds / 2);
    const double rate = loop->Rate(seconds);
    Say(absl::StrCat("  ", count, " connections: ", static_cast<int64_t>(rate), "/s"));
    if (rate > fastest) {
      fastest = rate;
      best = std::move(loop);
    }
  }
  return best;
}

}  // namespace

void MeasurePointRead(const Options& options) {
  Site& site = Site::Shared();
  const sql::Target database = site.Schema(labor::Labor().migrations);
  const auto module = site.Start(site.Config("labor", database));
  const std::string file = site.folder() / "point_read.csv";
  WritePortalFile(file, kVacancies);
  const std::string& address = module->address("labor");
  LoadPortalFile(site.Channel(address, "labor", "supplier/portal"), file);
  const std::vector<std::string> ids = site.Texts(database, "SELECT id FROM vacancy");
  const auto echo_server = StartEcho(Reads(address, ids, 1).Answer(ids[0]));

  const double seconds = options.round_seconds();
  Say("point_read: connections of the echo");
  const auto echo = Best({1, 2, 4}, seconds, [&](int count) {
    return std::make_unique<Reads>(echo_server->address("echo"), ids, count);
  });
  Say("point_read: connections of the module");
  const auto reads = Best({1, 2, 4}, seconds,
                          [&](int count) { return std::make_unique<Reads>(address, ids, count); });
  const resource::Spec& spec = labor::store::VacancySpec();
  Say("point_read: connections of the prepared statement");
  const auto statement = Best({1, 2, 4}, seconds, [&](int count) {
    return bare::SelectLoop(Site::PlaceOf(database),
                            absl::StrCat(spec.select(), " FROM vacancy WHERE ", spec.where_id()),
                            ids, count);
  });
  const auto figures =
      Interleave({[&] { return reads->Rate(seconds); }, [&] { return echo->Rate(seconds); },
                  [&] { return statement->Rate(seconds); }},
                 options.pairs());
  Print(options, {"point_read.echo", "1/s", AtLeast(0.25)}, Pairs(figures[0], figures[1]));
  Print(options, {"point_read.statement", "1/s", AtLeast(0.15)}, Pairs(figures[0], figures[2]));
}

}  // namespace puente::bench
