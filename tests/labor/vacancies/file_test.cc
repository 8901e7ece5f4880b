#include "modules/labor/vacancies/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/crypto/digest.h"
#include "common/names/pattern.h"
#include "common/names/text.h"
#include "tests/labor/vacancies/load.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kHeader[] =
    "isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,wednesday,"
    "thursday,friday,saturday,sunday,days_worked,state,municipality,education_level,experience,"
    "languages\n";
constexpr char kRow[] =
    "2020-08-01,soldador,8000,Contrato por tiempo indeterminado,800,1700,9.0,1,1,1,1,1,0,0,5,"
    "Guanajuato,León,Licenciatura,6m - 1 año,No es requisito\n";

// kRow with one text in the place of another.
std::string Row(absl::string_view from = "", absl::string_view to = "") {
  if (from.empty()) return kRow;
  EXPECT_NE(std::string(kRow).find(std::string(from)), std::string::npos) << from;
  return absl::StrReplaceAll(kRow, {{from, to}});
}

std::string File(const std::vector<std::string>& rows) {
  std::string file = kHeader;
  for (const std::string& row : rows) file += row;
  return file;
}

TEST(Row, BecomesAVacancyReadyToBeStored) {
  const Loaded loaded = Load(File({Row("No es requisito", "Inglés-Avanzado")}));
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
    const Loaded loaded = Load(File({Row(c.from, c.to)}));
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
    const Loaded loaded = Load(File({Row(c.from, c.to)}));
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
    const Loaded loaded = Load(File({Row("No es requisito", c.text)}));
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

TEST(Row, ThatIsWrongIsReportedWithFieldRuleAndRemedy) {
  struct Case {
    const char* name;
    std::string from;
    std::string to;
    const char* want;
  };
  for (const Case& c : {
           Case{"no date", "2020-08-01", "2020-02-30", "2 isodate NOT_A_DATE"},
           Case{"a date far off", "2020-08-01", "4020-08-01", "2 isodate NOT_A_DATE"},
           Case{"date missing", "2020-08-01", "", "2 isodate REQUIRED"},
           Case{"no offer", "soldador", "  ", "2 offer REQUIRED"},
           Case{"long offer", "soldador", std::string(501, 'x'), "2 offer TOO_LONG"},
           Case{"control character", "soldador", std::string("sold\0dor", 8), "2 offer NOT_TEXT"},
           Case{"wage in words", "8000", "a tratar", "2 salary NOT_A_NUMBER"},
           Case{"wage with a third decimal", "8000", "8000.005", "2 salary NOT_WHOLE_CENTAVOS"},
           Case{"negative wage", "8000", "-8000", "2 salary NOT_A_NUMBER"},
           Case{"no wage at all", "8000", "0", "2 salary OUT_OF_RANGE"},
           Case{"absurd wage", "8000", "1000000000000.01", "2 salary OUT_OF_RANGE"},
           Case{"unknown contract", "tiempo indeterminado", "siempre",
                "2 contract_type UNKNOWN_VALUE"},
           Case{"hours of a day", "9.0", "24.5", "2 hours_worked OUT_OF_RANGE"},
           Case{"no hours", "9.0", "0.0", "2 hours_worked OUT_OF_RANGE"},
           Case{"part of a minute", "9.0", "7.333", "2 hours_worked NOT_WHOLE_MINUTES"},
           Case{"eight days", ",5,", ",8,", "2 days_worked OUT_OF_RANGE"},
           Case{"no days", ",5,", ",0,", "2 days_worked OUT_OF_RANGE"},
           Case{"part of a day", ",5,", ",5.5,", "2 days_worked NOT_A_NUMBER"},
           Case{"unknown state", "Guanajuato", "Texas", "2 state UNKNOWN_STATE"},
           Case{"state missing", "Guanajuato", "", "2 state REQUIRED"},
           Case{"unknown education", "Licenciatura", "Kínder", "2 education_level UNKNOWN_VALUE"},
           Case{"unknown language", "No es requisito", "Élfico-Básico",
                "2 languages UNKNOWN_LANGUAGE"},
           Case{"unknown level", "No es requisito", "Inglés-Perfecto", "2 languages UNKNOWN_LEVEL"},
           Case{"language twice", "No es requisito", "\"Inglés-Básico, Inglés-Avanzado\"",
                "2 languages REPEATED"},
           Case{"a field too few", ",5,", ",", "2  TOO_FEW_FIELDS"},
           Case{"a field too many", ",5,", ",5,5,", "2  TOO_MANY_FIELDS"},
       }) {
    SCOPED_TRACE(c.name);
    const Loaded loaded = Load(File({Row(c.from, c.to), Row()}));
    ASSERT_OK(loaded.status);
    EXPECT_THAT(loaded.Errors(), ElementsAre(c.want));
    EXPECT_NE(loaded.summary.errors(0).remedy(), "");
    EXPECT_LE(CodePoints(loaded.summary.errors(0).value()), 80u);
    EXPECT_THAT(loaded.vacancies, SizeIs(1));
    EXPECT_EQ(loaded.summary.read_count(), 2);
    EXPECT_EQ(loaded.summary.rejected_count(), 1);
  }
}

TEST(Row, ReportsAllOfItsErrorsInTheCallersLanguage) {
  VacancyFile options = Options();
  options.locale = Locale::kSpanish;
  const Loaded loaded =
      Load(File({absl::StrReplaceAll(kRow, {{"8000", "x"}, {"9.0", "y"}, {"León", "\"Le\nón\""}})}),
           options);
  EXPECT_THAT(loaded.Errors(), ElementsAre("2 salary NOT_A_NUMBER", "2 hours_worked NOT_A_NUMBER"));
  EXPECT_EQ(loaded.summary.rejected_count(), 1);
  EXPECT_THAT(loaded.summary.errors(0).remedy(), ::testing::HasSubstr("Escriba"));
}

TEST(Row, ErrorsNameTheLineOnWhichTheRowBegins) {
  const Loaded loaded =
      Load(File({Row("soldador", "\"dos\nlíneas\""), "\n", Row("8000", "x"), Row("9.0", "y")}));
  EXPECT_THAT(loaded.Errors(), ElementsAre("5 salary NOT_A_NUMBER", "6 hours_worked NOT_A_NUMBER"));
}

TEST(File, SaysTheFirstHundredErrorsAndHowManyMore) {
  const Loaded loaded = Load(File(std::vector<std::string>(130, Row("8000", "x"))));
  EXPECT_EQ(loaded.summary.errors_size(), 100);
  EXPECT_EQ(loaded.summary.more_error_count(), 30);
  EXPECT_EQ(loaded.summary.rejected_count(), 130);
}

TEST(File, OfEqualRowsHoldsAVacancyForEach) {
  const std::string file = File({Row(), Row(), Row("8000", "9000"), Row()});
  const Loaded first = Load(file);
  const std::vector<std::string> names = first.Names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 4u);
  EXPECT_EQ(Load(file).Names(), names);
  // A row's id does not depend on what else is in the file, but for rows that equal it.
  EXPECT_EQ(Load(File({Row("8000", "9000"), Row()})).Names(),
            (std::vector<std::string>{names[2], names[0]}));
}

