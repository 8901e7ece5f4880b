// What is done at two owners beside its two writes made directly; a body's queue of a hundred times
// the submissions; and what came of a need beside the questions that it asks. All in one process.
#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gateway/module.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "modules/science/module.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/education/v1/cause.grpc.pb.h"
#include "puente/gateway/v1/act.grpc.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "puente/gateway/v1/submission.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/bench/versions.h"
#include "tests/testing/hosted.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

using economy::v1::DemandService;
using economy::v1::ProposalService;
using education::v1::CauseService;
using gateway::v1::ActService;
using gateway::v1::CouncilService;
using gateway::v1::SubmissionService;
using science::v1::SkillSignalService;
using testing::HostedModule;

constexpr char kSkill[] = "skills/welding";
constexpr char kReader[] = "agency/education";  // who reads what waits at bodies
constexpr int kFollowed = 20;  // proposals, each implemented by a version of its own

// Economy, Education, Science and the gateway on databases of their own.
class Line {
 public:
  Line()
      : economy_schema_(Site::Shared().Schema(economy::Economy().migrations)),
        education_schema_(Site::Shared().Schema(education::Education().migrations)),
        science_schema_(Site::Shared().Schema(science::Science().migrations)),
        gateway_schema_(Site::Shared().Schema(gateway::Gateway().migrations)) {
    MakeProposal();
    PublishVersion(education_schema_, {kSkill});
  }

  void MakeProposal() {
    HostedModule economy(economy::Economy(), economy_schema_, "agency/economy");
    auto stub = ProposalService::NewStub(economy.channel());
    economy::v1::CreateProposalRequest create;
    create.set_proposal_id("template");
    economy::v1::Proposal& proposal = *create.mutable_proposal();
    proposal.set_author("agency/economy");
    proposal.set_kind(economy::v1::PROPOSAL_KIND_NEW_MICROCREDENTIAL);
    proposal.set_title_es("Soldadura");
    proposal.set_text("Que se enseñe.");
    proposal.set_source("bench");
    proposal.set_record_kind(type::v1::RECORD_KIND_REAL);
    Must(testing::Called(*stub, &ProposalService::Stub::CreateProposal, create));
    economy::v1::ReviewProposalRequest review;
    review.set_name("proposals/template");
    Must(testing::Called(*stub, &ProposalService::Stub::ReviewProposal, review));
    economy::v1::AdoptProposalRequest adopt;
    adopt.set_name("proposals/template");
    Must(testing::Called(*stub, &ProposalService::Stub::AdoptProposal, adopt, nullptr, "",
                         "officer-1"));
  }
  // Proposals p1, p2, … and versions m1, m2, … for them.
  void Grow(int64_t count) {
    Site::Shared().Copy(economy_schema_, "proposal", "id", 'p', count);
    Site::Shared().Copy(education_schema_, "microcredential_version", "microcredential", 'm',
                        count);
  }

  // The gateway as `caller` sees it, between the agencies that take its steps.
  struct Hosted {
    Hosted(const Line& line, const std::string& caller)
        : economy(economy::Economy(), line.economy_schema_, "gateway"),
          education(education::Education(), line.education_schema_, "gateway"),
          science(science::Science(), line.science_schema_, "gateway"),
          gateway(Gateway(*this), line.gateway_schema_, caller) {}

    static hosting::ModuleKind Gateway(Hosted& hosted) {
      hosting::ModuleKind kind = gateway::Gateway();
      kind.make = [&hosted](const hosting::Surroundings& around) {
        const auto channel = [&hosted](absl::string_view agency) {
          if (agency == "science") return hosted.science.channel();
          return agency == "economy" ? hosted.economy.channel() : hosted.education.channel();
        };
        return gateway::Gateway().make({around.config, around.host, around.database, channel});
      };
      return kind;
    }

    HostedModule economy, education, science, gateway;
  };

  const sql::Target economy_schema_, education_schema_, science_schema_, gateway_schema_;
};

std::string Proposal(int64_t n) { return absl::StrCat("proposals/p", n); }
std::string Version(int64_t n) { return absl::StrCat("microcredentials/m", n, "/versions/1"); }

// Proposals that are implemented, one after the other.
class Implementing {
 public:
  explicit Implementing(const Line& line)
      : line_(line),
        hosted_(line, "agency/economy"),
        acts_(ActService::NewStub(hosted_.gateway.channel())),
        causes_(CauseService::NewStub(hosted_.education.channel())),
        proposals_(ProposalService::NewStub(hosted_.economy.channel())) {}

