#include "cli/report_tables.h"

#include <gmock/gmock.h>

#include <sstream>

#include "tests/cli/fits.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

gateway::v1::Report Failed() {
  return Of<gateway::v1::Report>(R"pb(
    name: "reports/need-and-teaching-2026-11-30-corrected"
    state: REPORT_STATE_FAILED
    title_es: "Lo que las empresas necesitan y lo que se enseña, por entidad y por habilidad en el país"
    title_en: "What companies need and what is taught, by state and by skill, in the whole country"
    failure: "REPORT_AGENCY_AWAY"
    failure_es: "economy no dio lo que pide el informe en 10m; pídalo de nuevo cuando economy responda."
    failure_en: "economy did not give what the report asks for within 10m; ask again once economy answers."
    create_time { seconds: 1790000000 }
  )pb");
}

gateway::v1::Report Published() {
  return Of<gateway::v1::Report>(R"pb(
    name: "reports/need-and-teaching-2026-11-30"
    state: REPORT_STATE_PUBLISHED
    report_definition: "reportDefinitions/need-and-teaching"
    definition_version: 3
    report_version: "1.10.12"
    previous: "reports/need-and-teaching-2026-10-31"
    changes {
      previous_version: "1.10.11"
      level: REPORT_VERSION_LEVEL_PATCH
      tables { counts { kind: REPORT_CHANGE_KIND_TEXT count: 1 } }
      tables {
        table: "by-state"
        counts { kind: REPORT_CHANGE_KIND_FIGURES count: 1234 }
      }
    }
    title_es: "Lo que las empresas necesitan"
    title_en: "What companies need"
    maker: "agency/education"
    maker_actor: "statistician-1"
    approver: "agency/labor"
    approver_actor: "statistician-1"
    embargo_time { seconds: 1790000000 }
    publish_time { seconds: 1790001000 }
    read_spread { nanos: 12000000 }
    extracts {
      agency: "education"
      state: REPORT_EXTRACT_STATE_KEPT
      tables: "teaching"
      read_time { seconds: 1790000000 }
      sha256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      byte_count: 123456789
      kept_byte_count: 123456789
    }
    tables { table: "by-state" title_es: "Por entidad" title_en: "By state" row_count: 33 }
    files { path: "by-state.csv" media_type: "text/csv" byte_count: 4567 }
    create_time { seconds: 1790000000 }
  )pb");
}

TEST(ReportTables, HaveLinesOf80Columns) {
  gateway::v1::ListReportsResponse all;
  *all.add_reports() = Failed();
  *all.add_reports() = Published();
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    const std::string text = TableOfReports(language, all.reports()).Text(0, true);
    ExpectFits(text);
    EXPECT_THAT(text, AllOf(HasSubstr("need-and-teaching-2026-11-30"),
                            HasSubstr("[REPORT_AGENCY_AWAY]"), HasSubstr("economy")));
    EXPECT_THAT(text, HasSubstr(language == Language::kSpanish ? "fallido" : "failed"));
    EXPECT_THAT(text,
                HasSubstr(language == Language::kSpanish ? "1.10.12 corrección" : "1.10.12 patch"));
    EXPECT_THAT(text, HasSubstr(language == Language::kSpanish ? "publicado" : "published"));
  }
}

TEST(ReportTables, SayWhatAReportIs) {
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    std::ostringstream out;
    Printer printer(out, language, /*plain=*/true);
    Print(printer, Published());
    ExpectFits(out.str());
    EXPECT_THAT(out.str(), AllOf(HasSubstr("agency/education statistician-1"),
                                 HasSubstr("agency/labor statistician-1"), HasSubstr("123,456,789"),
                                 HasSubstr("0123456789abcdef"), HasSubstr("by-state.csv"),
                                 HasSubstr("12 ms")));
    EXPECT_THAT(out.str(), HasSubstr(language == Language::kSpanish ? "Por entidad" : "By state"));
    EXPECT_THAT(out.str(), AllOf(HasSubstr("reports/need-and-teaching-2026-10-31, 1.10.11"),
                                 HasSubstr("1,234")));
    EXPECT_THAT(out.str(), HasSubstr(language == Language::kSpanish ? "renglones con otras cifras"
                                                                    : "rows with other figures"));
    EXPECT_THAT(out.str(),
                Not(HasSubstr(language == Language::kSpanish ? "By state" : "Por entidad")));
    std::ostringstream failed;
    Printer other(failed, language, /*plain=*/true);
    Print(other, Failed());
    EXPECT_THAT(failed.str(), HasSubstr("[REPORT_AGENCY_AWAY]"));
  }
}

