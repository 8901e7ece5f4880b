// A load is taken back as a whole.
#include <gmock/gmock.h>

#include "absl/strings/str_replace.h"
#include "common/crypto/digest.h"
#include "puente/labor/v1/vacancy_load.grpc.pb.h"
#include "tests/labor/vacancies/hosted.h"
#include "tests/testing/wait.h"

namespace puente::labor {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using LoadStub = v1::VacancyLoadService::Stub;

absl::StatusOr<v1::VacancyLoad> GetLoad(LoadStub& stub, const std::string& name) {
  v1::GetVacancyLoadRequest request;
  request.set_name(name);
  return Called(stub, &LoadStub::GetVacancyLoad, request);
}

absl::StatusOr<v1::VacancyLoad> TakeBack(LoadStub& stub, const std::string& name,
                                         std::string* freshness = nullptr) {
  v1::TakeBackVacancyLoadRequest request;
  request.set_name(name);
  return Called(stub, &LoadStub::TakeBackVacancyLoad, request, freshness);
}

absl::StatusOr<v1::ListVacancyLoadsResponse> ListLoads(LoadStub& stub, const std::string& filter) {
  v1::ListVacancyLoadsRequest request;
  request.set_filter(filter);
  return Called(stub, &LoadStub::ListVacancyLoads, request);
}

class VacancyLoads : public LaborService {
 protected:
  VacancyLoads() : loads_(module_.channel()) {}

  // The load of a file that is stored.
  std::string LoadFile(const std::string& file, const std::string& request_id = "") {
    const auto loaded = Load(file, request_id);
    EXPECT_OK(loaded);
    return loaded.ok() ? loaded->vacancy_load() : "";
  }

  // As it is once all that has to be done with it is done, of which figures know then.
  v1::VacancyLoad Settled(LoadStub& stub, const std::string& name) {
    absl::StatusOr<v1::VacancyLoad> load;
    EXPECT_TRUE(testing::Becomes([&] {
      load = GetLoad(stub, name);
      return !load.ok() || load->state() != v1::VACANCY_LOAD_STATE_TAKING_BACK;
    }));
    EXPECT_OK(load);
    return load.ok() ? *load : v1::VacancyLoad();
  }
  v1::VacancyLoad TakenBack(const std::string& name) {
    EXPECT_OK(TakeBack(loads_, name));
    return Settled(loads_, name);
  }

  // A write, so that figures that contain it contain all before it.
  void CatchUp() {
    static int next = 0;
    ASSERT_OK(Create(Welder(absl::StrCat("later-", ++next))));
    ASSERT_OK(Close(absl::StrCat("vacancies/later-", next), v1::CLOSE_REASON_WITHDRAWN));
  }

  int64_t ClosedWithLoads() {
    return MustCount(connection_, "SELECT COUNT(*) FROM vacancy WHERE close_reason = 4");
  }

  LoadStub loads_;
};

TEST_F(VacancyLoads, CloseWithAllTheirVacanciesThatNobodyClosedBefore) {
  const std::string name = LoadFile(Rows(2500));
  ASSERT_OK_AND_ASSIGN(const auto load, GetLoad(loads_, name));
  EXPECT_EQ(load.state(), v1::VACANCY_LOAD_STATE_LOADED);
  EXPECT_EQ(load.loaded_count(), 2500);
  EXPECT_EQ(load.supplier(), "supplier/portal");
  EXPECT_EQ(load.source(), "portal-del-empleo");
  EXPECT_EQ(load.profile(), "portal-empleo-2020");
  v1::ListVacanciesRequest first;
  first.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page, Called(vacancies_, &VacancyStub::ListVacancies, first));
  const std::string kept = page.vacancies(0).name();
  ASSERT_OK(Close(kept, v1::CLOSE_REASON_FILLED));
  ASSERT_OK(Create(Welder("of-no-load")));
  EXPECT_EQ(Figures().vacancy_count(), 2500);

  const v1::VacancyLoad done = TakenBack(name);
  EXPECT_EQ(done.state(), v1::VACANCY_LOAD_STATE_TAKEN_BACK);
  EXPECT_EQ(done.closed_count(), 2499);
  EXPECT_EQ(done.kept_count(), 1);
  EXPECT_EQ(done.taken_back_by(), "supplier/portal");
  EXPECT_TRUE(done.has_take_back_time());
  CatchUp();
  EXPECT_EQ(Figures().vacancy_count(), 1);
  EXPECT_EQ(Figures().wage_count(), 1);
  ASSERT_OK_AND_ASSIGN(const auto filled, Get(kept));
  EXPECT_EQ(filled.close_reason(), v1::CLOSE_REASON_FILLED);
  EXPECT_EQ(ClosedWithLoads(), 2499);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM vacancy_load_chunk"), 0);
  // Each of the three chunks is an entry with a leaf for each vacancy.
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry WHERE leaves IS NOT NULL"),
            6);
}

