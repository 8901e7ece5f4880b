// One durable write with its journal and ledger row, beside the bare insert of the same row inside
// START TRANSACTION and COMMIT: in process, and through the module's RPC. And writes that all rest
// on one row, beside bare updates of one row.
#include "common/journal/write.h"

#include <functional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/resource/resource.h"
#include "modules/labor/module.h"
#include "modules/labor/occupations/resource.h"
#include "modules/labor/skills/resource.h"
#include "modules/labor/vocabulary_releases/resource.h"
#include "puente/labor/v1/occupation.pb.h"
#include "puente/labor/v1/skill.grpc.pb.h"
#include "puente/labor/v1/vocabulary_release.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/bench/skills.h"

namespace puente::bench {

labor::v1::CreateSkillRequest NewSkill() {
  static std::atomic<int64_t> next = 0;
  const int64_t number = ++next;
  labor::v1::CreateSkillRequest request;
  request.set_skill_id(absl::StrCat("skill-", number));
  request.set_request_id(absl::StrFormat("%08x-0000-4000-8000-%012x", number, number));
  labor::v1::Skill& skill = *request.mutable_skill();
  skill.set_label_es("soldadura de arco con electrodo revestido");
  skill.set_label_en("shielded metal arc welding");
  skill.set_kind(labor::v1::SKILL_KIND_TECHNICAL);
  skill.set_framework("puente");
  skill.set_source("bench");
  skill.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  return request;
}

namespace {

using labor::v1::CreateSkillRequest;
using labor::v1::Skill;
using labor::v1::SkillService;

// The row that a skill becomes, for the bare insert.
std::vector<bare::Cell> RowOf(Skill skill) {
  skill.mutable_create_time()->set_seconds(1'700'000'000);
  skill.mutable_update_time()->set_seconds(1'700'000'000);
  std::vector<sql::Value> values = {"", 1};
  labor::Skills().AppendValues(skill, values);
  std::vector<bare::Cell> row;
  for (const sql::Value& value : values) {
    bare::Cell& cell = row.emplace_back();
    if (value.number() != nullptr) {
      cell.number = *value.number();
    } else if (!value.is_null()) {
      cell.text = std::string(value.text());
    }
  }
  return row;
}

std::unique_ptr<bare::Loop> BareInsert(const sql::Target& database, int connections) {
  const resource::Spec& spec = labor::Skills();
  std::string row = "(?";
  for (size_t i = 1; i < spec.insert_width(); ++i) row += ", ?";
  return bare::InsertLoop(Site::PlaceOf(database), absl::StrCat(spec.insert(), " ", row, ")"),
                          RowOf(NewSkill().skill()), connections);
}

// Sessions that write on threads of their own, as a module's workers do.
class InProcess {
 public:
  using Write = std::function<absl::Status(sql::Session&, const Call&)>;
  InProcess(const sql::Target& database, int connections, Write write) : write_(std::move(write)) {
    for (int i = 0; i < connections; ++i) {
      sessions_.push_back(std::make_unique<sql::Session>(database));
    }
  }

  double Rate(double seconds) {
    const absl::Time start = absl::Now();
    const absl::Time end = start + absl::Seconds(seconds);
    std::atomic<int64_t> count = 0;
    std::vector<std::thread> threads;
    for (const auto& session : sessions_) {
      threads.emplace_back([&] {
        int64_t mine = 0;
        for (; absl::Now() < end; ++mine) Once(*session);
        count += mine;
      });
    }
    for (std::thread& thread : threads) thread.join();
    return static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - start);
  }

 private:
  void Once(sql::Session& session) {
    Call call;
    call.method = "/puente.labor.v1.SkillService/CreateSkill";
    call.caller.path = "agency/labor";
    call.start = absl::Now();
    call.deadline = call.start + absl::Seconds(10);
    const absl::Status written = write_(session, call);
    if (!written.ok()) Die(written.ToString());
  }

  const Write write_;
  std::vector<std::unique_ptr<sql::Session>> sessions_;
};

absl::Status CreateSkill(sql::Session& session, const Call& call) {
  return journal::Mutate<Skill>(
             {journal::Tokens("labor")}, session, call, NewSkill(),
             [](const Call& of, journal::Transaction& tx, const CreateSkillRequest& request) {
               return resource::Create(of, tx, labor::Skills(), {request.skill_id()},
                                       request.skill());
             })
      .status();
}

// All rest on the one release, which must stay a draft.
absl::Status CreateOccupation(sql::Session& session, const Call& call) {
  labor::v1::CreateOccupationRequest request;
  const CreateSkillRequest skill = NewSkill();
  request.set_occupation_id(skill.skill_id());
  request.set_request_id(skill.request_id());
  labor::v1::Occupation& occupation = *request.mutable_occupation();
  occupation.set_code("51-4121.00");
  occupation.set_label_en("Welders");
  occupation.set_source("bench");
  occupation.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  return journal::Mutate<labor::v1::Occupation>(
             {journal::Tokens("labor")}, session, call, request,
             [](const Call& of, journal::Transaction& tx,
                const labor::v1::CreateOccupationRequest& asked)
                 -> absl::StatusOr<labor::v1::Occupation> {
               RETURN_IF_ERROR(resource::Guard(tx, labor::VocabularyReleases(),
                                               "vocabularyReleases/r", "parent")
                                   .status());
               return resource::Create(of, tx, labor::Occupations(), {"r", asked.occupation_id()},
                                       asked.occupation());
             })
      .status();
}

// As many calls in flight as the bare insert has connections, on one channel as clients have.
class ThroughRpc {
 public:
  ThroughRpc(const std::string& address, int in_flight)
      : stub_(SkillService::NewStub(Site::Shared().Channel(address, "labor", "agency/labor"))),
        flood_(
            in_flight,
            [this](int, auto* context, const auto* request, auto* response, auto done) {
              stub_->async()->CreateSkill(context, request, response, std::move(done));
            },
            [](int64_t, CreateSkillRequest& request) { request = NewSkill(); }) {}
  double Rate(double seconds) { return flood_.Rate(seconds); }

 private:
  std::unique_ptr<SkillService::Stub> stub_;
  Flood<CreateSkillRequest, Skill> flood_;
};

}  // namespace

void MeasureWrite(const Options& options) {
  Site& site = Site::Shared();
  const auto migrations = labor::Labor().migrations;
  const sql::Target of_bare = site.Schema(migrations);
  const sql::Target of_process = site.Schema(migrations);
  const sql::Target of_module = site.Schema(migrations);
  const auto module = site.Start(site.Config("labor", of_module));
  const double seconds = options.round_seconds();
  for (const int connections : {1, 8}) {
    const std::string in_process_name = absl::StrCat("write.in_process.", connections);
    const std::string rpc_name = absl::StrCat("write.rpc.", connections);
    if (!Wanted(options, in_process_name) && !Wanted(options, rpc_name)) continue;
    const auto insert = BareInsert(of_bare, connections);
    InProcess in_process(of_process, connections, &CreateSkill);
    ThroughRpc through_rpc(module->address("labor"), connections);
    const auto measure = [&](const std::string& name, double target, auto& side) {
      if (!Wanted(options, name)) return;
      const auto figures =
          Interleave({[&] { return side.Rate(seconds); }, [&] { return insert->Rate(seconds); }},
                     options.pairs());
      Print(options, {name, "1/s", AtLeast(target)}, Pairs(figures[0], figures[1]));
    };
    measure(in_process_name, 0.6, in_process);
    measure(rpc_name, 0.3, through_rpc);
  }
}

void MeasureGuarded(const Options& options) {
  constexpr int kConnections = 8;
  const sql::Target database = Site::Shared().Schema(labor::Labor().migrations);
  Site::Shared().Execute(
      database,
      "INSERT INTO vocabulary_release VALUES ('r', 1, 1, 'bench', '1', '', '', 1, '', 0, 0, 0, '',"
      " NULL, 'bench', 2, NOW(6), NOW(6), 0)");
  InProcess guarded(database, kConnections, &CreateOccupation);
  const auto update = bare::UpdateLoop(
      Site::PlaceOf(database), "UPDATE vocabulary_release SET guard = guard + 1 WHERE id = 'r'",
      kConnections);
  const double seconds = options.round_seconds();
  const auto figures =
      Interleave({[&] { return guarded.Rate(seconds); }, [&] { return update->Rate(seconds); }},
                 options.pairs());
  Print(options, {"write.guarded", "1/s", AtLeast(0.5)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
