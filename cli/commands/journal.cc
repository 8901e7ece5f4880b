// The journals of agencies, for who holds them to account.
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/journal_commands.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
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
constexpr Label kPosition{"entry", "asiento"};
constexpr Label kTime{"time", "hora"};
constexpr Label kWho{"who", "quién"};
constexpr Label kDone{"method", "método"};
constexpr Label kRecords{"records", "registros"};
constexpr Label kRecord{"record", "registro"};
constexpr Label kThrough{"through", "a través de"};
constexpr Label kWhy{"why", "para qué"};
constexpr Label kUpload{"upload", "carga"};
constexpr Label kPersonalRead{"personal data read", "datos personales leídos"};
constexpr Label kDeleted{"deleted", "borrado"};
constexpr Label kAsWritten{"as written: its digest is of these bytes",
                           "como se escribió: su resumen es de estos bytes"};
constexpr Label kNotAsWritten{"NOT AS WRITTEN: its digest is of other bytes",
                              "NO COMO SE ESCRIBIÓ: su resumen es de otros bytes"};
constexpr Label kSameRoot{"these records are the chunk's: its root is over them",
                          "estos registros son los del bloque: su raíz es de ellos"};
constexpr Label kOtherRoot{"OTHER RECORDS: the chunk's root is over others",
                           "OTROS REGISTROS: la raíz del bloque es de otros"};

std::string Who(const journal::v1::Entry& entry) {
  return absl::StrCat(entry.caller(), entry.actor().empty() ? "" : " ", entry.actor());
}

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
    table.Add({absl::StrCat(one.position()), TimeText(one.entry().time()), Who(one.entry()),
               Verb(one.entry().method()), Named(session, one)});
  }
  return table;
}

void PrintEntry(Session& session, const JournalEntry& one,
                const api::v1::ListJournalLeavesResponse& leaves) {
  const journal::v1::Entry& entry = one.entry();
  Printer printer = session.printer();
  printer.Heading(absl::StrCat(entry.agency(), " ", one.position()));
  std::vector<std::vector<std::string>> facts;
  const auto fact = [&](const Label& label, const std::string& value) {
    if (!value.empty()) facts.push_back({session.Say(label), "", value});
  };
  fact(kTime, TimeText(entry.time()));
  fact(kDone, entry.method());
  fact(kWho, Who(entry));
  fact(kThrough, entry.delegate());
  fact(kWhy, entry.purpose());
  fact(kUpload, entry.chunk().upload());
  for (const std::string& name : entry.change().read()) fact(kPersonalRead, name);
  for (const std::string& name : entry.chunk().read()) fact(kPersonalRead, name);
  printer.Print(facts);
  if (leaves.leaves_size() > 0) {
    Table table(
        {{session.Say(label::kVersion), Column::kRight}, {session.Say(kRecord), Column::kBelow}});
    for (const journal::v1::Leaf& leaf : leaves.leaves()) {
      table.Add({absl::StrCat(leaf.version()),
                 leaf.deleted() ? absl::StrCat(leaf.name(), " (", session.Say(kDeleted), ")")
                                : leaf.name()});
    }
    printer.Print(table);
  }
  printer.EmptyLine();
}

// Whether the entry is what its digest is of, and its records those that its root is over.
bool Verify(Session& session, const JournalEntry& one,
            const api::v1::ListJournalLeavesResponse& leaves) {
  const bool as_written = crypto::LeafHash(one.canonical()) == one.digest();
  session.out() << "  " << session.Say(as_written ? kAsWritten : kNotAsWritten) << "\n";
  if (!one.entry().has_chunk()) return as_written;
  std::vector<std::string> hashes;
  for (const journal::v1::Leaf& leaf : leaves.leaves()) {
    hashes.push_back(crypto::LeafHash(crypto::Canonical(leaf)));
  }
  const bool same = crypto::MerkleRoot(std::move(hashes)) == one.entry().chunk().root();
  session.out() << "  " << session.Say(same ? kSameRoot : kOtherRoot) << "\n";
  return as_written && same;
}

}  // namespace

ExitCode JournalList(Session& session, const JournalArgs& args) {
  api::v1::ListJournalEntriesRequest request;
  request.set_resource(args.resource);
  request.set_caller(args.caller);
  request.set_actor(args.actor);
  request.set_personal_reads(args.personal_reads);
  request.set_oldest_first(args.oldest_first);
  request.set_page_size(static_cast<int>(std::min(args.limit, kPage)));
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
  } while (!request.page_token().empty() && all.journal_entries_size() < args.limit);
  if (const int more = all.journal_entries_size() - static_cast<int>(args.limit); more > 0) {
    all.mutable_journal_entries()->DeleteSubrange(static_cast<int>(args.limit), more);
  }
  session.PrintList(all, EntryTable(session, all), &kNoEntries);
  return kOk;
}

ExitCode JournalShow(Session& session, const JournalArgs& args) {
  if (const ExitCode code = session.Open(kAuditor, kAudit); code != kOk) return code;
  api::v1::GetJournalEntryRequest request;
  request.set_name(absl::StrCat("journalEntries/", LastId(args.position)));
  if (session.Explains(args.server, kGet, request)) return kOk;
  JournalEntry one;
  if (!session.Call(args.server, kGet, request, &one)) return kFailure;
  if (session.PrintForPrograms(one)) return kOk;
  api::v1::ListJournalLeavesRequest leaves;
  leaves.set_parent(request.name());
  leaves.set_page_size(kPage);
  api::v1::ListJournalLeavesResponse all;
  if (!session.CallForAll(args.server, kLeaves, leaves, &all)) return kFailure;
  PrintEntry(session, one, all);
  return Verify(session, one, all) ? kOk : kFailure;
}

}  // namespace puente::cli
