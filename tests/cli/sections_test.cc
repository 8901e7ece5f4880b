#include "cli/sections.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kFresh[] = R"pb(
  agency: "economy"
  state: SECTION_STATE_FRESH
  hosting: HOSTING_OWN_PROCESS
  as_of_time { seconds: 1600000000 }
  latency { nanos: 12000000 }
)pb";

gateway::v1::DemandSection Demand() {
  return Of<gateway::v1::DemandSection>(absl::StrCat("provenance {", kFresh, R"pb(}
                                                                                  summary {
      head_count { value: 1234 }
      company_count { value: 4 }
      top_skills { skill: "skills/english" count { value: 1000 } }
      top_skills { skill: "skills/welding" count { mark: MARK_SUPPRESSED } }
      states { state_code: "05" count { value: 1234 } }
      record_kind: RECORD_KIND_GENERATED
      sources: "puente-sample"
      could_not_split: "state"
      first_date { year: 2027 month: 1 day: 1 }
      last_date { year: 2027 month: 6 day: 30 }
    })pb"));
}

TEST(DemandSection, ShowsCountsMarksPeriodSourceAndAgency) {
  EXPECT_EQ(Plain(Language::kEnglish, [](Printer& printer) { Print(printer, Demand()); }),
            R"(DEMAND  what companies say they need
  GENERATED SAMPLE: made up to show the system; these are no facts.
  cannot be split by: state - the figures are for the whole country
  people needed  1,234
  companies          4

  skill        people
  -------------------
  english       1,000
  welding  suppressed

  state        people
  -------------------
  05 Coahuila   1,234

  needed in 1 January 2027 to 30 June 2027
  source: puente-sample
  from economy, as of 2020-09-13 12:26:40 UTC, answered in 12 ms
)");
}

TEST(Section, WithoutAnswerSaysWhyAndShowsNoFigure) {
  const auto section = Of<gateway::v1::EmploymentSection>(R"pb(
    provenance {
      agency: "labor"
      state: SECTION_STATE_MISSING
      failure {
        reason: "NEEDS_SECTION"
        domain: "gateway.puente"
        message: "No sector."
        needs: "sector"
      }
    })pb");
  EXPECT_EQ(Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, section); }),
            "EMPLOYMENT  what jobs are offered, and how good they are\n"
            "  MISSING (labor): No sector. (needs: sector) [NEEDS_SECTION]\n");
}

TEST(Section, ThatWasDeniedSaysSo) {
  const auto section = Of<gateway::v1::SupplySection>(R"pb(
    provenance {
      agency: "education"
      state: SECTION_STATE_DENIED
      failure { reason: "CALLER_REFUSED" message: "No." }
    })pb");
  EXPECT_THAT(Plain(Language::kSpanish, [&](Printer& printer) { Print(printer, section); }),
              HasSubstr("DENEGADA (education): No. [CALLER_REFUSED]"));
}

TEST(Section, ThatIsStaleSaysSoAndShowsItsFigures) {
  auto section = Demand();
  section.mutable_provenance()->set_state(gateway::v1::SECTION_STATE_STALE);
  section.mutable_provenance()->mutable_failure()->set_message("Since noon.");
  section.mutable_provenance()->mutable_failure()->set_reason("AGENCY_STANDS_STILL");
  const std::string text =
      Plain(Language::kSpanish, [&](Printer& printer) { Print(printer, section); });
  EXPECT_THAT(text, HasSubstr("NO ACTUALIZADA (economy): Since noon. [AGENCY_STANDS_STILL]"));
  EXPECT_THAT(text, HasSubstr("puente-sample"));
}

TEST(Section, ThatNobodyFilledIsMissing) {
  EXPECT_THAT(Plain(Language::kEnglish,
                    [](Printer& printer) { Print(printer, gateway::v1::TechnologySection()); }),
              HasSubstr("MISSING: no reason given"));
}

TEST(Overview, SaysWhatWasAskedForAndHidesASectorThatWasNot) {
  gateway::v1::Overview overview;
  *overview.mutable_demand() = Demand();
  gateway::v1::GetOverviewRequest request;
  request.set_state("05");
  EXPECT_THAT(
      Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, request, overview); }),
      AllOf(HasSubstr("  all sectors; state 05 Coahuila\n"), Not(HasSubstr("SECTOR\n"))));
}

TEST(Overview, NamesTheSectorAndItsClasses) {
  gateway::v1::Overview overview;
  *overview.mutable_sector() =
      Of<gateway::v1::SectorSection>(absl::StrCat("provenance {", kFresh, R"pb(}
                                                                               table {
      name: "sectorTables/automotive"
      label_es: "Automotriz"
      label_en: "Automotive"
      scian_prefixes { prefix: "336" effective_date { year: 2026 month: 1 day: 1 } source: "puente-proposal" }
      record_kind: RECORD_KIND_REAL
    })pb"));
  gateway::v1::GetOverviewRequest request;
  request.set_sector("sectorTables/automotive");
  EXPECT_THAT(
      Plain(Language::kSpanish, [&](Printer& printer) { Print(printer, request, overview); }),
      AllOf(HasSubstr("sector Automotriz, sectorTables/automotive; todo el país"),
            HasSubstr("clases SCIAN: 336 (puente-proposal, 2026-01-01)")));
}

TEST(Dossier, SaysThatItIsNotSignedAndShowsDigests) {
  const auto dossier = Of<gateway::v1::DossierPreview>(
      absl::StrCat(R"pb(
                     microcredential_version: "microcredentials/welding/versions/1"
                     signature_state: SIGNATURE_STATE_UNSIGNED
                     compose_time { seconds: 1600000000 }
                     definition { provenance { digest: "\xab\xcd")pb",
                   kFresh, R"pb(}
                                version {
        name: "microcredentials/welding/versions/1"
        state: MICROCREDENTIAL_STATE_PUBLISHED
        title_es: "Soldadura TIG"
        awarding_body: "CECATI 1"
        country_code: "MX"
        issue_date { year: 2026 month: 5 day: 4 }
        workload_hours: 120
        assessment_type: ASSESSMENT_TYPE_PERFORMANCE
        participation_form: PARTICIPATION_FORM_ON_SITE
        quality_assurance: "interno"
        outcomes { statement: "Suelda." skills: "skills/welding" hours: 80 }
        source: "puente-sample"
        record_kind: RECORD_KIND_GENERATED
      }
    })pb"));
  EXPECT_THAT(Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, dossier); }),
              AllOf(HasSubstr("Dossier: microcredentials/welding/versions/1\n  NOT SIGNED"),
                    HasSubstr("title              Soldadura TIG\n"),
                    HasSubstr("assessment         observed performance\n"),
                    HasSubstr("  1. Suelda. (80 h; skills: welding)\n"), HasSubstr("digest abcd\n"),
                    HasSubstr("DEMAND  what companies say they need\n  MISSING")));
}

}  // namespace
}  // namespace puente::cli
