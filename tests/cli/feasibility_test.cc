#include "cli/feasibility.h"

#include <gmock/gmock.h>

#include "absl/strings/str_split.h"
#include "cli/width.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTold[] = R"pb(
  skills: "skills/welding"
  seat_count: 40
  learners_per_teacher: 30
  begin_date { year: 2027 month: 1 day: 11 }
  record_kind: RECORD_KIND_GENERATED
  teaching { agency: "education" state: SECTION_STATE_FRESH }
  places {
    provenance {
      agency: "economy"
      state: SECTION_STATE_NOT_ASKED
      failure { reason: "NO_ONE_STATE" message: "one state" }
    }
  }
  campuses {
    verdict: FEASIBILITY_VERDICT_NOW
    site {
      legal_name: "Instituto Tecnológico Superior de la Región Industrial del Bajío Oriente"
      campus { name: "organizations/a/campuses/a" title_es: "León" }
      state_code: "11"
      municipality: "León"
    }
    uses: "facilities/shared"
  }
  campuses {
    verdict: FEASIBILITY_VERDICT_WITH
    site {
      campus { name: "organizations/b/campuses/b" }
      state_code: "11"
    }
    needs {
      kind: FEASIBILITY_NEED_KIND_TEACHERS_TO_TRAIN
      skill: "skills/welding"
      program_version: "programs/p/versions/1"
      count: 2
    }
    needs {
      kind: FEASIBILITY_NEED_KIND_SHARED_WORKSHOP
      skill: "skills/welding"
      facility: "facilities/taller"
      terms: FACILITY_TERMS_HIDDEN
      count: 20
    }
    needs {
      kind: FEASIBILITY_NEED_KIND_EQUIPMENT_MISSING
      skill: "skills/welding-of-thin-sheets-of-stainless-steel-in-the-overhead-position"
      count: 20
    }
  }
  campuses {
    verdict: FEASIBILITY_VERDICT_NOT_KNOWN
    site {
      campus { name: "organizations/c/campuses/c" }
      state_code: "11"
    }
    unknowns {
      subject: FEASIBILITY_SUBJECT_TEACHERS
      skill: "skills/welding"
      reason: FEASIBILITY_GAP_REASON_HIDDEN
      agency: "education"
    }
    unknowns {
      subject: FEASIBILITY_SUBJECT_TRAINING_PLACES
      reason: FEASIBILITY_GAP_REASON_UNKNOWN
      agency: "economy"
    }
  }
  next_page_token: "more"
)pb";

constexpr char kFound[] = R"pb(
  skills: "skills/welding"
  teaching { agency: "education" state: SECTION_STATE_FRESH }
  sites {
    organization: "organizations/a"
    legal_name: "Escuela"
    campus { name: "organizations/a/campuses/a" title_es: "León" }
    state_code: "11"
    municipality: "León"
    nearness: SITE_NEARNESS_SAME_MUNICIPALITY
    programs {
      program_version: "programs/p/versions/1"
      title_es: "Soldadura"
      title_en: "Welding"
      skills: "skills/welding"
      seats { period: "2027-2028" seats: 1200 }
      next_start_date { year: 2027 month: 8 day: 1 }
    }
    programs { program_version: "programs/q/versions/1" title_es: "Otra" skills: "skills/welding" }
  }
  sites {
    organization: "organizations/b"
    legal_name: "Otra escuela"
    state_code: "09"
    nearness: SITE_NEARNESS_OTHER_STATE
    microcredentials {
      microcredential_version: "microcredentials/tig/versions/1"
      title_es: "TIG"
      skills: "skills/welding"
    }
  }
)pb";

std::string Printed(Language language, const std::string& text = kTold) {
  const auto request = Of<gateway::v1::CheckFeasibilityRequest>(R"pb(skills: "skills/welding"
                                                                     state_code: "11")pb");
  const auto told = Of<gateway::v1::Feasibility>(text);
  return Plain(language, [&](Printer& printer) { Print(printer, request, told); });
}
std::string Schools(Language language, const std::string& text = kFound) {
  const auto found = Of<gateway::v1::FindSchoolsResponse>(text);
  return Plain(language,
               [&](Printer& printer) { Print(printer, gateway::v1::FindSchoolsRequest(), found); });
}

TEST(Feasibility, IsToldCampusByCampus) {
  const std::string text = Printed(Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("Guanajuato; 40 learners, from 2027-01-11; 30 learners a teacher\n"));
  EXPECT_THAT(text, AllOf(HasSubstr("  NOW         León, Instituto"),
                          HasSubstr("= uses facilities/shared\n")));
  EXPECT_THAT(text, AllOf(HasSubstr("+ 2 teachers brought up to date in welding\n"),
                          HasSubstr("programs/p/versions/1\n"),
                          HasSubstr("+ a shared workshop for welding: 20 seats\n"),
                          HasSubstr("facilities/taller\n"),
                          HasSubstr("whether there is an agreement is not told to you\n")));
  EXPECT_THAT(text, AllOf(HasSubstr("? how many teachers are up to date in welding\n"),
                          HasSubstr("withheld from you (education)\n"),
                          HasSubstr("no answer, or no rule (economy)\n")));
  EXPECT_THAT(text, AllOf(HasSubstr("GENERATED SAMPLE"), HasSubstr("There are more"),
                          HasSubstr("NOT ASKED")));
}

TEST(Feasibility, IsToldInSpanish) {
  EXPECT_THAT(Printed(Language::kSpanish),
              AllOf(HasSubstr("  YA"), HasSubstr("  CON"), HasSubstr("  NO SE SABE"),
                    HasSubstr("+ 2 docentes por actualizar en welding"),
                    HasSubstr("reservado para usted (education)")));
}

TEST(Feasibility, IsNotTakenForNothingWhereNobodyAnswers) {
  const std::string text = Printed(Language::kEnglish, R"pb(
    teaching {
      agency: "education"
      state: SECTION_STATE_MISSING
      failure { reason: "AGENCY_UNAVAILABLE" message: "away" }
    }
  )pb");
  EXPECT_THAT(text, AllOf(HasSubstr("MISSING"), Not(HasSubstr("No campus here"))));
  const std::string none = Printed(Language::kEnglish, R"pb(
    teaching { agency: "education" state: SECTION_STATE_FRESH }
  )pb");
  EXPECT_THAT(none, HasSubstr("No campus here is known"));
}

TEST(Schools, AreToldWithWhatTheyTeachAndWhen) {
  const std::string text = Schools(Language::kEnglish);
  EXPECT_THAT(text, AllOf(HasSubstr("León, Escuela; León, Guanajuato; same town\n"),
                          HasSubstr("    Welding\n"), HasSubstr("seats: 2027-2028 1,200\n"),
                          HasSubstr("next start: 2027-08-01\n"), HasSubstr("    Otra\n"),
                          HasSubstr("no seats are stated\n"), HasSubstr("no start is stated\n"),
                          HasSubstr("of the organization, at no campus\n"),
                          HasSubstr("microcredential: TIG\n")));
  EXPECT_THAT(Schools(Language::kSpanish),
              AllOf(HasSubstr("mismo municipio"), HasSubstr("próximo inicio: 2027-08-01"),
                    HasSubstr("no se indican lugares")));
}

TEST(Feasibility, FitsInto80Columns) {
  for (const Language language : {Language::kEnglish, Language::kSpanish}) {
    for (const std::string& text : {Printed(language), Schools(language)}) {
      for (const auto line : absl::StrSplit(text, '\n')) {
        EXPECT_LE(DisplayWidth(line), 80) << line;
      }
    }
  }
}

}  // namespace
}  // namespace puente::cli
