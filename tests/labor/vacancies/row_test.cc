// What a row of a file becomes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/names/pattern.h"
#include "common/names/text.h"
#include "tests/labor/vacancies/load.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Row, BecomesAVacancyReadyToBeStored) {
  const Loaded loaded = Load(PortalFile({PortalRow("No es requisito", "Inglés-Avanzado")}));
  ASSERT_OK(loaded.status);
  ASSERT_THAT(loaded.vacancies, SizeIs(1));
  const v1::Vacancy& vacancy = loaded.vacancies[0];
  EXPECT_TRUE(IsResourceId(vacancy.name().substr(std::string("vacancies/").size())));
  EXPECT_EQ(vacancy.state(), v1::VACANCY_STATE_OPEN);
  EXPECT_EQ(vacancy.offer(), "soldador");
  EXPECT_EQ(vacancy.offer_date().ShortDebugString(), "year: 2020 month: 8 day: 1");
  EXPECT_EQ(vacancy.state_code(), "11");
  EXPECT_EQ(vacancy.municipality(), "León");
  EXPECT_EQ(vacancy.monthly_wage().ShortDebugString(), "currency_code: \"MXN\" units: 8000");
  EXPECT_EQ(vacancy.contract_kind(), v1::CONTRACT_KIND_INDEFINITE);
  EXPECT_EQ(vacancy.minutes_a_day(), 540);
  EXPECT_EQ(vacancy.days_a_week(), 5);
  EXPECT_EQ(vacancy.education_level(), v1::EDUCATION_LEVEL_BACHELOR);
  EXPECT_EQ(vacancy.experience(), "6m - 1 año");
  ASSERT_EQ(vacancy.languages_size(), 1);
  EXPECT_EQ(vacancy.post_count(), 1);
  EXPECT_EQ(vacancy.source(), "portal-del-empleo");
  EXPECT_EQ(vacancy.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(vacancy.supplier(), "supplier/portal");
  EXPECT_EQ(vacancy.quality().verdict(), v1::OUTCOME_PASSED);
  EXPECT_EQ(loaded.summary.read_count(), 1);
  EXPECT_EQ(loaded.summary.rejected_count(), 0);
  EXPECT_FALSE(loaded.summary.truncated());
}

TEST(Row, ConvertsWhatTheProfileDeclares) {
  struct Case {
    const char* name;
    const char* from;
    const char* to;
    const char* want;  // of the text form of the vacancy
  };
  for (const Case& c :
       {Case{"centavos", "8000", "7495.89", "units: 7495 nanos: 890000000"},
        Case{"24 hours", "9.0", "24.0", "minutes_a_day: 1440"},
        Case{"part of an hour", "9.0", "7.5", "minutes_a_day: 450"},
        Case{"the State of México", "Guanajuato", "México", "state_code: \"15\""},
        Case{"its capital", "Guanajuato", "Ciudad de México", "state_code: \"09\""},
        Case{"a state without accents", "Guanajuato", "SAN LUIS POTOSI", "state_code: \"24\""},
        Case{"season", "tiempo indeterminado", "relación de trabajo por temporada",
             "contract_kind: CONTRACT_KIND_SEASONAL"},
        Case{"values without regard to case", "Contrato por tiempo", "CONTRATO POR TIEMPO",
             "contract_kind: CONTRACT_KIND_INDEFINITE"},
        Case{"spaces around a value", "Licenciatura", " Licenciatura ",
             "education_level: EDUCATION_LEVEL_BACHELOR"},
        Case{"line break in a text", "soldador", "\"soldador\n(turno \"\"A\"\", noche)\"",
             "offer: \"soldador\\n(turno \\\"A\\\", noche)\""}}) {
    SCOPED_TRACE(c.name);
    const Loaded loaded = Load(PortalFile({PortalRow(c.from, c.to)}));
    ASSERT_OK(loaded.status);
    ASSERT_THAT(loaded.Errors(), IsEmpty());
    EXPECT_THAT(loaded.vacancies[0].ShortDebugString(), ::testing::HasSubstr(c.want));
  }
}