TEST(ReportTables, ListDefinitions) {
  const auto all = Of<gateway::v1::ListReportDefinitionsResponse>(R"pb(
    report_definitions {
      name: "reportDefinitions/need-and-teaching"
      definition_version: 12
      title_es: "Lo que las empresas necesitan"
      title_en: "What companies need"
      tables {}
      tables {}
    }
  )pb");
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    const std::string text = TableOfDefinitions(language, all.report_definitions()).Text(0, true);
    ExpectFits(text);
    EXPECT_THAT(text, AllOf(HasSubstr("need-and-teaching"), HasSubstr("12"), HasSubstr("2")));
  }
}

TEST(ReportTables, ListSchedules) {
  const auto all = Of<gateway::v1::ListReportSchedulesResponse>(R"pb(
    report_schedules {
      name: "reportSchedules/need-and-teaching-every-quarter-of-a-year"
      state: REPORT_SCHEDULE_STATE_PAUSED
      report_definition: "reportDefinitions/need-and-teaching"
      frequency: REPORT_FREQUENCY_QUARTERLY
      last_report: "reports/need-and-teaching-every-quarter-of-a-year-2026-10-01"
      failure: "ACTOR_UNKNOWN"
      failure_es: "agency/education no tiene a la persona statistician-1."
      failure_en: "agency/education has no actor statistician-1."
    }
    report_schedules {
      name: "reportSchedules/awards"
      state: REPORT_SCHEDULE_STATE_ACTIVE
      report_definition: "reportDefinitions/awards"
      frequency: REPORT_FREQUENCY_WEEKLY
      next_run_time { seconds: 1790000000 }
    }
  )pb");
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    const std::string text = TableOfSchedules(language, all.report_schedules()).Text(0, true);
    ExpectFits(text);
    EXPECT_THAT(text, AllOf(HasSubstr("[ACTOR_UNKNOWN]"), HasSubstr("2026-10-01")));
    EXPECT_THAT(text, HasSubstr(language == Language::kSpanish ? "en pausa" : "paused"));
  }
}

TEST(ReportTables, SayHowFarAnExtractIs) {
  auto extract = Of<gateway::v1::ReportExtract>(R"pb(
    agency: "economy"
    state: REPORT_EXTRACT_STATE_WANTED
    tables: "demand"
    tables: "place-offers"
    byte_count: 131072
  )pb");
  EXPECT_EQ(ProgressText(Language::kEnglish, extract),
            "economy: has not answered yet, is asked for demand, place-offers");
  EXPECT_THAT(ProgressText(Language::kSpanish, extract), HasSubstr("sin respuesta"));
  extract.set_state(gateway::v1::REPORT_EXTRACT_STATE_ASKED);
  EXPECT_EQ(ProgressText(Language::kEnglish, extract), "economy: reads demand, place-offers");
  extract.set_state(gateway::v1::REPORT_EXTRACT_STATE_READ);
  extract.set_kept_byte_count(65536);
  EXPECT_EQ(ProgressText(Language::kEnglish, extract), "economy: fetched 64 of 128 KB");
  extract.set_state(gateway::v1::REPORT_EXTRACT_STATE_KEPT);
  EXPECT_EQ(ProgressText(Language::kSpanish, extract), "economy: guardado, 128 KB");
}

}  // namespace
}  // namespace puente::cli
