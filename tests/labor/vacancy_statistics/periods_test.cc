// Figures of some sources and months, and what of them is open.
#include <gmock/gmock.h>

#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "modules/labor/offer_terms/rules.h"
#include "puente/labor/v1/offer_term.grpc.pb.h"
#include "tests/labor/vacancies/hosted.h"

namespace puente::labor {
namespace {

using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using TermStub = v1::OfferTermService::Stub;
using Request = v1::GetVacancyStatisticsRequest;

class AsLabor : public LaborService {
 protected:
  AsLabor() : LaborService("agency/labor"), terms_(module_.channel()) {}

  void Add(VacancyStub& stub, const v1::CreateVacancyRequest& request) {
    ASSERT_OK(testing::Called(stub, &VacancyStub::CreateVacancy, request, &freshness_));
  }

  TermStub terms_;
};

class FiguresOfPeriods : public AsLabor {
 protected:
  // Vacancies of every kind of every measure, the same every time.
  static std::vector<v1::CreateVacancyRequest> Varied(int count) {
    std::mt19937 random(13);
    const auto one_of = [&](const auto& values) { return values[random() % values.size()]; };
    const std::vector<const char*> states = {"02", "14", "26"};
    const std::vector<const char*> municipalities = {"Tijuana", "Zapopan", "Hermosillo", ""};
    const std::vector<const char*> classes = {"336370", "336110", "722511", "33", ""};
    const std::vector<const char*> sources = {"portal", "state.exchange", "336"};
    const std::vector<int> minutes = {0, 480, 600, 1440};
    std::vector<v1::CreateVacancyRequest> requests;
    for (int i = 0; i < count; ++i) {
      v1::CreateVacancyRequest request = Welder(absl::StrCat("n", i));
      v1::Vacancy& vacancy = *request.mutable_vacancy();
      *vacancy.mutable_offer_date() =
          ToProto(absl::CivilDay(2019, 11 + static_cast<int>(random() % 5), 1 + random() % 28));
      vacancy.set_state_code(one_of(states));
      vacancy.set_municipality(one_of(municipalities));
      vacancy.set_scian_class(one_of(classes));
      if (vacancy.scian_class().empty()) vacancy.clear_scian_origin();
      vacancy.set_source(one_of(sources));
      vacancy.set_minutes_a_day(one_of(minutes));
      vacancy.set_post_count(1 + static_cast<int>(random() % 3));
      vacancy.set_contract_kind(static_cast<v1::ContractKind>(random() % 8));
      vacancy.set_days_a_week(static_cast<int>(random() % 8));
      vacancy.mutable_monthly_wage()->set_units(3000 + static_cast<int>(random() % 20) * 997);
      if (random() % 4 == 0) vacancy.clear_monthly_wage();
      if (random() % 3 == 0) vacancy.add_languages()->set_language_code("en");
      if (random() % 3 == 0 && vacancy.languages().empty()) {
        vacancy.set_languages_not_required(true);
      }
      requests.push_back(std::move(request));
    }
    return requests;
  }

  static bool IsIn(const v1::Vacancy& vacancy, const Request& request) {
    const std::string month =
        absl::FormatCivilTime(absl::CivilMonth(ToCivilDay(vacancy.offer_date())));
    const auto among = [](const auto& values, const auto& fits) {
      return values.empty() || std::any_of(values.begin(), values.end(), fits);
    };
    return among(request.state_codes(),
                 [&](const auto& state) { return state == vacancy.state_code(); }) &&
           among(request.scian_prefixes(),
                 [&](const auto& prefix) {
                   return absl::StartsWith(vacancy.scian_class(), prefix);
                 }) &&
           among(request.sources(),
                 [&](const auto& source) { return source == vacancy.source(); }) &&
           (request.first_month().empty() || request.first_month() <= month) &&
           (request.last_month().empty() || month <= request.last_month());
  }

  // All that figures say of the vacancies that they count.
  static std::string Told(v1::VacancyStatistics figures) {
    figures.clear_as_of_time();
    figures.clear_freshness_token();
    figures.clear_unclassified_count();
    return figures.DebugString();
  }

