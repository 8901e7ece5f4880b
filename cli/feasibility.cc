#include "cli/feasibility.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format.h"
#include "cli/place_tables.h"
#include "cli/provenance.h"
#include "cli/width.h"
#include "cli/words.h"

namespace puente::cli {
namespace {

using education::v1::TaughtProgram;
using education::v1::TeachingSite;
using gateway::v1::CampusFeasibility;
using gateway::v1::CheckFeasibilityRequest;
using gateway::v1::Feasibility;
using gateway::v1::FeasibilityGap;
using gateway::v1::FeasibilityNeed;
using gateway::v1::FindSchoolsRequest;
using gateway::v1::FindSchoolsResponse;

constexpr size_t kWidth = 76;  // of a line below its indent

constexpr Label kHeading{"Feasibility: which campuses could teach it, and with what",
                         "Factibilidad: qué planteles podrían enseñarlo y con qué"};
constexpr Label kSchoolsHeading{"Who teaches it, and when", "Quién lo enseña y cuándo"};
constexpr Label kLearners{"learners", "estudiantes"};
constexpr Label kPerTeacher{"learners a teacher", "estudiantes por docente"};
constexpr Label kFromDay{"from", "desde"};
constexpr Label kLeftOut{"of these skills nothing is said, there are too many",
                         "de estas habilidades no se dice nada, son demasiadas"};
constexpr Label kNoCampuses{"No campus here is known to teach any of it or to have the workshop.",
                            "No se sabe de ningún plantel de aquí que lo enseñe o tenga taller."};
constexpr Label kNoSchools{"No school is known to teach any of it.",
                           "No se sabe de ninguna escuela que lo enseñe."};
constexpr Label kMore{"There are more: --limit shows them.", "Hay más: --limit los muestra."};
constexpr Label kUses{"uses", "usa"};
constexpr Label kTeaching{"CAMPUSES", "PLANTELES"};
constexpr Label kSchools{"SCHOOLS", "ESCUELAS"};
constexpr Label kPlaces{"TRAINING PLACES in the state", "PLAZAS DE FORMACIÓN en el estado"};
constexpr Label kNoPlaces{"none fits", "ninguna sirve"};
constexpr Label kProposal{"PROPOSAL", "PROPUESTA"};
constexpr Label kStatement{"NEED", "NECESIDAD"};
constexpr Label kPlace{"TRAINING PLACE", "PLAZA DE FORMACIÓN"};

// Of shared workshops.
constexpr Label kAgreementNone{"by an agreement that is not there yet",
                               "por un convenio que aún no hay"};
constexpr Label kAgreementHidden{"whether there is an agreement is not told to you",
                                 "si hay convenio no se le informa a usted"};

// Schools.
constexpr Label kNextStart{"next start", "próximo inicio"};
constexpr Label kNoStart{"no start is stated", "no se indica inicio"};
constexpr Label kTeaches{"teaches", "enseña"};
constexpr Label kSeatsShort{"seats", "lugares"};
constexpr Label kNoSeats{"no seats are stated", "no se indican lugares"};
constexpr Label kMicrocredential{"microcredential", "microcredencial"};
constexpr Label kOfOrganization{"of the organization, at no campus",
                                "de la organización, en ningún plantel"};

std::string In(Printer& printer, const std::string& es, const std::string& en) {
  return printer.language() == Language::kSpanish || en.empty() ? es : en;
}

std::string IdsOf(const google::protobuf::RepeatedPtrField<std::string>& names) {
  return absl::StrJoin(
      names, ", ", [](std::string* out, const std::string& name) { out->append(LastId(name)); });
}

void Line(Printer& printer, absl::string_view indent, absl::string_view text) {
  printer.Line(absl::StrCat(indent, Fit(text, kWidth - indent.size())));
}
// Names stand whole, so that they can be copied.
void Name(Printer& printer, absl::string_view indent, absl::string_view name) {
  if (!name.empty()) printer.Line(absl::StrCat(indent, name));
}

const Label& LabelOf(gateway::v1::FeasibilityVerdict value) {
  static constexpr Word kWords[] = {
      {gateway::v1::FEASIBILITY_VERDICT_NOW, {"NOW", "YA"}},
      {gateway::v1::FEASIBILITY_VERDICT_WITH, {"WITH", "CON"}},
      {gateway::v1::FEASIBILITY_VERDICT_NOT_KNOWN, {"NOT KNOWN", "NO SE SABE"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::FeasibilityNeedKind value) {
  static constexpr Word kWords[] = {
      {gateway::v1::FEASIBILITY_NEED_KIND_REGISTRATION,
       {"its registration to be in force", "que su registro esté vigente"}},
      {gateway::v1::FEASIBILITY_NEED_KIND_PROGRAM,
       {"a program that teaches", "un programa que enseñe"}},
      {gateway::v1::FEASIBILITY_NEED_KIND_SEATS,
       {"seats stated in a program that teaches", "lugares en un programa que enseña"}},
      {gateway::v1::FEASIBILITY_NEED_KIND_RVOE,
       {"an RVOE of a program that teaches", "un RVOE del programa que enseña"}},
      {gateway::v1::FEASIBILITY_NEED_KIND_TEACHERS_TO_TRAIN,
       {"teachers brought up to date in", "docentes por actualizar en"}},
      {gateway::v1::FEASIBILITY_NEED_KIND_TEACHERS_MISSING,
       {"more teachers of", "más docentes de"}},
      {gateway::v1::FEASIBILITY_NEED_KIND_SHARED_WORKSHOP,
       {"a shared workshop for", "un taller compartido para"}},
      {gateway::v1::FEASIBILITY_NEED_KIND_EQUIPMENT_MISSING,
       {"workshops or equipment for", "talleres o equipo para"}},
      {gateway::v1::FEASIBILITY_NEED_KIND_TRAINING_PLACES,
       {"more training places", "más plazas de formación"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::FeasibilitySubject value) {
  static constexpr Word kWords[] = {
      {gateway::v1::FEASIBILITY_SUBJECT_PROGRAMS,
       {"which programs teach", "qué programas enseñan"}},
      {gateway::v1::FEASIBILITY_SUBJECT_TEACHERS,
       {"how many teachers are up to date in", "cuántos docentes están al día en"}},
      {gateway::v1::FEASIBILITY_SUBJECT_FACILITIES,
       {"which workshops there are for", "qué talleres hay para"}},
      {gateway::v1::FEASIBILITY_SUBJECT_TRAINING_PLACES,
       {"how many training places are free", "cuántas plazas de formación hay libres"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::FeasibilityGapReason value) {
  static constexpr Word kWords[] = {
      {gateway::v1::FEASIBILITY_GAP_REASON_HIDDEN, {"withheld from you", "reservado para usted"}},
      {gateway::v1::FEASIBILITY_GAP_REASON_UNKNOWN,
       {"no answer, or no rule", "sin respuesta, o sin regla"}},
      {gateway::v1::FEASIBILITY_GAP_REASON_NOT_ASKED,
       {"not asked, or more than can be looked at", "sin preguntar, o más de lo que se puede ver"}},
  };
  return Find(kWords, value);
}

// "+ 3 teachers brought up to date in welding"
void PrintNeed(Printer& printer, const FeasibilityNeed& need) {
  std::string text = "+ ";
  const bool counts_teachers =
      need.kind() == gateway::v1::FEASIBILITY_NEED_KIND_TEACHERS_TO_TRAIN ||
      need.kind() == gateway::v1::FEASIBILITY_NEED_KIND_TEACHERS_MISSING ||
      need.kind() == gateway::v1::FEASIBILITY_NEED_KIND_TRAINING_PLACES;
  if (counts_teachers) absl::StrAppend(&text, CountText(need.count()), " ");
  absl::StrAppend(&text, printer.Say(LabelOf(need.kind())));
  if (!need.skill().empty()) absl::StrAppend(&text, " ", LastId(need.skill()));
  if (need.has_count() && !counts_teachers) {
    absl::StrAppend(&text, ": ", CountText(need.count()), " ", printer.Say(kSeatsShort));
  }
  Line(printer, "    ", text);
  Name(printer, "      ", need.facility());
  if (!need.facility().empty()) {
    Line(printer, "      ",
         printer.Say(need.terms() == education::v1::FACILITY_TERMS_HIDDEN ? kAgreementHidden
                                                                          : kAgreementNone));
  }
  Name(printer, "      ", need.program_version());
}

// "? how many teachers are up to date in welding: withheld from you (education)"
void PrintGap(Printer& printer, const FeasibilityGap& gap) {
  std::string text = absl::StrCat("? ", printer.Say(LabelOf(gap.subject())));
  if (!gap.skill().empty()) absl::StrAppend(&text, " ", LastId(gap.skill()));
  Line(printer, "    ", text);
  Line(printer, "      ",
       absl::StrCat(printer.Say(LabelOf(gap.reason())), " (", gap.agency(), ")"));
}

std::string WhereOf(const TeachingSite& site) {
  return absl::StrCat(site.municipality(), site.municipality().empty() ? "" : ", ",
                      StateText(site.state_code()));
}

void PrintCampus(Printer& printer, const CampusFeasibility& one) {
  const TeachingSite& site = one.site();
  Line(printer, "",
       absl::StrCat(PadRight(printer.Say(LabelOf(one.verdict())), 12), site.campus().title_es(),
                    ", ", site.legal_name(), "; ", WhereOf(site)));
  Name(printer, "    ", site.campus().name());
  for (const FeasibilityNeed& need : one.needs()) PrintNeed(printer, need);
  for (const FeasibilityGap& gap : one.unknowns()) PrintGap(printer, gap);
  for (const std::string& facility : one.uses()) {
    Name(printer, "    ", absl::StrCat("= ", printer.Say(kUses), " ", facility));
  }
}

// Of a section that was asked for.
void PrintSection(Printer& printer, const Label& heading, const gateway::v1::Provenance& origin) {
  if (origin.agency().empty()) return;
  printer.Heading(printer.Say(heading));
  if (HasAnswer(printer, origin)) PrintProvenance(printer, origin);
}

void PrintAsked(Printer& printer, const google::protobuf::RepeatedPtrField<std::string>& skills,
                const google::protobuf::RepeatedPtrField<std::string>& left_out) {
  Line(printer, "", IdsOf(skills));
  if (left_out.empty()) return;
  Line(printer, "", absl::StrCat(printer.Say(kLeftOut), ":"));
  Line(printer, "", IdsOf(left_out));
}

void PrintPlaces(Printer& printer, const gateway::v1::FeasibilityPlacesSection& section) {
  printer.Heading(printer.Say(kPlaces));
  if (!HasAnswer(printer, section.provenance())) return;
  if (section.places().matches().empty()) {
    printer.Line(printer.Say(kNoPlaces));
  } else {
    printer.Print(TableOfMatches(printer.language(), section.places().matches()));
    printer.EmptyLine();
  }
  PrintProvenance(printer, section.provenance());
}

const Label& LabelOf(education::v1::SiteNearness value) {
  static constexpr Word kWords[] = {
      {education::v1::SITE_NEARNESS_SAME_MUNICIPALITY, {"same town", "mismo municipio"}},
      {education::v1::SITE_NEARNESS_SAME_STATE, {"same state", "mismo estado"}},
      {education::v1::SITE_NEARNESS_OTHER_STATE, {"other state", "otro estado"}},
  };
  return Find(kWords, value);
}

std::string NearnessText(Printer& printer, education::v1::SiteNearness nearness) {
  if (nearness == education::v1::SITE_NEARNESS_UNSPECIFIED) return "";
  return absl::StrCat("; ", printer.Say(LabelOf(nearness)));
}

std::string SeatsText(Printer& printer, const TaughtProgram& program) {
  if (program.seats().empty()) return printer.Say(kNoSeats);
  return absl::StrCat(printer.Say(kSeatsShort), ": ",
                      absl::StrJoin(program.seats(), ", ", [](std::string* out, const auto& one) {
                        absl::StrAppend(out, one.period(), " ", CountText(one.seats()));
                      }));
}

void PrintSite(Printer& printer, const TeachingSite& site) {
  const std::string title = site.has_campus() ? absl::StrCat(site.campus().title_es(), ", ") : "";
  Line(printer, "",
       absl::StrCat(title, site.legal_name(), "; ", WhereOf(site),
                    NearnessText(printer, site.nearness())));
  Name(printer, "    ", site.has_campus() ? site.campus().name() : site.organization());
  if (!site.has_campus()) Line(printer, "    ", printer.Say(kOfOrganization));
  for (const TaughtProgram& program : site.programs()) {
    Line(printer, "    ", In(printer, program.title_es(), program.title_en()));
    Name(printer, "      ", program.program_version());
    Line(printer, "      ", absl::StrCat(printer.Say(kTeaches), ": ", IdsOf(program.skills())));
    Line(printer, "      ", SeatsText(printer, program));
    Line(printer, "      ",
         program.has_next_start_date()
             ? absl::StrCat(printer.Say(kNextStart), ": ", DateText(program.next_start_date()))
             : printer.Say(kNoStart));
  }
  for (const auto& one : site.microcredentials()) {
    Line(printer, "    ",
         absl::StrCat(printer.Say(kMicrocredential), ": ",
                      In(printer, one.title_es(), one.title_en())));
    Name(printer, "      ", one.microcredential_version());
    Line(printer, "      ", absl::StrCat(printer.Say(kTeaches), ": ", IdsOf(one.skills())));
  }
}

// What stands under the heading of what Education says; false if there is nothing to show.
bool BeginTeaching(Printer& printer, const Label& heading, const gateway::v1::Provenance& origin,
                   type::v1::RecordKind kind, bool empty, const Label& none) {
  printer.Heading(printer.Say(heading));
  if (!HasAnswer(printer, origin)) return false;
  PrintRecordKind(printer, kind);
  if (empty) printer.Line(printer.Say(none));
  return true;
}

void EndTeaching(Printer& printer, const gateway::v1::Provenance& origin, bool more) {
  if (more) printer.Line(printer.Say(kMore));
  printer.EmptyLine();
  PrintProvenance(printer, origin);
}

}  // namespace

void Print(Printer& printer, const CheckFeasibilityRequest& request, const Feasibility& told) {
  printer.Heading(printer.Say(kHeading));
  PrintAsked(printer, told.skills(), told.skills_left_out());
  const std::string where =
      request.state_code().empty() ? "" : absl::StrCat(StateText(request.state_code()), "; ");
  Line(printer, "",
       absl::StrCat(where, CountText(told.seat_count()), " ", printer.Say(kLearners), ", ",
                    printer.Say(kFromDay), " ", DateText(told.begin_date()), "; ",
                    CountText(told.learners_per_teacher()), " ", printer.Say(kPerTeacher)));
  PrintSection(printer, kProposal, told.proposal());
  if (BeginTeaching(printer, kTeaching, told.teaching(), told.record_kind(),
                    told.campuses().empty(), kNoCampuses)) {
    for (const CampusFeasibility& one : told.campuses()) PrintCampus(printer, one);
    EndTeaching(printer, told.teaching(), !told.next_page_token().empty());
  }
  PrintPlaces(printer, told.places());
}

void Print(Printer& printer, const FindSchoolsRequest&, const FindSchoolsResponse& found) {
  printer.Heading(printer.Say(kSchoolsHeading));
  PrintAsked(printer, found.skills(), found.skills_left_out());
  PrintSection(printer, kStatement, found.demand_statement());
  PrintSection(printer, kPlace, found.training_place());
  if (!BeginTeaching(printer, kSchools, found.teaching(), found.record_kind(),
                     found.sites().empty(), kNoSchools)) {
    return;
  }
  for (const TeachingSite& site : found.sites()) PrintSite(printer, site);
  EndTeaching(printer, found.teaching(), !found.next_page_token().empty());
}

}  // namespace puente::cli
