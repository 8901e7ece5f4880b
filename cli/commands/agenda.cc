// What waits for the caller.
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "cli/provenance.h"
#include "puente/gateway/v1/agenda.pb.h"

namespace puente::cli {
namespace {

using gateway::v1::Agenda;
using gateway::v1::AgendaItem;

constexpr char kGetAgenda[] = "puente.gateway.v1.AgendaService/GetAgenda";
constexpr Label kNothing{"nothing waits for ", "nada espera a "};
constexpr Label kToDo{"to do", "qué hacer"};
constexpr Label kAbout{"about", "asunto"};
constexpr Label kMore{"there is more than is shown here", "hay más de lo que se muestra aquí"};

// "!" marks what is late.
std::string DueText(const AgendaItem& item) {
  return DateText(item.due_date()) + (item.late() ? " !" : "");
}

// For programs every item, for people also what could not be asked.
void PrintAgenda(Session& session, const Agenda& agenda) {
  Table table({{session.Say(label::kDue), Column::kLeft, 12},
               {session.Say(label::kDays), Column::kRight},
               {session.Say(kToDo), Column::kLeft, 22},
               {session.Say(kAbout), Column::kLeft, 36},
               {session.Say(label::kName), Column::kBelow}});
  const bool spanish = session.language() == Language::kSpanish;
  for (const AgendaItem& item : agenda.items()) {
    table.Add({DueText(item), CountText(item.wait_days()), session.Say(LabelOf(item.kind())),
               spanish || item.text_en().empty() ? item.text_es() : item.text_en(), item.name()});
  }
  if (!table.empty()) session.out() << table.Text(0, session.options().plain);
  Printer printer = session.printer();
  bool all = true, more = false;
  for (const gateway::v1::AgendaSection& section : agenda.sections()) {
    all = HasAnswer(printer, section.provenance()) && all;
    more = more || section.more();
  }
  if (table.empty() && all && !more)
    session.out() << session.Say(kNothing) << agenda.caller() << "\n";
  if (more) session.out() << session.Say(kMore) << "\n";
}

}  // namespace

ExitCode ShowAgenda(Session& session) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  const gateway::v1::GetAgendaRequest request;
  if (session.Explains("gateway", kGetAgenda, request)) return kOk;
  Agenda agenda;
  if (!session.Call("gateway", kGetAgenda, request, &agenda, kViewTimeout)) return kFailure;
  if (!session.PrintForPrograms(agenda)) PrintAgenda(session, agenda);
  return kOk;
}

}  // namespace puente::cli
