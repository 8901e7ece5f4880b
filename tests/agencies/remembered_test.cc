// What the agencies remember of their figures is what they would compute; and how many records they
// say that they have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/resource/record_counts.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"
#include "puente/economy/v1/chamber.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "tests/agencies/bundled.h"
#include "tests/testing/counted.h"
#include "tests/testing/database.h"
#include "tests/testing/released.h"
#include "tests/testing/status.h"

namespace puente {
namespace {

using google::protobuf::util::MessageDifferencer;
using testing::Becomes;
using testing::BundledRequests;
using testing::Called;
using testing::Database;
using testing::HostedModule;
using testing::SetCounted;
using type::v1::RECORD_KIND_GENERATED;
using type::v1::RECORD_KIND_REAL;

config::Server Config(int64_t figures_memory) {
  config::Server config;
  config.set_profiles("data/labor/profiles");
  config.set_figures_memory(figures_memory);
  return config;
}

// An agency that remembers, and another process of it, which doesn't.
struct Agency {
  explicit Agency(const hosting::ModuleKind& kind)
      : kind(kind),
        target(Database::Shared().NewSchema(kind.migrations)),
        remembering(kind, target, absl::StrCat("agency/", kind.agency), Config(1 << 20)),
        computing(kind, target, absl::StrCat("agency/", kind.agency), Config(0)) {}

  int64_t told_from_memory() {
    const std::string text = remembering.metrics();
    for (absl::string_view line : absl::StrSplit(text, '\n')) {
      int64_t value = 0;
      if (absl::ConsumePrefix(&line, "puente_figures_remembered_total ") &&
          absl::SimpleAtoi(line, &value)) {
        return value;
      }
    }
    ADD_FAILURE() << "no such metric";
    return 0;
  }

  const hosting::ModuleKind kind;
  const sql::Target target;
  HostedModule remembering;
  HostedModule computing;
};

template <class Answer>
Answer WithoutTimes(Answer answer) {
  for (const char* name : {"as_of_time", "check_time", "freshness_token"}) {
    const auto* field = Answer::descriptor()->FindFieldByName(name);
    if (field != nullptr) answer.GetReflection()->ClearField(&answer, field);
  }
  return answer;
}

// One question to an agency, to both of its processes.
template <class Service, class Request, class Answer>
class Question {
 public:
  using Stub = typename Service::Stub;
  using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Answer*);

  Question(Agency& agency, Method method, Request request)
      : agency_(agency),
        method_(method),
        request_(std::move(request)),
        remembering_(Service::NewStub(agency.remembering.channel())),
        computing_(Service::NewStub(agency.computing.channel())) {}

  Answer Ask() { return Of(*remembering_); }
  // Asks until the answer is from memory, and holds it against a computed one.
  void HoldAgainstComputed() {
    Answer told;
    ASSERT_TRUE(Becomes([&] {
      const int64_t before = agency_.told_from_memory();
      told = Ask();
      return agency_.told_from_memory() > before;
    }));
    std::string difference;
    MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&difference);
    EXPECT_TRUE(differencer.Compare(WithoutTimes(Of(*computing_)), WithoutTimes(told)))
        << difference;
  }

 private:
  Answer Of(Stub& stub) {
    const auto answer = Called(stub, method_, request_);
    EXPECT_OK(answer);
    return answer.value_or(Answer());
  }

  Agency& agency_;
  const Method method_;
  const Request request_;
  const std::unique_ptr<Stub> remembering_;
  const std::unique_ptr<Stub> computing_;
};

// The kind of a question's answer is that of the setting from the moment on in which it is made.
// `settled` says whether an answer is the last one for now.
template <class Asked, class Settled>
void HoldAcrossKinds(Agency& agency, const std::string& collection, Asked& question,
                     const Settled& settled) {
  question.HoldAgainstComputed();
  for (const auto kind : {RECORD_KIND_GENERATED, RECORD_KIND_REAL, RECORD_KIND_GENERATED}) {
    ASSERT_OK(SetCounted(agency.remembering.channel(), collection, kind));
    EXPECT_EQ(question.Ask().record_kind(), kind);
    EXPECT_TRUE(Becomes([&] { return settled(question.Ask()); }));
    question.HoldAgainstComputed();
  }
}
template <class Asked>
void HoldAcrossKinds(Agency& agency, const std::string& collection, Asked& question) {
  HoldAcrossKinds(agency, collection, question, [](const auto&) { return true; });
}

