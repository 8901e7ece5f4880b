// ExportVacancies on a real database.
#include <algorithm>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/journal/token.h"
#include "common/resource/page.h"
#include "tests/labor/vacancies/hosted.h"
#include "tests/testing/wait.h"

namespace puente::labor {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::MustExecute;
using Message = v1::ExportVacanciesResponse;

constexpr char kOpenReal[] = "record_kind = RECORD_KIND_REAL AND state = VACANCY_STATE_OPEN";

class VacancyExport : public LaborService {
 protected:
  void Create(const v1::CreateVacancyRequest& request) { ASSERT_OK(LaborService::Create(request)); }

  // Doubles the rows so many times, behind the module's back.
  void Double(int times) {
    for (int i = 0; i < times; ++i) {
      MustExecute(connection_, "CREATE TABLE more AS SELECT * FROM vacancy");
      MustExecute(connection_, absl::StrCat("UPDATE more SET id = CONCAT(id, '-", i, "')"));
      MustExecute(connection_, "INSERT INTO vacancy SELECT * FROM more");
      MustExecute(connection_, "DROP TABLE more");
    }
  }

  // Calls `take` for every message until it is false.
  absl::Status Export(const v1::ExportVacanciesRequest& request,
                      const std::function<bool(const Message&)>& take) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    const auto reader = vacancies_.ExportVacancies(&context, request);
    Message message;
    while (reader->Read(&message)) {
      if (take(message)) continue;
      context.TryCancel();
      (void)reader->Finish();
      return absl::OkStatus();
    }
    return FromGrpc(reader->Finish());
  }

  // Whole; its names in order.
  std::vector<std::string> Names(const v1::ExportVacanciesRequest& request = {},
                                 v1::ExportVacanciesSummary* summary = nullptr) {
    std::vector<std::string> names;
    bool whole = false;
    EXPECT_OK(Export(request, [&](const Message& message) {
      EXPECT_FALSE(whole) << "there is nothing after the summary";
      Append(message, names);
      whole = message.has_summary();
      if (summary != nullptr) *summary = message.summary();
      return true;
    }));
    EXPECT_TRUE(whole);
    return names;
  }

  static void Append(const Message& message, std::vector<std::string>& names) {
    for (const v1::Vacancy& vacancy : message.vacancies()) names.push_back(vacancy.name());
  }

  // What a freshness token says to the module alone.
  int64_t PositionOf(const std::string& token) {
    sql::Session session(target_);
    const auto tokens = journal::ReadTokens(session, "labor");
    EXPECT_OK(tokens);
    const auto read = tokens.ok() ? tokens->Parse(token) : tokens.status();
    EXPECT_OK(read);
    return read.ok() ? read->number : -1;
  }