TEST(File, IdsDependOnSourceAndKindOfRecordsOnly) {
  const std::string file = File({Row()});
  const std::vector<std::string> names = Load(file).Names();
  VacancyFile options = Options();
  options.supplier = "agency/labor";
  EXPECT_EQ(Load(file, options).Names(), names);
  options.source = "another";
  EXPECT_NE(Load(file, options).Names(), names);
  options = Options();
  options.record_kind = type::v1::RECORD_KIND_GENERATED;
  EXPECT_NE(Load(file, options).Names(), names);
  // A year from now they must be what they are today.
  EXPECT_THAT(names, ElementsAre("vacancies/v9cc84398dd3ebdf0a79aa0bd758df409"));
}

// However a source writes it, it is the same vacancy.
TEST(File, IdsComeFromWhatIsStoredAndNotFromItsBytes) {
  const std::vector<std::string> names = Load(File({Row()})).Names();
  struct Case {
    const char* name;
    const char* from;
    const char* to;
  };
  for (const Case& c : {
           Case{"accent as a character of its own", "León", "Leo\u0301n"},
           Case{"a space at the end", "soldador", "soldador "},
           Case{"a space at the end of a code list's value", "Licenciatura", " Licenciatura "},
           Case{"a wage with centavos", "8000", "8000.00"},
           Case{"leading zeros", ",5,", ",05,"},
           Case{"hours without a fraction", "9.0", "9"},
           Case{"the state's code", "Guanajuato", "11"},
           Case{"another spelling of a value", "Licenciatura", "LICENCIATURA"},
           Case{"nothing for what states nothing", "No es requisito", ""},
           Case{"a column that nothing is made of", "800,1700", "900,1800"},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Load(File({Row(c.from, c.to)})).Names(), names);
    // In one file they are two, as any rows that state the same.
    EXPECT_THAT(Load(File({Row(), Row(c.from, c.to)})).Names(),
                ElementsAre(names[0], Load(File({Row(), Row()})).Names()[1]));
  }
  for (const auto& [from, to] :
       {std::pair{"soldador", "Soldador"}, {"8000", "8000.01"}, {"León", "Leon"}}) {
    EXPECT_NE(Load(File({Row(from, to)})).Names(), names) << to;
  }
}

