// The journals of agencies, for who holds them to account.
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/journal_commands.h"
#include "cli/journal_text.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "puente/api/v1/journal.pb.h"

namespace puente::cli {
namespace {

using api::v1::JournalEntry;

constexpr char kList[] = "puente.api.v1.JournalService/ListJournalEntries";
constexpr char kGet[] = "puente.api.v1.JournalService/GetJournalEntry";
constexpr char kLeaves[] = "puente.api.v1.JournalService/ListJournalLeaves";
constexpr char kAuditor[] = "auditor/asf";
constexpr char kAudit[] = "audit";
constexpr int64_t kPage = 1000;

constexpr Label kNoEntries{"no entries", "no hay asientos"};
constexpr Label kMore{"there are more entries; --limit shows more",
                      "hay más asientos; --limit muestra más"};
constexpr Label kPosition{"entry", "asiento"};
constexpr Label kTime{"time", "hora"};
constexpr Label kWho{"who", "quién"};
constexpr Label kDone{"method", "método"};
constexpr Label kRecords{"records", "registros"};
constexpr Label kUnreadable{"can't be read, or is gone", "no se puede leer, o ya no está"};

// "CloseVacancy" of "/puente.labor.v1.VacancyService/CloseVacancy"; work of a server's own as it
// is.
std::string Verb(const std::string& method) {
  return absl::StartsWith(method, "/") ? LastId(method) : method;
}

// The first record that an entry names, and how many more there are.
std::string Named(Session& session, const JournalEntry& one) {
  const journal::v1::Entry& entry = one.entry();
  std::vector<std::string> names;
  for (const auto& leaf : entry.change().resources()) names.push_back(leaf.name());
  for (const std::string& name : entry.change().read()) names.push_back(name);
  for (const std::string& name : entry.chunk().read()) names.push_back(name);
  if (names.empty()) return entry.chunk().upload();
  const int64_t more = one.resource_count() + one.read_count() - 1;
  return more <= 0 ? names[0]
                   : absl::StrCat(names[0], " (", session.Say(label::kAndMore), ": ",
                                  CountText(more), ")");
}

Table EntryTable(Session& session, const api::v1::ListJournalEntriesResponse& all) {
  Table table({{session.Say(kPosition), Column::kRight},
               {session.Say(kTime)},
               {session.Say(kWho), Column::kLeft, 22},
               {session.Say(kDone), Column::kLeft, 22},
               {session.Say(kRecords), Column::kBelow}});
  for (const JournalEntry& one : all.journal_entries()) {
    if (!one.has_entry()) {
      table.Add({absl::StrCat(one.position()), "-", "-", "-", session.Say(kUnreadable)});
      continue;
    }
    table.Add({absl::StrCat(one.position()), TimeText(one.entry().time()), Who(one.entry()),
               Verb(one.entry().method()), Named(session, one)});
  }
  return table;
}

}  // namespace

ExitCode JournalList(Session& session, const JournalArgs& args) {
  api::v1::ListJournalEntriesRequest request;
  request.set_resource(args.resource);
  request.set_caller(args.caller);
  request.set_actor(args.actor);
  request.set_personal_reads(args.personal_reads);
  request.set_oldest_first(args.oldest_first);
  const auto ask_for = [&](int64_t wanted) {
    request.set_page_size(static_cast<int>(std::min(wanted, kPage)));
  };
  ask_for(args.limit);
  // As entries have it, whether it was written with its stroke or not.
  const bool is_rpc = absl::StartsWith(args.method, "puente.");
  request.set_method(absl::StrCat(is_rpc ? "/" : "", args.method));
  absl::CivilDay day;
  if (!args.since.empty()) {
    if (!ReadDay(session, args.since, day)) return kUsage;
    *request.mutable_since_time() = ToProto(StartOf(day));
  }
  if (!args.until.empty()) {
    if (!ReadDay(session, args.until, day)) return kUsage;
    *request.mutable_until_time() = ToProto(StartOf(day + 1));
  }
  if (const ExitCode code = session.Open(kAuditor, kAudit); code != kOk) return code;
  if (session.Explains(args.server, kList, request)) return kOk;
  api::v1::ListJournalEntriesResponse all;
  do {
    api::v1::ListJournalEntriesResponse page;
    if (!session.Call(args.server, kList, request, &page)) return kFailure;
    request.set_page_token(page.next_page_token());
    all.MergeFrom(page);
    // No more than are wanted, so that the next page begins where this list ends.
    ask_for(args.limit - all.journal_entries_size());
  } while (!request.page_token().empty() && all.journal_entries_size() < args.limit);
  all.set_next_page_token(request.page_token());
  session.PrintList(all, EntryTable(session, all), &kNoEntries);
  // JSON has the token of the next page.
  if (!all.next_page_token().empty() && session.options().format != Format::kJson) {
    session.err() << session.Say(kMore) << "\n";
  }
  return kOk;
}

ExitCode JournalShow(Session& session, const JournalArgs& args) {
  if (const ExitCode code = session.Open(kAuditor, kAudit); code != kOk) return code;
  api::v1::GetJournalEntryRequest request;
  request.set_name(absl::StrCat("journalEntries/", LastId(args.position)));
  if (session.Explains(args.server, kGet, request)) return kOk;
  JournalEntry one;
  if (!session.Call(args.server, kGet, request, &one)) return kFailure;
  const ReadEntry read = Read(one);
  const bool for_programs = session.PrintForPrograms(one);
  Printer printer = session.printer();
  if (!for_programs) PrintEntry(printer, one, read);
  bool same_root = true;
  if (read.entry && read.entry->has_chunk()) {
    api::v1::ListJournalLeavesRequest leaves;
    leaves.set_parent(request.name());
    leaves.set_page_size(kPage);
    api::v1::ListJournalLeavesResponse all;
    if (!session.CallForAll(args.server, kLeaves, leaves, &all)) return kFailure;
    same_root = IsRootOver(read.entry->chunk(), all.leaves());
    if (!for_programs) PrintLeaves(printer, all.leaves(), same_root);
  }
  // Programs get what the server gave, and on the error output what is wrong with it.
  const Label* const wrong = WrongWith(read, same_root);
  if (wrong == nullptr) return kOk;
  return for_programs ? session.Fail(kFailure, session.Say(*wrong)) : kFailure;
}

}  // namespace puente::cli
