// Which campuses could teach something, asked of the gateway, Education and Economy each in a
// process of its own: beside an echo of the same messages, which takes a tenth of a millisecond
// where this is two calls one behind the other and some fifteen statements; and with a hundred
// times the campuses. What a page of FindTeaching costs at Education alone is beside it.
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/context/clock.h"
#include "common/crypto/digest.h"
#include "gateway/module.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "puente/education/v1/teaching.grpc.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/bench/vacancy_calls.h"
#include "tests/education/teaching/schools.h"

namespace puente::bench {
namespace {

using education::testing::Schools;
using education::v1::TeachingService;
using gateway::v1::CouncilService;

constexpr char kTemplate[] = "o0000000";  // an id that is as long as those of its copies
constexpr int kTeachers = 12;
constexpr int kPage = 10;

// Education with so many schools, each with a campus, a program of welding with seats, its teachers
// and a workshop, in 32 states.
sql::Target Education(int64_t schools) {
  Site& site = Site::Shared();
  const sql::Target database = site.Schema(education::Education().migrations);
  {
    Schools one(database);
    one.RuleTeachers();
    one.Add(kTemplate);
    one.Teach(kTemplate, kTemplate, {"welding"});
    one.Employ(kTemplate, kTemplate, kTeachers, 4);
    Must(one.Equip(absl::StrCat("organization/", kTemplate), kTemplate, 20, {"welding"},
                   Schools::CampusOf(kTemplate)));
  }
  for (const char* table :
       {"organization", "campus", "program_version", "facility", "teacher", "teacher_program",
        "teacher_training", "teaching_site", "facility_site"}) {
    const std::vector<std::string> columns = site.Columns(database, table);
    std::vector<std::string> values;
    for (const std::string& column : columns) {
      // All that names the template, in texts and in serialized messages.
      values.push_back(
          absl::StrCat("REPLACE(", column, ", '", kTemplate, "', CONCAT('o', LPAD(seq, 7, '0')))"));
    }
    site.Execute(database, absl::StrCat("INSERT INTO ", table, " (", absl::StrJoin(columns, ", "),
                                        ") SELECT ", absl::StrJoin(values, ", "), " FROM ", table,
                                        ", seq_1_to_", schools));
  }
  const auto state = [](const std::string& id) {
    return absl::StrCat("LPAD(1 + CRC32(", id, ") % 32, 2, '0')");
  };
  site.Execute(database, absl::StrCat("UPDATE campus SET state_code = ", state("id")));
  site.Execute(database, absl::StrCat("UPDATE facility SET state_code = ", state("id")));
  site.Execute(database, absl::StrCat("UPDATE facility_site SET state_code = ",
                                      state("SUBSTR(facility, 12)")));
  site.Execute(database, absl::StrCat("UPDATE teaching_site SET place = CONCAT(",
                                      state("SUBSTR(site, 15, 8)"), ", SUBSTR(place, 3))"));
  site.Execute(database,
               "ANALYZE TABLE organization, campus, program_version, facility, teacher,"
               " teacher_program, teacher_training, teaching_site, facility_site");
  return database;
}

// A gateway between that and an empty Economy.
class Federation {
 public:
  explicit Federation(int64_t schools) {
    Site& site = Site::Shared();
    education_ = site.Start(site.Config("education", Education(schools)));
    economy_ = site.Start(site.Config("economy", site.Schema(economy::Economy().migrations)));
    config::Server config = site.Config("gateway", site.Schema(gateway::Gateway().migrations));
    for (const auto& [agency, process] :
         {std::pair("education", &education_), std::pair("economy", &economy_),
          std::pair("labor", &economy_), std::pair("science", &economy_)}) {
      config::Peer& peer = *config.add_peers();
      peer.set_agency(agency);
      const bool is_there = std::set<std::string>{"education", "economy"}.contains(agency);
      peer.set_address(is_there ? (*process)->address(agency) : "127.0.0.1:1");
    }
    gateway_ = site.Start(config);
    council_ = CouncilService::NewStub(
        site.Channel(gateway_->address("gateway"), "gateway", "council/cce"));
    teaching_ = TeachingService::NewStub(
        site.Channel(education_->address("education"), "education", "council/cce"));
    check_.add_skills("skills/welding");
    check_.set_state_code("11");
    check_.set_seat_count(30);
    check_.set_page_size(kPage);
    find_.add_skills("skills/welding");
    find_.add_state_codes("11");
    find_.set_with_means(true);
    find_.set_page_size(kPage);
  }

  double Check(double seconds) { return Check(*council_, seconds); }
  double Find(double seconds) {
    return MedianMilliseconds(seconds, [&] {
      Must(testing::Called(*teaching_, &TeachingService::Stub::FindTeaching, find_));
    });
  }
  // The same messages of a server that only sends them.
  double Echo(double seconds) {
    if (echo_ == nullptr) {
      const auto answer =
          Must(testing::Called(*council_, &CouncilService::Stub::CheckFeasibility, check_));
      if (answer.campuses_size() != kPage) Die("the page is not full");
      if (answer.campuses(0).site().programs(0).seats().empty() ||
          answer.campuses(0).site().programs(0).teachers(0).teacher_count() != kTeachers) {
        Die("a copied school is not whole: " + answer.campuses(0).ShortDebugString());
      }
      echo_ = StartEcho("/puente.gateway.v1.CouncilService/CheckFeasibility", answer);
      echo_stub_ = CouncilService::NewStub(
          Site::Shared().Channel(echo_->address("echo"), "labor", "council/cce"));
    }
    return Check(*echo_stub_, seconds);
  }

 private:
  double Check(CouncilService::Stub& stub, double seconds) {
    return MedianMilliseconds(seconds, [&] {
      Must(testing::Called(stub, &CouncilService::Stub::CheckFeasibility, check_));
    });
  }

  std::unique_ptr<Process> education_, economy_, gateway_, echo_;
  std::unique_ptr<CouncilService::Stub> council_, echo_stub_;
  std::unique_ptr<TeachingService::Stub> teaching_;
  gateway::v1::CheckFeasibilityRequest check_;
  education::v1::FindTeachingRequest find_;
};

}  // namespace

void MeasureFeasibility(const Options& options) {
  const int64_t few = 400;  // a dozen a state, so that a page is full
  const int64_t times = options.quick ? 2 : 100;
  Federation many(times * few), small(few);
  const double seconds = options.round_seconds();
  const auto figures =
      Interleave({[&] { return many.Check(seconds); }, [&] { return many.Echo(seconds); },
                  [&] { return small.Check(seconds); }, [&] { return many.Find(seconds); },
                  [&] { return small.Find(seconds); }},
                 options.pairs());
  Print(options, {"feasibility", "ms", AtMost(45)}, Pairs(figures[0], figures[1]));
  Print(options, {"feasibility.growth", "ms", AtMost(1.3)}, Pairs(figures[0], figures[2]));
  Print(options, {"feasibility.teaching.growth", "ms", AtMost(1.3)}, Pairs(figures[3], figures[4]));
}

}  // namespace puente::bench
