// What there is with the outcomes of a version, among ten times the versions: where as many as
// before have its skills, and where ten times as many have, of which no more are looked at than
// before.
#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/process.h"
#include "tests/bench/site.h"
#include "tests/bench/versions.h"
#include "tests/testing/hosted.h"

namespace puente::bench {
namespace {

using education::v1::MicrocredentialService;

// Versions, each with three skills that it shares with `sharing` others; the template is one of the
// first that share.
class Catalogue {
 public:
  Catalogue(int64_t versions, int64_t sharing)
      : schema_(Site::Shared().Schema(education::Education().migrations)) {
    PublishVersion(schema_, {"skills/s0-1", "skills/s0-2", "skills/s0-3"});
    Site& site = Site::Shared();
    site.Copy(schema_, "microcredential_version", "microcredential", 'm', versions);
    site.Execute(schema_,
                 absl::StrCat("INSERT INTO published_skill (record_kind, skill,"
                              " microcredential, number) SELECT 1, CONCAT('skills/s',"
                              " (m.seq - 1) DIV ",
                              sharing, ", '-', k.seq), CONCAT('m', m.seq), 1 FROM seq_1_to_",
                              versions, " AS m, seq_1_to_3 AS k"));
    site.Execute(schema_, "ANALYZE TABLE published_skill, microcredential_version");
    hosted_ = std::make_unique<testing::HostedModule>(education::Education(), schema_,
                                                      "agency/education");
    stub_ = MicrocredentialService::NewStub(hosted_->channel());
  }

  double Milliseconds(double seconds) {
    return MedianMilliseconds(seconds, [&] {
      education::v1::FindEquivalentsRequest request;
      request.set_microcredential_version("microcredentials/template/versions/1");
      const auto found =
          Must(testing::Called(*stub_, &MicrocredentialService::Stub::FindEquivalents, request));
      if (found.equivalents().empty()) Die("nothing is equivalent");
    });
  }

 private:
  const sql::Target schema_;
  std::unique_ptr<testing::HostedModule> hosted_;
  std::unique_ptr<MicrocredentialService::Stub> stub_;
};

// `few` versions of which `sharing` have the same skills, beside ten times as many of which
// `large_sharing` have.
void Compare(const Options& options, const char* name, int64_t few, int64_t sharing,
             int64_t large_sharing) {
  if (!Wanted(options, name)) return;
  Say(absl::StrCat(name, ": ", few, " and ", 10 * few, " versions"));
  Catalogue small(few, sharing), large(10 * few, large_sharing);
  const double seconds = options.round_seconds();
  const auto figures = Interleave(
      {[&] { return large.Milliseconds(seconds); }, [&] { return small.Milliseconds(seconds); }},
      options.pairs());
  Print(options, {name, "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

}  // namespace

void MeasureEquivalents(const Options& options) {
  const int64_t few = options.quick ? 1'000 : 10'000;
  Compare(options, "growth.equivalents", few, 50, 50);
  // More than are looked at of one skill.
  Compare(options, "growth.equivalents.shared", few, few / 2, 5 * few);
}

}  // namespace puente::bench
