#include "cli/sections.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/employment.h"
#include "cli/format.h"
#include "cli/gaps.h"
#include "cli/provenance.h"

namespace puente::cli {
namespace {

using google::protobuf::RepeatedPtrField;

void PrintSkills(Printer& printer, const RepeatedPtrField<type::v1::SkillCount>& skills,
                 const Label& unit) {
  if (skills.empty()) return;
  Table table({{printer.Say(label::kSkill)}, {printer.Say(unit), Column::kRight}});
  for (const type::v1::SkillCount& skill : skills) {
    table.Add({LastId(skill.skill()), FigureText(skill.count(), printer.language())});
  }
  printer.Print(table);
}

void PrintStates(Printer& printer, const RepeatedPtrField<type::v1::StateCount>& states) {
  if (states.empty()) return;
  Table table({{printer.Say(label::kState)}, {printer.Say(label::kPeople), Column::kRight}});
  for (const type::v1::StateCount& state : states) {
    table.Add({absl::StrCat(state.state_code(), " ", StateText(state.state_code())),
               FigureText(state.count(), printer.language())});
  }
  printer.Print(table);
}

void PrintSource(Printer& printer, type::v1::RecordKind kind,
                 const RepeatedPtrField<std::string>& sources) {
  const std::string text = SourceText(printer.language(), kind, sources);
  if (!text.empty()) printer.Line(text);
}

void Body(Printer& printer, const economy::v1::DemandSummary& summary) {
  PrintRecordKind(printer, summary.record_kind());
  PrintCouldNotSplit(printer, summary.could_not_split());
  const Language language = printer.language();
  printer.Print(std::vector<std::vector<std::string>>{
      {printer.Say(label::kHeads), FigureText(summary.head_count(), language)},
      {printer.Say(label::kCompanies), FigureText(summary.company_count(), language)}});
  PrintSkills(printer, summary.top_skills(), label::kPeople);
  PrintStates(printer, summary.states());
  printer.EmptyLine();
  if (summary.has_first_date()) {
    printer.Line(absl::StrCat(printer.Say(label::kNeededFrom), " ",
                              PeriodText(summary.first_date(), summary.last_date(), language)));
  }
  PrintSource(printer, summary.record_kind(), summary.sources());
}

void Body(Printer& printer, const education::v1::SupplySummary& summary) {
  PrintRecordKind(printer, summary.record_kind());
  PrintCouldNotSplit(printer, summary.could_not_split());
  printer.Print(std::vector<std::vector<std::string>>{
      {printer.Say(label::kMicrocredentials), CountText(summary.microcredential_count())},
      {printer.Say(label::kSeats), FigureText(summary.seat_count(), printer.language())}});
  PrintSkills(printer, summary.top_skills(), label::kMicrocredentialsShort);
  printer.EmptyLine();
  PrintSource(printer, summary.record_kind(), summary.sources());
}

void Body(Printer& printer, const science::v1::SignalSummary& summary) {
  PrintRecordKind(printer, summary.record_kind());
  PrintCouldNotSplit(printer, summary.could_not_split());
  printer.Print(std::vector<std::vector<std::string>>{
      {printer.Say(label::kSignals), CountText(summary.signal_count())},
      {printer.Say(label::kTechnologies), CountText(summary.technology_count())}});
  if (!summary.nearest().empty()) {
    Table table({{printer.Say(label::kHorizon)},
                 {printer.Say(label::kSkill)},
                 {printer.Say(label::kTechnologyColumn)},
                 {printer.Say(label::kSectorColumn)},
                 {printer.Say(label::kConfidence), Column::kRight}});
    for (const science::v1::SkillSignal& signal : summary.nearest()) {
      table.Add({DateText(signal.horizon_date()), LastId(signal.skill()),
                 LastId(signal.technology()), LastId(signal.sector_table()),
                 absl::StrCat(signal.confidence(), " / 100")});
    }
    printer.Print(table);
  }
  PrintSkills(printer, summary.top_skills(), label::kSignals);
  printer.EmptyLine();
  PrintSource(printer, summary.record_kind(), summary.sources());
}

// Statements are evidence, so nothing is cut off them.
void PrintOutcomes(Printer& printer, const education::v1::MicrocredentialVersion& version) {
  printer.EmptyLine();
  printer.Line(absl::StrCat(printer.Say(label::kOutcomes), ":"));
  int number = 0;
  for (const education::v1::LearningOutcome& outcome : version.outcomes()) {
    std::vector<std::string> skills;
    for (const std::string& skill : outcome.skills()) skills.push_back(LastId(skill));
    printer.Line(
        absl::StrCat(++number, ". ", outcome.statement(), " (",
                     outcome.hours() == 0 ? "" : absl::StrCat(CountText(outcome.hours()), " h; "),
                     printer.Say(label::kSkills), ": ", absl::StrJoin(skills, ", "), ")"));
  }
}

void Body(Printer& printer, const education::v1::MicrocredentialVersion& version) {
  PrintRecordKind(printer, version.record_kind());
  const Language language = printer.language();
  const bool english = language == Language::kEnglish && !version.title_en().empty();
  const std::vector<std::pair<Label, std::string>> facts = {
      {label::kTitle, english ? version.title_en() : version.title_es()},
      {label::kVersion, version.name()},
      {label::kRecordState, MicrocredentialStateText(version.state(), language)},
      {label::kAwardingBody, version.awarding_body()},
      {label::kCountry, version.country_code()},
      {label::kDate, DateText(version.issue_date())},
      {label::kWorkload, absl::StrCat(CountText(version.workload_hours()), " h")},
      {label::kLevel,
       version.level().empty() ? printer.Say(label::kNotApplicable) : version.level()},
      {label::kAssessment, AssessmentText(version.assessment_type(), language)},
      {label::kParticipation, ParticipationText(version.participation_form(), language)},
      {label::kAssurance, version.quality_assurance()}};
  Table table({{""}, {""}});
  for (const auto& [name, value] : facts) table.Add({printer.Say(name), value});
  printer.Print(table);
  PrintOutcomes(printer, version);
  printer.EmptyLine();
  google::protobuf::RepeatedPtrField<std::string> sources;
  *sources.Add() = version.source();
  PrintSource(printer, version.record_kind(), sources);
}

template <class Answer>
void PrintSection(Printer& printer, const Label& heading, const gateway::v1::Provenance& provenance,
                  const Answer& answer, bool digest) {
  printer.Heading(printer.Say(heading));
  if (!HasAnswer(printer, provenance)) return;
  Body(printer, answer);
  PrintProvenance(printer, provenance, digest);
}

void PrintEmployment(Printer& printer, const gateway::v1::EmploymentSection& section,
                     const labor::v1::Standards* standards, bool digest) {
  printer.Heading(printer.Say(label::kEmployment));
  if (!HasAnswer(printer, section.provenance())) return;
  if (!section.about().empty()) printer.Line(section.about());
  puente::cli::Body(printer, section.statistics(), standards);
  PrintProvenance(printer, section.provenance(), digest);
}

std::string AskedFor(Printer& printer, const gateway::v1::GetOverviewRequest& request,
                     const gateway::v1::Overview& overview) {
  std::string sector = printer.Say(label::kAllSectors);
  if (!request.sector().empty()) {
    const economy::v1::SectorTable& table = overview.sector().table();
    const std::string& name =
        printer.language() == Language::kSpanish ? table.label_es() : table.label_en();
    sector = absl::StrCat(printer.Say(label::kDimensionSector), " ",
                          name.empty() ? "" : absl::StrCat(name, ", "), request.sector());
  }
  const std::string state = request.state().empty()
                                ? printer.Say(label::kWholeCountry)
                                : absl::StrCat(printer.Say(label::kDimensionState), " ",
                                               request.state(), " ", StateText(request.state()));
  return absl::StrCat(sector, "; ", state);
}

}  // namespace

void Print(Printer& printer, const gateway::v1::SectorSection& section) {
  printer.Heading(printer.Say(label::kSector));
  if (!HasAnswer(printer, section.provenance())) return;
  const economy::v1::SectorTable& table = section.table();
  std::vector<std::string> prefixes;
  for (const economy::v1::ScianPrefix& prefix : table.scian_prefixes()) {
    prefixes.push_back(absl::StrCat(prefix.prefix(), " (", prefix.source(), ", ",
                                    DateText(prefix.effective_date()), ")"));
  }
  PrintRecordKind(printer, table.record_kind());
  printer.Line(absl::StrCat(
      printer.language() == Language::kSpanish ? table.label_es() : table.label_en(), ", ",
      table.name(), "; ", printer.Say(label::kPrefixes), ": ", absl::StrJoin(prefixes, ", ")));
  PrintProvenance(printer, section.provenance());
}

void Print(Printer& printer, const gateway::v1::DefinitionSection& section) {
  PrintSection(printer, label::kDefinition, section.provenance(), section.version(), true);
}

void Print(Printer& printer, const gateway::v1::DemandSection& section) {
  PrintSection(printer, label::kDemand, section.provenance(), section.summary(), false);
}

void Print(Printer& printer, const gateway::v1::SupplySection& section) {
  PrintSection(printer, label::kSupply, section.provenance(), section.summary(), false);
}

void Print(Printer& printer, const gateway::v1::EmploymentSection& section) {
  PrintEmployment(printer, section, nullptr, false);
}

void Print(Printer& printer, const gateway::v1::TechnologySection& section) {
  PrintSection(printer, label::kTechnology, section.provenance(), section.summary(), false);
}

void Print(Printer& printer, const gateway::v1::GetOverviewRequest& request,
           const gateway::v1::Overview& overview, const labor::v1::Standards* standards) {
  printer.Heading(printer.Say(label::kOverview));
  printer.Line(AskedFor(printer, request, overview));
  if (overview.sector().has_provenance()) Print(printer, overview.sector());
  Print(printer, overview.demand());
  Print(printer, overview.supply());
  PrintEmployment(printer, overview.employment(), standards, false);
  Print(printer, overview.technology());
}

void Print(Printer& printer, const gateway::v1::DossierPreview& dossier,
           const labor::v1::Standards* standards) {
  printer.Heading(
      absl::StrCat(printer.Say(label::kDossier), ": ", dossier.microcredential_version()));
  if (dossier.signature_state() == gateway::v1::SIGNATURE_STATE_UNSIGNED) {
    printer.Warning(printer.Say(label::kNotSigned));
  }
  printer.Line(absl::StrCat(printer.Say(label::kComposed), " ", TimeText(dossier.compose_time())));
  Print(printer, dossier.definition());
  PrintSection(printer, label::kDemand, dossier.demand().provenance(), dossier.demand().summary(),
               true);
  Print(printer, dossier.seats(), true);
  PrintSection(printer, label::kTechnology, dossier.technology().provenance(),
               dossier.technology().summary(), true);
  PrintEmployment(printer, dossier.employment(), standards, true);
}

}  // namespace puente::cli
