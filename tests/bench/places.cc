// A seat reserved by a school and confirmed by the company, two calls to Economy's server, beside
// two bare durable inserts on as many connections.
#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/place_reservation.grpc.pb.h"
#include "puente/economy/v1/training_place.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/site.h"
#include "tests/testing/hosted.h"

namespace puente::bench {
namespace {

using economy::v1::PlaceReservationService;
using economy::v1::TrainingPlaceService;

constexpr int kConnections = 8;
constexpr int kSeats = 500;  // a place
constexpr char kBare[] = "CREATE TABLE bare (id VARBINARY(100) PRIMARY KEY, n BIGINT)";

// A school that reserves at places of a company of its own, so that no two wait for one another.
class School {
 public:
  School(const std::string& address, int number)
      : id_(absl::StrCat("bench-", number)),
        company_(Site::Shared().Channel(address, "economy", "company/" + id_)),
        offers_(TrainingPlaceService::NewStub(company_)),
        confirms_(PlaceReservationService::NewStub(company_)),
        reserves_(PlaceReservationService::NewStub(
            Site::Shared().Channel(address, "economy", "gateway"))) {
    economy::v1::CreateCompanyRequest request;
    request.set_company_id(id_);
    economy::v1::Company& company = *request.mutable_company();
    company.set_legal_name("Banco de pruebas");
    company.set_scian_class("336110");
    company.set_state_code("11");
    company.set_source("bench");
    company.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    const auto ministry = economy::v1::CompanyService::NewStub(
        Site::Shared().Channel(address, "economy", "agency/economy"));
    Must(testing::Called(*ministry, &economy::v1::CompanyService::Stub::CreateCompany, request,
                         nullptr, "administration", "officer-1"));
  }

  void ReserveAndConfirm() {
    if (next_ % kSeats == 0) Offer();
    economy::v1::ReserveTrainingPlaceRequest request;
    request.set_place_reservation_id(crypto::Uuid4());
    economy::v1::PlaceReservation& wanted = *request.mutable_place_reservation();
    wanted.set_training_place(place_);
    wanted.set_organization("organizations/" + id_);
    wanted.set_learner(
        absl::StrFormat("organizations/%s/learners/%08x-0000-4000-8000-%012x", id_, next_, next_));
    ++next_;
    *wanted.mutable_start_date() = ToProto(LegalDay(absl::Now()) + 1);
    *wanted.mutable_end_date() = ToProto(LegalDay(absl::Now()) + 30);
    economy::v1::ConfirmPlaceReservationRequest confirm;
    confirm.set_name(
        Must(testing::CalledFor("organization/" + id_, *reserves_,
                                &PlaceReservationService::Stub::ReserveTrainingPlace, request))
            .name());
    Must(testing::Called(*confirms_, &PlaceReservationService::Stub::ConfirmPlaceReservation,
                         confirm));
  }

 private:
  void Offer() {
    economy::v1::CreateTrainingPlaceRequest request;
    request.set_parent("companies/" + id_);
    request.set_training_place_id(absl::StrCat("p", next_));
    economy::v1::TrainingPlace& place = *request.mutable_training_place();
    place.set_title_es("Soldadura");
    place.set_state_code("11");
    *place.mutable_start_date() = ToProto(LegalDay(absl::Now()));
    *place.mutable_end_date() = ToProto(LegalDay(absl::Now()) + 90);
    place.set_seat_count(kSeats);
    place.set_weekly_hours(40);
    place_ =
        Must(testing::Called(*offers_, &TrainingPlaceService::Stub::CreateTrainingPlace, request))
            .name();
  }

  const std::string id_;
  const std::shared_ptr<grpc::Channel> company_;
  const std::unique_ptr<TrainingPlaceService::Stub> offers_;
  const std::unique_ptr<PlaceReservationService::Stub> confirms_, reserves_;
  std::string place_;
  int64_t next_ = 0;
};

double Rate(const std::vector<std::unique_ptr<School>>& schools, double seconds) {
  const absl::Time start = absl::Now(), end = start + absl::Seconds(seconds);
  std::atomic<int64_t> count = 0;
  std::vector<std::thread> threads;
  for (const auto& school : schools) {
    threads.emplace_back([&] {
      for (; absl::Now() < end; ++count) school->ReserveAndConfirm();
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - start);
}

}  // namespace

void MeasurePlaces(const Options& options) {
  Site& site = Site::Shared();
  const auto module =
      site.Start(site.Config("economy", site.Schema(economy::Economy().migrations)));
  std::vector<std::unique_ptr<School>> schools;
  for (int i = 0; i < kConnections; ++i) {
    schools.push_back(std::make_unique<School>(module->address("economy"), i));
  }
  const sql::Target of_bare = site.EmptySchema();
  site.Execute(of_bare, kBare);
  const auto insert =
      bare::InsertLoop(Site::PlaceOf(of_bare), "INSERT INTO bare (id, n) VALUES (?, ?)",
                       {{{}, ""}, {1, {}}}, kConnections);
  const double seconds = options.round_seconds();
  const auto figures = Interleave(
      {[&] { return Rate(schools, seconds); }, [&] { return insert->Rate(seconds) / 2; }},
      options.pairs());
  Print(options, {"places.reserve", "1/s", AtLeast(0.2)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
