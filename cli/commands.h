// The commands. Each prints to the session's streams and returns what the program exits with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "cli/session.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/type/date.pb.h"

namespace puente::cli {

// "automotive" or "sectorTables/automotive" as a resource name; "" stays "".
std::string SectorName(const std::string& sector);
// "welding/1" or "microcredentials/welding/versions/1" as a resource name.
std::string MicrocredentialVersionName(const std::string& name);
// "abc" or "vacancies/abc" as a resource name.
std::string VacancyName(const std::string& vacancy);
// "abc" or "vacancyLoads/abc" as a resource name.
std::string VacancyLoadName(const std::string& load);
// "abc" or "loads/abc".
std::string LoadName(const std::string& load);
// "acme/one" or "companies/acme/trainingPlaces/one" as a resource name.
std::string TrainingPlaceName(const std::string& written);
// A day as the user wrote it, "2026-01-31"; prints an error and returns false if it is none.
bool ReadDay(Session& session, const std::string& written, absl::CivilDay& day);
bool ReadDay(Session& session, const std::string& written, google::type::Date* date);
// The code of a state as the user wrote it; prints an error that lists them and returns false if
// there is none. "" stays "".
bool ResolveState(Session& session, const std::string& written, std::string& code);

// "PROPOSAL_KIND_" and "new-microcredential" as an enum spells it.
std::string EnumName(absl::string_view prefix, const std::string& written);
// The value that `written` names, 0 for none.
template <class Enum>
Enum EnumOf(absl::string_view prefix, const std::string& written) {
  const auto* value =
      google::protobuf::GetEnumDescriptor<Enum>()->FindValueByName(EnumName(prefix, written));
  return static_cast<Enum>(value == nullptr ? 0 : value->number());
}
// A request about one record, under the id of the session's change, so that it is carried out once.
template <class Request>
Request About(const Session& session, const std::string& name) {
  Request request;
  request.set_name(name);
  request.set_request_id(session.request_id());
  return request;
}
// The method of "SERVICE/METHOD" as the user wrote it; prints an error and returns null if there is
// none.
const google::protobuf::MethodDescriptor* ReadMethod(Session& session, const std::string& written);
// All of a file, or of the standard input ("-"); prints an error and returns false if it can't be
// read.
bool ReadAll(Session& session, const std::string& file, std::string& text);

struct OverviewArgs {
  std::string sector;
  std::string state;
};
ExitCode CouncilOverview(Session& session, const OverviewArgs& args);
struct GapsArgs {
  std::string sector;
  std::string state;
  std::string period;  // "2026-2027"; "" for the school cycle of today
  bool transversal = false;
};
ExitCode CouncilGaps(Session& session, const GapsArgs& args);
struct TraceArgs {
  std::string statement;
  std::string skill;
  std::string sector;
  std::string state;
};
// What came of a statement or a skill.
ExitCode CouncilTrace(Session& session, const TraceArgs& args);
// The sector tables, to choose one.
ExitCode CouncilSectors(Session& session);

ExitCode CertifyDossier(Session& session, const std::string& name);
// The versions of all microcredentials, to choose one.
ExitCode CertifyList(Session& session);
// What waits for the calling body.
ExitCode CertifyQueue(Session& session);
// "certifiers/ceneval" of the caller "certifier/ceneval", "organizations/utt" of
// "organization/utt"; "" with the error printed for callers of another kind.
std::string BodyOf(Session& session);
std::string SchoolOf(Session& session);
// As whom what schools do is done unless --as says otherwise.
inline constexpr char kUsualSchool[] = "organization/tecnologico-bajio-muestra";
inline constexpr char kUsualCompany[] = "company/acme";
// "certifiers/ceneval/submissions/x" of the body and "x" as written.
std::string SubmissionName(const std::string& body, const std::string& written);
// "companies/acme" of "acme" or "companies/acme" as written; without any, of the caller
// "company/acme", or "" with the error printed.
std::string CompanyOf(Session& session, const std::string& written);
// Who has facilities and takes part in dual education.
enum class Party { kCompany, kSchool };
// Opens the session as `party`, the usual one unless --as says otherwise, and gives its record:
// "companies/acme".
ExitCode OpenAs(Session& session, Party party, std::string& record);
struct DecisionArgs {
  std::string submission;
  std::string reviewer;
  std::string decision;  // "certify", "return", …
  std::string dossier;   // "" for the last one that was opened
  std::string from;      // "2027-01-31"
  std::string until;
  std::string conditions;
  std::string reason;
  std::vector<std::string> overrides;  // "SECTION=REASON"
  std::string replaces;                // the decision under appeal, by its id
};
ExitCode CertifyAssign(Session& session, const DecisionArgs& args);
// Opens the dossier of a submission.
ExitCode CertifyOpen(Session& session, const DecisionArgs& args);
// What the dossier holds.
ExitCode CertifyEvidence(Session& session, const DecisionArgs& args);
// Waits until Education has recorded it.
ExitCode CertifyDecide(Session& session, const DecisionArgs& args);
// Ends the appeal of a decision that stands.
ExitCode CertifyUphold(Session& session, const DecisionArgs& args);

struct RegisterArgs {
  std::string level, state, sector;  // of versions that nobody certifies
  bool all = false;                  // changes, not only what waits
  std::string change;
  std::string reason;
};
// Where certifiers are missing.
ExitCode CertifyMissing(Session& session, const RegisterArgs& args);
// What is to change in the register of bodies.
ExitCode CertifyChanges(Session& session, const RegisterArgs& args);
ExitCode CertifyConfirm(Session& session, const RegisterArgs& args);
ExitCode CertifyDecline(Session& session, const RegisterArgs& args);

struct FindingArgs {
  std::string submission;
  std::string finding;
  std::string target;  // "outcomes[2].statement"
  std::string text;
  bool advice = false;  // else it must be closed before anything is certified
};
// What reviewers have found in a submission.
ExitCode CertifyFindings(Session& session, const FindingArgs& args);
ExitCode CertifyFind(Session& session, const FindingArgs& args);
ExitCode CertifyClose(Session& session, const FindingArgs& args);

// What waits for the caller.
ExitCode ShowAgenda(Session& session);

// What is personal comes from the standard input or a file.
struct LearnerArgs {
  std::string name;     // of what it is about: a file, or an id
  std::string id;       // of what is made; "" for a fresh one
  std::string version;  // of a microcredential
  std::string from;     // "2027-01-31"
  std::string until;
  std::string certifier;  // that assesses, by its id; "" for the organization itself
  std::string evaluator;
  std::string instrument;
  std::string supervision;  // "none", "in-person" or "remote"
  std::string identity;     // how it is checked: "none", "known", "document" or "biometric"
  int32_t attempt = 1;
  std::vector<std::string> plans;  // of dual education, by id
  std::string result;              // "passed" or "failed"
  std::string grade;
  std::string reason;
};
ExitCode SchoolRegister(Session& session, const LearnerArgs& args);
ExitCode SchoolLearner(Session& session, const LearnerArgs& args);
ExitCode SchoolFind(Session& session);
ExitCode SchoolAccesses(Session& session, const LearnerArgs& args);
ExitCode SchoolEnrol(Session& session, const LearnerArgs& args);
ExitCode SchoolAssess(Session& session, const LearnerArgs& args);
// The plans of dual education on which an assessment rests.
ExitCode SchoolEvidence(Session& session, const LearnerArgs& args);
ExitCode SchoolResult(Session& session, const LearnerArgs& args);
// The same of a body, which says it of an assessment by its whole name.
ExitCode CertifyResult(Session& session, const LearnerArgs& args);
ExitCode AwardIssue(Session& session, const LearnerArgs& args);
ExitCode AwardList(Session& session);
ExitCode AwardSuspend(Session& session, const LearnerArgs& args);
ExitCode AwardResume(Session& session, const LearnerArgs& args);
ExitCode AwardRevoke(Session& session, const LearnerArgs& args);
struct AwardFiguresArgs {
  std::vector<std::string> versions;
  std::string state, sex;
};
struct PlaceFiguresArgs {
  std::vector<std::string> states;
  bool by_state = false;
  std::string sector;  // of SCIAN: "31-33"
};
ExitCode CouncilPlaces(Session& session, const PlaceFiguresArgs& args);
ExitCode AwardFigures(Session& session, const AwardFiguresArgs& args);
ExitCode AwardWaiting(Session& session, const AwardFiguresArgs& args);

struct SchoolArgs {
  std::string name;       // of what is answered, or the version that is submitted
  std::string certifier;  // by its id
  std::string id;         // of the submission; "" for a fresh one
  std::string text;
  std::string can_do = "yes";  // or "no"
  int32_t seats = 0;
  std::string from;     // "2027-01-31"
  std::string missing;  // what it needs to do it
  std::string campus;   // that it would use, once a check of feasibility is made
};
// The calls that schools can answer.
ExitCode SchoolCalls(Session& session);
ExitCode SchoolRespond(Session& session, const SchoolArgs& args);
ExitCode SchoolSubmit(Session& session, const SchoolArgs& args);
// What bodies have decided about the calling organization.
ExitCode SchoolDecisions(Session& session);
ExitCode SchoolAppeal(Session& session, const SchoolArgs& args);
ExitCode SchoolAcknowledge(Session& session, const SchoolArgs& args);
// What reviewers have found, and the organization has not answered.
ExitCode SchoolFindings(Session& session);
ExitCode SchoolAnswer(Session& session, const SchoolArgs& args);

struct CompanyArgs {
  std::string company;  // for which a chamber acts; "" for the caller
  std::string name;     // of the statement, proposal, chamber or consent, by its id
  std::string id;       // of the consent; "" for a fresh one
  std::vector<std::string> skills;
  std::string level;  // "cefr:B2"
  int32_t heads = 0;
  std::string state;
  std::string scian;
  std::string from;  // "2027-01-31"
  std::string until;
  std::string kind;  // of the proposal: "new-microcredential"
  std::string title;
  std::string title_en;
  std::string text;
  std::string sector;
  std::string session;
  std::vector<std::string> agreements;
  std::vector<std::string> statements;
  bool show_author = false;
  std::vector<std::string> acts;  // that the consent is for: "read-demand"
};
// What a company has stated that it needs, and whether it counts.
ExitCode CompanyNeeds(Session& session, const CompanyArgs& args);
// Whether a statement counts, and why not.
ExitCode CompanyExplain(Session& session, const CompanyArgs& args);
// States a need.
ExitCode CompanyNeed(Session& session, const CompanyArgs& args);
ExitCode CompanyWithdraw(Session& session, const CompanyArgs& args);
ExitCode CompanyProposals(Session& session, const CompanyArgs& args);
ExitCode CompanyPropose(Session& session, const CompanyArgs& args);
// Which chambers act for a company; as a chamber, for which companies it does.
ExitCode CompanyConsents(Session& session, const CompanyArgs& args);
ExitCode CompanyConsent(Session& session, const CompanyArgs& args);
ExitCode CompanyRevoke(Session& session, const CompanyArgs& args);

struct PlaceArgs {
  std::string company;  // for which a chamber acts; "" for the caller
  std::string name;     // of the place, or of the reservation
  std::string learner;  // by id
  std::string title;
  std::string title_en;
  std::string state;
  std::string municipality;
  std::string occupation;  // SINCO code
  std::vector<std::string> skills;
  int32_t seats = 0;
  int32_t hours = 0;  // a week
  std::string from;   // "2027-01-31"
  std::string until;
};
// Places where people learn that a company offers, and their seats.
ExitCode CompanyPlaces(Session& session, const PlaceArgs& args);
ExitCode CompanyOffer(Session& session, const PlaceArgs& args);
// What schools have reserved of them.
ExitCode CompanyReservations(Session& session);
ExitCode CompanyConfirm(Session& session, const PlaceArgs& args);
// The name of a learner who is to come, or is there.
ExitCode CompanyLearner(Session& session, const PlaceArgs& args);
// Places that schools can reserve.
ExitCode SchoolPlaces(Session& session, const PlaceArgs& args);
// Places for a learner or a class, the nearest first; with a place, why it is not one of them.
ExitCode SchoolMatch(Session& session, const PlaceArgs& args);
// Enrols a learner there and reserves the seat.
ExitCode SchoolPlace(Session& session, const PlaceArgs& args);
ExitCode SchoolReservations(Session& session);
ExitCode SchoolRelease(Session& session, const PlaceArgs& args);

struct LineArgs {
  std::string state;  // "" for all, else such as "adopted"
};
// What sector tables have agreed on.
ExitCode CouncilAgreements(Session& session, const LineArgs& args);
// What has been proposed.
ExitCode CouncilProposals(Session& session, const LineArgs& args);
// Proposals of a declared filter, "" for all, of a session that is open.
ExitCode ListProposals(Session& session, const std::string& filter);

struct ChainArgs {
  std::string chain;
  std::string state;
};
// The value chains, to choose one.
ExitCode CouncilChains(Session& session);
ExitCode CouncilChainGaps(Session& session, const ChainArgs& args);

struct LoadVacanciesArgs {
  std::string file;  // "-" reads the standard input
  std::string source;
  std::string profile = "portal-empleo-2020";
  std::string record_kind = "real";  // or "generated"
  bool validate_only = false;
  bool strict = false;  // checks the whole file first, and loads it only if every row is good
};
ExitCode LoadVacancies(Session& session, const LoadVacanciesArgs& args);

struct LoadFileArgs {
  std::string server;  // the agency whose records the file states
  std::string file;    // "-" reads the standard input
  std::string profile;
  std::string parent;
  std::string source;
  std::string record_kind = "real";  // or "generated"
  bool validate_only = false;
};
// A file of records, row by row; as CSV, the acknowledgement of each row.
ExitCode LoadFile(Session& session, const LoadFileArgs& args);
struct LoadsArgs {
  std::string server;
  std::string load;  // none: all that the caller may see
  bool refused_only = false;
};
// The files that were loaded, or what became of the rows of one.
ExitCode Loads(Session& session, const LoadsArgs& args);

struct LoadOccupationsArgs {
  std::string folder;
  std::string release;  // its id
  std::string version_label;
  std::string origin =
      "O*NET Database, U.S. Department of Labor, Employment and Training Administration "
      "(USDOL/ETA),"
      " https://www.onetcenter.org/database.html";
  std::string licence =
      "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/. Includes information from the O*NET"
      " Database by USDOL/ETA; O*NET is a trademark of USDOL/ETA.";
  bool publish = false;
};
// O*NET's occupations and their tools, as a release of the vocabulary.
ExitCode LoadOccupations(Session& session, const LoadOccupationsArgs& args);

struct ListVacanciesArgs {
  std::string sector;
  std::string state;
  std::string verdict;  // "", "passed", "failed" or "unknown"
  int64_t limit = 50;
  bool all = false;
};
ExitCode ListVacancies(Session& session, const ListVacanciesArgs& args);
ExitCode ExplainVacancy(Session& session, const std::string& vacancy);
ExitCode CloseVacancy(Session& session, const std::string& vacancy, const std::string& reason);

// What a supplier has loaded; as Labor, what all have.
ExitCode VacancyLoads(Session& session);
ExitCode TakeBackLoad(Session& session, const std::string& load);

// The figures of vacancies alone.
struct VacancyFiguresArgs {
  std::string state;
  std::vector<std::string> prefixes;  // of SCIAN classes
  std::vector<std::string> sources;
  std::string first_month;  // "2020-08"; "" for no bound
  std::string last_month;
};
ExitCode VacancyFigures(Session& session, const VacancyFiguresArgs& args);

// How long offers stay open, by source.
ExitCode OfferTerms(Session& session);
struct OfferTermArgs {
  std::string source;  // of the vacancies
  std::string open;    // "until-closed", "never", or a number of days
  std::string from;    // "2026-01-31"; "" for today
  std::string basis;
  std::string record_kind = "real";  // or "generated"
};
ExitCode SetOfferTerm(Session& session, const OfferTermArgs& args);

struct CountArgs {
  std::string server;       // the agency's
  std::string collection;   // "vacancies"
  std::string record_kind;  // "real" or "generated"
  std::string from;         // "2026-01-31"; "" for today
};
// Sets which kind of an agency's records its figures count.
ExitCode Count(Session& session, const CountArgs& args);

// Sends the bundled data of a folder to its owners.
ExitCode LoadData(Session& session, const std::string& folder);

ExitCode Status(Session& session);
// Who the caller is to each server, and what it may call there.
ExitCode WhoAmI(Session& session);

struct ConsoleArgs {
  int port = 0;
  bool browser = true;
  std::string pages;  // a folder, in place of the pages of the program
  Language language = Language::kSpanish;
};
// Serves the console's pages to one browser of this machine, until it is told to end.
ExitCode Console(Session& session, const ConsoleArgs& args);

// What the contract says of a method.
ExitCode DescribeMethod(Session& session, const std::string& method);
// One unary call of any method; `server` is needed only for what all servers answer.
ExitCode CallMethod(Session& session, const std::string& method, const std::string& json,
                    const std::string& server);

}  // namespace puente::cli
