// What a hundred times the offers and stays cost whoever asks how many there are, and what a
// release of them takes.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/crypto/digest.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/place_release.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/testing/hosted.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

using economy::v1::GetPlaceSummaryRequest;
using economy::v1::PlaceReleaseService;

constexpr int kStaysOfOffer = 10;
constexpr absl::Duration kRelease = absl::Minutes(10);  // a limit

// An Economy with so many offers, a hundred a company, with ten stays each, as if they had been
// written long ago, and their release.
class Places {
 public:
  explicit Places(int64_t offers)
      : database_(Site::Shared().Schema(economy::Economy().migrations)) {
    Site& site = Site::Shared();
    const int64_t companies = std::max<int64_t>(offers / 100, 5);
    site.Execute(database_,
                 absl::StrCat("INSERT INTO company (id, version, legal_name, rfc,"
                              " rfc_check_digit_differs, scian_class, state_code, source,"
                              " record_kind, create_time, update_time, state, size)"
                              " SELECT CONCAT('c', seq), 1, 'Bench', '', 0, '336370', '01',"
                              " 'bench', 1, NOW(6), NOW(6), 3, 4 FROM seq_0_to_",
                              companies - 1));
    site.Execute(
        database_,
        absl::StrCat(
            "INSERT INTO training_place (company, id, version, state, title_es, title_en,"
            " state_code, municipality, occupation_code, scian_class, start_date, end_date,"
            " seat_count, weekly_hours, conditions_es, conditions_en, requirements_es,"
            " requirements_en, chamber, confirm_due_date, close_reason, channel, source,"
            " record_kind, create_time, update_time) SELECT CONCAT('c', seq % ",
            companies,
            "), CONCAT('p', seq), 1, 1 + seq % 3, 'P', '', LPAD(1 + seq % 31, 2, '0'),"
            " '', '', CONCAT(ELT(1 + seq % 7, '11', '23', '33', '48', '54', '62', '81'), '0000'),"
            " CURDATE() + INTERVAL seq % 300 DAY, CURDATE() + INTERVAL 400 DAY, 12, 40, '', '',"
            " '', '', '', CURDATE(), IF(seq % 3 = 2, 1, 0), 0, 'bench', 1, NOW(6), NOW(6) FROM"
            " seq_1_to_",
            offers));
    site.Execute(
        database_,
        absl::StrCat("INSERT INTO place_reservation (id, version, state, training_place,"
                     " organization, learner, company, company_learner, start_date, end_date,"
                     " release_cause, break_off_party, break_off_cause, follow_up, source,"
                     " record_kind, create_time, update_time) SELECT CONCAT('r', seq), 1, 1 + seq"
                     " % 4, CONCAT('companies/c', n % ",
                     companies,
                     ", '/trainingPlaces/p', n), 'organizations/a', CONCAT('l', seq),"
                     " CONCAT('companies/c', n % ",
                     companies,
                     "), '', CURDATE() + INTERVAL n % 300 DAY,"
                     " CURDATE() + INTERVAL 400 DAY, 0, 0, 0, 0, 'bench', 1, NOW(6), NOW(6)"
                     " FROM (SELECT seq, 1 + seq % ",
                     offers, " AS n FROM seq_1_to_", offers * kStaysOfOffer, ") AS s"));
    module_ = site.Start(site.Config("economy", database_));
    economy_ = Stub("agency/economy");
    council_ = Stub("council/cce");
    const absl::Time start = absl::Now();
    Release();
    Say(absl::StrCat("place figures: a release of ", offers, " offers and ", offers * kStaysOfOffer,
                     " stays took ", absl::FormatDuration(absl::Now() - start)));
  }

  double Milliseconds(double seconds) {
    return MedianMilliseconds(seconds, [&] { Get(); });
  }

 private:
  std::unique_ptr<PlaceReleaseService::Stub> Stub(const std::string& caller) {
    return PlaceReleaseService::NewStub(
        Site::Shared().Channel(module_->address("economy"), "economy", caller));
  }
  // Another question each time.
  void Get() {
    GetPlaceSummaryRequest request;
    static constexpr const char* kSectors[] = {"", "11", "23", "31-33", "48-49", "54", "62", "81"};
    request.set_scian_sector(kSectors[next_++ % std::size(kSectors)]);
    const auto summary =
        Must(testing::Called(*council_, &PlaceReleaseService::Stub::GetPlaceSummary, request));
    if (!summary.states(0).offered_count().has_value()) Die("nothing is told");
  }
  void Release() {
    economy::v1::ReleasePlacesRequest ask;
    ask.set_request_id(crypto::Uuid4());
    std::string token;
    Must(testing::Called(*economy_, &PlaceReleaseService::Stub::ReleasePlaces, ask, &token,
                         "administration", "officer-1"));
    GetPlaceSummaryRequest request;
    request.set_at_least(token);
    const auto released = [&] {
      return testing::Called(*council_, &PlaceReleaseService::Stub::GetPlaceSummary, request).ok();
    };
    if (!testing::Becomes(released, kRelease)) Die("no release is made");
  }

  const sql::Target database_;
  std::unique_ptr<Process> module_;
  std::unique_ptr<PlaceReleaseService::Stub> economy_, council_;
  int next_ = 0;
};

}  // namespace

void MeasurePlaceFigures(const Options& options) {
  const int64_t few = options.quick ? 50 : options.large ? 1'000 : 100;
  Places many(100 * few), small(few);
  const double seconds = options.round_seconds();
  const auto figures = Interleave(
      {[&] { return many.Milliseconds(seconds); }, [&] { return small.Milliseconds(seconds); }},
      options.pairs());
  Print(options, {"places.summary.growth", "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
