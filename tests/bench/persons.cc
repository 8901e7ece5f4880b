// Registering a learner whom another institution has registered before, beside one whom nobody
// knows: how long it takes must not tell which it was.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "modules/education/module.h"
#include "puente/education/v1/learner.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/site.h"
#include "tests/education/requests.h"
#include "tests/testing/hosted.h"

namespace puente::bench {
namespace {

using education::v1::LearnerService;
using education::v1::OrganizationService;

class Registers {
 public:
  Registers() : database_(Site::Shared().Schema(education::Education().migrations)) {
    Site& site = Site::Shared();
    module_ = site.Start(site.Config("education", database_));
    const auto organizations = OrganizationService::NewStub(Channel("agency/education"));
    for (const char* id : {"a", "b"}) {
      Must(testing::Called(*organizations, &OrganizationService::Stub::CreateOrganization,
                           education::testing::NewOrganization(id)));
      stubs_[id] = LearnerService::NewStub(Channel(absl::StrCat("organization/", id)));
    }
  }
  ~Registers() {
    module_.reset();
    Site::Shared().Drop(database_);
  }

  // In milliseconds, of a person with this number.
  double Register(const std::string& organization, int64_t person) {
    education::v1::RegisterLearnerRequest request;
    request.set_parent("organizations/" + organization);
    education::v1::Learner& learner = *request.mutable_learner();
    learner.set_identifier_scheme(education::v1::PERSON_IDENTIFIER_SCHEME_OTHER);
    learner.set_identifier(absl::StrCat("bench:", person));
    learner.mutable_birth_date()->set_year(2000);
    learner.mutable_birth_date()->set_month(1);
    learner.mutable_birth_date()->set_day(2);
    learner.set_given_names("Prueba");
    learner.set_first_surname("Muestra");
    learner.set_sex(education::v1::SEX_WOMAN);
    learner.set_state_code("21");
    const absl::Time start = absl::Now();
    Must(testing::Called(*stubs_[organization], &LearnerService::Stub::RegisterLearner, request,
                         nullptr, "administration", "registrar-1"));
    return absl::ToDoubleMilliseconds(absl::Now() - start);
  }

 private:
  std::shared_ptr<grpc::Channel> Channel(const std::string& caller) {
    return Site::Shared().Channel(module_->address("education"), "education", caller);
  }

  const sql::Target database_;
  std::unique_ptr<Process> module_;
  std::map<std::string, std::unique_ptr<LearnerService::Stub>> stubs_;
};

}  // namespace

void MeasurePersons(const Options& options) {
  const int64_t calls = options.quick ? 20 : 400;  // of each kind
  Registers registers;
  int64_t person = 0;
  std::vector<Pair> known_first, unknown_first;
  for (int i = 0; i < options.pairs(); ++i) {
    const int64_t first = person;
    for (; person < first + calls; ++person) registers.Register("b", person);
    std::vector<double> known, unknown;
    for (int64_t k = first; k < first + calls; ++k) {  // in turn, as machines have moods
      known.push_back(registers.Register("a", k));
      unknown.push_back(registers.Register("a", person++));
    }
    const double of_known = Percentile(known, 0.5), of_unknown = Percentile(unknown, 0.5);
    known_first.push_back({of_known, of_unknown});
    unknown_first.push_back({of_unknown, of_known});
  }
  Print(options, {"persons.register.known", "ms", AtMost(1.1)}, known_first);
  Print(options, {"persons.register.unknown", "ms", AtMost(1.1)}, unknown_first);
}

}  // namespace puente::bench