  // Both writes, at their owners themselves.
  void Directly(int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      const int64_t n = ++next_;
      education::v1::NameCauseRequest name;
      name.set_version(Version(n));
      name.set_proposal(Proposal(n));
      name.set_act("acts/bench");
      Must(testing::CalledFor("agency/economy", *causes_, &CauseService::Stub::NameCause, name));
      economy::v1::RecordImplementationRequest record;
      record.set_name(Proposal(n));
      record.add_versions(Version(n));
      Must(testing::CalledFor("agency/economy", *proposals_,
                              &ProposalService::Stub::RecordImplementation, record));
    }
  }
  // As acts, until the last one is over.
  void AsActs(int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      const int64_t n = ++next_;
      gateway::v1::ImplementProposalRequest request;
      request.set_proposal(Proposal(n));
      request.add_versions(Version(n));
      Must(testing::Called(*acts_, &ActService::Stub::ImplementProposal, request, nullptr, "",
                           "officer-1"));
    }
    const auto over = [&] {
      return Site::Shared()
          .Texts(line_.gateway_schema_, "SELECT id FROM act WHERE open_subject IS NOT NULL LIMIT 1")
          .empty();
    };
    if (!testing::Becomes(over, absl::Minutes(5))) Die("acts do not end");
  }

 private:
  const Line& line_;
  Line::Hosted hosted_;
  const std::unique_ptr<ActService::Stub> acts_;
  const std::unique_ptr<CauseService::Stub> causes_;
  const std::unique_ptr<ProposalService::Stub> proposals_;
  int64_t next_ = 0;
};

double PerSecond(int64_t count, const std::function<void()>& work) {
  const absl::Time start = absl::Now();
  work();
  return static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - start);
}

void MeasureActs(const Options& options) {
  const int64_t count = options.quick ? 5 : 200;
  const int rounds = options.pairs();
  Line line;
  line.Grow(2 * count * rounds);
  Implementing implementing(line);
  const auto figures =
      Interleave({[&] { return PerSecond(count, [&] { implementing.AsActs(count); }); },
                  [&] { return PerSecond(count, [&] { implementing.Directly(count); }); }},
                 rounds);
  Print(options, {"acts", "1/s", AtLeast(0.25)}, Pairs(figures[0], figures[1]));
}

// In all states and of two bodies, of a version that is an expression of `seq`.
void AddSubmissions(const sql::Target& schema, const char* version, int64_t count) {
  Site::Shared().Execute(
      schema, absl::StrCat("INSERT INTO submission (certifier, id, version, state, organization,"
                           " microcredential_version, note, due_date, reviewer, state_reason,"
                           " certification, source, record_kind, create_time, update_time)"
                           " SELECT CONCAT('c', seq % 2), CONCAT('s', seq), 1, 1 + seq % 7,"
                           " CONCAT('organizations/o', seq % 100), ",
                           version,
                           ", '', '2027-01-01', '', '', '', 'bench', 1,"
                           " NOW(6) - INTERVAL seq SECOND, NOW(6) FROM seq_1_to_",
                           count));
}

// A body's queue, of which even a few fill a page.
class Queue {
 public:
  explicit Queue(int64_t submissions)
      : schema_(Site::Shared().Schema(gateway::Gateway().migrations)) {
    AddSubmissions(schema_, "'microcredentials/m/versions/1'", submissions);
    hosted_ = std::make_unique<HostedModule>(Alone(), schema_, "certifier/c0");
    stub_ = SubmissionService::NewStub(hosted_->channel());
  }

  double Milliseconds(double seconds) {
    return MedianMilliseconds(seconds, [&] {
      gateway::v1::ListSubmissionsRequest request;
      request.set_parent("certifiers/c0");
      request.set_filter("state = SUBMITTED");
      Must(testing::Called(*stub_, &SubmissionService::Stub::ListSubmissions, request));
    });
  }

 private:
  static hosting::ModuleKind Alone() {
    hosting::ModuleKind kind = gateway::Gateway();
    kind.make = [](const hosting::Surroundings& around) {
      const auto nobody = [](absl::string_view) {
        return grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials());
      };
      return gateway::Gateway().make({around.config, around.host, around.database, nobody});
    };
    return kind;
  }

  const sql::Target schema_;
  std::unique_ptr<HostedModule> hosted_;
  std::unique_ptr<SubmissionService::Stub> stub_;
};