TEST(RememberedFigures, OfVacanciesAreThoseComputed) {
  Agency labor(labor::Labor());
  const auto stub = labor::v1::VacancyService::NewStub(labor.remembering.channel());
  std::string token;
  for (auto request :
       BundledRequests<labor::v1::CreateVacancyRequest>("data/labor/vacancies.json")) {
    request.mutable_vacancy()->clear_skills();  // which would have to be there
    request.mutable_vacancy()->set_source("muestra");
    request.mutable_vacancy()->set_record_kind(RECORD_KIND_GENERATED);
    ASSERT_OK(Called(*stub, &labor::v1::VacancyService::Stub::CreateVacancy, request, &token));
  }
  labor::v1::GetVacancyStatisticsRequest request;
  request.set_at_least(token);
  request.add_scian_prefixes("336");
  Question<labor::v1::VacancyStatisticsService, labor::v1::GetVacancyStatisticsRequest,
           labor::v1::VacancyStatistics>
      question(labor, &labor::v1::VacancyStatisticsService::Stub::GetVacancyStatistics, request);
  HoldAcrossKinds(labor, "vacancies", question);
  EXPECT_GT(question.Ask().vacancy_count(), 0);
}

TEST(RememberedFigures, OfSupplyAreThoseComputed) {
  Agency education(education::Education());
  using Service = education::v1::MicrocredentialService;
  Question<Service, education::v1::GetSupplySummaryRequest, education::v1::SupplySummary> question(
      education, &Service::Stub::GetSupplySummary, {});
  HoldAcrossKinds(education, "microcredentialVersions", question);
}

TEST(RememberedFigures, OfSignalsAreThoseComputed) {
  Agency science(science::Science());
  using Service = science::v1::SkillSignalService;
  Question<Service, science::v1::GetSignalSummaryRequest, science::v1::SignalSummary> question(
      science, &Service::Stub::GetSignalSummary, {});
  HoldAcrossKinds(science, "skillSignals", question);
}

// A release has no entry in the journal.
TEST(RememberedFigures, OfDemandAreThoseOfTheLastRelease) {
  Agency economy(economy::Economy());
  using Service = economy::v1::DemandService;
  Question<Service, economy::v1::GetDemandSummaryRequest, economy::v1::DemandSummary> question(
      economy, &Service::Stub::GetDemandSummary, {});
  ASSERT_TRUE(testing::DemandIsReleased(economy.target));
  // A release of the kind is made in the background.
  const auto released = [](const economy::v1::DemandSummary& summary) {
    return summary.head_count().mark() != type::v1::MARK_MISSING;
  };
  EXPECT_TRUE(Becomes([&] { return released(question.Ask()); }));
  HoldAcrossKinds(economy, "demandStatements", question, released);
}

// Migrations count what was there before; from then on each write counts itself.
TEST(RecordCounts, AreThoseOfTheTables) {
  Agency economy(economy::Economy());
  using Service = economy::v1::ChamberService;
  const auto stub = Service::NewStub(economy.remembering.channel());
  sql::Session session(economy.target);
  sql::Connection connection(economy.target);
  const auto counted = [&] {
    const auto counts =
        resource::ReadRecordCounts(session, resource::Spec::Of("puente.economy.v1"));
    EXPECT_OK(counts);
    for (const auto& count : counts.value_or(std::vector<api::v1::RecordCount>())) {
      if (count.collection() == "chambers") {
        return std::pair(count.count(), count.generated_count());
      }
    }
    return std::pair(int64_t{-1}, int64_t{-1});
  };
  for (int64_t i = 0; i < 6; ++i) {
    EXPECT_EQ(counted(), std::pair(i, i / 2)) << "at once, whatever the sequencer does";
    economy::v1::CreateChamberRequest request;
    request.set_chamber_id(absl::StrCat("c", i));
    request.mutable_chamber()->set_label_es("Cámara");
    request.mutable_chamber()->set_source("test");
    request.mutable_chamber()->set_record_kind(i % 2 == 0 ? RECORD_KIND_REAL
                                                          : RECORD_KIND_GENERATED);
    ASSERT_OK(Called(*stub, &Service::Stub::CreateChamber, request));
  }
  ASSERT_TRUE(Becomes([&] {
    return testing::MustCount(connection, "SELECT COUNT(*) FROM journal_entry") ==
           testing::MustCount(connection, "SELECT COUNT(*) FROM journal_position");
  }));
  EXPECT_EQ(counted(), std::pair(int64_t{6}, int64_t{3}));
  testing::MustExecute(connection, "DELETE FROM counter WHERE cut LIKE 'N|%'");
  EXPECT_EQ(counted(), std::pair(int64_t{0}, int64_t{0}));
  for (const sql::Migration& migration : economy.kind.migrations) {
    if (migration.name == "counter_of_records") testing::MustExecute(connection, migration.text);
  }
  EXPECT_EQ(counted(), std::pair(int64_t{6}, int64_t{3}));
}

}  // namespace
}  // namespace puente