  std::vector<std::string> ListedNames(const std::string& filter) {
    v1::ListVacanciesRequest request;
    request.set_filter(filter);
    request.set_page_size(1000);
    std::vector<std::string> names;
    do {
      const auto page = Called(vacancies_, &VacancyStub::ListVacancies, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const v1::Vacancy& vacancy : page->vacancies()) names.push_back(vacancy.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
};

TEST_F(VacancyExport, OfNothingIsASummary) {
  v1::ExportVacanciesSummary summary;
  EXPECT_EQ(Names({}, &summary).size(), 0u);
  EXPECT_EQ(summary.vacancy_count(), 0);
  EXPECT_EQ(PositionOf(summary.freshness_token()), 0);
}

TEST_F(VacancyExport, IsWhatTheListsHaveInTheirOrder) {
  Create(Welder("a"));
  Create(Welder("b"));
  Create(Welder("c"));
  Double(10);
  v1::CloseVacancyRequest close;
  close.set_name("vacancies/b");
  close.set_reason(v1::CLOSE_REASON_FILLED);
  ASSERT_OK(Called(vacancies_, &VacancyStub::CloseVacancy, close));
  for (const std::string& filter :
       {std::string(), std::string(kOpenReal), absl::StrCat(kOpenReal, " AND state_code = \"14\""),
        absl::StrCat(kOpenReal, " AND state_code = \"15\"")}) {
    SCOPED_TRACE(filter);
    v1::ExportVacanciesRequest request;
    request.set_filter(filter);
    v1::ExportVacanciesSummary summary;
    const std::vector<std::string> names = Names(request, &summary);
    EXPECT_EQ(names, ListedNames(filter));
    EXPECT_EQ(summary.vacancy_count(), static_cast<int64_t>(names.size()));
  }
  EXPECT_EQ(Names().size(), 3u << 10);
}

TEST_F(VacancyExport, RefusesFiltersAndTokensThatAreNone) {
  Create(Welder("a"));
  v1::ExportVacanciesRequest request;
  request.set_filter("offer = \"soldador\"");
  const auto all = [](const Message&) { return true; };
  EXPECT_THAT(Export(request, all), HasReason("INVALID_FILTER"));
  std::string token;
  ASSERT_OK(Export({}, [&](const Message& message) {
    token = message.resume_token();
    return true;
  }));
  request.set_resume_token(token);  // of another filter
  request.set_filter(kOpenReal);
  EXPECT_THAT(Export(request, all), HasReason("INVALID_RESUME_TOKEN"));
  request.clear_filter();
  EXPECT_OK(Export(request, all));
  token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
  request.set_resume_token(token);
  EXPECT_THAT(Export(request, all), HasReason("INVALID_RESUME_TOKEN"));
  request.set_resume_token(resource::MakePageToken(  // of before its start was sealed
      {"/puente.labor.v1.VacancyService/ExportVacancies", "supplier/portal", ""},
      {"4711", "0", ""}));
  EXPECT_THAT(Export(request, all), HasReason("INVALID_RESUME_TOKEN"));
  request.clear_resume_token();
  request.set_at_least("nonsense");
  EXPECT_THAT(Export(request, all), HasReason("INVALID_FRESHNESS_TOKEN"));
}

TEST_F(VacancyExport, GoesOnAfterAnyMessage) {
  Create(Welder("a"));
  Create(Welder("b"));
  Double(11);
  v1::ExportVacanciesSummary whole;
  const std::vector<std::string> expected = Names({}, &whole);
  std::vector<std::string> names;
  v1::ExportVacanciesRequest request;
  v1::ExportVacanciesSummary summary;
  int streams = 0;
  while (!summary.vacancy_count() && ++streams < 1000) {
    // Takes one message of each stream.
    ASSERT_OK(Export(request, [&](const Message& message) {
      Append(message, names);
      request.set_resume_token(message.resume_token());
      summary = message.summary();
      return false;
    }));
    Create(Welder(absl::StrCat("zz-", streams)));  // after the start position
  }
  EXPECT_GT(streams, 5);
  ASSERT_GE(names.size(), expected.size());
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  names.resize(expected.size());  // the new ones come last
  EXPECT_EQ(names, expected);
  EXPECT_EQ(PositionOf(summary.start_freshness_token()), PositionOf(whole.start_freshness_token()));
  EXPECT_GT(PositionOf(summary.freshness_token()), PositionOf(whole.freshness_token()));
}

TEST_F(VacancyExport, TellsNobodyHowManyWritesThereWere) {
  Create(Welder("a"));
  std::set<std::string> tokens;
  for (int i = 0; i < 2; ++i) {
    ASSERT_OK(Export({}, [&](const Message& message) {
      tokens.insert(message.resume_token());
      return true;
    }));
  }
  EXPECT_EQ(tokens.size(), 2u) << "nothing was written between, and no two exports look the same";
}

TEST_F(VacancyExport, NamesMomentsBeforeAndAfterEverythingThatItSends) {
  Create(Welder("a"));
  v1::ExportVacanciesRequest request;
  request.set_at_least(freshness_);
  v1::ExportVacanciesSummary first, second;
  EXPECT_EQ(Names(request, &first).size(), 1u);
  EXPECT_EQ(PositionOf(first.start_freshness_token()), 1);
  EXPECT_EQ(PositionOf(first.freshness_token()), 1);
  Create(Welder("b"));
  EXPECT_EQ(Names({}, &second).size(), 2u);  // whether or not "b" has its position at the start
  EXPECT_EQ(PositionOf(second.freshness_token()), 2);
  freshness_ = second.freshness_token();
  EXPECT_EQ(Figures().vacancy_count(), 2);  // the figures of the end have what was sent
}

TEST_F(VacancyExport, SendsEachThatWasThereExactlyOnceWhileOthersAreWritten) {
  for (int i = 0; i < 8; ++i) Create(Welder(absl::StrCat("v", i * 11)));
  Double(9);
  std::vector<std::string> before = ListedNames("");
  std::atomic<bool> stop = false;
  std::atomic<int> written = 0;
  std::vector<std::thread> writers;
  for (int w = 0; w < 2; ++w) {
    writers.emplace_back([&, w] {
      VacancyStub stub(module_.channel());
      for (int i = 0; !stop; ++i) {
        // Everywhere in the order, before and after the cursor.
        const std::string id = absl::StrCat("v", i * 7919 % 100, "-x", w, "-", i);
        if (Called(stub, &VacancyStub::CreateVacancy, Welder(id)).ok()) ++written;
        v1::CloseVacancyRequest close;
        close.set_name(before[i * 101 % before.size()]);
        close.set_reason(v1::CLOSE_REASON_FILLED);
        (void)Called(stub, &VacancyStub::CloseVacancy, close);
      }
    });
  }
  std::vector<std::string> names;
  v1::ExportVacanciesSummary summary;
  EXPECT_OK(Export({}, [&](const Message& message) {
    const int until = written + 5;  // a client that takes its time
    EXPECT_TRUE(Becomes([&] { return written >= until; }));
    Append(message, names);
    summary = message.summary();
    return true;
  }));
  stop = true;
  for (std::thread& writer : writers) writer.join();
  EXPECT_GT(written, 20);
  EXPECT_EQ(summary.vacancy_count(), static_cast<int64_t>(names.size()));
  const std::set<std::string> once(names.begin(), names.end());
  EXPECT_EQ(once.size(), names.size());
  std::sort(before.begin(), before.end());
  EXPECT_TRUE(std::includes(once.begin(), once.end(), before.begin(), before.end()));
}

TEST_F(VacancyExport, BoundsItsMessagesWhateverTheVacancies) {
  v1::CreateVacancyRequest large = Welder("large");
  for (int i = 0; i < 20; ++i) {
    v1::LanguageDemand& language = *large.mutable_vacancy()->add_languages();
    language.set_language_code(absl::StrCat("a", std::string(1, static_cast<char>('a' + i))));
    std::string certificate;
    for (int c = 0; c < 200; ++c) certificate += "ñ";
    language.set_certificate(certificate);
  }
  Create(large);
  Double(9);
  Create(Welder("small"));
  size_t most = 0;
  int64_t count = 0;
  EXPECT_OK(Export({}, [&](const Message& message) {
    most = std::max(most, message.ByteSizeLong());
    count += message.vacancies_size();
    return true;
  }));
  EXPECT_EQ(count, 512 + 1);
  EXPECT_LT(most, 300'000u);
  EXPECT_GT(most, 200'000u);
}

}  // namespace
}  // namespace puente::labor
