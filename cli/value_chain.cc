#include "cli/value_chain.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format.h"
#include "cli/gaps.h"
#include "cli/provenance.h"

namespace puente::cli {
namespace {

using gateway::v1::GetValueChainGapsRequest;
using gateway::v1::StageGaps;
using gateway::v1::ValueChainGaps;

constexpr Label kHeading{"Value chain: people needed and seats taught, stage by stage",
                         "Cadena de valor: personas requeridas y lugares, etapa por etapa"};
constexpr Label kSuppliedBy{"supplied by", "la abastecen"};
constexpr Label kSupplies{"supplies", "abastece a"};
constexpr Label kUntaught{"of these skills nobody teaches", "de estas habilidades nadie enseña"};
constexpr Label kNoSkills{"no skill is told to be needed: withheld, or nobody stated one",
                          "no se publica ninguna habilidad: reservada, o nadie la declaró"};
constexpr Label kMoreSkills{"more skills are needed than these",
                            "se requieren más habilidades que estas"};
constexpr Label kCoarse{"some statements name too coarse a class to tell whether they belong here",
                        "algunas declaraciones nombran una clase muy general para saber si son de "
                        "aquí"};
constexpr Label kNobody{"nobody", "nadie"};

std::string AskedFor(Printer& printer, const GetValueChainGapsRequest& request,
                     const ValueChainGaps& gaps) {
  const economy::v1::ValueChain& chain = gaps.chain().chain();
  const std::string& label = printer.language() == Language::kSpanish || chain.label_en().empty()
                                 ? chain.label_es()
                                 : chain.label_en();
  return absl::StrCat(label.empty() ? request.value_chain() : label, "; ",
                      request.state_code().empty() ? printer.Say(label::kWholeCountry)
                                                   : StateText(request.state_code()));
}

void PrintNeighbours(Printer& printer, const Label& label,
                     const google::protobuf::RepeatedPtrField<std::string>& stages) {
  if (stages.empty()) return;
  printer.Line(absl::StrCat(printer.Say(label), ": ", absl::StrJoin(stages, ", ")));
}

std::string SeatsText(Printer& printer, const gateway::v1::StageSkill& skill) {
  return skill.nowhere_taught() ? printer.Say(kNobody)
                                : FigureText(skill.seats_taught(), printer.language());
}

void PrintSkills(Printer& printer, const StageGaps& stage) {
  if (stage.skills().empty()) return printer.Line(printer.Say(kNoSkills));
  Table table({{printer.Say(label::kSkill), Column::kLeft, 36},
               {printer.Say(label::kHeads), Column::kRight},
               {printer.Say(label::kSeatsTaught), Column::kRight}});
  for (const gateway::v1::StageSkill& skill : stage.skills()) {
    table.Add({LastId(skill.skill()), FigureText(skill.people_needed(), printer.language()),
               SeatsText(printer, skill)});
  }
  printer.Print(table);
  printer.EmptyLine();
  if (stage.more_skills()) printer.Line(printer.Say(kMoreSkills));
  printer.Line(absl::StrCat(printer.Say(kUntaught), ": ",
                            FigureText(stage.untaught_count(), printer.language())));
}

void PrintStage(Printer& printer, const StageGaps& stage) {
  const std::string& title = printer.language() == Language::kSpanish || stage.title_en().empty()
                                 ? stage.title_es()
                                 : stage.title_en();
  printer.Heading(title.empty() ? stage.stage() : absl::StrCat(stage.stage(), "  ", title));
  PrintNeighbours(printer, kSuppliedBy, stage.suppliers());
  PrintNeighbours(printer, kSupplies, stage.customers());
  PrintSkills(printer, stage);
  if (stage.could_not_split()) printer.Line(printer.Say(kCoarse));
}

}  // namespace

void Print(Printer& printer, const GetValueChainGapsRequest& request, const ValueChainGaps& gaps) {
  printer.Heading(printer.Say(kHeading));
  printer.Line(AskedFor(printer, request, gaps));
  HasAnswer(printer, gaps.chain().provenance());
  for (const StageGaps& stage : gaps.stages()) PrintStage(printer, stage);
  printer.Heading(printer.Say(label::kDemand));
  if (HasAnswer(printer, gaps.demand().provenance())) {
    PrintRecordKind(printer, gaps.demand().demand().record_kind());
    printer.Line(printer.Say(label::kNeedOfAllPeriods));
    PrintProvenance(printer, gaps.demand().provenance());
  }
  printer.Heading(printer.Say(label::kTaught));
  if (HasAnswer(printer, gaps.seats().provenance())) {
    PrintSeatsOf(printer, gaps.seats().seats());
    PrintProvenance(printer, gaps.seats().provenance());
  }
}

}  // namespace puente::cli
