// Who could teach something, for the council and all others; and who teaches what a company needs.
#include "cli/feasibility.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/command_tree.h"
#include "cli/commands.h"
#include "cli/format.h"

namespace puente::cli {
namespace {

constexpr char kCheck[] = "puente.gateway.v1.CouncilService/CheckFeasibility";
constexpr char kFind[] = "puente.gateway.v1.CouncilService/FindSchools";
constexpr int kMostPage = 50;

struct FeasibleArgs {
  std::string proposal, state, from, until;
  std::vector<std::string> skills, room_skills;
  int seats = 0, per_teacher = 0, places = 0, limit = 50;
};

struct SchoolsArgs {
  std::string statement, place, state, municipality, from;
  std::vector<std::string> skills;
  int limit = 50;
};

std::string SkillName(const std::string& written) {
  return absl::StrCat("skills/", LastId(written));
}

// "collection/ID" of itself, or of its id.
std::string NameIn(const std::string& collection, const std::string& written) {
  return written.empty() ? "" : absl::StrCat(collection, "/", LastId(written));
}

// "companies/acme/needs/x" of itself, or of "acme/x".
std::string NameBelowCompany(const std::string& collection, const std::string& written) {
  const size_t slash = written.find('/');
  if (slash == written.npos || absl::StartsWith(written, "companies/")) return written;
  return absl::StrCat("companies/", written.substr(0, slash), "/", collection, "/",
                      written.substr(slash + 1));
}

// The first rows, by pages, and whether there are more. What an answer says of itself besides is
// that of the first page.
template <class Request, class Response, class Rows>
bool CallUpTo(Session& session, const char* method, Request request, int limit, const Rows& rows,
              Response& all) {
  bool first = true;
  do {
    request.set_page_size(std::min(limit - rows(all).size(), kMostPage));
    request.set_page_token(all.next_page_token());
    Response page;
    if (!session.Call("gateway", method, request, &page, kViewTimeout)) return false;
    if (first) {
      all.Swap(&page);
    } else {
      rows(all).MergeFrom(rows(page));
      all.set_next_page_token(page.next_page_token());
    }
    first = false;
  } while (!all.next_page_token().empty() && rows(all).size() < limit);
  return true;
}

ExitCode CouncilFeasible(Session& session, const FeasibleArgs& args) {
  gateway::v1::CheckFeasibilityRequest request;
  request.set_proposal(NameIn("proposals", args.proposal));
  for (const std::string& skill : args.skills) request.add_skills(SkillName(skill));
  for (const std::string& skill : args.room_skills) request.add_room_skills(SkillName(skill));
  if (!ResolveState(session, args.state, *request.mutable_state_code())) return kUsage;
  request.set_seat_count(args.seats);
  request.set_learners_per_teacher(args.per_teacher);
  request.set_training_place_count(args.places);
  if (!args.from.empty() && !ReadDay(session, args.from, request.mutable_begin_date())) {
    return kUsage;
  }
  if (!args.until.empty() && !ReadDay(session, args.until, request.mutable_end_date())) {
    return kUsage;
  }
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("gateway", kCheck, request)) return kOk;
  gateway::v1::Feasibility told;
  const auto rows = [](gateway::v1::Feasibility & page) -> auto& {
    return *page.mutable_campuses();
  };
  if (!CallUpTo(session, kCheck, request, args.limit, rows, told)) return kFailure;
  if (session.PrintForPrograms(told)) return kOk;
  Printer printer = session.printer();
  Print(printer, request, told);
  return kOk;
}

ExitCode CompanySchools(Session& session, const SchoolsArgs& args) {
  gateway::v1::FindSchoolsRequest request;
  request.set_demand_statement(NameBelowCompany("demandStatements", args.statement));
  request.set_training_place(NameBelowCompany("trainingPlaces", args.place));
  for (const std::string& skill : args.skills) request.add_skills(SkillName(skill));
  if (!ResolveState(session, args.state, *request.mutable_near_state_code())) return kUsage;
  request.set_near_municipality(args.municipality);
  if (!args.from.empty() && !ReadDay(session, args.from, request.mutable_begin_date())) {
    return kUsage;
  }
  if (const ExitCode code = session.Open("company/acme"); code != kOk) return code;
  if (session.Explains("gateway", kFind, request)) return kOk;
  gateway::v1::FindSchoolsResponse found;
  const auto rows = [](gateway::v1::FindSchoolsResponse & page) -> auto& {
    return *page.mutable_sites();
  };
  if (!CallUpTo(session, kFind, request, args.limit, rows, found)) return kFailure;
  if (session.PrintForPrograms(found)) return kOk;
  Printer printer = session.printer();
  Print(printer, request, found);
  return kOk;
}

// Arguments live as long as the command, which keeps them.
template <class Args>
CLI::App* AddWith(CLI::App& parent, const char* name, const char* about, Chosen& chosen,
                  const std::shared_ptr<Args>& args, ExitCode (*command)(Session&, const Args&)) {
  return Add(parent, name, about, chosen,
             [args, command](Session& session) { return command(session, *args); });
}

}  // namespace

void AddFeasible(CLI::App& council, Chosen& chosen) {
  const auto args = std::make_shared<FeasibleArgs>();
  CLI::App* feasible =
      AddWith(council, "feasible", "Which campuses could teach something, and with what", chosen,
              args, &CouncilFeasible);
  feasible->add_option("--proposal", args->proposal, "Proposal, by its id")->type_name("ID");
  feasible->add_option("--skill", args->skills, "Skill to be taught; once for each")
      ->type_name("ID");
  feasible->add_option("--state", args->state, "State, by INEGI code or name")
      ->type_name("CODE|NAME");
  feasible->add_option("--seats", args->seats, "How many learners at once; default: 1")
      ->type_name("N");
  feasible->add_option("--from", args->from, "First day; default: today")->type_name("YYYY-MM-DD");
  feasible->add_option("--per-teacher", args->per_teacher, "Learners a teacher; default: 30")
      ->type_name("N");
  feasible
      ->add_option("--room-skill", args->room_skills, "Skill that needs no workshop; once for each")
      ->type_name("ID");
  feasible
      ->add_option("--places", args->places,
                   "How many are to have training places in companies; default: none")
      ->type_name("N");
  feasible->add_option("--until", args->until, "Last day at these places; default: the first")
      ->type_name("YYYY-MM-DD");
  feasible->add_option("--limit", args->limit, "How many campuses to show")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000))
      ->type_name("N");
}

void AddSchools(CLI::App& company, Chosen& chosen) {
  const auto args = std::make_shared<SchoolsArgs>();
  CLI::App* schools = AddWith(company, "schools", "Which schools teach what it asks for, and when",
                              chosen, args, &CompanySchools);
  schools->add_option("--need", args->statement, "Its demand statement, COMPANY/ID")
      ->type_name("NAME");
  schools->add_option("--place", args->place, "Its training place, COMPANY/ID")->type_name("NAME");
  schools->add_option("--skill", args->skills, "Skill; once for each")->type_name("ID");
  schools
      ->add_option("--state", args->state,
                   "Nearest first to this state, by INEGI code or name; default: that of the need "
                   "or place")
      ->type_name("CODE|NAME");
  schools->add_option("--municipality", args->municipality, "And to this municipality there")
      ->type_name("NAME");
  schools->add_option("--from", args->from, "Day from which a start counts; default: today")
      ->type_name("YYYY-MM-DD");
  schools->add_option("--limit", args->limit, "How many to show")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000))
      ->type_name("N");
}

}  // namespace puente::cli
