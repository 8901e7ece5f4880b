// A seat reserved for a school's learner and confirmed by the company, two calls to Economy's
// server, beside two calls of a server that only answers and two bare durable inserts, on as
// many connections; and a learner who is placed, an
// act over two owners, beside its two writes made directly.
#include <atomic>
#include <functional>
#include <thread>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "gateway/module.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/place_reservation.grpc.pb.h"
#include "puente/economy/v1/training_place.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/place_enrolment.grpc.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/bench/vacancy_calls.h"
#include "tests/education/requests.h"
#include "tests/testing/hosted.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

using economy::v1::PlaceReservationService;
using economy::v1::TrainingPlaceService;

constexpr int kConnections = 8;
constexpr int kSeats = 500;  // a place
constexpr char kBare[] = "CREATE TABLE bare (id VARBINARY(100) PRIMARY KEY, n BIGINT)";

void FillCompany(economy::v1::Company& company) {
  company.set_legal_name("Banco de pruebas");
  company.set_scian_class("336110");
  company.set_state_code("11");
  company.set_source("bench");
  company.set_record_kind(type::v1::RECORD_KIND_GENERATED);
}

void FillPlace(economy::v1::TrainingPlace& place) {
  place.set_title_es("Soldadura");
  place.set_state_code("11");
  *place.mutable_start_date() = ToProto(LegalDay(absl::Now()));
  *place.mutable_end_date() = ToProto(LegalDay(absl::Now()) + 90);
  place.set_seat_count(kSeats);
  place.set_weekly_hours(40);
}

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
    FillCompany(*request.mutable_company());
    const auto ministry = economy::v1::CompanyService::NewStub(
        Site::Shared().Channel(address, "economy", "agency/economy"));
    Must(testing::Called(*ministry, &economy::v1::CompanyService::Stub::CreateCompany, request,
                         nullptr, "administration", "officer-1"));
  }

  // One more learner, at a place that is full never, or at one of its own.
  economy::v1::PlaceReservation ReserveAndConfirm(const std::string& hot = "") {
    if (hot.empty() && (place_.empty() || next_ % kSeats == 0)) Offer();
    economy::v1::ReserveTrainingPlaceRequest request;
    request.set_place_reservation_id(crypto::Uuid4());
    request.set_request_id(crypto::Uuid4());  // as the gateway asks
    economy::v1::PlaceReservation& wanted = *request.mutable_place_reservation();
    wanted.set_training_place(hot.empty() ? place_ : hot);
    wanted.set_organization("organizations/" + id_);
    wanted.set_learner(
        absl::StrFormat("organizations/%s/learners/%08x-0000-4000-8000-%012x", id_, next_, next_));
    ++next_;
    *wanted.mutable_start_date() = ToProto(LegalDay(absl::Now()) + 1);
    *wanted.mutable_end_date() = ToProto(LegalDay(absl::Now()) + 30);
    const economy::v1::PlaceReservation reserved =
        Must(testing::CalledFor("organization/" + id_, *reserves_,
                                &PlaceReservationService::Stub::ReserveTrainingPlace, request));
    if (!hot.empty()) return reserved;  // another company's to confirm
    economy::v1::ConfirmPlaceReservationRequest confirm;
    confirm.set_name(reserved.name());
    return Must(testing::Called(*confirms_, &PlaceReservationService::Stub::ConfirmPlaceReservation,
                                confirm));
  }
  // Its place from now on, which is offered now.
  const std::string& OfferOne() {
    Offer();
    return place_;
  }

 private:
  void Offer() {
    economy::v1::CreateTrainingPlaceRequest request;
    request.set_parent("companies/" + id_);
    request.set_training_place_id(absl::StrCat("p", next_));
    FillPlace(*request.mutable_training_place());
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

double Rate(const std::vector<std::unique_ptr<School>>& schools, double seconds,
            const std::string& hot = "", std::vector<double>* milliseconds = nullptr) {
  const absl::Time start = absl::Now(), end = start + absl::Seconds(seconds);
  std::atomic<int64_t> count = 0;
  std::vector<std::vector<double>> times(schools.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < schools.size(); ++i) {
    threads.emplace_back([&, i] {
      for (absl::Time begun = absl::Now(); begun < end; ++count) {
        schools[i]->ReserveAndConfirm(hot);
        const absl::Time done = absl::Now();
        times[i].push_back(absl::ToDoubleMilliseconds(done - begun));
        begun = done;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (milliseconds != nullptr) {
    for (const auto& some : times) {
      milliseconds->insert(milliseconds->end(), some.begin(), some.end());
    }
  }
  return static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - start);
}

// Calls that reserve, of a server that only sends a reservation.
class Echoes {
 public:
  explicit Echoes(const economy::v1::PlaceReservation& answer)
      : echo_(
            StartEcho("/puente.economy.v1.PlaceReservationService/ReserveTrainingPlace", answer)) {
    request_.set_place_reservation_id(crypto::Uuid4());
    request_.set_request_id(crypto::Uuid4());
    *request_.mutable_place_reservation() = answer;
    for (int i = 0; i < kConnections; ++i) {
      stubs_.push_back(PlaceReservationService::NewStub(
          Site::Shared().Channel(echo_->address("echo"), "labor", "gateway")));
    }
  }

  double Rate(double seconds) const {
    const absl::Time start = absl::Now(), end = start + absl::Seconds(seconds);
    std::atomic<int64_t> count = 0;
    std::vector<std::thread> threads;
    for (const auto& stub : stubs_) {
      threads.emplace_back([&] {
        for (; absl::Now() < end; ++count) {
          Must(testing::Called(*stub, &PlaceReservationService::Stub::ReserveTrainingPlace,
                               request_));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    return static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - start);
  }

 private:
  const std::unique_ptr<Process> echo_;
  economy::v1::ReserveTrainingPlaceRequest request_;
  std::vector<std::unique_ptr<PlaceReservationService::Stub>> stubs_;
};

// Many schools reserve at one place, beside as many connections that write one row.
void MeasureHot(const Options& options, const sql::Target& database,
                const std::vector<std::unique_ptr<School>>& schools) {
  Site& site = Site::Shared();
  const std::string& hot = schools.front()->OfferOne();
  // Of so many seats that none is ever missing, and of schools that hold as many as they like.
  site.Execute(database, "UPDATE training_place_seats SET offered = 100000000");
  site.Execute(database,
               "INSERT INTO place_rule VALUES ('bench', 1, '', '', '', '2020-01-01', 100000000, 72,"
               " 15, 30, 5, 'bench', 2, NOW(6), NOW(6))");
  const sql::Target of_bare = site.EmptySchema();
  site.Execute(of_bare, kBare);
  site.Execute(of_bare, "INSERT INTO bare VALUES ('one', 0)");
  const auto update = bare::UpdateLoop(Site::PlaceOf(of_bare),
                                       "UPDATE bare SET n = n + 1 WHERE id = 'one'", kConnections);
  const double seconds = options.round_seconds();
  std::vector<double> times;
  const auto figures = Interleave(
      {[&] {
         // A school holds two hundred or so, which are counted; not all that a bench ever reserved.
         site.Execute(database, "UPDATE place_reservation SET state = 5 WHERE state = 1");
         return Rate(schools, seconds, hot, &times);
       },
       [&] { return update->Rate(seconds); }},
      options.pairs());
  Print(options, {"places.hot", "1/s", AtLeast(0.5)}, Pairs(figures[0], figures[1]));
  const double p50 = Percentile(times, 0.5);
  Print(options, {"places.hot.p99", "ms", AtMost(10)}, {{Percentile(times, 0.99), p50}});
}

// Many learners of one school, many places of one company; the gateway and both owners in this
// process.
class Placing {
 public:
  Placing(int64_t learners, int64_t places)
      : economy_schema_(Site::Shared().Schema(economy::Economy().migrations)),
        education_schema_(Site::Shared().Schema(education::Education().migrations)),
        gateway_schema_(Site::Shared().Schema(gateway::Gateway().migrations)),
        economy_(economy::Economy(), economy_schema_, "gateway"),
        education_(education::Education(), education_schema_, "gateway"),
        gateway_(Between(), gateway_schema_, kSchool),
        places_(places) {
    testing::HostedModule ministry(education::Education(), education_schema_, "agency/education");
    Must(testing::Called(*education::v1::OrganizationService::NewStub(ministry.channel()),
                         &education::v1::OrganizationService::Stub::CreateOrganization,
                         education::testing::NewOrganization("a")));
    Site& site = Site::Shared();
    site.Execute(education_schema_,
                 absl::StrCat("INSERT INTO learner (organization, id, version, person, state,"
                              " duplicate_of, identifier_scheme, sex, birth_years, state_code,"
                              " sealed, source, record_kind, create_time, update_time) SELECT 'a',"
                              " CONCAT('00000000-0000-4000-8000-', LPAD(seq, 12, '0')), 1, '', 1,"
                              " '', 1, 1, '2000-2004', '11', '', 'bench', 2, NOW(6), NOW(6) FROM"
                              " seq_1_to_",
                              learners));
    Offer();
    site.Copy(economy_schema_, "training_place", "id", 'p', places);
    site.Execute(economy_schema_,
                 "INSERT INTO training_place_seats SELECT CONCAT('companies/', company,"
                 " '/trainingPlaces/', id), seat_count, 0, 0, 0 FROM training_place WHERE id <> "
                 "'template'");
  }

  double Directly(int64_t count) {
    return PerSecond(count, [this](int64_t n) {
      const std::string id = crypto::Uuid4();
      education::v1::EnrolAtPlaceRequest enrol;
      enrol.set_place_enrolment_id(id);
      Fill(n, *enrol.mutable_place_enrolment());
      using Enrolments = education::v1::PlaceEnrolmentService;
      Must(testing::CalledFor(kSchool, *Enrolments::NewStub(education_.channel()),
                              &Enrolments::Stub::EnrolAtPlace, enrol));
      economy::v1::ReserveTrainingPlaceRequest reserve;
      reserve.set_place_reservation_id(id);
      Fill(n, *reserve.mutable_place_reservation());
      Must(testing::CalledFor(kSchool, *PlaceReservationService::NewStub(economy_.channel()),
                              &PlaceReservationService::Stub::ReserveTrainingPlace, reserve));
    });
  }
  // Until the last act is over.
  double AsActs(int64_t count) {
    const absl::Time start = absl::Now();
    PerSecond(count, [this](int64_t n) {
      gateway::v1::PlaceLearnerRequest place;
      Fill(n, place);
      using Council = gateway::v1::CouncilService;
      Must(testing::Called(*Council::NewStub(gateway_.channel()), &Council::Stub::PlaceLearner,
                           place));
    });
    const auto over = [&] {
      return Site::Shared()
          .Texts(gateway_schema_, "SELECT id FROM act WHERE open_subject IS NOT NULL LIMIT 1")
          .empty();
    };
    if (!testing::Becomes(over, absl::Minutes(5))) Die("acts do not end");
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
    if (!Site::Shared()
             .Texts(gateway_schema_, "SELECT refusal FROM act WHERE state = 4 LIMIT 1")
             .empty()) {
      Die("an act was refused");
    }
    return static_cast<double>(count) / seconds;
  }

 private:
  static constexpr char kSchool[] = "organization/a";

  hosting::ModuleKind Between() {
    hosting::ModuleKind kind = gateway::Gateway();
    kind.make = [this](const hosting::Surroundings& around) {
      const auto channel = [this](absl::string_view agency) {
        return agency == "economy" ? economy_.channel() : education_.channel();
      };
      return gateway::Gateway().make({around.config, around.host, around.database, channel});
    };
    return kind;
  }
  void Offer() {
    testing::HostedModule ministry(economy::Economy(), economy_schema_, "agency/economy");
    economy::v1::CreateCompanyRequest request;
    request.set_company_id("acme");
    FillCompany(*request.mutable_company());
    Must(testing::Called(*economy::v1::CompanyService::NewStub(ministry.channel()),
                         &economy::v1::CompanyService::Stub::CreateCompany, request, nullptr,
                         "administration", "officer-1"));
    testing::HostedModule company(economy::Economy(), economy_schema_, "company/acme");
    economy::v1::CreateTrainingPlaceRequest offer;
    offer.set_parent("companies/acme");
    offer.set_training_place_id("template");
    FillPlace(*offer.mutable_training_place());
    Must(testing::Called(*TrainingPlaceService::NewStub(company.channel()),
                         &TrainingPlaceService::Stub::CreateTrainingPlace, offer));
  }
  // The n-th learner, at a place of the n-th's own.
  template <class Message>
  void Fill(int64_t n, Message& message) {
    message.set_learner(
        absl::StrFormat("organizations/a/learners/00000000-0000-4000-8000-%012d", n));
    message.set_training_place(absl::StrCat("companies/acme/trainingPlaces/p", 1 + n % places_));
    *message.mutable_start_date() = ToProto(LegalDay(absl::Now()) + 1);
    *message.mutable_end_date() = ToProto(LegalDay(absl::Now()) + 30);
    if constexpr (!std::is_same_v<Message, gateway::v1::PlaceLearnerRequest>) {
      message.set_organization("organizations/a");
    }
  }
  double PerSecond(int64_t count, const std::function<void(int64_t)>& once) {
    const absl::Time start = absl::Now();
    std::atomic<int64_t> begun = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kConnections; ++i) {
      threads.emplace_back([&] {
        while (begun++ < count) once(++next_);
      });
    }
    for (std::thread& thread : threads) thread.join();
    return static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - start);
  }

  const sql::Target economy_schema_, education_schema_, gateway_schema_;
  testing::HostedModule economy_, education_, gateway_;
  const int64_t places_;
  std::atomic<int64_t> next_ = 0;
};

void MeasurePlacing(const Options& options) {
  const int64_t count = options.quick ? 5 : 190;  // of a school that holds 200 at a time
  const int rounds = options.pairs();
  std::vector<Pair> pairs;
  for (int i = 0; i < rounds; ++i) {
    // A cap counts what is held: a new school each time.
    Placing acts(count + 1, 50), direct(count + 1, 50);
    pairs.push_back({acts.AsActs(count), direct.Directly(count)});
  }
  Print(options, {"places.place", "1/s", AtLeast(0.25)}, pairs);
}

// Economy with so many open places of one company, all of which teach the skill, in 32 states.
class Offers {
 public:
  explicit Offers(int64_t places)
      : database_(Site::Shared().Schema(economy::Economy().migrations)) {
    Site& site = Site::Shared();
    {
      testing::HostedModule ministry(economy::Economy(), database_, "agency/economy");
      economy::v1::CreateCompanyRequest request;
      request.set_company_id("acme");
      FillCompany(*request.mutable_company());
      Must(testing::Called(*economy::v1::CompanyService::NewStub(ministry.channel()),
                           &economy::v1::CompanyService::Stub::CreateCompany, request, nullptr,
                           "administration", "officer-1"));
      testing::HostedModule company(economy::Economy(), database_, "company/acme");
      economy::v1::CreateTrainingPlaceRequest offer;
      offer.set_parent("companies/acme");
      offer.set_training_place_id("template");
      FillPlace(*offer.mutable_training_place());
      offer.mutable_training_place()->add_skills("skills/welding");
      Must(testing::Called(*TrainingPlaceService::NewStub(company.channel()),
                           &TrainingPlaceService::Stub::CreateTrainingPlace, offer));
    }
    site.Copy(database_, "training_place", "id", 'p', places);
    site.Execute(database_,
                 "UPDATE training_place SET state_code = LPAD(1 + CRC32(id) % 32, 2, '0'),"
                 " start_date = start_date - INTERVAL CRC32(id) % 60 DAY");
    site.Execute(database_,
                 "INSERT INTO training_place_seats SELECT CONCAT('companies/', company,"
                 " '/trainingPlaces/', id), seat_count, 0, 0, 0 FROM training_place WHERE id <> "
                 "'template'");
    site.Execute(database_,
                 "INSERT INTO training_place_search SELECT 'skills/welding', state_code, '',"
                 " start_date, company, id FROM training_place WHERE id <> 'template'");
    site.Execute(database_, "ANALYZE TABLE training_place_search, training_place");
    module_ = site.Start(site.Config("economy", database_));
    stub_ = TrainingPlaceService::NewStub(
        site.Channel(module_->address("economy"), "economy", "organization/a"));
    auto& profile = *request_.mutable_profile();
    profile.add_skills("skills/welding");
    profile.set_state_code("11");
    *profile.mutable_start_date() = ToProto(LegalDay(absl::Now()) + 1);
    *profile.mutable_end_date() = ToProto(LegalDay(absl::Now()) + 30);
    request_.set_page_size(10);
  }

  double Milliseconds(double seconds) { return Milliseconds(*stub_, seconds); }
  // The same messages of a server that only sends them.
  double EchoMilliseconds(double seconds) {
    if (echo_ == nullptr) {
      const auto answer =
          Must(testing::Called(*stub_, &TrainingPlaceService::Stub::FindPlaces, request_));
      if (answer.matches_size() != 10) Die("the page is not full");
      echo_ = StartEcho("/puente.economy.v1.TrainingPlaceService/FindPlaces", answer);
      echo_stub_ = TrainingPlaceService::NewStub(
          Site::Shared().Channel(echo_->address("echo"), "labor", "organization/a"));
    }
    return Milliseconds(*echo_stub_, seconds);
  }

 private:
  double Milliseconds(TrainingPlaceService::Stub& stub, double seconds) {
    return MedianMilliseconds(seconds, [&] {
      Must(testing::Called(stub, &TrainingPlaceService::Stub::FindPlaces, request_));
    });
  }

  const sql::Target database_;
  economy::v1::FindPlacesRequest request_;
  std::unique_ptr<Process> module_, echo_;
  std::unique_ptr<TrainingPlaceService::Stub> stub_, echo_stub_;
};

void MeasureFinding(const Options& options) {
  const int64_t few = options.quick ? 100 : 1'000;
  Offers many(100 * few), small(few);
  const double seconds = options.round_seconds();
  const auto figures = Interleave(
      {[&] { return many.Milliseconds(seconds); }, [&] { return many.EchoMilliseconds(seconds); },
       [&] { return small.Milliseconds(seconds); }},
      options.pairs());
  Print(options, {"places.find", "ms", AtMost(5)}, Pairs(figures[0], figures[1]));
  Print(options, {"places.find.growth", "ms", AtMost(1.3)}, Pairs(figures[0], figures[2]));
}

}  // namespace

void MeasurePlaces(const Options& options) {
  if (Wanted(options, "places.find") || Wanted(options, "places.find.growth")) {
    MeasureFinding(options);
  }
  if (Wanted(options, "places.place")) MeasurePlacing(options);
  const bool of_hot = Wanted(options, "places.hot") || Wanted(options, "places.hot.p99");
  if (!Wanted(options, "places.reserve") && !of_hot) return;
  Site& site = Site::Shared();
  const sql::Target database = site.Schema(economy::Economy().migrations);
  const auto module = site.Start(site.Config("economy", database));
  std::vector<std::unique_ptr<School>> schools;
  for (int i = 0; i < kConnections; ++i) {
    schools.push_back(std::make_unique<School>(module->address("economy"), i));
  }
  if (of_hot) MeasureHot(options, database, schools);
  if (!Wanted(options, "places.reserve")) return;
  const sql::Target of_bare = site.EmptySchema();
  site.Execute(of_bare, kBare);
  const auto insert =
      bare::InsertLoop(Site::PlaceOf(of_bare), "INSERT INTO bare (id, n) VALUES (?, ?)",
                       {{{}, ""}, {1, {}}}, kConnections);
  const double seconds = options.round_seconds();
  const Echoes echoes(schools.front()->ReserveAndConfirm());
  const auto figures =
      Interleave({[&] { return Rate(schools, seconds); }, [&] { return insert->Rate(seconds); },
                  [&] { return echoes.Rate(seconds); }},
                 options.pairs());
  // Two commits through RPC: of each the time of a commit and that of a call, one after the other.
  std::vector<Pair> pairs;
  for (size_t i = 0; i < figures[0].size(); ++i) {
    pairs.push_back({figures[0][i], 0.5 / (1 / figures[1][i] + 1 / figures[2][i])});
  }
  Print(options, {"places.reserve", "1/s", AtLeast(0.2)}, pairs);
}

}  // namespace puente::bench