TEST(File, IdsDoNotChangeWithTheLawOrTheSupplier) {
  const std::string file = File({Row()});
  const rules::Standards none;
  VacancyFile options = Options();
  options.standards = &none;
  options.supplier = "agency/labor";
  const Loaded loaded = Load(file, options);
  EXPECT_NE(loaded.vacancies.at(0).quality().SerializeAsString(),
            Load(file).vacancies.at(0).quality().SerializeAsString());
  EXPECT_EQ(loaded.Names(), Load(file).Names());
}

TEST(File, AStrayQuoteIsAnErrorOfItsRowAlone) {
  for (const char* offer :
       {"\"auxiliar\" contable", "auxiliar \"contable\"", "\"auxiliar contable"}) {
    SCOPED_TRACE(offer);
    const std::string file =
        File({Row("soldador", offer), Row("8000", "9000"), Row("soldador", "\"dos, \"\"a\"\"\"")});
    for (const size_t slice : {size_t{3}, file.size()}) {
      const Loaded loaded = Load(file, Options(), slice);
      ASSERT_OK(loaded.status);
      EXPECT_EQ(loaded.Errors().at(0), "2  BAD_QUOTE");
      EXPECT_EQ(loaded.summary.read_count(), 3);
      EXPECT_EQ(loaded.summary.rejected_count(), 1);
      ASSERT_THAT(loaded.vacancies, SizeIs(2));
      EXPECT_EQ(loaded.vacancies[1].offer(), "dos, \"a\"");
    }
  }
}

TEST(File, IsTheSameInSlicesOfAnySize) {
  std::string file = File({Row(), Row("soldador", "\"a, \"\"b\"\"\r\nñ\""), Row("8000", "x")});
  for (int i = 0; i < 2500; ++i) file += Row("8000", absl::StrCat(8000 + i));
  const Loaded whole = Load(file, Options(), file.size());
  EXPECT_THAT(whole.batches, ElementsAre(1000, 1000, 502));
  for (const size_t slice : {1, 7, 65536}) {
    const Loaded sliced = Load(file, Options(), slice);
    EXPECT_EQ(sliced.batches, whole.batches);
    EXPECT_EQ(sliced.Names(), whole.Names());
    EXPECT_EQ(sliced.summary.SerializeAsString(), whole.summary.SerializeAsString());
  }
  EXPECT_EQ(whole.summary.content_digest(), crypto::Sha256(file));
}

