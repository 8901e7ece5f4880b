#include "cli/facility_commands.h"

#include "cli/command_tree.h"

namespace puente::cli {
namespace {

void AddDays(CLI::App* command, FacilityArgs& args, const char* first, const char* about_first,
             const char* about_last) {
  command->add_option(first, args.from, about_first)->type_name("YYYY-MM-DD");
  command->add_option("--until", args.until, about_last)->type_name("YYYY-MM-DD");
}

void AddPlace(CLI::App* command, FacilityArgs& args) {
  command->add_option("facility", args.name, "Facility, by its id")->required();
}

// What a new facility must say, and one that changes may.
void AddFacts(CLI::App* command, FacilityArgs& args, Party party, bool fresh) {
  const auto required = [fresh](CLI::Option* option) { return option->required(fresh); };
  CLI::Option* kind =
      command->add_option("--kind", args.kind, "What it is")
          ->check(CLI::IsMember({"workshop", "laboratory", "equipment", "classroom"}))
          ->type_name("KIND");
  if (fresh) kind->default_str(kUsualFacility);
  required(command->add_option("--title", args.title, "In Spanish"))->type_name("TEXT");
  command->add_option("--title-en", args.title_en, "In English")->type_name("TEXT");
  required(command->add_option("--state", args.state, "Where, by INEGI code or name"))
      ->type_name("CODE|NAME");
  command->add_option("--municipality", args.municipality, "Where there")->type_name("NAME");
  if (party == Party::kSchool) {
    command->add_option("--campus", args.campus, "At which campus, by its id")->type_name("ID");
  }
  command->add_option("--skill", args.skills, "Skill that is learned there; once for each")
      ->type_name("ID");
  required(command->add_option("--seats", args.seats,
                               "How many learn there at a time; of equipment, units"))
      ->type_name("N");
  required(command->add_option("--open", args.time, "Hours of a day, such as 07:00-20:00"))
      ->type_name("HH:MM-HH:MM");
  required(command->add_option("--day", args.weekdays,
                               "Day of the week on which it opens; once for each"))
      ->check(CLI::IsMember(
          {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}))
      ->type_name("WEEKDAY");
  command
      ->add_option("--closed", args.closed,
                   "Day on which it is closed besides, or first and last; once for each")
      ->type_name("DAY|DAY..DAY");
}

void AddBooking(CLI::App* book, FacilityArgs& args) {
  AddPlace(book, args);
  AddDays(book, args, "--on", "Day; default: today", "Last of up to seven days; default: one day");
  book->add_option("--at", args.time, "From when to when on each, in whole quarters of an hour")
      ->required()
      ->type_name("HH:MM-HH:MM");
  book->add_option("--seats", args.seats, "How many")->required()->type_name("N");
  book->add_option("--for", args.purpose, "What for")
      ->required()
      ->check(CLI::IsMember({"course", "practice", "assessment", "teacher-training", "other"}))
      ->type_name("PURPOSE");
  book->add_option("--version", args.version, "ID/NUMBER of the microcredential that is learned")
      ->type_name("ID/NUMBER");
}

}  // namespace

void AddFacilities(CLI::App& parent, Party party, Chosen& chosen) {
  const bool company = party == Party::kCompany;
  CLI::App& group =
      AddGroup(parent, "facility", "Workshops, laboratories and equipment, and who books them");
  FacilityArgs& args = chosen.facility;
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(group, name, about, chosen,
               [&args, party, command](Session& session) { return command(session, party, args); });
  };
  CLI::App* list = add("list", "Its own, or those of a state or for a skill", &Facilities);
  list->add_option("--skill", args.skills, "Of anybody, for a skill such as welding")
      ->expected(1)
      ->type_name("ID");
  list->add_option("--state", args.state, "Of anybody, open, in a state by INEGI code or name")
      ->type_name("CODE|NAME")
      ->excludes("--skill");
  CLI::App* fresh = add("add", "Add a facility", &FacilityAdd);
  fresh->add_option("id", args.name, "Id of the facility, which everybody reads")->required();
  AddFacts(fresh, args, party, true);
  CLI::App* change = add("change", "Change what is written, each list as a whole", &FacilityChange);
  AddPlace(change, args);
  AddFacts(change, args, party, false);
  AddPlace(add("pause", "Take no bookings for now", &FacilityPause), args);
  AddPlace(add("open", "Take bookings again", &FacilityOpen), args);
  AddPlace(add("close", "Close a facility for good", &FacilityClose), args);
  CLI::App* free = add("free", "When how many seats are free", &FacilityFree);
  AddPlace(free, args);
  AddDays(free, args, "--on", "Day; default: today", "Last of up to 31 days; default: one day");
  AddBooking(add("book", "Book seats of a facility", &FacilityBook), args);
  CLI::App* bookings = add("bookings", "What it has booked", &FacilityBookings);
  bookings->add_option("facility", args.name, "Of its own: what is booked of this one");
  bookings->add_flag("--hosted", args.hosted, "What is booked of its own, by whomever");
  add("cancel", "Cancel a booking before it begins", &FacilityCancel)
      ->add_option("booking", args.name, "Booking, by its id")
      ->required();
  CLI::App* share = add("share", "Offer a school to book a facility of one's own", &FacilityShare);
  AddPlace(share, args);
  share->add_option("school", args.guest, "School, such as utt")->required();
  share->add_option("--from", args.from, "First day; default: today")->type_name("YYYY-MM-DD");
  share->add_option("--until", args.until, "Last day")->required()->type_name("YYYY-MM-DD");
  share->add_option("--hours", args.hours, "Most hours a week; default: no bound")
      ->check(CLI::Range(0, 168))
      ->type_name("N");
  add("shares", "Agreements about facilities, of either side", &FacilityShares);
  if (!company) {
    CLI::App* answer = add("answer", "Answer an offer of a facility", &FacilityAnswer);
    answer->add_option("agreement", args.name, "Agreement, by its id")->required();
    answer->add_option("answer", args.answer, "accept or refuse")
        ->required()
        ->check(CLI::IsMember({"accept", "refuse"}));
  }
  add("unshare", "End an agreement, or take an offer back", &FacilityUnshare)
      ->add_option("agreement", args.name, "Agreement, by its id")
      ->required();
}

void AddTeachers(CLI::App& school, Chosen& chosen) {
  TeacherArgs& args = chosen.teacher;
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(school, name, about, chosen,
               [&args, command](Session& session) { return command(session, args); });
  };
  CLI::App* teachers = add("teachers", "Its teachers, by their pseudonyms", &SchoolTeachers);
  teachers->add_option("--program", args.program, "Of one program")->type_name("ID");
  teachers->add_option("--skill", args.skill, "Who teach a skill")
      ->type_name("ID")
      ->excludes("--program");
  CLI::App* trainings =
      add("trainings", "Courses and stays in companies of its teachers", &SchoolTrainings);
  trainings->add_option("--teacher", args.teacher, "Of one teacher, by id")->type_name("ID");
  trainings->add_option("--skill", args.skill, "In one skill")
      ->type_name("ID")
      ->excludes("--teacher");
  CLI::App* coverage = add(
      "coverage", "Which share of a program's teachers is up to date in a skill", &SchoolCoverage);
  coverage->add_option("program", args.program, "Program, such as mecatronica")->required();
  coverage->add_option("skill", args.skill, "Skill, such as plc-programming")->required();
  CLI::Option* of = coverage->add_option("--of", args.organization, "School; default: the caller")
                        ->type_name("ID");
  coverage->add_flag("--all", args.all, "Of all schools")->excludes(of);
}

}  // namespace puente::cli
