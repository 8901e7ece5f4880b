#include "cli/status_text.h"

#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "cli/format.h"
#include "common/federation/contract.h"

namespace puente::cli {
namespace {

std::string HostingText(Printer& printer, api::v1::Hosting hosting) {
  switch (hosting) {
    case api::v1::HOSTING_OWN_PROCESS:
      return printer.Say(label::kOwnProcess);
    case api::v1::HOSTING_EMBEDDED:
      return printer.Say(label::kOneProcess);
    default:
      return printer.Say(label::kNotStated);
  }
}

Table ServerTable(Printer& printer, const std::vector<ServerState>& states) {
  Table table({{printer.Say(label::kServer)},
               {printer.Say(label::kState)},
               {printer.Say(label::kVersion)},
               {printer.Say(label::kHosting)},
               {printer.Say(label::kSchema), Column::kRight},
               {printer.Say(label::kPosition), Column::kRight},
               {printer.Say(label::kSince)},
               {printer.Say(label::kAddress)}});
  for (const ServerState& state : states) {
    if (!state.status.ok()) {
      table.Add({state.name, printer.Say(label::kDown), "", "", "", "", "", state.address});
      continue;
    }
    const api::v1::Server& server = state.server;
    const bool stores = server.schema_version() != 0;
    table.Add({state.name, printer.Say(label::kUp), server.version(),
               HostingText(printer, server.hosting()),
               stores ? absl::StrCat(server.schema_version()) : "-",
               server.journal_position() == 0 ? "-" : CountText(server.journal_position()),
               TimeText(server.start_time()), state.address});
  }
  return table;
}

// Which kind counts of a collection; null if nothing is counted of it.
const api::v1::CountedKind* CountedOf(const api::v1::Server& server, absl::string_view collection) {
  const auto found = absl::c_find_if(server.counted_kinds(), [&](const auto& counted) {
    return counted.collection() == collection;
  });
  return found == server.counted_kinds().end() ? nullptr : &*found;
}

// What a server says of one collection.
struct Collection {
  std::string name;
  const api::v1::RecordCount* records = nullptr;  // null if the caller may not know
  const api::v1::CountedKind* counted = nullptr;  // null if nothing is counted of it
};

std::vector<Collection> CollectionsOf(const api::v1::Server& server) {
  std::vector<Collection> collections;
  for (const api::v1::RecordCount& records : server.record_counts()) {
    collections.push_back(
        {records.collection(), &records, CountedOf(server, records.collection())});
  }
  for (const api::v1::CountedKind& counted : server.counted_kinds()) {
    if (absl::c_none_of(collections,
                        [&](const Collection& one) { return one.counted == &counted; })) {
      collections.push_back({counted.collection(), nullptr, &counted});
    }
  }
  return collections;
}

Table RecordTable(Printer& printer, const std::vector<ServerState>& states) {
  Table records({{printer.Say(label::kServer)},
                 {printer.Say(label::kRecords)},
                 {"", Column::kRight},
                 {printer.Say(label::kOfThemGenerated), Column::kRight},
                 {printer.Say(label::kCounted)},
                 {printer.Say(label::kSince)}});
  for (const ServerState& state : states) {
    for (const auto& [name, count, counted] : CollectionsOf(state.server)) {
      records.Add(
          {state.name, name, count == nullptr ? "" : CountText(count->count()),
           count == nullptr ? "" : CountText(count->generated_count()),
           counted == nullptr ? "" : CountedText(counted->record_kind(), printer.language()),
           counted == nullptr ? "" : DateText(counted->effective_date())});
    }
  }
  return records;
}

Table DueTable(Printer& printer, const std::vector<ServerState>& states) {
  Table table({{printer.Say(label::kServer)},
               {printer.Say(label::kDueWork)},
               {"", Column::kRight},
               {printer.Say(label::kFirstDue)},
               {printer.Say(label::kFailing), Column::kRight},
               {printer.Say(label::kLastError)}});
  for (const ServerState& state : states) {
    for (const api::v1::DueWork& work : state.server.due_work()) {
      table.Add({state.name, work.kind(), CountText(work.count()), TimeText(work.first_due_time()),
                 CountText(work.failing_count()), work.last_error()});
    }
  }
  return table;
}

std::string ResolutionText(Printer& printer, api::v1::Resolution resolution) {
  return printer.Say(resolution == api::v1::RESOLUTION_MISSING ? label::kThereIsNone
                                                               : label::kNotForItsOwner);
}

void PrintUnresolved(Printer& printer, const std::vector<ServerState>& states) {
  Table table({{printer.Say(label::kServer)},
               {printer.Say(label::kRecord)},
               {printer.Say(label::kRefersTo)},
               {printer.Say(label::kIn)},
               {printer.Say(label::kFound)},
               {printer.Say(label::kOwner)},
               {printer.Say(label::kSince)}});
  for (const ServerState& state : states) {
    for (const api::v1::UnresolvedReference& reference : state.unresolved) {
      table.Add({state.name, reference.resource(), reference.target(), reference.field(),
                 ResolutionText(printer, reference.resolution()), reference.owner(),
                 TimeText(reference.since_time())});
    }
  }
  if (!table.empty()) printer.Print(table);
  for (const ServerState& state : states) {
    if (!state.unresolved_status.ok()) {
      printer.Warning(absl::StrCat(state.name, " ", printer.Say(label::kNoReferences), ": ",
                                   state.unresolved_status.message()));
    }
    if (!state.more_unresolved) continue;
    printer.Line(absl::StrCat(printer.Say(label::kMoreUnresolved),
                              ": puente call ReferenceService/ListUnresolvedReferences --server ",
                              state.name, " --as ", state.caller));
  }
}

}  // namespace

void Print(Printer& printer, const std::vector<ServerState>& states) {
  printer.Print(ServerTable(printer, states));
  int64_t down = 0;
  for (const ServerState& state : states) {
    if (!state.status.ok()) ++down;
  }
  if (const Table records = RecordTable(printer, states); !records.empty()) printer.Print(records);
  if (const Table due = DueTable(printer, states); !due.empty()) printer.Print(due);
  PrintUnresolved(printer, states);
  printer.EmptyLine();
  if (down == 0) {
    printer.Line(printer.Say(label::kAllUp));
    return;
  }
  printer.Warning(absl::StrCat(down, " ", printer.Say(label::kOf), " ", states.size(), " ",
                               printer.Say(label::kServersDown), ":"));
  for (const ServerState& state : states) {
    if (!state.status.ok()) printer.Line(absl::StrCat(state.name, ": ", state.cause));
  }
}

std::string StatusJson(const std::vector<ServerState>& states) {
  nlohmann::ordered_json all;
  all["servers"] = nlohmann::ordered_json::array();
  for (const ServerState& state : states) {
    nlohmann::ordered_json line = {
        {"name", state.name}, {"address", state.address}, {"up", state.status.ok()}};
    if (state.status.ok()) {
      line["server"] = nlohmann::ordered_json::parse(ToJson(state.server, false));
      if (!state.unresolved_status.ok()) {
        line["unresolvedReferencesError"] = std::string(state.unresolved_status.message());
        all["servers"].push_back(std::move(line));
        continue;
      }
      if (state.more_unresolved) line["moreUnresolvedReferences"] = true;
      line["unresolvedReferences"] = nlohmann::ordered_json::array();
      for (const api::v1::UnresolvedReference& reference : state.unresolved) {
        line["unresolvedReferences"].push_back(
            nlohmann::ordered_json::parse(ToJson(reference, false)));
      }
    } else {
      line["error"] = state.cause;
    }
    all["servers"].push_back(std::move(line));
  }
  return all.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Table StatusRecords(const std::vector<ServerState>& states) {
  Table table({{"server"},
               {"up"},
               {"version"},
               {"schemaVersion"},
               {"journalPosition"},
               {"collection"},
               {"count"},
               {"generatedCount"},
               {"countedKind"},
               {"countedSince"}});
  for (const ServerState& state : states) {
    const api::v1::Server& server = state.server;
    std::vector<std::string> start = {state.name, state.status.ok() ? "true" : "false",
                                      server.version(), absl::StrCat(server.schema_version()),
                                      absl::StrCat(server.journal_position())};
    const std::vector<Collection> collections = CollectionsOf(server);
    if (collections.empty()) table.Add(start);
    for (const auto& [name, count, counted] : collections) {
      std::vector<std::string> row = start;
      row.insert(row.end(),
                 {name, count == nullptr ? "" : absl::StrCat(count->count()),
                  count == nullptr ? "" : absl::StrCat(count->generated_count()),
                  counted == nullptr ? "" : type::v1::RecordKind_Name(counted->record_kind()),
                  counted == nullptr ? "" : DateText(counted->effective_date())});
      table.Add(std::move(row));
    }
  }
  return table;
}

}  // namespace puente::cli
