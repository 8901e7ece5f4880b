// What a hundred times the statements cost whoever asks about demand: any question, also right
// after a change, when nothing is remembered. And what whoever reads by name notices while a
// release is made of them.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "puente/economy/v1/chamber.grpc.pb.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/country.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

using economy::v1::ChamberService;
using economy::v1::Company;
using economy::v1::CompanyService;
using economy::v1::CreateChamberRequest;
using economy::v1::DemandService;
using economy::v1::DemandSummary;
using economy::v1::GetCompanyRequest;
using economy::v1::GetDemandSummaryRequest;

constexpr int64_t kFew = 10'000;
constexpr int64_t kMany = 1'000'000;
constexpr int64_t kQuickFew = 500;
constexpr int64_t kQuickMany = 2'000;
constexpr int kStates = 32;

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

// An Economy with so many statements, as who asks about demand sees it.
class Demand : public FilledEconomy {
 public:
  explicit Demand(int64_t statements)
      : FilledEconomy(statements),
        chambers_(ChamberService::NewStub(Channel("agency/economy"))),
        demand_(DemandService::NewStub(Channel("council/cce"))),
        reads_(Channel("agency/economy"), companies) {
    AwaitRelease();
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

  double ReadsPerSecond(double seconds) { return reads_.Rate(seconds); }
  // The mean from when a release is asked for until it is made, which may take minutes where it
  // gets little of a processor: of that the first rounds.
  double ReadsBesideRelease(double seconds) {
    constexpr int kMostRounds = 12;
    const std::string asked = AskForRelease();
    double sum = 0;
    int rounds = 0;
    do {
      sum += reads_.Rate(seconds);
      ++rounds;
    } while (rounds < kMostRounds && !IsReleased(asked));
    AwaitRelease(asked);
    return sum / rounds;
  }

 private:
  std::shared_ptr<grpc::Channel> Channel(const std::string& caller) const {
    return Site::Shared().Channel(address, "economy", caller);
  }
  void Change() {
    CreateChamberRequest request;
    request.set_chamber_id(absl::StrCat("bench-", ++changes_));
    request.mutable_chamber()->set_label_es("Cámara");
    request.mutable_chamber()->set_source("bench");
    request.mutable_chamber()->set_record_kind(type::v1::RECORD_KIND_REAL);
    Ask(*chambers_, &ChamberService::Stub::CreateChamber, request);
  }

  const std::unique_ptr<ChamberService::Stub> chambers_;
  const std::unique_ptr<DemandService::Stub> demand_;
  CompanyReads reads_;
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
