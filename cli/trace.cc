#include "cli/trace.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/award_figures.h"
#include "cli/format.h"
#include "cli/place_figures.h"
#include "cli/provenance.h"

namespace puente::cli {
namespace {

using gateway::v1::DemandTrace;
using gateway::v1::Provenance;
using gateway::v1::TraceDemandRequest;
using gateway::v1::TraceEnd;
using gateway::v1::TraceStage;
using gateway::v1::TraceStep;

// So that a line with day, days and step has 80 columns.
constexpr size_t kWidestName = 46;

const Label& StepLabel(gateway::v1::TraceStepKind kind) {
  static constexpr Label kUnknown{"?", "?"};
  static constexpr Label kStated{"stated", "declarada"};
  static constexpr Label kMet{"table met", "sesión"};
  static constexpr Label kAgreed{"agreed", "acuerdo"};
  static constexpr Label kProposed{"proposed", "propuesta"};
  static constexpr Label kAdopted{"adopted", "adoptada"};
  static constexpr Label kDeclined{"declined", "rechazada"};
  static constexpr Label kImplemented{"implemented", "cumplida"};
  static constexpr Label kPublished{"published", "publicada"};
  static constexpr Label kCertified{"certified", "certificada"};
  static constexpr Label kSignalled{"signalled", "señal"};
  static constexpr Label kTransferred{"transfer", "convenio"};
  static constexpr Label kSubmitted{"submitted", "presentada"};
  static constexpr Label kReturned{"returned", "devuelta"};
  static constexpr Label kRejected{"rejected", "rechazada"};
  static constexpr Label kWithdrawn{"withdrawn", "retirada"};
  static constexpr Label kLapsed{"lapsed", "caducada"};
  static constexpr Label kAwarded{"awarded", "otorgada"};
  switch (kind) {
    case gateway::v1::TRACE_STEP_KIND_STATED:
      return kStated;
    case gateway::v1::TRACE_STEP_KIND_MET:
      return kMet;
    case gateway::v1::TRACE_STEP_KIND_AGREED:
      return kAgreed;
    case gateway::v1::TRACE_STEP_KIND_PROPOSED:
      return kProposed;
    case gateway::v1::TRACE_STEP_KIND_ADOPTED:
      return kAdopted;
    case gateway::v1::TRACE_STEP_KIND_DECLINED:
      return kDeclined;
    case gateway::v1::TRACE_STEP_KIND_IMPLEMENTED:
      return kImplemented;
    case gateway::v1::TRACE_STEP_KIND_PUBLISHED:
      return kPublished;
    case gateway::v1::TRACE_STEP_KIND_CERTIFIED:
      return kCertified;
    case gateway::v1::TRACE_STEP_KIND_SIGNALLED:
      return kSignalled;
    case gateway::v1::TRACE_STEP_KIND_TRANSFERRED:
      return kTransferred;
    case gateway::v1::TRACE_STEP_KIND_SUBMITTED:
      return kSubmitted;
    case gateway::v1::TRACE_STEP_KIND_RETURNED:
      return kReturned;
    case gateway::v1::TRACE_STEP_KIND_REJECTED:
      return kRejected;
    case gateway::v1::TRACE_STEP_KIND_WITHDRAWN:
      return kWithdrawn;
    case gateway::v1::TRACE_STEP_KIND_LAPSED:
      return kLapsed;
    case gateway::v1::TRACE_STEP_KIND_AWARDED:
      return kAwarded;
    default:
      return kUnknown;
  }
}

const Label& WaitLabel(gateway::v1::TraceWait wait) {
  static constexpr Label kUnknown{"?", "?"};
  static constexpr Label kProposal{"a proposal", "una propuesta"};
  static constexpr Label kDecision{"Economy's decision", "la decisión de Economía"};
  static constexpr Label kPublication{"a published version", "una versión publicada"};
  static constexpr Label kCertification{"a certification", "una certificación"};
  static constexpr Label kSubmission{"a submission", "una solicitud"};
  static constexpr Label kBody{"a body's decision", "decisión del organismo"};
  static constexpr Label kRenewal{"a renewal", "una renovación"};
  static constexpr Label kResumption{"the body to resume", "que el organismo reanude"};
  static constexpr Label kAward{"awards that are told", "otorgamientos públicos"};
  static constexpr Label kDeclined{"nothing: declined", "nada: rechazada"};
  static constexpr Label kDone{"nothing: done", "nada: cumplida"};
  switch (wait) {
    case gateway::v1::TRACE_WAIT_PROPOSAL:
      return kProposal;
    case gateway::v1::TRACE_WAIT_DECISION:
      return kDecision;
    case gateway::v1::TRACE_WAIT_PUBLICATION:
      return kPublication;
    case gateway::v1::TRACE_WAIT_CERTIFICATION:
      return kCertification;
    case gateway::v1::TRACE_WAIT_SUBMISSION:
      return kSubmission;
    case gateway::v1::TRACE_WAIT_BODY:
      return kBody;
    case gateway::v1::TRACE_WAIT_RENEWAL:
      return kRenewal;
    case gateway::v1::TRACE_WAIT_RESUMPTION:
      return kResumption;
    case gateway::v1::TRACE_WAIT_AWARD:
      return kAward;
    case gateway::v1::TRACE_WAIT_NOTHING_DECLINED:
      return kDeclined;
    case gateway::v1::TRACE_WAIT_NOTHING_DONE:
      return kDone;
    default:
      return kUnknown;
  }
}

void PrintSteps(Printer& printer, const DemandTrace& trace) {
  if (trace.steps().empty()) return printer.Line(printer.Say(label::kNoSteps));
  Table table({{printer.Say(label::kDate)},
               {printer.Say(label::kDays), Column::kRight},
               {printer.Say(label::kStep)},
               {printer.Say(label::kName), Column::kLeft, kWidestName}});
  for (const TraceStep& step : trace.steps()) {
    table.Add({step.period().empty() ? DateText(step.date()) : step.period(),
               step.has_days() ? CountText(step.days()) : "", printer.Say(StepLabel(step.kind())),
               absl::StartsWith(step.name(), step.by())
                   ? step.name()
                   : absl::StrCat(step.by(), ": ", step.name())});
  }
  printer.Print(table);
}

void PrintEnds(Printer& printer, const DemandTrace& trace) {
  if (trace.ends().empty()) return;
  Table table({{printer.Say(label::kWaitsFor)},
               {printer.Say(label::kDays), Column::kRight},
               {printer.Say(label::kName), Column::kLeft, kWidestName}});
  for (const TraceEnd& end : trace.ends()) {
    table.Add({printer.Say(WaitLabel(end.waits_for())), end.has_days() ? CountText(end.days()) : "",
               end.name()});
  }
  printer.Print(table);
}

// A funnel: how many came so far, and how long it took them.
void PrintStages(Printer& printer, const DemandTrace& trace) {
  if (trace.stages().empty()) return;
  Table table({{printer.Say(label::kStep)},
               {printer.Say(label::kCount), Column::kRight},
               {printer.Say(label::kMedianDays), Column::kRight}});
  for (const TraceStage& stage : trace.stages()) {
    table.Add({printer.Say(StepLabel(stage.kind())), CountText(stage.count()),
               stage.has_median_days() ? CountText(stage.median_days()) : ""});
  }
  printer.Print(table);
}

// Of what was asked.
void PrintSection(Printer& printer, const Label& what, const Provenance& provenance) {
  if (provenance.state() == gateway::v1::SECTION_STATE_UNSPECIFIED ||
      provenance.state() == gateway::v1::SECTION_STATE_NOT_ASKED) {
    return;
  }
  printer.EmptyLine();
  printer.Line(printer.Say(what));
  if (HasAnswer(printer, provenance)) PrintProvenance(printer, provenance);
}

void PrintNeed(Printer& printer, const DemandTrace& trace) {
  if (!trace.has_demand_summary()) return;
  PrintRecordKind(printer, trace.demand_summary().record_kind());
  printer.Print(std::vector<std::vector<std::string>>{
      {printer.Say(label::kHeads),
       FigureText(trace.demand_summary().head_count(), printer.language())}});
}

}  // namespace

void Print(Printer& printer, const TraceDemandRequest& request, const DemandTrace& trace) {
  printer.Heading(printer.Say(label::kTrace));
  printer.Line(request.demand_statement().empty() ? request.skill() : request.demand_statement());
  PrintNeed(printer, trace);
  PrintSteps(printer, trace);
  PrintStages(printer, trace);
  PrintEnds(printer, trace);
  PrintAwards(printer, trace.awards());
  PrintSkillPlaces(printer, trace.places().seats());
  PrintStays(printer, trace.awards());
  if (trace.has_more()) printer.Line(printer.Say(label::kMoreToFollow));
  PrintSection(printer, label::kStatement, trace.statement());
  PrintSection(printer, label::kDemandSection, trace.demand());
  PrintSection(printer, label::kSkillSignals, trace.skill_signals());
  PrintSection(printer, label::kProposals, trace.proposals());
  PrintSection(printer, label::kProposalSignals, trace.signals());
  PrintSection(printer, label::kTransferAgreements, trace.transfer_agreements());
  PrintSection(printer, label::kAgreements, trace.agreements());
  PrintSection(printer, label::kSessions, trace.sessions());
  PrintSection(printer, label::kAgreementSessions, trace.agreement_sessions());
  PrintSection(printer, label::kVersions, trace.versions());
  PrintSection(printer, label::kSignalVersions, trace.signal_versions());
  PrintSection(printer, label::kSubmissions, trace.submissions());
  PrintSection(printer, label::kVersionAwards, trace.version_awards());
  PrintSection(printer, label::kSignalAwards, trace.signal_awards());
  PrintSection(printer, label::kPlaceOffers, trace.place_offers());
}

}  // namespace puente::cli
