// What a hundred times the statements cost whoever asks about demand: any question, also right
// after a change, when nothing is remembered. And what whoever reads by name notices while a
// release is made of them.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/crypto/digest.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/chamber.grpc.pb.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/testing/hosted.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

using economy::v1::ChamberService;
using economy::v1::Company;
using economy::v1::CompanyService;
using economy::v1::CreateChamberRequest;
using economy::v1::CreateSectorTableRequest;
using economy::v1::DemandService;
using economy::v1::DemandSummary;
using economy::v1::GetCompanyRequest;
using economy::v1::GetDemandSummaryRequest;
using economy::v1::SectorTableService;

constexpr int64_t kFew = 10'000;
constexpr int64_t kMany = 1'000'000;
constexpr int64_t kQuickFew = 500;
constexpr int64_t kQuickMany = 2'000;
constexpr int kSectors = 15;
constexpr int kStates = 32;
constexpr absl::Duration kRelease = absl::Minutes(5);  // a limit

// Companies read by name, as many calls in flight as one server may have to answer.
class CompanyReads : public Flood<GetCompanyRequest, Company> {
 public:
  static constexpr int kInFlight = 64;
  CompanyReads(const std::shared_ptr<grpc::Channel>& channel, int64_t companies)
      : Flood(
            kInFlight,
            [stub = std::shared_ptr(CompanyService::NewStub(channel))](
                int, auto* context, const auto* request, auto* company, auto done) {
              stub->async()->GetCompany(context, request, company, std::move(done));
            },
            [companies](int64_t n, GetCompanyRequest& request) {
              request.set_name(absl::StrCat("companies/c", n * 7919 % companies));
            }) {}
};

std::string Sector(int64_t i) { return absl::StrCat("s", i % kSectors); }

// An Economy with so many statements that count, fifty a company, as if they had been stated long
// ago, and their release.
class Demand {
 public:
  explicit Demand(int64_t statements)
      : database_(Site::Shared().Schema(economy::Economy().migrations)) {
    Site& site = Site::Shared();
    const int64_t companies = CompaniesOf(statements);
    site.Execute(database_,
                 absl::StrCat("INSERT INTO company (id, version, legal_name, rfc,"
                              " rfc_check_digit_differs, scian_class, state_code, source,"
                              " record_kind, create_time, update_time, state, size)"
                              " SELECT CONCAT('c', seq), 1, 'Bench', '', 0, '336370', '01',"
                              " 'bench', 1, NOW(6), NOW(6), 3, 4 FROM seq_0_to_",
                              companies - 1));
    site.Execute(
        database_,
        absl::StrCat("INSERT INTO demand_statement (id, version, state, company, skill, level,"
                     " heads, start_date, end_date, state_code, scian_class, occupation_code,"
                     " superseded_by, source, record_kind, create_time, update_time, standing)"
                     " SELECT CONCAT('d', seq), 1, 1, CONCAT('c', seq % ",
                     companies,
                     "), CONCAT('skills/k', seq % 47), '', 1 + seq % 7, '2027-01-01',"
                     " '2027-12-31', LPAD(1 + seq % 31, 2, '0'), CONCAT(10 + seq % ",
                     kSectors, ", '0000'), '', '', 'bench', 1, NOW(6), NOW(6), 1 FROM seq_1_to_",
                     statements));
    module_ = site.Start(site.Config("economy", database_));
    const auto channel = site.Channel(module_->address("economy"), "economy", "agency/economy");
    chambers_ = ChamberService::NewStub(channel);
    demand_ =
        DemandService::NewStub(site.Channel(module_->address("economy"), "economy", "council/cce"));
    MakeSectors(*SectorTableService::NewStub(channel));
    as_economy_ = DemandService::NewStub(channel);
    reads_ = std::make_unique<CompanyReads>(channel, companies);
    AwaitRelease(AskForRelease());
  }

  // Another question each time.
  DemandSummary Get() {
    GetDemandSummaryRequest request;
    request.set_sector_table("sectorTables/" + Sector(next_));
    request.set_state_code(absl::StrFormat("%02d", 1 + next_ % kStates));
    ++next_;
    return Ask(*demand_, &DemandService::Stub::GetDemandSummary, request);
  }
  double Milliseconds(double seconds) {
    return MedianMilliseconds(seconds, [&] { Get(); });
  }
  // Of the first question after each of many writes.
  double ChangedMilliseconds(double seconds) {
    std::vector<double> times;
    const absl::Time end = absl::Now() + absl::Seconds(seconds);
    do {
      Change();
      const absl::Time start = absl::Now();
      Get();
      times.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
    } while (absl::Now() < end || times.size() < 5);
    return Percentile(std::move(times), 0.5);
  }

