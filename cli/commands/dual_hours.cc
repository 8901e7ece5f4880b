// The hours of a plan of dual education: what it says beside what was claimed and confirmed, and
// the entries, one by one.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/dual_commands.h"
#include "cli/dual_tables.h"
#include "cli/format.h"
#include "common/crypto/digest.h"

namespace puente::cli {
namespace {

namespace v1 = education::v1;

constexpr char kPlan[] = "puente.education.v1.DualPlanService/GetDualPlan";
constexpr char kSums[] = "puente.education.v1.DualPlanService/GetDualPlanHours";
constexpr char kDefinition[] =
    "puente.education.v1.MicrocredentialService/GetMicrocredentialVersion";
constexpr char kList[] = "puente.education.v1.HourEntryService/ListHourEntries";
constexpr char kClaim[] = "puente.education.v1.HourEntryService/ClaimHourEntry";
constexpr char kConfirm[] = "puente.education.v1.HourEntryService/ConfirmHourEntry";
constexpr char kDispute[] = "puente.education.v1.HourEntryService/DisputeHourEntry";
constexpr char kVoid[] = "puente.education.v1.HourEntryService/VoidHourEntry";
constexpr int kPage = 1000;

constexpr Label kNoEntries{"no hours", "no hay horas"};
constexpr Label kNothingWaits{"no hours wait for you", "no hay horas que confirmar"};

using Entries = v1::ListHourEntriesResponse;

std::string EntryName(const std::string& plan, const std::string& written) {
  return absl::StrCat(plan, "/hourEntries/", LastId(written));
}

// Entries of a plan, of all states or one, as the party may ask for them.
v1::ListHourEntriesRequest EntriesOf(Session& session, Party party, const std::string& plan,
                                     absl::string_view state) {
  v1::ListHourEntriesRequest request;
  request.set_parent(plan);
  request.set_page_size(kPage);
  std::string& filter = *request.mutable_filter();
  if (party == Party::kCompany) {
    absl::StrAppend(&filter, "company = \"", CompanyOf(session, ""), "\"");
  }
  if (!state.empty()) absl::StrAppend(&filter, filter.empty() ? "" : " AND ", "state = ", state);
  return request;
}

bool ReadPlan(Session& session, const std::string& name, v1::DualPlan& plan) {
  v1::GetDualPlanRequest request;
  request.set_name(name);
  return session.Call("education", kPlan, request, &plan);
}

// What of an outcome's claimed minutes is disputed, the sums of a plan don't say.
bool AddDisputed(Session& session, Party party, const std::string& plan, OutcomesOfPlan& known) {
  if (known.hours.disputed_count() == 0) return true;
  Entries all;
  if (!session.CallForAll("education", kList, EntriesOf(session, party, plan, "DISPUTED"), &all)) {
    return false;
  }
  for (const v1::HourEntry& entry : all.hour_entries()) {
    known.disputed_minutes[entry.outcome()] += entry.minutes();
  }
  return true;
}

bool ReadOutcomes(Session& session, Party party, const v1::DualPlan& plan, OutcomesOfPlan& known) {
  v1::GetDualPlanHoursRequest sums;
  sums.set_name(plan.name());
  v1::GetMicrocredentialVersionRequest definition;
  definition.set_name(plan.microcredential_version());
  return session.Call("education", kSums, sums, &known.hours) &&
         session.Call("education", kDefinition, definition, &known.definition) &&
         AddDisputed(session, party, plan.name(), known);
}

// Names of the entries to confirm: those that are written, else all that wait for the party.
bool NamesToConfirm(Session& session, Party party, const std::string& plan, const DualArgs& args,
                    std::vector<std::string>& names) {
  for (const std::string& entry : args.entries) names.push_back(EntryName(plan, entry));
  if (!names.empty()) return true;
  Entries all;
  if (!session.CallForAll("education", kList, EntriesOf(session, party, plan, "CLAIMED"), &all)) {
    return false;
  }
  const v1::DualParty own =
      party == Party::kCompany ? v1::DUAL_PARTY_COMPANY : v1::DUAL_PARTY_ORGANIZATION;
  for (const v1::HourEntry& entry : all.hour_entries()) {
    if (entry.claimed_by() != own) names.push_back(entry.name());
  }
  return true;
}

}  // namespace

ExitCode DualPlan(Session& session, Party party, const DualArgs& args) {
  std::string name;
  if (const ExitCode code = OpenPlan(session, party, args.name, name); code != kOk) return code;
  v1::GetDualPlanRequest request;
  request.set_name(name);
  if (session.Explains("education", kPlan, request)) return kOk;
  v1::DualPlan plan;
  if (!ReadPlan(session, name, plan)) return kFailure;
  if (session.PrintForPrograms(plan)) return kOk;
  OutcomesOfPlan known;
  if (!ReadOutcomes(session, party, plan, known)) return kFailure;
  Printer printer = session.printer();
  printer.Heading(plan.name());
  printer.Print(FactsOfDualPlan(session.language(), plan, known.hours));
  printer.Print(TableOfOutcomes(session.language(), plan, known));
  return kOk;
}

ExitCode DualHours(Session& session, Party party, const DualArgs& args) {
  std::string plan;
  if (const ExitCode code = OpenPlan(session, party, args.name, plan); code != kOk) return code;
  const auto request = EntriesOf(session, party, plan, EnumName("", args.state));
  return session.List<Entries>("education", kList, request, kNoEntries, [&](const Entries& all) {
    return TableOfHours(session.language(), all.hour_entries());
  });
}

ExitCode DualClaim(Session& session, Party party, const DualArgs& args) {
  std::string plan;
  if (const ExitCode code = OpenPlan(session, party, args.name, plan); code != kOk) return code;
  v1::ClaimHourEntryRequest request;
  request.set_parent(plan);
  request.set_request_id(session.request_id());
  v1::HourEntry& entry = *request.mutable_hour_entry();
  if (!ReadDay(session, args.day, entry.mutable_work_date())) return kUsage;
  // So that nobody claims one day's twice by accident, however the day was written.
  request.set_hour_entry_id(args.entry.empty()
                                ? absl::StrCat(DateText(entry.work_date()), "-", args.outcome)
                                : args.entry);
  entry.set_outcome(args.outcome);
  entry.set_minutes(args.minutes);
  if (party == Party::kCompany) {
    entry.set_company(CompanyOf(session, ""));
  } else if (!session.options().explain) {
    v1::DualPlan read;
    if (!ReadPlan(session, plan, read)) return kFailure;
    entry.set_company(read.company());
  }
  return session.Change<v1::HourEntry>("education", kClaim, request);
}

ExitCode DualConfirmHours(Session& session, Party party, const DualArgs& args) {
  std::string plan;
  if (const ExitCode code = OpenPlan(session, party, args.name, plan); code != kOk) return code;
  if (args.entries.empty() &&
      session.Explains("education", kList, EntriesOf(session, party, plan, "CLAIMED"))) {
    return kOk;
  }
  std::vector<std::string> names;
  if (!NamesToConfirm(session, party, plan, args, names)) return kFailure;
  Entries confirmed;
  ExitCode code = kOk;
  for (const std::string& name : names) {
    auto request = About<v1::ConfirmHourEntryRequest>(session, name);
    if (names.size() > 1) request.set_request_id(crypto::Uuid4());  // one id is of one change
    if (session.Explains("education", kConfirm, request)) continue;
    if (!session.Call("education", kConfirm, request, confirmed.add_hour_entries())) {
      confirmed.mutable_hour_entries()->RemoveLast();
      code = kFailure;
      break;
    }
  }
  if (session.options().explain) return kOk;
  // What was confirmed before one was refused stays confirmed, and is told.
  if (code == kOk || !confirmed.hour_entries().empty()) {
    session.PrintList(confirmed, TableOfHours(session.language(), confirmed.hour_entries()),
                      &kNothingWaits);
  }
  return code;
}

ExitCode DualDispute(Session& session, Party party, const DualArgs& args) {
  std::string plan;
  if (const ExitCode code = OpenPlan(session, party, args.name, plan); code != kOk) return code;
  auto request = About<v1::DisputeHourEntryRequest>(session, EntryName(plan, args.entry));
  request.set_reason(EnumOf<v1::HourDisputeReason>("HOUR_DISPUTE_REASON_", args.reason));
  return session.Change<v1::HourEntry>("education", kDispute, request);
}

ExitCode DualVoid(Session& session, Party party, const DualArgs& args) {
  std::string plan;
  if (const ExitCode code = OpenPlan(session, party, args.name, plan); code != kOk) return code;
  return session.Change<v1::HourEntry>(
      "education", kVoid, About<v1::VoidHourEntryRequest>(session, EntryName(plan, args.entry)));
}

}  // namespace puente::cli