  // The figures of a database that holds nothing but what the request asks for.
  v1::VacancyStatistics OfThoseAlone(const std::vector<v1::CreateVacancyRequest>& all,
                                     const Request& request) {
    const sql::Target target = NewLaborSchema();
    testing::HostedModule module(Labor(), target, "agency/labor", Config());
    VacancyStub vacancies(module.channel());
    StatisticsStub statistics(module.channel());
    Request whole;
    for (const v1::CreateVacancyRequest& one : all) {
      if (!IsIn(one.vacancy(), request)) continue;
      EXPECT_OK(
          testing::Called(vacancies, &VacancyStub::CreateVacancy, one, whole.mutable_at_least()));
    }
    const auto figures = testing::Called(statistics, &StatisticsStub::GetVacancyStatistics, whole);
    EXPECT_OK(figures);
    return figures.ok() ? *figures : v1::VacancyStatistics();
  }

  static Request Asking(std::vector<const char*> states, std::vector<const char*> prefixes,
                        std::vector<const char*> sources, const char* first, const char* last) {
    Request request;
    request.mutable_state_codes()->Add(states.begin(), states.end());
    request.mutable_scian_prefixes()->Add(prefixes.begin(), prefixes.end());
    request.mutable_sources()->Add(sources.begin(), sources.end());
    request.set_first_month(first);
    request.set_last_month(last);
    return request;
  }
};

TEST_F(FiguresOfPeriods, AreThoseOfADatabaseWithNothingElse) {
  const std::vector<v1::CreateVacancyRequest> all = Varied(90);
  for (const v1::CreateVacancyRequest& request : all) Add(vacancies_, request);
  for (const Request& request : {
           Asking({}, {}, {}, "2020-01", "2020-01"),
           Asking({}, {}, {}, "", "2019-12"),
           Asking({}, {}, {}, "2020-02", ""),
           Asking({}, {}, {"portal"}, "", ""),
           Asking({"14"}, {}, {"336", "state.exchange", "336"}, "2019-12", "2020-02"),
           Asking({"14", "26"}, {}, {}, "2019-12", "2020-02"),
           Asking({}, {"336"}, {}, "2019-11", "2020-01"),
           Asking({"02", "26"}, {"336370", "72", "3363"}, {"portal", "336"}, "", "2020-02"),
           Asking({"14"}, {"33"}, {"336"}, "", ""),
           Asking({}, {}, {"nobody"}, "", ""),
           Asking({}, {}, {}, "2021-01", ""),
       }) {
    SCOPED_TRACE(request.ShortDebugString());
    EXPECT_EQ(Told(Figures(request)), Told(OfThoseAlone(all, request)));
  }
}

TEST_F(FiguresOfPeriods, AreWholeWhenVacanciesCloseAndAfterMigrations) {
  const std::vector<v1::CreateVacancyRequest> all = Varied(60);
  for (const v1::CreateVacancyRequest& request : all) Add(vacancies_, request);
  for (int i = 0; i < 60; i += 3) {
    ASSERT_OK(Close(absl::StrCat("vacancies/n", i), v1::CLOSE_REASON_FILLED));
  }
  std::vector<v1::CreateVacancyRequest> left;
  for (int i = 0; i < 60; ++i) {
    if (i % 3 != 0) left.push_back(all[i]);
  }
  const Request nation = Asking({}, {}, {"portal", "336"}, "2019-12", "2020-02");
  const Request sector = Asking({"14", "02"}, {"336", "72"}, {}, "2019-12", "");
  const std::string of_nation = Told(OfThoseAlone(left, nation));
  const std::string of_sector = Told(OfThoseAlone(left, sector));
  EXPECT_EQ(Told(Figures(nation)), of_nation);
  EXPECT_EQ(Told(Figures(sector)), of_sector);
  // As a database from before release 0.2.0 would be: the tables are there, the cuts are not.
  for (const char* table : {"counter", "histogram_bucket", "histogram_value"}) {
    testing::MustExecute(connection_,
                         absl::StrCat("DELETE FROM ", table, " WHERE SUBSTRING_INDEX(cut, '|', 1)",
                                      " IN ('S', 'P', 'M', 'D')"));
  }
  EXPECT_NE(Told(Figures(nation)), of_nation);
  for (const sql::Migration& migration : Labor().migrations) {
    // Those that count; a key is there already.
    const bool alters = absl::StrContains(migration.text, "ALTER TABLE");
    if (migration.component == "labor" && migration.number >= 20 && !alters) {
      testing::MustExecute(connection_, migration.text);
    }
  }
  EXPECT_EQ(Told(Figures(nation)), of_nation);
  EXPECT_EQ(Told(Figures(sector)), of_sector);
}

TEST_F(FiguresOfPeriods, SayWhatOfThemStatesNoClass) {
  for (const char* id : {"a", "b"}) {
    auto request = Welder(id);
    request.mutable_vacancy()->clear_scian_class();
    request.mutable_vacancy()->clear_scian_origin();
    request.mutable_vacancy()->mutable_offer_date()->set_month(*id == 'a' ? 7 : 8);
    request.mutable_vacancy()->set_source(*id == 'a' ? "july" : "august");
    Add(vacancies_, request);
  }
  const v1::VacancyStatistics july = Figures(Asking({}, {"336"}, {}, "", "2020-07"));
  EXPECT_EQ(july.unclassified_count(), 1);
  EXPECT_FALSE(july.has_vacancy_count());
  EXPECT_THAT(july.sources(), ElementsAre("july"));
  const v1::VacancyStatistics none = Figures(Asking({}, {"336"}, {"august"}, "", "2020-07"));
  EXPECT_TRUE(none.has_vacancy_count());
  EXPECT_EQ(none.vacancy_count(), 0);
}

TEST_F(FiguresOfPeriods, ThatEndBeforeTheyBeginAreRefused) {
  const auto ask = [&](const char* first, const char* last) {
    return testing::Called(statistics_, &StatisticsStub::GetVacancyStatistics,
                           Asking({}, {}, {}, first, last))
        .status();
  };
  EXPECT_THAT(ask("2020-09", "2020-08"), HasReason("INVALID_FIELDS"));
  EXPECT_TRUE(absl::StrContains(std::string(ask("2020-09", "2020-08").message()), "last_month"));
  EXPECT_THAT(ask("2020-13", ""), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(ask("2020-8", ""), HasReason("INVALID_FIELDS"));
  EXPECT_OK(ask("2020-08", "2020-08"));
}

TEST_F(FiguresOfPeriods, OfVeryManyGroupsAreRefused) {
  std::vector<std::string> sources, months;
  for (int scian = 100'000; scian <= 103'333; ++scian) {
    sources.push_back(absl::StrCat("('S|R|*|", scian, "|portal', 60, 3)"));
  }
  for (const char* prefix : {"10", "100"}) {
    for (int month = 600; month < 603; ++month) {
      months.push_back(absl::StrCat("('P|R|*|", prefix, "', 4, ", month, ", 1)"));
    }
  }
  testing::MustExecute(connection_, absl::StrCat("INSERT INTO counter (cut, measure, n) VALUES ",
                                                 absl::StrJoin(sources, ", ")));
  testing::MustExecute(connection_,
                       absl::StrCat("INSERT INTO histogram_value (cut, measure, value, n) VALUES ",
                                    absl::StrJoin(months, ", ")));
  const auto ask = [&](const char* prefix, const char* source) {
    const Request request = Asking({}, {prefix}, {source}, "2019-01", "");
    return testing::Called(statistics_, &StatisticsStub::GetVacancyStatistics, request);
  };
  const absl::Status refused = ask("10", "portal").status();
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(refused, "rule"), "TOO_SPREAD");
  EXPECT_EQ(MetadataOf(refused, "field"), "scian_prefixes");
  EXPECT_OK(ask("100", "portal"));
  EXPECT_OK(ask("10", "another"));
  EXPECT_OK(testing::Called(statistics_, &StatisticsStub::GetVacancyStatistics,
                            Asking({}, {"10"}, {"portal"}, "2020-01", "2020-02")))
      << "fewer months";
  EXPECT_EQ(Figures(Asking({}, {"10"}, {}, "", "")).vacancy_count(), 10'002) << "one range";
}

class OpenVacancies : public AsLabor {
 protected:
  static v1::CreateOfferTermRequest Term(const std::string& id, const std::string& source,
                                         v1::OfferOpenness openness, int days = 0,
                                         absl::CivilDay from = absl::CivilDay(2020)) {
    v1::CreateOfferTermRequest request;
    request.set_offer_term_id(id);
    v1::OfferTerm& term = *request.mutable_offer_term();
    term.set_vacancy_source(source);
    term.set_openness(openness);
    term.set_days(days);
    *term.mutable_effective_date() = ToProto(from);
    term.set_basis("a test says so");
    term.set_source("test");
    term.set_record_kind(type::v1::RECORD_KIND_REAL);
    return request;
  }

  absl::Status Say(const v1::CreateOfferTermRequest& request) {
    return testing::Called(terms_, &TermStub::CreateOfferTerm, request, &freshness_).status();
  }

  void Offer(const std::string& id, const char* source, absl::CivilDay day, int posts = 1) {
    auto request = Welder(id);
    request.mutable_vacancy()->set_source(source);
    *request.mutable_vacancy()->mutable_offer_date() = ToProto(day);
    request.mutable_vacancy()->set_post_count(posts);
    Add(vacancies_, request);
  }

  v1::VacancyStatistics Of(const std::vector<const char*>& sources) {
    Request request;
    request.mutable_sources()->Add(sources.begin(), sources.end());
    return Figures(request);
  }

  // As the module has it.
  absl::CivilDay Today() { return ToCivilDay(Figures().open_date()); }
};

TEST_F(OpenVacancies, AreToldBySourceAndUnknownIsNotNone) {
  const absl::CivilDay today = Today();
  Offer("old", "closing", absl::CivilDay(2018, 8, 1), 3);
  Offer("first", "lapsing", today);
  Offer("last", "lapsing", today - 9, 2);
  Offer("lapsed", "lapsing", today - 10);
  Offer("archived", "archive", today);
  Offer("silent", "silent", today);
  ASSERT_OK(Say(Term("c", "closing", v1::OFFER_OPENNESS_UNTIL_CLOSED)));
  ASSERT_OK(Say(Term("l", "lapsing", v1::OFFER_OPENNESS_FOR_DAYS, 10)));
  ASSERT_OK(Say(Term("a", "archive", v1::OFFER_OPENNESS_NEVER)));

  const v1::VacancyStatistics all = Figures();
  EXPECT_EQ(all.vacancy_count(), 6);
  EXPECT_FALSE(all.has_open_vacancy_count());
  EXPECT_FALSE(all.has_open_post_count());
  EXPECT_THAT(all.open_unknown_sources(), ElementsAre("silent"));
  ASSERT_EQ(all.offer_terms_size(), 3);
  EXPECT_EQ(all.offer_terms(0).name(), "offerTerms/a");

  const v1::VacancyStatistics known = Of({"closing", "lapsing", "archive"});
  EXPECT_EQ(known.vacancy_count(), 5);
  EXPECT_EQ(known.open_vacancy_count(), 3);
  EXPECT_EQ(known.open_post_count(), 6);
  EXPECT_THAT(known.open_unknown_sources(), IsEmpty());
  const v1::VacancyStatistics archive = Of({"archive"});
  EXPECT_TRUE(archive.has_open_vacancy_count());
  EXPECT_EQ(archive.open_vacancy_count(), 0);
  EXPECT_TRUE(Of({"nobody"}).has_open_vacancy_count()) << "none of none is open";

  ASSERT_OK(Close("vacancies/old", v1::CLOSE_REASON_FILLED));
  EXPECT_EQ(Of({"closing"}).open_vacancy_count(), 0);
}

TEST_F(OpenVacancies, AreThoseOfTheTermThatHoldsToday) {
  const absl::CivilDay today = Today();
  Offer("x", "portal", today - 100);
  const auto open = [&] { return Figures().open_vacancy_count(); };
  ASSERT_OK(Say(Term("later", "portal", v1::OFFER_OPENNESS_UNTIL_CLOSED, 0, today + 1)));
  EXPECT_FALSE(Figures().has_open_vacancy_count()) << "it holds from tomorrow";
  ASSERT_OK(Say(Term("b", "portal", v1::OFFER_OPENNESS_UNTIL_CLOSED, 0, today - 5)));
  EXPECT_EQ(open(), 1);
  ASSERT_OK(Say(Term("c", "portal", v1::OFFER_OPENNESS_NEVER, 0, today - 6)));
  EXPECT_EQ(open(), 1) << "a later date holds";
  ASSERT_OK(Say(Term("a", "portal", v1::OFFER_OPENNESS_NEVER, 0, today - 5)));
  EXPECT_EQ(open(), 0) << "of one date, what was said last";
}

TEST_F(OpenVacancies, LieInMonthsBetweenTheFirstAndTheLastToo) {
  const absl::CivilDay today = Today();
  for (const char* source : {"closing", "lapsing"}) {
    const std::string of = absl::StrCat(source, "-");
    Offer(of + "old", source, today - 800);
    Offer(of + "lapsed", source, today - 40);
    Offer(of + "open", source, today - 39, 2);
    Offer(of + "today", source, today);
  }
  ASSERT_OK(Say(Term("c", "closing", v1::OFFER_OPENNESS_UNTIL_CLOSED)));
  ASSERT_OK(Say(Term("l", "lapsing", v1::OFFER_OPENNESS_FOR_DAYS, 40)));
  EXPECT_EQ(Of({"closing"}).open_vacancy_count(), 4);
  EXPECT_EQ(Of({"closing"}).open_post_count(), 5);
  EXPECT_EQ(Of({"lapsing"}).open_vacancy_count(), 2);
  EXPECT_EQ(Of({"lapsing"}).open_post_count(), 3);
  EXPECT_EQ(Figures().open_vacancy_count(), 6);
  Request of_sector;
  of_sector.add_scian_prefixes("33");
  const v1::VacancyStatistics sector = Figures(of_sector);
  EXPECT_EQ(sector.open_vacancy_count(), 6);
  EXPECT_EQ(sector.offer_months_size(), Figures().offer_months_size());
}

TEST(OfferTerms, LookAtTheDaysOfEveryMonthInWhichTheyDiffer) {
  const absl::CivilDay today(2026, 11, 28);
  for (const auto openness :
       {v1::OFFER_OPENNESS_UNTIL_CLOSED, v1::OFFER_OPENNESS_FOR_DAYS, v1::OFFER_OPENNESS_NEVER}) {
    for (const int days : {1, 28, 29, 366}) {
      v1::OfferTerm term;
      term.set_openness(openness);
      term.set_days(openness == v1::OFFER_OPENNESS_FOR_DAYS ? days : 0);
      const bool usual = openness == v1::OFFER_OPENNESS_UNTIL_CLOSED;
      for (absl::CivilMonth month(2025, 1); month < absl::CivilMonth(2028, 1); ++month) {
        bool differs = false;
        for (absl::CivilDay day(month); day < absl::CivilDay(month + 1); ++day) {
          differs = differs || rules::IsOpen(term, day, today) != usual;
        }
        EXPECT_EQ(rules::DependsOnDay(term, month, today), differs) << month << " " << days;
      }
    }
  }
}

TEST_F(OpenVacancies, ATermStatesDaysExactlyWhereItCountsThem) {
  EXPECT_THAT(Say(Term("a", "s", v1::OFFER_OPENNESS_FOR_DAYS)), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Say(Term("a", "s", v1::OFFER_OPENNESS_NEVER, 5)), HasReason("INVALID_FIELDS"));
  EXPECT_OK(Say(Term("a", "s", v1::OFFER_OPENNESS_FOR_DAYS, 5)));
}

}  // namespace
}  // namespace puente::labor
