#include "modules/labor/vacancies/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/crypto/digest.h"
#include "tests/labor/vacancies/load.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(File, SaysTheFirstHundredErrorsAndHowManyMore) {
  const Loaded loaded = Load(PortalFile(std::vector<std::string>(130, PortalRow("8000", "x"))));
  EXPECT_EQ(loaded.summary.errors_size(), 100);
  EXPECT_EQ(loaded.summary.more_error_count(), 30);
  EXPECT_EQ(loaded.summary.rejected_count(), 130);
}

TEST(File, OfEqualRowsHoldsAVacancyForEach) {
  const std::string file =
      PortalFile({PortalRow(), PortalRow(), PortalRow("8000", "9000"), PortalRow()});
  const Loaded first = Load(file);
  const std::vector<std::string> names = first.Names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 4u);
  EXPECT_EQ(Load(file).Names(), names);
  // A row's id does not depend on what else is in the file, but for rows that equal it.
  EXPECT_EQ(Load(PortalFile({PortalRow("8000", "9000"), PortalRow()})).Names(),
            (std::vector<std::string>{names[2], names[0]}));
}

TEST(File, IdsDependOnSourceAndKindOfRecordsOnly) {
  const std::string file = PortalFile({PortalRow()});
  const std::vector<std::string> names = Load(file).Names();
  VacancyFile options = Options();
  options.supplier = "agency/labor";
  EXPECT_EQ(Load(file, options).Names(), names);
  options.base.set_source("another");
  EXPECT_NE(Load(file, options).Names(), names);
  options = Options();
  options.base.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  EXPECT_NE(Load(file, options).Names(), names);
  // A year from now they must be what they are today.
  EXPECT_THAT(names, ElementsAre("vacancies/va8ada38ef34f3419040ec5978494c151"));
}

// However a source writes it, it is the same vacancy.
TEST(File, IdsComeFromWhatIsStoredAndNotFromItsBytes) {
  const std::vector<std::string> names = Load(PortalFile({PortalRow()})).Names();
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
           Case{"a column that nothing is made of", "800,1700", "900,1800"},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Load(PortalFile({PortalRow(c.from, c.to)})).Names(), names);
    // In one file they are two, as any rows that state the same.
    EXPECT_THAT(Load(PortalFile({PortalRow(), PortalRow(c.from, c.to)})).Names(),
                ElementsAre(names[0], Load(PortalFile({PortalRow(), PortalRow()})).Names()[1]));
  }
  for (const auto& [from, to] :
       {std::pair{"soldador", "Soldador"}, {"8000", "8000.01"}, {"León", "Leon"}}) {
    EXPECT_NE(Load(PortalFile({PortalRow(from, to)})).Names(), names) << to;
  }
  EXPECT_EQ(Load(PortalFile({PortalRow("León", "No especificado")})).Names(),
            Load(PortalFile({PortalRow("León", "")})).Names())
      << "nothing for what states nothing";
}

TEST(File, IdsDoNotChangeWithTheLawOrTheSupplier) {
  const std::string file = PortalFile({PortalRow()});
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
    const std::string file = PortalFile({PortalRow("soldador", offer), PortalRow("8000", "9000"),
                                         PortalRow("soldador", "\"dos, \"\"a\"\"\"")});
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
  std::string file = PortalFile(
      {PortalRow(), PortalRow("soldador", "\"a, \"\"b\"\"\r\nñ\""), PortalRow("8000", "x")});
  for (int i = 0; i < 2500; ++i) file += PortalRow("8000", absl::StrCat(8000 + i));
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
  const std::string file = PortalFile({PortalRow(), PortalRow("soldador", "\"a, b\"")});
  const std::vector<std::string> names = Load(file).Names();
  EXPECT_EQ(Load("\xEF\xBB\xBF" + file).Names(), names);
  EXPECT_EQ(Load(absl::StrReplaceAll(file, {{"\n", "\r\n"}})).Names(), names);
  EXPECT_EQ(Load(absl::StrReplaceAll(file, {{"soldador", "\"soldador\""}})).Names(), names);
  EXPECT_EQ(Load(file.substr(0, file.size() - 1)).Names(), names);
}

