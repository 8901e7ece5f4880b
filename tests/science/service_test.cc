#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/strip.h"
#include "modules/science/errors.h"
#include "modules/science/module.h"
#include "modules/science/skill_signals/resource.h"
#include "modules/science/technologies/resource.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "puente/science/v1/technology.grpc.pb.h"
#include "tests/agencies/bundled.h"
#include "tests/agencies/contract.h"
#include "tests/testing/counted.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::science {
namespace {

using ::puente::testing::BundledRequests;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::SetCounted;
using ::testing::ElementsAre;
using Signals = v1::SkillSignalService::Stub;
using Technologies = v1::TechnologyService::Stub;

struct Client {
  explicit Client(const sql::Target& database, const std::string& caller = "agency/science")
      : hosted(Science(), database, caller),
        signals(v1::SkillSignalService::NewStub(hosted.channel())),
        technologies(v1::TechnologyService::NewStub(hosted.channel())) {}

  absl::StatusOr<v1::SkillSignal> Add(const std::string& id, const std::string& sector, int year,
                                      type::v1::RecordKind kind = type::v1::RECORD_KIND_REAL,
                                      std::string* freshness = nullptr,
                                      const std::string& skill = "plc-programming") {
    v1::CreateSkillSignalRequest request;
    request.set_skill_signal_id(id);
    v1::SkillSignal* signal = request.mutable_skill_signal();
    signal->set_skill("skills/" + skill);
    signal->set_technology("technologies/robots");
    signal->set_sector_table("sectorTables/" + sector);
    signal->mutable_horizon_date()->set_year(year);
    signal->mutable_horizon_date()->set_month(6);
    signal->mutable_horizon_date()->set_day(30);
    signal->set_confidence(60);
    signal->set_source("test");
    signal->set_record_kind(kind);
    return Called(*signals, &Signals::CreateSkillSignal, request, freshness);
  }
  absl::StatusOr<std::vector<std::string>> List(const std::string& filter) {
    v1::ListSkillSignalsRequest request;
    request.set_filter(filter);
    request.set_page_size(1);
    std::vector<std::string> names;
    do {
      auto page = Called(*signals, &Signals::ListSkillSignals, request);
      if (!page.ok()) return page.status();
      for (const auto& signal : page->skill_signals()) names.push_back(signal.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  absl::StatusOr<v1::SignalSummary> Summary(const std::string& sector = "",
                                            const std::string& state = "",
                                            const std::string& at_least = "",
                                            const std::vector<std::string>& skills = {}) {
    v1::GetSignalSummaryRequest request;
    for (const std::string& skill : skills) request.add_skills("skills/" + skill);
    if (!sector.empty()) request.set_sector_table("sectorTables/" + sector);
    request.set_state_code(state);
    request.set_at_least(at_least);
    return Called(*signals, &Signals::GetSignalSummary, request);
  }

  HostedModule hosted;
  std::unique_ptr<Signals> signals;
  std::unique_ptr<Technologies> technologies;
};

sql::Target NewDatabase() { return Database::Shared().NewSchema(Science().migrations); }

v1::CreateTechnologyRequest Robots() {
  v1::CreateTechnologyRequest request;
  request.set_technology_id("robots");
  v1::Technology* technology = request.mutable_technology();
  technology->set_label_es("Robots");
  technology->set_label_en("Robots");
  technology->set_readiness_level(9);
  technology->set_evidence("En uso");
  technology->set_source("test");
  technology->set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

TEST(ScienceSchema, FitsItsResources) {
  const sql::Target database = NewDatabase();
  Client client(database);
  testing::ExpectTablesFit(database, "puente.science.v1", 4);
}

TEST(ScienceErrors, AreACatalogue) {
  Client client(NewDatabase());
  testing::ExpectErrors("puente.science.v1", error::kAll, "science.puente");
}

TEST(Technology, IsStoredAsItWasGiven) {
  Client science(NewDatabase());
  ASSERT_OK_AND_ASSIGN(const auto created,
                       Called(*science.technologies, &Technologies::CreateTechnology, Robots()));
  v1::GetTechnologyRequest get;
  get.set_name("technologies/robots");
  ASSERT_OK_AND_ASSIGN(const auto got,
                       Called(*science.technologies, &Technologies::GetTechnology, get));
  EXPECT_EQ(got.SerializeAsString(), created.SerializeAsString());
  EXPECT_THAT(Called(*science.technologies, &Technologies::CreateTechnology, Robots()),
              HasReason("TECHNOLOGY_ALREADY_EXISTS"));
  v1::CreateTechnologyRequest unready = Robots();
  unready.set_technology_id("ten");
  unready.mutable_technology()->set_readiness_level(10);
  EXPECT_THAT(Called(*science.technologies, &Technologies::CreateTechnology, unready),
              HasReason("INVALID_FIELDS"));
}

TEST(SkillSignal, NeedsItsTechnology) {
  Client science(NewDatabase());
  EXPECT_THAT(science.Add("one", "automotive", 2028), HasReason("TECHNOLOGY_NOT_FOUND"));
  ASSERT_OK(Called(*science.technologies, &Technologies::CreateTechnology, Robots()));
  ASSERT_OK(science.Add("one", "automotive", 2028));
  EXPECT_THAT(science.Add("one", "automotive", 2028), HasReason("SKILL_SIGNAL_ALREADY_EXISTS"));
  v1::GetSkillSignalRequest get;
  get.set_name("skillSignals/none");
  EXPECT_THAT(Called(*science.signals, &Signals::GetSkillSignal, get),
              HasReason("SKILL_SIGNAL_NOT_FOUND"));
}

TEST(SkillSignal, IsListedByHorizonWithinASector) {
  Client science(NewDatabase());
  ASSERT_OK(Called(*science.technologies, &Technologies::CreateTechnology, Robots()));
  ASSERT_OK(science.Add("a", "automotive", 2031));
  ASSERT_OK(science.Add("b", "automotive", 2027));
  ASSERT_OK(science.Add("c", "energy", 2026));
  ASSERT_OK(science.Add("d", "automotive", 2027));
  ASSERT_OK_AND_ASSIGN(const auto sector,
                       science.List("sector_table = \"sectorTables/automotive\""));
  EXPECT_THAT(sector, ElementsAre("skillSignals/b", "skillSignals/d", "skillSignals/a"));
  ASSERT_OK_AND_ASSIGN(const auto all, science.List(""));
  EXPECT_EQ(all.size(), 4u);
  ASSERT_OK_AND_ASSIGN(const auto skill, science.List("skill = \"skills/plc-programming\""));
  EXPECT_EQ(skill.size(), 4u);
  EXPECT_THAT(science.List("confidence = 60"), HasReason("INVALID_FILTER"));
}

TEST(SignalSummary, CountsOneKindAndShowsTheNearest) {
  Client science(NewDatabase());
  ASSERT_OK_AND_ASSIGN(const auto nothing, science.Summary());
  EXPECT_EQ(nothing.record_kind(), type::v1::RECORD_KIND_REAL) << "where nothing is set";
  ASSERT_OK(SetCounted(science.hosted.channel(), "skillSignals", type::v1::RECORD_KIND_GENERATED));
  ASSERT_OK(Called(*science.technologies, &Technologies::CreateTechnology, Robots()));
  ASSERT_OK(science.Add("sample", "automotive", 2027, type::v1::RECORD_KIND_GENERATED));
  ASSERT_OK_AND_ASSIGN(const auto sample, science.Summary());
  EXPECT_EQ(sample.record_kind(), type::v1::RECORD_KIND_GENERATED);
  EXPECT_EQ(sample.signal_count(), 1);
  ASSERT_OK(science.Add("later", "automotive", 2031));
  std::string freshness;
  ASSERT_OK(science.Add("sooner", "automotive", 2028, type::v1::RECORD_KIND_REAL, &freshness));
  ASSERT_OK_AND_ASSIGN(const auto still, science.Summary("automotive", "11", freshness));
  EXPECT_EQ(still.signal_count(), 1) << "real ones flip nothing";
  ASSERT_OK(SetCounted(science.hosted.channel(), "skillSignals", type::v1::RECORD_KIND_REAL));
  ASSERT_OK_AND_ASSIGN(const auto real, science.Summary("automotive", "11", freshness));
  EXPECT_EQ(real.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(real.signal_count(), 2);
  EXPECT_EQ(real.technology_count(), 1);
  ASSERT_EQ(real.nearest_size(), 2);
  EXPECT_EQ(real.nearest(0).name(), "skillSignals/sooner");
  EXPECT_EQ(real.top_skills(0).count().value(), 2);
  EXPECT_THAT(real.sources(), ElementsAre("test"));
  EXPECT_THAT(real.could_not_split(), ElementsAre("state"));
  ASSERT_OK_AND_ASSIGN(const auto other, science.Summary("energy"));
  EXPECT_EQ(other.signal_count(), 0);
  EXPECT_EQ(other.could_not_split_size(), 0);
}

TEST(SignalSummary, CountsWhatIsChosenAndShowsNoHorizonThatIsPast) {
  Client science(NewDatabase());
  ASSERT_OK(Called(*science.technologies, &Technologies::CreateTechnology, Robots()));
  const auto add = [&](const std::string& id, const std::string& sector, int year,
                       const std::string& skill) {
    return science.Add(id, sector, year, type::v1::RECORD_KIND_REAL, nullptr, skill).status();
  };
  ASSERT_OK(add("past", "automotive", 2020, "plc"));
  ASSERT_OK(add("later", "automotive", 2199, "plc"));
  ASSERT_OK(add("sooner", "automotive", 2198, "welding"));
  ASSERT_OK(add("elsewhere", "energy", 2197, "plc"));
  struct Case {
    std::string sector;
    std::vector<std::string> skills;
    int64_t signals;
    std::vector<std::string> nearest;
  };
  for (const Case& c :
       std::vector<Case>{{"", {}, 4, {"elsewhere", "sooner", "later"}},
                         {"automotive", {}, 3, {"sooner", "later"}},
                         {"", {"plc"}, 3, {"elsewhere", "later"}},
                         {"", {"plc", "welding"}, 4, {"elsewhere", "sooner", "later"}},
                         {"energy", {"plc"}, 1, {"elsewhere"}},
                         {"energy", {"welding"}, 0, {}}}) {
    ASSERT_OK_AND_ASSIGN(const auto summary, science.Summary(c.sector, "", "", c.skills));
    EXPECT_EQ(summary.signal_count(), c.signals);
    std::vector<std::string> nearest;
    for (const auto& signal : summary.nearest()) {
      nearest.emplace_back(absl::StripPrefix(signal.name(), "skillSignals/"));
    }
    EXPECT_EQ(nearest, c.nearest);
  }
}

TEST(Sample, OfSignalsLoads) {
  Client science(NewDatabase());
  for (const auto& request :
       BundledRequests<api::v1::CreateCountedKindRequest>("data/science/0-counted-kinds.json")) {
    ASSERT_OK(SetCounted(science.hosted.channel(), request));
  }
  for (const auto& request :
       BundledRequests<v1::CreateTechnologyRequest>("data/science/1-technologies.json")) {
    ASSERT_OK(Called(*science.technologies, &Technologies::CreateTechnology, request));
  }
  const auto signals =
      BundledRequests<v1::CreateSkillSignalRequest>("data/science/2-skill-signals.json");
  for (const auto& request : signals) {
    ASSERT_OK(Called(*science.signals, &Signals::CreateSkillSignal, request));
  }
  ASSERT_OK_AND_ASSIGN(const auto summary, science.Summary());
  EXPECT_EQ(summary.signal_count(), static_cast<int64_t>(signals.size()));
  EXPECT_EQ(summary.technology_count(), 8);
  EXPECT_EQ(summary.nearest_size(), 10);
}

}  // namespace
}  // namespace puente::science
