#include "cli/value_chain.h"

#include <gmock/gmock.h>

#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kGaps[] = R"pb(
  chain {
    provenance { agency: "economy" state: SECTION_STATE_FRESH }
    chain { label_es: "Vehículos" label_en: "Vehicles" }
  }
  demand {
    provenance { agency: "economy" state: SECTION_STATE_FRESH }
    demand { record_kind: RECORD_KIND_GENERATED }
  }
  seats {
    provenance { agency: "education" state: SECTION_STATE_FRESH }
    seats { record_kind: RECORD_KIND_REAL period: "2026-2027" sources: "sep" }
  }
  stages {
    stage: "parts"
    title_es: "Partes"
    title_en: "Parts"
    customers: "cars"
    skills {
      skill: "skills/welding"
      people_needed { value: 1200 }
      seats_taught { value: 0 }
      nowhere_taught: true
    }
    skills {
      skill: "skills/plc"
      people_needed { value: 300 }
      seats_taught { value: 45 }
    }
    untaught_count { value: 1 }
    more_skills: true
  }
  stages {
    stage: "cars"
    title_es: "Autos"
    suppliers: "parts"
    untaught_count { value: 0 }
    could_not_split: true
  }
)pb";

std::string Printed(Language language, const std::string& text) {
  const auto request =
      Of<gateway::v1::GetValueChainGapsRequest>(R"pb(value_chain: "valueChains/vehicles"
                                                     state_code: "11")pb");
  const auto gaps = Of<gateway::v1::ValueChainGaps>(text);
  return Plain(language, [&](Printer& printer) { Print(printer, request, gaps); });
}

TEST(ValueChain, IsToldStageByStageBesideItsNeighbours) {
  const std::string text = Printed(Language::kEnglish, kGaps);
  EXPECT_THAT(text, AllOf(HasSubstr("Vehicles; Guanajuato\n"), HasSubstr("parts  Parts\n"),
                          HasSubstr("supplies: cars\n"), HasSubstr("supplied by: parts\n")));
  EXPECT_THAT(text, HasSubstr("  skill    people needed  seats taught\n"));
  EXPECT_THAT(text, HasSubstr("  welding          1,200        nobody\n"
                              "  plc                300            45\n"));
  EXPECT_THAT(text, AllOf(HasSubstr("of these skills nobody teaches: 1\n"),
                          HasSubstr("more skills are needed than these\n"),
                          HasSubstr("no skill is told to be needed: withheld, or nobody"),
                          HasSubstr("too coarse a class")));
  EXPECT_THAT(text, AllOf(HasSubstr("GENERATED SAMPLE"), HasSubstr("school cycle 2026-2027"),
                          HasSubstr("real records; source: sep")));
}

TEST(ValueChain, IsToldInSpanish) {
  EXPECT_THAT(Printed(Language::kSpanish, kGaps),
              AllOf(HasSubstr("Vehículos; Guanajuato"), HasSubstr("parts  Partes"),
                    HasSubstr("la abastecen: parts"), HasSubstr("nadie")));
}

TEST(ValueChain, SaysWhichAgencyDoesNotAnswer) {
  const std::string text = Printed(Language::kEnglish, R"pb(
    chain {
      provenance {
        agency: "economy"
        state: SECTION_STATE_MISSING
        failure { reason: "AGENCY_LATE" message: "late" }
      }
    }
    demand { provenance { agency: "economy" state: SECTION_STATE_FRESH } }
    seats {
      provenance {
        agency: "education"
        state: SECTION_STATE_NOT_ASKED
        failure { reason: "NO_STAGE_SKILLS" message: "none" }
      }
    })pb");
  EXPECT_THAT(text, AllOf(HasSubstr("valueChains/vehicles; Guanajuato"),
                          HasSubstr("MISSING (economy): late [AGENCY_LATE]"),
                          HasSubstr("NOT ASKED (education): none [NO_STAGE_SKILLS]")));
  EXPECT_THAT(text, Not(HasSubstr("seats have no sector")));
}

}  // namespace
}  // namespace puente::cli