TEST(File, CutInARowLoadsTheRowsBeforeAndReportsIt) {
  const std::string file =
      PortalFile({PortalRow(), PortalRow("8000", "9000"), PortalRow("soldador", "\"a\nb\"")});
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
  const std::string row = PortalRow("No es requisito", "Inglés-Avanzado Certificado de Cambridge");
  const std::string file = PortalFile({PortalRow(), row});
  VacancyFile options = Options();
  options.size_bytes = static_cast<int64_t>(file.size());
  EXPECT_FALSE(Load(file, options).summary.truncated());
  const Loaded cut = Load(file.substr(0, file.size() - 5), options);
  EXPECT_TRUE(cut.summary.truncated());
  EXPECT_THAT(cut.Errors(), ElementsAre("3  ROW_CUT"));
  // Cut between rows: nothing is wrong with those that came.
  const Loaded between = Load(PortalFile({PortalRow()}), options);
  EXPECT_TRUE(between.summary.truncated());
  EXPECT_THAT(between.Errors(), IsEmpty());
  EXPECT_THAT(between.vacancies, SizeIs(1));
}

TEST(File, CutInsideACharacterIsCutAndNotInAnotherEncoding) {
  const std::string file =
      PortalFile({PortalRow("No es requisito", "Inglés-Básico Certificación")});
  const size_t accent = file.find("ón\n");
  const Loaded loaded = Load(file.substr(0, accent + 1));
  ASSERT_OK(loaded.status);
  EXPECT_THAT(loaded.Errors(), ElementsAre("2  ROW_CUT"));
}

TEST(File, InLatin1IsRefusedAsAWhole) {
  const std::string latin = absl::StrReplaceAll(
      PortalFile({PortalRow("León", "Leon"), PortalRow()}), {{"ó", "\xF3"}, {"ñ", "\xF1"}});
  const Loaded loaded = Load(latin);
  ASSERT_THAT(loaded.status, HasReason("FILE_ENCODING"));
  EXPECT_EQ(MetadataOf(loaded.status, "line"), "2");
  EXPECT_THAT(loaded.vacancies, IsEmpty());
  const Loaded utf16 = Load(std::string("\xFF\xFEi\0s\0o\0\n\0", 10));
  ASSERT_THAT(utf16.status, HasReason("FILE_ENCODING"));
  EXPECT_EQ(MetadataOf(utf16.status, "looks_like"), "UTF-16");
}

TEST(File, ThatIsUtf8MayHaveABrokenRow) {
  const Loaded loaded = Load(PortalFile({PortalRow(), PortalRow("León", "Le\xF3n"), PortalRow()}));
  ASSERT_OK(loaded.status);
  EXPECT_THAT(loaded.Errors(), ElementsAre("3  TEXT"));
  EXPECT_EQ(loaded.summary.errors(0).value(), "Le\uFFFDn");
  EXPECT_THAT(loaded.vacancies, SizeIs(2));
}

TEST(File, LacksOrRepeatsColumns) {
  const Loaded lacks = Load(
      absl::StrReplaceAll(PortalFile({PortalRow()}), {{"salary", "pay"}, {",state,", ",estado,"}}));
  ASSERT_THAT(lacks.status, HasReason("FILE_COLUMNS"));
  EXPECT_EQ(MetadataOf(lacks.status, "missing"), "salary, state");
  const Loaded repeats =
      Load(absl::StrReplaceAll(PortalFile({PortalRow()}), {{"start_hour", "salary"}}));
  ASSERT_THAT(repeats.status, HasReason("FILE_COLUMNS"));
  EXPECT_EQ(MetadataOf(repeats.status, "repeated"), "salary");
  EXPECT_THAT(Load("\"isodate,offer").status, HasReason("FILE_COLUMNS"));
}

TEST(File, WithNothingInItIsEmpty) {
  for (const char* file : {"", "\n\r\n", "\xEF\xBB\xBF"}) {
    EXPECT_THAT(Load(file).status, HasReason("FILE_EMPTY"));
  }
  const Loaded header = Load(kPortalHeader);
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
  EXPECT_THAT(loaded.Errors(), ElementsAre("4  ROW_REPEATED"));
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