TEST_F(VacancyLoads, AreTakenBackOnce) {
  const std::string name = LoadFile(Rows(3));
  const v1::VacancyLoad done = TakenBack(name);
  const int64_t entries = MustCount(connection_, "SELECT COUNT(*) FROM journal_entry");
  ASSERT_OK_AND_ASSIGN(const auto again, TakeBack(loads_, name));
  EXPECT_EQ(again.DebugString(), done.DebugString());
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), entries);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM due WHERE kind LIKE 'vacancy_loads%'"), 0);
}

TEST_F(VacancyLoads, WhatIsLoadedAgainBelongsToTheLaterLoad) {
  const std::string header = kHeader;
  const std::string first = LoadFile(absl::StrCat(header, Row(3000), Row(4000)));
  MustExecute(connection_, "CREATE TABLE kept AS SELECT * FROM vacancy_load_chunk");
  TakenBack(first);
  const std::string corrected = absl::StrCat(header, Row(4000), Row(5000));
  ASSERT_OK_AND_ASSIGN(const auto checked, Check(corrected));
  EXPECT_EQ(checked.loaded_count(), 2);
  const std::string second = LoadFile(corrected);
  ASSERT_NE(second, first);
  EXPECT_EQ(Settled(loads_, second).loaded_count(), 2);
  EXPECT_EQ(Figures().vacancy_count(), 2);
  EXPECT_EQ(Figures().median_monthly_wage().units(), 4500);
  EXPECT_EQ(Stored(), 3);
  ASSERT_OK_AND_ASSIGN(const auto again, Load(corrected));
  EXPECT_EQ(again.loaded_count(), 0);
  EXPECT_EQ(again.vacancy_load(), "") << "it stored nothing";

  // Even if the first were still being taken back, and came to these rows only now.
  MustExecute(connection_, "INSERT INTO vacancy_load_chunk SELECT * FROM kept");
  MustExecute(connection_,
              "UPDATE vacancy_load SET state = 1, closed_count = 0, version = 9"
              " WHERE CONCAT('vacancyLoads/', id) = '" +
                  first + "'");
  const v1::VacancyLoad late = TakenBack(first);
  EXPECT_EQ(late.closed_count(), 0);
  EXPECT_EQ(late.kept_count(), 2);
  CatchUp();
  EXPECT_EQ(Figures().vacancy_count(), 2);
  EXPECT_EQ(TakenBack(second).closed_count(), 2);
  CatchUp();
  EXPECT_EQ(Figures().vacancy_count(), 0);
}