void MeasureQueue(const Options& options) {
  const int64_t few = options.quick ? 100 : 1'000, many = 100 * few;
  Queue large(many), small(few);
  const double seconds = options.round_seconds();
  const auto figures = Interleave(
      {[&] { return large.Milliseconds(seconds); }, [&] { return small.Milliseconds(seconds); }},
      options.pairs());
  Print(options, {"certification.queue", "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

// What came of a skill, and the questions that it takes.
class Trace {
 public:
  explicit Trace(const Line& line)
      : hosted_(line, kReader),
        council_(CouncilService::NewStub(hosted_.gateway.channel())),
        demand_(DemandService::NewStub(hosted_.economy.channel())),
        proposals_(ProposalService::NewStub(hosted_.economy.channel())),
        causes_(CauseService::NewStub(hosted_.education.channel())),
        signals_(SkillSignalService::NewStub(hosted_.science.channel())),
        submissions_(SubmissionService::NewStub(hosted_.gateway.channel())) {
    for (int n = 1; n <= kFollowed; ++n) {
      follow_.add_causes(Proposal(n));
      read_.add_names(absl::StrCat("certifiers/c", n % 2, "/submissions/s", n));
    }
  }

  double Whole(double seconds) {
    return MedianMilliseconds(seconds, [&] {
      gateway::v1::TraceDemandRequest request;
      request.set_skill(kSkill);
      const auto trace =
          Must(testing::Called(*council_, &CouncilService::Stub::TraceDemand, request));
      const bool at_bodies = absl::c_any_of(trace.stages(), [](const auto& stage) {
        return stage.kind() == gateway::v1::TRACE_STEP_KIND_SUBMITTED;
      });
      if (!at_bodies) Die("the trace does not go as far as to the bodies");
    });
  }
  // The slowest of the first questions, of those that need their answers, and what the gateway then
  // reads itself, here as a question to it.
  double Levels(double seconds) {
    const double demand = MedianMilliseconds(seconds / 5, [&] {
      economy::v1::GetDemandSummaryRequest request;
      request.add_skills(kSkill);
      Must(testing::CalledFor(kReader, *demand_, &DemandService::Stub::GetDemandSummary, request));
    });
    const double proposals = MedianMilliseconds(seconds / 5, [&] {
      economy::v1::ListProposalsRequest request;
      request.set_page_size(50);
      request.set_filter(absl::StrCat("skill = \"", kSkill, "\""));
      Must(
          testing::CalledFor(kReader, *proposals_, &ProposalService::Stub::ListProposals, request));
    });
    const double versions = MedianMilliseconds(seconds / 5, [&] {
      Must(testing::CalledFor(kReader, *causes_, &CauseService::Stub::FollowCauses, follow_));
    });
    const double signals = MedianMilliseconds(seconds / 5, [&] {
      science::v1::ListSkillSignalsRequest request;
      request.set_page_size(50);
      request.set_filter(absl::StrCat("skill = \"", kSkill, "\""));
      Must(testing::CalledFor(kReader, *signals_, &SkillSignalService::Stub::ListSkillSignals,
                              request));
    });
    const double submissions = MedianMilliseconds(seconds / 5, [&] {
      Must(testing::Called(*submissions_, &SubmissionService::Stub::BatchGetSubmissions, read_));
    });
    return std::max({demand, proposals, signals}) + versions + submissions;
  }

 private:
  Line::Hosted hosted_;
  const std::unique_ptr<CouncilService::Stub> council_;
  const std::unique_ptr<DemandService::Stub> demand_;
  const std::unique_ptr<ProposalService::Stub> proposals_;
  const std::unique_ptr<CauseService::Stub> causes_;
  const std::unique_ptr<SkillSignalService::Stub> signals_;
  const std::unique_ptr<SubmissionService::Stub> submissions_;
  education::v1::FollowCausesRequest follow_;
  gateway::v1::BatchGetSubmissionsRequest read_;
};

void MeasureTrace(const Options& options) {
  Line line;
  line.Grow(kFollowed);
  Site::Shared().Execute(
      line.economy_schema_,
      absl::StrCat("INSERT INTO proposal_skill (element, of_id, of_create_time)"
                   " SELECT '",
                   kSkill, "', id, create_time FROM proposal WHERE id <> 'template'"));
  {
    Implementing implementing(line);
    implementing.Directly(kFollowed);
  }
  AddSubmissions(line.gateway_schema_, "CONCAT('microcredentials/m', seq, '/versions/1')", 1000);
  Trace trace(line);
  const double seconds = options.round_seconds();
  const auto figures =
      Interleave({[&] { return trace.Whole(seconds); }, [&] { return trace.Levels(seconds); }},
                 options.pairs());
  Print(options, {"certification.trace", "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

}  // namespace

void MeasureCertification(const Options& options) {
  if (Wanted(options, "acts")) MeasureActs(options);
  if (Wanted(options, "certification.queue")) MeasureQueue(options);
  if (Wanted(options, "certification.trace")) MeasureTrace(options);
}

}  // namespace puente::bench
