#include "cli/gaps.h"

#include <gmock/gmock.h>

#include "cli/sections.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kGapsText[] = R"pb(
  skill_gaps {
    skill: "skills/english"
    people_needed { value: 300 }
    seats_taught { value: 120 }
    difference { value: 180 }
    seats_without_state { value: 0 }
    sector_tables { value: 7 }
  }
  skill_gaps {
    skill: "skills/plc"
    people_needed { hole: HOLE_HIDDEN }
    seats_taught { value: 0 }
    difference { hole: HOLE_HIDDEN }
    seats_without_state { value: 0 }
    sector_tables { hole: HOLE_NOT_ASKED }
  }
  skill_gaps {
    skill: "skills/welding"
    people_needed { value: 1200 }
    seats_taught { value: 20 }
    difference { value: 1180 }
    seats_without_state { value: 3 }
    sector_tables { hole: HOLE_NOT_ASKED }
  }
  holes { hole: HOLE_HIDDEN text: "Withheld, or nobody stated it." }
  holes { hole: HOLE_NOT_ASKED text: "The question does not ask for it." }
  demand {
    provenance {
      agency: "economy"
      state: SECTION_STATE_FRESH
      as_of_time { seconds: 1600000000 }
    }
    demand {
      record_kind: RECORD_KIND_GENERATED
      sector_table_count: 12
      sources: "puente-sample"
      first_date { year: 2027 month: 1 day: 1 }
      last_date { year: 2027 month: 12 day: 31 }
    }
  }
  seats {
    provenance {
      agency: "education"
      state: SECTION_STATE_FRESH
      as_of_time { seconds: 1600000000 }
    }
    seats {
      record_kind: RECORD_KIND_REAL
      period: "2026-2027"
      total {
        seat_count: 140
        program_count: 2
        organization_count: 1
        graduate_count: 51
        graduate_program_count: 1
      }
      sources: "organization.a"
      more_sources: true
    }
  }
  posts {
    provenance {
      agency: "labor"
      state: SECTION_STATE_MISSING
      failure { reason: "AGENCY_LATE" message: "labor was late." }
    }
    post_count { hole: HOLE_UNKNOWN }
  }
)pb";

gateway::v1::ListSkillGapsResponse Gaps() {
  auto gaps = Of<gateway::v1::ListSkillGapsResponse>(kGapsText);
  SortGaps(gaps);
  return gaps;
}

TEST(Gaps, AreShownWithTheLargestDifferenceFirst) {
  std::vector<std::string> skills;
  const gateway::v1::ListSkillGapsResponse gaps = Gaps();
  for (const auto& gap : gaps.skill_gaps()) skills.push_back(gap.skill());
  EXPECT_THAT(skills, ElementsAre("skills/welding", "skills/english", "skills/plc"));
}

TEST(Gaps, OfSeveralPagesSayWhatOneOfThemLacks) {
  gateway::v1::ListSkillGapsResponse all = Gaps();
  gateway::v1::ListSkillGapsResponse page = Gaps();
  const int skills = all.skill_gaps_size();
  const int holes = all.holes_size();
  page.mutable_seats()->clear_seats();
  page.mutable_seats()->mutable_provenance()->set_state(gateway::v1::SECTION_STATE_MISSING);
  page.add_holes()->set_hole(gateway::v1::HOLE_UNSPECIFIED);
  AddPage(page, all);
  EXPECT_EQ(all.skill_gaps_size(), 2 * skills);
  EXPECT_EQ(all.holes_size(), holes + 1) << "each meaning once";
  EXPECT_EQ(all.seats().provenance().state(), gateway::v1::SECTION_STATE_MISSING);
  EXPECT_EQ(all.demand().provenance().state(), gateway::v1::SECTION_STATE_FRESH);
  gateway::v1::ListSkillGapsResponse whole = Gaps();
  AddPage(whole, all);
  EXPECT_EQ(all.seats().provenance().state(), gateway::v1::SECTION_STATE_MISSING);
}

TEST(Gaps, LineUpWithHolesInWordsAndSayWhatTheyAreOf) {
  gateway::v1::ListSkillGapsRequest request;
  request.set_state_code("11");
  const std::string text =
      Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, request, Gaps()); });
  EXPECT_THAT(
      text,
      AllOf(HasSubstr("  all sectors; 11 Guanajuato\n"),
            HasSubstr("  skill     people needed  seats taught      difference  seats without "
                      "campus\n"),
            HasSubstr("  welding           1,200            20           1,180                     "
                      "3\n"),
            HasSubstr("  plc      hidden or none          none  hidden or none                  "
                      "none\n")));
  EXPECT_THAT(text, AllOf(HasSubstr("  hidden or none: Withheld, or nobody stated it.\n"),
                          HasSubstr("needed in 1 January 2027 to 31 December 2027"),
                          HasSubstr("GENERATED SAMPLE"), HasSubstr("school cycle 2026-2027"),
                          HasSubstr("programs: 2; organizations: 1; graduates: 51, of programs "
                                    "that state them: 1"),
                          HasSubstr("source: organization.a, and more"),
                          HasSubstr("MISSING (labor): labor was late. [AGENCY_LATE]"),
                          Not(HasSubstr("sector tables"))));
}

TEST(Gaps, OfTransversalSkillsSayInHowManyTables) {
  gateway::v1::ListSkillGapsRequest request;
  request.set_kind(gateway::v1::SKILL_GAP_KIND_TRANSVERSAL);
  EXPECT_THAT(Plain(Language::kSpanish, [&](Printer& printer) { Print(printer, request, Gaps()); }),
              AllOf(HasSubstr("más de la mitad de las mesas con demanda"), HasSubstr("7 de 12"),
                    HasSubstr("reservado o no hay"), HasSubstr("diferencia  mesas sectoriales")));
}

TEST(Dossier, SaysWhatItsVacanciesAreAndShowsSeatsOfItsSkillsAlone) {
  gateway::v1::DossierPreview dossier;
  *dossier.mutable_seats() = Of<gateway::v1::SkillSeatsSection>(R"pb(
    provenance {
      agency: "education"
      state: SECTION_STATE_FRESH
      as_of_time { seconds: 1600000000 }
    }
    seats {
      skill_seats {
        skill: "skills/welding"
        seats { seat_count: 60 program_count: 2 organization_count: 1 }
      }
      period: "2026-2027"
    }
  )pb");
  *dossier.mutable_employment() = Of<gateway::v1::EmploymentSection>(R"pb(
    provenance {
      agency: "labor"
      state: SECTION_STATE_FRESH
      as_of_time { seconds: 1600000000 }
    }
    statistics { vacancy_count: 3 }
    about: "All open vacancies of Hidalgo, of every occupation."
  )pb");
  EXPECT_THAT(Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, dossier); }),
              AllOf(HasSubstr("All open vacancies of Hidalgo, of every occupation.\n"),
                    HasSubstr("  welding            60         2              1\n"),
                    Not(HasSubstr("seats, each once"))));
}

}  // namespace
}  // namespace puente::cli