TEST_F(VacancyLoads, AreOneForAnUploadThatIsRepeatedAndRefuseWhatComesTooLate) {
  const std::string id = crypto::Uuid4();
  const std::string name = LoadFile(Rows(1000), id);
  EXPECT_EQ(LoadFile(Rows(1000), id), name);
  EXPECT_EQ(LoadFile(Rows(1500), id), name) << "whose first chunk is the same";
  EXPECT_EQ(Settled(loads_, name).loaded_count(), 1500);
  TakenBack(name);
  EXPECT_THAT(Load(Rows(2600), id), HasReason("VACANCY_LOAD_TAKEN_BACK"));
  EXPECT_THAT(Load(Rows(1500), id), HasReason("VACANCY_LOAD_TAKEN_BACK")) << "nothing is stored";
  const std::string another = crypto::Uuid4();
  const std::string cut = LoadFile(Rows(1000), another);
  TakenBack(cut);
  EXPECT_THAT(Load(absl::StrCat(Rows(1000), Row(99'000)), another),
              HasReason("VACANCY_LOAD_TAKEN_BACK"));
  EXPECT_EQ(ClosedWithLoads(), 1500);
}

// Its rows would be found stored, and then close.
TEST_F(VacancyLoads, AreWaitedForWhileTheyAreTakenBack) {
  LoadFile(Rows(3));
  MustExecute(connection_, "UPDATE vacancy_load SET state = 2");
  EXPECT_THAT(Load(Rows(3)), HasReason("VACANCY_LOAD_BEING_TAKEN_BACK"));
  MustExecute(connection_, "UPDATE vacancy_load SET state = 1");
  ASSERT_OK_AND_ASSIGN(const auto again, Load(Rows(3)));
  EXPECT_EQ(again.unchanged_count(), 3);
}

// Rows are known by their source, whoever sends them.
TEST_F(VacancyLoads, OfTheirSourceAreWaitedForWhoeverSendsThem) {
  LoadFile(Rows(3));
  MustExecute(connection_, "UPDATE vacancy_load SET state = 2");
  testing::HostedModule labor(Labor(), target_, "agency/labor", Config());
  VacancyStub as_labor(labor.channel());
  const absl::Status refused = Upload(as_labor, {}, Rows(3)).status();
  EXPECT_THAT(refused, HasReason("VACANCY_LOAD_BEING_TAKEN_BACK"));
  EXPECT_EQ(MetadataOf(refused, "source"), "portal-del-empleo");
  v1::LoadVacanciesHeader other;
  other.set_source("test");
  ASSERT_OK_AND_ASSIGN(const auto loaded, Upload(as_labor, other, Rows(3)));
  EXPECT_EQ(loaded.loaded_count(), 3) << "of another source nothing closes";
}

// A take-back that begins while another load is sent.
TEST_F(VacancyLoads, EndLoadsOfTheirSourceThatAreBeingSent) {
  LoadFile(Rows(1000));
  grpc::ClientContext context;
  v1::LoadVacanciesResponse response;
  auto writer = vacancies_.LoadVacancies(&context, &response);
  v1::LoadVacanciesRequest message;
  message.mutable_header()->set_source("portal-del-empleo");
  message.mutable_header()->set_profile("portal-empleo-2020");
  message.mutable_header()->set_record_kind(type::v1::RECORD_KIND_REAL);
  ASSERT_TRUE(writer->Write(message));
  // As many as make a chunk, whose load tells that the header was taken.
  const std::string file = absl::StrReplaceAll(Rows(1001), {{",soldador,", ",soldadora,"}});
  message.set_content(file);
  ASSERT_TRUE(writer->Write(message));
  ASSERT_TRUE(testing::Becomes([&] { return Stored() == 2000; }));
  MustExecute(connection_, "UPDATE vacancy_load SET state = 2 ORDER BY create_time LIMIT 1");
  message.set_content(Rows(1000).substr(std::string(kHeader).size()));
  writer->Write(message);
  writer->WritesDone();
  EXPECT_THAT(FromGrpc(writer->Finish()), HasReason("VACANCY_LOAD_BEING_TAKEN_BACK"));
}

TEST_F(VacancyLoads, OfOthersAreAsGoodAsNone) {
  const std::string name = LoadFile(Rows(2));
  testing::HostedModule other(Labor(), target_, "supplier/other", Config());
  LoadStub stranger(other.channel());
  const auto told = [](const absl::Status& refused, const std::string& name) {
    EXPECT_THAT(refused, HasReason("VACANCY_LOAD_NOT_FOUND"));
    return absl::StrReplaceAll(refused.message(), {{name, "NAME"}});
  };
  const std::string none = "vacancyLoads/none";
  EXPECT_EQ(told(GetLoad(stranger, name).status(), name),
            told(GetLoad(stranger, none).status(), none));
  EXPECT_EQ(told(TakeBack(stranger, name).status(), name),
            told(TakeBack(stranger, none).status(), none));
  EXPECT_THAT(ListLoads(stranger, ""), HasReason("OWNER_LIST_REFUSED"));
  EXPECT_THAT(ListLoads(stranger, "supplier = \"supplier/portal\""),
              HasReason("OWNER_LIST_REFUSED"));
  ASSERT_OK_AND_ASSIGN(const auto own, ListLoads(loads_, "supplier = \"supplier/portal\""));
  ASSERT_EQ(own.vacancy_loads_size(), 1);
  EXPECT_EQ(own.vacancy_loads(0).name(), name);
  EXPECT_EQ(own.vacancy_loads(0).state(), v1::VACANCY_LOAD_STATE_LOADED);

  testing::HostedModule labor(Labor(), target_, "agency/labor", Config());
  LoadStub as_labor(labor.channel());
  ASSERT_OK(TakeBack(as_labor, name));
  EXPECT_EQ(Settled(as_labor, name).taken_back_by(), "agency/labor");
}

TEST_F(VacancyLoads, GoOnBeingTakenBackWhereAProcessEnded) {
  const sql::Target target = NewLaborSchema();  // on which this fixture's module does nothing
  sql::Connection connection(target);
  const auto count = [&](const std::string& condition) {
    return MustCount(connection, "SELECT COUNT(*) FROM vacancy WHERE " + condition);
  };
  std::string name;
  {
    testing::HostedModule module(Labor(), target, "supplier/portal", Config());
    VacancyStub vacancies(module.channel());
    LoadStub loads(module.channel());
    ASSERT_OK_AND_ASSIGN(const auto loaded, Upload(vacancies, {}, Rows(6500)));
    name = loaded.vacancy_load();
    ASSERT_OK(TakeBack(loads, name));
    while (GetLoad(loads, name)->closed_count() == 0) {
    }
  }
  const int64_t closed = count("state = 2");
  EXPECT_EQ(closed % 500, 0) << "a chunk is closed whole or not at all";
  EXPECT_LT(closed, 6500) << "it ended in the middle";
  testing::HostedModule module(Labor(), target, "supplier/portal", Config());
  LoadStub loads(module.channel());
  EXPECT_EQ(Settled(loads, name).closed_count(), 6500);
  EXPECT_EQ(count("close_reason = 4"), 6500);
  EXPECT_EQ(count("version <> 2"), 0) << "none was closed twice";
}

TEST_F(VacancyLoads, AreNoReasonToCloseOneVacancy) {
  ASSERT_OK(Create(Welder("w")));
  EXPECT_THAT(Close("vacancies/w", v1::CLOSE_REASON_LOAD_TAKEN_BACK), HasReason("INVALID_FIELDS"));
  EXPECT_OK(Close("vacancies/w", v1::CLOSE_REASON_FILLED));
}

}  // namespace
}  // namespace puente::labor