  double ReadsPerSecond(double seconds) { return reads_->Rate(seconds); }
  // The mean from when a release is asked for until it is made, which may take minutes where it
  // gets little of a processor: of that the first rounds.
  double ReadsBesideRelease(double seconds) {
    constexpr int kMostRounds = 12;
    const std::string asked = AskForRelease();
    double sum = 0;
    int rounds = 0;
    do {
      sum += reads_->Rate(seconds);
      ++rounds;
    } while (rounds < kMostRounds && !IsReleased(asked));
    AwaitRelease(asked);
    return sum / rounds;
  }

 private:
  static int64_t CompaniesOf(int64_t statements) { return statements / 50; }
  static void MakeSectors(SectorTableService::Stub& tables) {
    for (int i = 0; i < kSectors; ++i) {
      CreateSectorTableRequest request;
      request.set_sector_table_id(Sector(i));
      auto& table = *request.mutable_sector_table();
      table.set_label_es("Mesa");
      table.set_label_en("Table");
      table.set_source("bench");
      table.set_record_kind(type::v1::RECORD_KIND_REAL);
      auto& prefix = *table.add_scian_prefixes();
      prefix.set_prefix(absl::StrCat(10 + i));
      prefix.set_source("bench");
      prefix.mutable_effective_date()->set_year(2020);
      prefix.mutable_effective_date()->set_month(1);
      prefix.mutable_effective_date()->set_day(1);
      Ask(tables, &SectorTableService::Stub::CreateSectorTable, request);
    }
  }
  // The freshness token of a release that has looked.
  std::string AskForRelease() {
    economy::v1::ReleaseDemandRequest request;
    request.set_request_id(crypto::Uuid4());
    std::string token;
    const auto asked =
        testing::Called(*as_economy_, &DemandService::Stub::ReleaseDemand, request, &token);
    if (!asked.ok()) Die("ReleaseDemand: " + asked.status().ToString());
    return token;
  }
  bool IsReleased(const std::string& asked) {
    GetDemandSummaryRequest request;
    request.set_at_least(asked);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
    DemandSummary summary;
    return demand_->GetDemandSummary(&context, request, &summary).ok();
  }
  void AwaitRelease(const std::string& asked) {
    if (!testing::Becomes([&] { return IsReleased(asked); }, kRelease)) Die("no release was made");
  }
  void Change() {
    CreateChamberRequest request;
    request.set_chamber_id(absl::StrCat("bench-", ++changes_));
    request.mutable_chamber()->set_label_es("Cámara");
    request.mutable_chamber()->set_source("bench");
    request.mutable_chamber()->set_record_kind(type::v1::RECORD_KIND_REAL);
    Ask(*chambers_, &ChamberService::Stub::CreateChamber, request);
  }

  const sql::Target database_;
  std::unique_ptr<Process> module_;
  std::unique_ptr<ChamberService::Stub> chambers_;
  std::unique_ptr<DemandService::Stub> demand_;
  std::unique_ptr<DemandService::Stub> as_economy_;
  std::unique_ptr<CompanyReads> reads_;
  int64_t next_ = 0;
  int64_t changes_ = 0;
};

}  // namespace

void MeasureGrowthOfDemand(const Options& options) {
  const int64_t few = options.quick ? kQuickFew : kFew;
  const int64_t many = options.quick ? kQuickMany : kMany;
  Say(absl::StrCat("growth.demand: ", few, " and ", many, " statements, and their releases"));
  Demand small(few);
  Demand large(many);
  const double seconds = options.round_seconds() / 2;
  for (Demand* side : {&small, &large}) side->Milliseconds(seconds);
  const auto figures = Interleave(
      {[&] { return large.Milliseconds(seconds); }, [&] { return small.Milliseconds(seconds); },
       [&] { return large.ChangedMilliseconds(seconds); },
       [&] { return small.ChangedMilliseconds(seconds); }},
      options.pairs());
  Print(options, {"growth.demand", "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
  Print(options, {"growth.demand.changed", "ms", AtMost(1.3)}, Pairs(figures[2], figures[3]));
  large.ReadsPerSecond(seconds);
  const auto rates = Interleave({[&] { return large.ReadsBesideRelease(seconds); },
                                 [&] { return large.ReadsPerSecond(seconds); }},
                                options.pairs());
  Print(options, {"growth.demand.reads", "1/s", AtLeast(0.85)}, Pairs(rates[0], rates[1]));
}

}  // namespace puente::bench