TEST(Row, LeavesOutWhatItDoesNotState) {
  struct Case {
    const char* name;
    const char* from;
    const char* to;
    const char* absent;
  };
  for (const Case& c :
       {Case{"wage", "8000", "", "monthly_wage"},
        Case{"contract", "Contrato por tiempo indeterminado", "No especificado", "contract_kind"},
        Case{"experience", "6m - 1 año", "No especificada", "experience"},
        Case{"languages", "No es requisito", "", "languages"},
        Case{"municipality", "León", "", "municipality"},
        Case{"hours", "9.0", "", "minutes_a_day"}}) {
    SCOPED_TRACE(c.name);
    const Loaded loaded = Load(PortalFile({PortalRow(c.from, c.to)}));
    ASSERT_OK(loaded.status);
    ASSERT_THAT(loaded.vacancies, SizeIs(1));
    EXPECT_THAT(loaded.vacancies[0].ShortDebugString(),
                ::testing::Not(::testing::HasSubstr(c.absent)));
  }
}

TEST(Row, ReadsLanguagesAsTheSupplierWritesThem) {
  struct Case {
    const char* text;
    std::vector<std::string> want;  // "code level certificate"
  };
  const std::string certificate = "Se requiere una certificación del idioma";
  for (const Case& c : {
           Case{"Inglés-Intermedio Se requiere una certificación del idioma",
                {"en 2 " + certificate}},
           Case{"\"Alemán-Avanzado , Francés-Avanzado , Inglés-Avanzado\"",
                {"de 3 ", "fr 3 ", "en 3 "}},
           Case{"\"Inglés-Avanzado Se requiere una certificación del idioma, Portugués-Básico\"",
                {"en 3 " + certificate, "pt 1 "}},
           Case{"Inglés", {"en 0 "}},
       }) {
    SCOPED_TRACE(c.text);
    const Loaded loaded = Load(PortalFile({PortalRow("No es requisito", c.text)}));
    ASSERT_THAT(loaded.Errors(), IsEmpty());
    std::vector<std::string> found;
    for (const v1::LanguageDemand& language : loaded.vacancies[0].languages()) {
      found.push_back(absl::StrCat(language.language_code(), " ",
                                   static_cast<int>(language.level()), " ",
                                   language.certificate()));
    }
    EXPECT_EQ(found, c.want);
  }
}

TEST(Row, ThatRequiresNoLanguageSaysMoreThanOneThatNamesNone) {
  const Loaded loaded = Load(PortalFile({PortalRow(), PortalRow("No es requisito", "")}));
  ASSERT_THAT(loaded.vacancies, SizeIs(2));
  EXPECT_TRUE(loaded.vacancies[0].languages_not_required());
  EXPECT_FALSE(loaded.vacancies[1].languages_not_required());
  EXPECT_NE(loaded.vacancies[0].name(), loaded.vacancies[1].name());
}