TEST(File, WithAnotherDressHasTheSameVacancies) {
  const std::string file = File({Row(), Row("soldador", "\"a, b\"")});
  const std::vector<std::string> names = Load(file).Names();
  EXPECT_EQ(Load("\xEF\xBB\xBF" + file).Names(), names);
  EXPECT_EQ(Load(absl::StrReplaceAll(file, {{"\n", "\r\n"}})).Names(), names);
  EXPECT_EQ(Load(absl::StrReplaceAll(file, {{"soldador", "\"soldador\""}})).Names(), names);
  EXPECT_EQ(Load(file.substr(0, file.size() - 1)).Names(), names);
}

TEST(File, CutInARowLoadsTheRowsBeforeAndReportsIt) {
  const std::string file = File({Row(), Row("8000", "9000"), Row("soldador", "\"a\nb\"")});
  const size_t third = file.find("2020-08-01,\"a");
  // After the line break inside quotes, which was never closed, another row begins.
  for (const auto& [end, lines] : {std::pair{5, 1}, {13, 1}, {14, 1}, {15, 2}, {30, 1}}) {
    SCOPED_TRACE(file.substr(third, end));
    const Loaded loaded = Load(file.substr(0, third + end));
    ASSERT_OK(loaded.status);
    EXPECT_THAT(loaded.vacancies, SizeIs(2));
    EXPECT_EQ(loaded.Errors(), lines == 1 ? std::vector<std::string>{"4  ROW_CUT"}
                                          : std::vector<std::string>({"4  ROW_CUT", "5  ROW_CUT"}));
    EXPECT_TRUE(loaded.summary.truncated());
    EXPECT_EQ(loaded.summary.read_count(), 2 + lines);
    EXPECT_EQ(loaded.summary.rejected_count(), lines);
  }
}

TEST(File, CutInItsLastFieldIsFoundByItsSize) {
  const std::string row = Row("No es requisito", "Inglés-Avanzado Certificado de Cambridge");
  const std::string file = File({Row(), row});
  VacancyFile options = Options();
  options.size_bytes = static_cast<int64_t>(file.size());
  EXPECT_FALSE(Load(file, options).summary.truncated());
  const Loaded cut = Load(file.substr(0, file.size() - 5), options);
  EXPECT_TRUE(cut.summary.truncated());
  EXPECT_THAT(cut.Errors(), ElementsAre("3  ROW_CUT"));
  // Cut between rows: nothing is wrong with those that came.
  const Loaded between = Load(File({Row()}), options);
  EXPECT_TRUE(between.summary.truncated());
  EXPECT_THAT(between.Errors(), IsEmpty());
  EXPECT_THAT(between.vacancies, SizeIs(1));
}

TEST(File, CutInsideACharacterIsCutAndNotInAnotherEncoding) {
  const std::string file = File({Row("No es requisito", "Inglés-Básico Certificación")});
  const size_t accent = file.find("ón\n");
  const Loaded loaded = Load(file.substr(0, accent + 1));
  ASSERT_OK(loaded.status);
  EXPECT_THAT(loaded.Errors(), ElementsAre("2  ROW_CUT"));
}

TEST(File, InLatin1IsRefusedAsAWhole) {
  const std::string latin =
      absl::StrReplaceAll(File({Row("León", "Leon"), Row()}), {{"ó", "\xF3"}, {"ñ", "\xF1"}});
  const Loaded loaded = Load(latin);
  ASSERT_THAT(loaded.status, HasReason("FILE_ENCODING"));
  EXPECT_EQ(MetadataOf(loaded.status, "line"), "2");
  EXPECT_THAT(loaded.vacancies, IsEmpty());
  const Loaded utf16 = Load(std::string("\xFF\xFEi\0s\0o\0\n\0", 10));
  ASSERT_THAT(utf16.status, HasReason("FILE_ENCODING"));
  EXPECT_EQ(MetadataOf(utf16.status, "looks_like"), "UTF-16");
}

