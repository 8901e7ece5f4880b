#include "cli/journal_commands.h"

#include "cli/command_tree.h"
#include "common/federation/federation.h"

namespace puente::cli {

void AddJournal(CLI::App& app, Chosen& chosen) {
  JournalArgs& args = chosen.journal;
  CLI::App& journal = AddGroup(app, "journal", "What servers have written down of what was done");
  const auto add = [&](const char* name, const char* about, auto command) {
    CLI::App* added = Add(journal, name, about, chosen,
                          [&args, command](Session& session) { return command(session, args); });
    added->add_option("server", args.server, "Whose journal, such as education")
        ->required()
        ->check(CLI::IsMember(Servers()));
    return added;
  };
  CLI::App* list = add("list", "The entries, the last ones first", &JournalList);
  list->add_option("--record", args.resource,
                   "Of this record or collection, and of what is below it, such as "
                   "organizations/conalep")
      ->type_name("NAME");
  list->add_option("--by", args.caller, "Of this caller, such as company/acme")
      ->type_name("CALLER");
  list->add_option("--acting", args.actor, "Of the person who acted, such as reviewer-1")
      ->type_name("ID");
  list->add_option("--method", args.method,
                   "Of this method, such as puente.labor.v1.VacancyService/CloseVacancy")
      ->type_name("NAME");
  list->add_flag("--personal", args.personal_reads, "Only where something personal was read");
  list->add_option("--from", args.since, "First day")->type_name("YYYY-MM-DD");
  list->add_option("--until", args.until, "Last day")->type_name("YYYY-MM-DD");
  list->add_flag("--oldest-first", args.oldest_first, "The first ones first");
  list->add_option("--limit", args.limit, "Most entries")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  add("show", "One entry: what changed, and whether it is as it was written", &JournalShow)
      ->add_option("position", args.position, "Which one, by its position")
      ->required();
}

}  // namespace puente::cli