TEST(Row, ThatIsWrongIsReportedWithFieldRuleAndRemedy) {
  struct Case {
    const char* name;
    std::string from;
    std::string to;
    const char* want;
  };
  for (const Case& c : {
           Case{"no date", "2020-08-01", "2020-02-30", "2 isodate DATE_FORMAT"},
           Case{"a date far off", "2020-08-01", "4020-08-01", "2 isodate DATE_FORMAT"},
           Case{"date missing", "2020-08-01", "", "2 isodate REQUIRED"},
           Case{"no offer", "soldador", "  ", "2 offer REQUIRED"},
           Case{"long offer", "soldador", std::string(501, 'x'), "2 offer TOO_LONG"},
           Case{"control character", "soldador", std::string("sold\0dor", 8), "2 offer TEXT"},
           Case{"wage in words", "8000", "a tratar", "2 salary NUMBER"},
           Case{"wage with a third decimal", "8000", "8000.005", "2 salary WHOLE_CENTAVOS"},
           Case{"negative wage", "8000", "-8000", "2 salary NUMBER"},
           Case{"no wage at all", "8000", "0", "2 salary NOT_ZERO"},
           Case{"absurd wage", "8000", "1000000000000.01", "2 salary TOO_LARGE"},
           Case{"unknown contract", "tiempo indeterminado", "siempre",
                "2 contract_type NOT_IN_PROFILE"},
           Case{"hours of a day", "9.0", "24.5", "2 hours_worked TOO_LARGE"},
           Case{"no hours", "9.0", "0.0", "2 hours_worked NOT_ZERO"},
           Case{"part of a minute", "9.0", "7.333", "2 hours_worked WHOLE_MINUTES"},
           Case{"eight days", ",5,", ",8,", "2 days_worked TOO_LARGE"},
           Case{"no days", ",5,", ",0,", "2 days_worked NOT_ZERO"},
           Case{"part of a day", ",5,", ",5.5,", "2 days_worked NUMBER"},
           Case{"unknown state", "Guanajuato", "Texas", "2 state NOT_A_STATE"},
           Case{"state missing", "Guanajuato", "", "2 state REQUIRED"},
           Case{"unknown education", "Licenciatura", "Kínder", "2 education_level NOT_IN_PROFILE"},
           Case{"unknown language", "No es requisito", "Élfico-Básico",
                "2 languages NOT_IN_PROFILE"},
           Case{"unknown level", "No es requisito", "Inglés-Perfecto",
                "2 languages NOT_IN_PROFILE"},
           Case{"language twice", "No es requisito", "\"Inglés-Básico, Inglés-Avanzado\"",
                "2 languages UNIQUE"},
           Case{"a field too few", ",5,", ",", "2  TOO_FEW_FIELDS"},
           Case{"a field too many", ",5,", ",5,5,", "2  TOO_MANY_FIELDS"},
       }) {
    SCOPED_TRACE(c.name);
    const Loaded loaded = Load(PortalFile({PortalRow(c.from, c.to), PortalRow()}));
    ASSERT_OK(loaded.status);
    EXPECT_THAT(loaded.Errors(), ElementsAre(c.want));
    EXPECT_NE(loaded.summary.errors(0).remedy(), "");
    EXPECT_LE(CodePoints(loaded.summary.errors(0).value()), 80u);
    EXPECT_THAT(loaded.vacancies, SizeIs(1));
    EXPECT_EQ(loaded.summary.read_count(), 2);
    EXPECT_EQ(loaded.summary.rejected_count(), 1);
  }
}

TEST(Row, OfADayThatIsToComeIsRejected) {
  VacancyFile options = Options();
  options.today = absl::CivilDay(2020, 8, 1);
  const Loaded loaded =
      Load(PortalFile({PortalRow(), PortalRow("2020-08-01", "2020-08-02")}), options);
  EXPECT_THAT(loaded.Errors(), ElementsAre("3 isodate OFFER_TO_COME"));
  EXPECT_THAT(loaded.vacancies, SizeIs(1));
  EXPECT_EQ(loaded.summary.rejected_count(), 1);
}

TEST(Row, ReportsAllOfItsErrorsInTheCallersLanguage) {
  VacancyFile options = Options();
  options.locale = Locale::kSpanish;
  const Loaded loaded = Load(
      PortalFile(
          {absl::StrReplaceAll(kPortalRow, {{"8000", "x"}, {"9.0", "y"}, {"León", "\"Le\nón\""}})}),
      options);
  EXPECT_THAT(loaded.Errors(), ElementsAre("2 salary NUMBER", "2 hours_worked NUMBER"));
  EXPECT_EQ(loaded.summary.rejected_count(), 1);
  EXPECT_THAT(loaded.summary.errors(0).remedy(), ::testing::HasSubstr("debe ser un número"));
}

TEST(Row, ErrorsNameTheLineOnWhichTheRowBegins) {
  const Loaded loaded = Load(PortalFile({PortalRow("soldador", "\"dos\nlíneas\""), "\n",
                                         PortalRow("8000", "x"), PortalRow("9.0", "y")}));
  EXPECT_THAT(loaded.Errors(), ElementsAre("5 salary NUMBER", "6 hours_worked NUMBER"));
}

}  // namespace
}  // namespace puente::labor
