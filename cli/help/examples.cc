#include "cli/help/examples.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cli/help/formatter.h"

namespace puente::cli::help {
namespace {

struct Example {
  absl::string_view path;
  absl::string_view arguments;
};

constexpr size_t kOfGroup = 8;
constexpr size_t kWidth = 78;  // of a terminal, without what a line is set in by
constexpr size_t kRoom = 3;    // before a backslash, and of a line that goes on

// By command, in the order in which they are added.
constexpr Example kExamples[] = {
    {"council overview", ""},
    {"council overview", "--sector automotive --state Coahuila"},
    {"council gaps", "--state Guanajuato"},
    {"council gaps", "--transversal"},
    {"council trace", "--skill welding"},
    {"council trace", "--statement companies/acme/demandStatements/sample-003 --as company/acme"},
    {"council places", "--by-state"},
    {"council places", "--state Jalisco --sector 31-33"},
    {"council sectors", ""},
    {"council agreements", "--state overdue"},
    {"council proposals", "--state adopted"},
    {"council chains", ""},
    {"council chain-gaps", "vehiculos-muestra --state Guanajuato"},
    {"council feasible", "--skill welding --seats 20"},

    {"certify dossier", "welding-tig/1"},
    {"certify list", ""},
    {"certify queue", ""},
    {"certify assign", "industrial-automation-basics-muestra reviewer-1 --actor reviewer-1"},
    {"certify open", "industrial-automation-basics-muestra --actor reviewer-1"},
    {"certify evidence", "industrial-automation-basics-muestra"},
    {"certify decide",
     "industrial-automation-basics-muestra certify --until 2039-12-31 --actor reviewer-1"},
    {"certify findings", "industrial-automation-basics-muestra"},
    {"certify find",
     "industrial-automation-basics-muestra 'Say how it is assessed' --of outcomes[0].statement "
     "--actor reviewer-1"},
    {"certify close", "FINDING --actor reviewer-1"},
    {"certify uphold", "DECISION --reason 'Nothing new was shown' --actor reviewer-2"},
    {"certify missing", "--level mnc:4 --state Jalisco"},
    {"certify changes", "--all"},
    {"certify confirm", "CHANGE --actor registrar-1"},
    {"certify decline", "CHANGE --reason 'Not accredited' --actor registrar-1"},
    {"certify result",
     "organizations/utt/assessments/ASSESSMENT passed --grade 9.1 --actor reviewer-1"},

    {"school register", "- --actor registrar-1 --purpose administration < learner.json"},
    {"school learner", "LEARNER --actor registrar-1 --purpose administration"},
    {"school find", "--actor registrar-1 --purpose administration < curp"},
    {"school accesses", "LEARNER"},
    {"school enrol", "LEARNER welding-tig/1 --from 2027-01-11"},
    {"school assess",
     "ENROLMENT --on 2027-06-18 --evaluator evaluator-1 --instrument 'Practical test' "
     "--supervision in-person --identity document"},
    {"school evidence", "ASSESSMENT dual-1"},
    {"school result", "ASSESSMENT passed --grade 9.1 --actor registrar-1"},
    {"school places", "--state Guanajuato"},
    {"school places", "--skill welding"},
    {"school match", "--skill welding --state Guanajuato --from 2027-02-01 --until 2027-07-30"},
    {"school place", "acme/line-1 LEARNER --from 2027-02-01 --until 2027-07-30"},
    {"school reservations", ""},
    {"school release", "RESERVATION"},
    {"school dual agreements", ""},
    {"school dual end-agreement", "AGREEMENT --because mutual"},
    {"school dual propose",
     "acme --hours 30 --from 2027-01-11 --until 2027-12-17 --insured-by imss --policy 12345"},
    {"school dual withdraw", "AGREEMENT"},
    {"school dual draft",
     "dual-1 --learner LEARNER --enrolment ENROLMENT --agreement AGREEMENT --place acme/line-1 "
     "--tutor tutor-1 --instructor instructor-1 --from 2027-02-01 --until 2027-07-30 --hours 30 "
     "--outcome 1:60:company"},
    {"school dual plans", "--state draft"},
    {"school dual plan", "dual-1"},
    {"school dual accept", "dual-1"},
    {"school dual change", "dual-1 --hours 24"},
    {"school dual answer-change", "dual-1 accept"},
    {"school dual pause", "dual-1 --until 2027-04-30 --because learner"},
    {"school dual resume", "dual-1"},
    {"school dual end", "dual-1 --because company-cannot"},
    {"school dual code", "dual-1 --actor tutor-1 --purpose placement"},
    {"school dual confirm", "dual-1 < code"},
    {"school dual confirm", "dual-1 --on-paper"},
    {"school dual hours", "dual-1 --state claimed"},
    {"school dual claim", "dual-1 1 240 --on 2027-02-01"},
    {"school dual confirm-hours", "dual-1"},
    {"school dual dispute-hours", "dual-1 2027-02-01-1 --because minutes"},
    {"school dual void-hours", "dual-1 2027-02-01-1"},
    {"school facility list", "--skill welding"},
    {"school facility add",
     "welding-shop --title 'Taller de soldadura' --state Guanajuato --seats 20 --open 07:00-20:00 "
     "--day monday"},
    {"school facility change", "welding-shop --seats 24 --closed 2027-12-20..2028-01-06"},
    {"school facility pause", "welding-shop"},
    {"school facility open", "welding-shop"},
    {"school facility close", "welding-shop"},
    {"school facility free", "taller-soldadura-muestra --on 2027-02-01"},
    {"school facility book",
     "taller-soldadura-muestra --on 2027-02-01 --at 08:00-10:00 --seats 12 --for course"},
    {"school facility bookings", "--hosted"},
    {"school facility cancel", "BOOKING"},
    {"school facility share", "welding-shop utt --until 2027-06-30 --hours 6"},
    {"school facility shares", ""},
    {"school facility answer", "AGREEMENT accept"},
    {"school facility unshare", "AGREEMENT"},
    {"school teachers", "--skill plc-programming"},
    {"school trainings", "--skill plc-programming"},
    {"school coverage", "mecatronica plc-programming"},
    {"school requests", "--state waiting"},
    {"school calls", ""},
    {"school respond", "CALL --seats 30 --from 2027-08-09"},
    {"school respond", "CALL --can no --missing 'Two teachers'"},
    {"school submit", "welding-tig/1 --to ceneval"},
    {"school decisions", ""},
    {"school appeal", "certifiers/ceneval/decisions/DECISION --grounds 'It was assessed'"},
    {"school acknowledge", "certifiers/ceneval/decisions/DECISION"},
    {"school findings", ""},
    {"school answer", "certifiers/ceneval/findings/FINDING 'It is said on page 3'"},

    {"award issue", "ASSESSMENT --on 2027-07-05 --actor registrar-1"},
    {"award list", "--purpose administration"},
    {"award suspend", "AWARD --reason 'Under review' --actor registrar-1"},
    {"award resume", "AWARD --reason 'Review ended' --actor registrar-1"},
    {"award revoke", "AWARD --reason 'Issued by mistake' --actor registrar-1"},
    {"award figures", ""},
    {"award figures", "welding-tig/1 --state Guanajuato --sex women"},
    {"award waiting", ""},

    {"company needs", ""},
    {"company needs", "--as chamber/canacintra --company acme"},
    {"company need",
     "welders --skill welding --heads 40 --state Guanajuato --scian 336 --from 2027-01-01 --until "
     "2027-12-31"},
    {"company explain", "sample-003"},
    {"company withdraw", "STATEMENT"},
    {"company proposals", ""},
    {"company propose",
     "more-welders --kind new-microcredential --title 'Más soldadura TIG' --text 'Faltan 40 "
     "personas' --skill welding"},
    {"company consents", ""},
    {"company places", ""},
    {"company offer",
     "line-1 --title 'Línea de soldadura' --state Guanajuato --skill welding --seats 4 --hours 30 "
     "--from 2027-01-11 --until 2027-12-17"},
    {"company reservations", ""},
    {"company confirm", "RESERVATION"},
    {"company learner", "RESERVATION --actor officer-1 --purpose placement"},
    {"company dual agreements", ""},
    {"company dual end-agreement", "AGREEMENT --because company-cannot"},
    {"company dual answer", "AGREEMENT accept"},
    {"company dual plans", ""},
    {"company dual plan", "tecnologico-bajio-muestra/muestra-1"},
    {"company dual accept", "utt/dual-1"},
    {"company dual change", "utt/dual-1 --hours 24"},
    {"company dual answer-change", "utt/dual-1 refuse"},
    {"company dual pause", "utt/dual-1 --until 2027-04-30 --because company"},
    {"company dual resume", "utt/dual-1"},
    {"company dual end", "utt/dual-1 --because mutual"},
    {"company dual hours", "tecnologico-bajio-muestra/muestra-1"},
    {"company dual claim", "utt/dual-1 1 240 --on 2027-02-01"},
    {"company dual confirm-hours", "utt/dual-1"},
    {"company dual dispute-hours", "utt/dual-1 2027-02-01-1 --because absent"},
    {"company dual void-hours", "utt/dual-1 2027-02-01-1"},
    {"company dual judge", "utt/dual-1 1 achieved"},
    {"company facility list", ""},
    {"company facility add",
     "robots --kind laboratory --title 'Celda de robots' --state Guanajuato --seats 8 --open "
     "08:00-18:00 --day monday"},
    {"company facility change", "robots --seats 24 --closed 2027-12-20..2028-01-06"},
    {"company facility pause", "robots"},
    {"company facility open", "robots"},
    {"company facility close", "robots"},
    {"company facility free", "robots --on 2027-02-01"},
    {"company facility book", "robots --on 2027-02-01 --at 08:00-10:00 --seats 4 --for practice"},
    {"company facility bookings", "--hosted"},
    {"company facility cancel", "BOOKING"},
    {"company facility share", "robots utt --until 2027-06-30 --hours 6"},
    {"company facility shares", ""},
    {"company facility unshare", "AGREEMENT"},
    {"company schools", "--skill welding --state Guanajuato"},
    {"company consent", "canacintra --may read-demand --may propose"},
    {"company revoke", "CONSENT"},

    {"report list", "--state published"},
    {"report definitions", ""},
    {"report run", "need-and-teaching --record-kind generated --actor statistician-1"},
    {"report watch", "REPORT"},
    {"report show", "REPORT"},
    {"report cancel", "REPORT --actor statistician-1"},
    {"report approve", "REPORT --as agency/labor --actor statistician-1"},
    {"report publish", "REPORT --actor statistician-1"},
    {"report withdraw", "REPORT --reason 'A table was wrong' --actor statistician-1"},
    {"report rerun", "REPORT"},
    {"report open", "REPORT --to need-and-teaching"},
    {"report open", "REPORT --to for-excel --bom"},
    {"report verify", "var/reports/REPORT"},
    {"report run", "need-and-teaching --snapshot-of REPORT --actor statistician-1"},
    {"report schedule list", ""},
    {"report schedule add",
     "need-monthly need-and-teaching --every month --day 5 --hour 6 --actor statistician-1"},
    {"report schedule pause",
     "need-monthly --reason 'A table is under review' --actor statistician-1"},
    {"report schedule resume", "need-monthly --actor statistician-1"},
    {"agenda", ""},
    {"agenda", "--as organization/tecnologico-bajio-muestra"},

    {"labor load-vacancies", "vacancies.csv --source portal-del-empleo --check"},
    {"labor load-occupations", "onet --release onet-2025 --version-label 30.0 --publish"},
    {"labor figures", "--scian 336 --from 2026-02 --to 2026-04"},
    {"labor terms", ""},
    {"labor term", "portal-del-empleo --open 60 --basis 'Terms of the portal, article 4'"},
    {"labor loads", ""},
    {"labor take-back", "LOAD"},
    {"labor vacancies", "--state Jalisco --verdict passed --limit 10"},
    {"labor explain", "VACANCY"},
    {"labor dual-agreements", "--purpose statistics"},
    {"labor close", "VACANCY --reason filled"},

    {"load", "education campuses.csv --profile sep-centros-de-trabajo --source sep-cct --check"},
    {"load",
     "education hours.csv --profile puente-hours --parent organizations/utt --as organization/utt"},
    {"loads", "education"},
    {"loads", "education LOAD --refused"},
    {"console", ""},
    {"console", "--as certifier/ceneval --actor reviewer-1 --no-browser"},
    {"status", ""},
    {"whoami", "--as company/acme"},
    {"journal list", "education --personal --from 2026-11-01"},
    {"journal list", "labor --record vacancies --by supplier/portal --limit 10"},
    {"journal show", "economy 12"},
    {"load-data", "data"},
    {"count", "economy demandStatements --kind generated"},
    {"describe", "DemandService/CreateDemandStatement"},
    {"call", "SectorTableService/ListSectorTables"},
    {"call", "ProgramService/ListProgramVersions '{\"parent\": \"programs/-\"}'"},
};

// Of puente-registry, for operators.
constexpr Example kOfRegistry[] = {
    {"init", ""},
    {"init-authority", ""},
    {"sign-request",
     "reporter/muestra puente.csr --out puente.pem --digest "
     "5d1c0c3e2a4f7b9680bd1e6f3a2c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e"},
    {"sign-request", "agency/labor labor.csr --host labor.example.mx --out labor.pem"},
    {"renew", "reporter/muestra new.csr --out puente.pem"},
    {"renew-authority", ""},
    {"enter", "reporter/muestra --person ana-r7=statistician"},
    {"enter", "supplier/portal --source portal-del-empleo --dry-run"},
    {"block", "reporter/muestra --why 'Its key was stolen'"},
    {"block", "reporter/muestra --person ana-r7 --why 'Has left'"},
    {"unblock", "reporter/muestra --why 'The last certificate of that key has ended'"},
    {"publish", "issue.textproto --dry-run"},
    {"publish", "issue.textproto --replace-any --why 'The last issue is lost'"},
    {"list", ""},
    {"list", "--ending 30"},
    {"show", "reporter/muestra"},
    {"verify", ""},
    {"verify", "principals.textproto --public-key public.pem"},
    {"sandbox", "company/prueba"},
    {"sandbox", "certifier/prueba --person eva-1=reviewer"},
};

// What a shell takes for one word each.
std::vector<std::string> Words(absl::string_view line) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '\'') quoted = !quoted;
    if (c == ' ' && !quoted) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

std::string Line(absl::string_view program, const Example& example) {
  std::string text = absl::StrCat(program, " ", example.path);
  size_t width = text.size();
  if (example.arguments.empty()) return text;
  for (const std::string& word : Words(example.arguments)) {
    if (width + word.size() + kRoom > kWidth) {
      text += " \\\n   ";
      width = kRoom;
    }
    absl::StrAppend(&text, " ", word);
    width += 1 + word.size();
  }
  return text;
}

}  // namespace

std::vector<std::string> ExamplesOf(const CLI::App& app) {
  const std::string path = PathOf(app);
  const std::string program = ProgramOf(app);
  const absl::Span<const Example> all =
      program == "puente-registry" ? absl::MakeConstSpan(kOfRegistry) : kExamples;
  const bool group = IsGroup(app);
  std::vector<std::string> lines;
  absl::string_view last;
  for (const Example& example : all) {
    if (!group) {
      if (example.path == path) lines.push_back(Line(program, example));
      continue;
    }
    if (!path.empty() && !absl::StartsWith(example.path, absl::StrCat(path, " "))) continue;
    // Of the program, the first of each group.
    const absl::string_view shown =
        path.empty() ? example.path.substr(0, example.path.find(' ')) : example.path;
    if (shown == last) continue;
    last = shown;
    lines.push_back(Line(program, example));
    if (!path.empty() && lines.size() == kOfGroup) break;
  }
  return lines;
}

}  // namespace puente::cli::help