TEST(File, ThatIsUtf8MayHaveABrokenRow) {
  const Loaded loaded = Load(File({Row(), Row("León", "Le\xF3n"), Row()}));
  ASSERT_OK(loaded.status);
  EXPECT_THAT(loaded.Errors(), ElementsAre("3  NOT_UTF8"));
  EXPECT_EQ(loaded.summary.errors(0).value(), "Le\uFFFDn");
  EXPECT_THAT(loaded.vacancies, SizeIs(2));
}

TEST(File, LacksOrRepeatsColumns) {
  const Loaded lacks =
      Load(absl::StrReplaceAll(File({Row()}), {{"salary", "pay"}, {",state,", ",estado,"}}));
  ASSERT_THAT(lacks.status, HasReason("FILE_COLUMNS"));
  EXPECT_EQ(MetadataOf(lacks.status, "missing"), "salary, state");
  const Loaded repeats = Load(absl::StrReplaceAll(File({Row()}), {{"start_hour", "salary"}}));
  ASSERT_THAT(repeats.status, HasReason("FILE_COLUMNS"));
  EXPECT_EQ(MetadataOf(repeats.status, "repeated"), "salary");
  EXPECT_THAT(Load("\"isodate,offer").status, HasReason("FILE_COLUMNS"));
}

TEST(File, WithNothingInItIsEmpty) {
  for (const char* file : {"", "\n\r\n", "\xEF\xBB\xBF"}) {
    EXPECT_THAT(Load(file).status, HasReason("FILE_EMPTY"));
  }
  const Loaded header = Load(kHeader);
  ASSERT_OK(header.status);
  EXPECT_EQ(header.summary.read_count(), 0);
}

TEST(File, OfAnotherLayoutIsAnotherProfile) {
  const std::string file =
      "\xEF\xBB\xBF"
      "Notas;Plazas;SINCO;SCIAN;Idiomas;Contrato;Días;Jornada;Sueldo;Publicada;"
      "Puesto;Municipio;Entidad;Folio\r\n"
      "x;3;7212;336410;English:B|Deutsch;Planta;5;480;12.500,50;31/12/2025;'a; ''b''';;26;F-1\r\n"
      ";;;;;;;;A tratar;01/01/2026;c;N/D;sonora;s/n\r\n"
      ";;;;;;;;;01/01/2026;c;N/D;sonora;F-1\r\n";
  const Loaded loaded = Load(file, Options(StateProfile()));
  ASSERT_OK(loaded.status);
  EXPECT_THAT(loaded.Errors(), ElementsAre("4  NUMBER_REPEATED"));
  ASSERT_THAT(loaded.vacancies, SizeIs(2));
  const v1::Vacancy& first = loaded.vacancies[0];
  EXPECT_EQ(first.offer(), "a; 'b'");
  EXPECT_EQ(first.post_count(), 3);
  EXPECT_EQ(first.scian_class(), "336410");
  EXPECT_EQ(first.scian_origin(), v1::CODE_ORIGIN_STATED);
  EXPECT_EQ(first.occupation_code(), "7212");
  EXPECT_EQ(first.occupation_origin(), v1::CODE_ORIGIN_STATED);
  EXPECT_EQ(first.languages_size(), 2);
  EXPECT_EQ(first.minutes_a_day(), 480);
  EXPECT_EQ(first.monthly_wage().ShortDebugString(),
            "currency_code: \"MXN\" units: 12500 nanos: 500000000");
  EXPECT_EQ(first.offer_date().ShortDebugString(), "year: 2025 month: 12 day: 31");
  EXPECT_EQ(loaded.vacancies[1].municipality(), "");
  EXPECT_EQ(loaded.vacancies[1].state_code(), "26");
  EXPECT_FALSE(loaded.vacancies[1].has_monthly_wage());
  // With a number of its own a vacancy keeps its id though its text changes.
  const Loaded changed =
      Load(absl::StrReplaceAll(file, {{"'a; ''b'''", "d"}}), Options(StateProfile()));
  EXPECT_EQ(changed.Names(), loaded.Names());
}

}  // namespace
}  // namespace puente::labor
