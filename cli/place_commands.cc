#include "cli/command_tree.h"

namespace puente::cli {

void AddOffers(CLI::App& company, Chosen& chosen) {
  PlaceArgs& args = chosen.place;
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(company, name, about, chosen,
               [&args, command](Session& session) { return command(session, args); });
  };
  CLI::App* places =
      add("places", "Places that it offers to learners, and their seats", &CompanyPlaces);
  CLI::App* offer = add("offer", "Offer a place to learners", &CompanyOffer);
  for (CLI::App* each : {places, offer}) {
    each->add_option("--company", args.company,
                     "Company that consented, of a chamber; default: the caller")
        ->type_name("ID");
  }
  offer->add_option("id", args.name, "Id of the place, which everybody reads")->required();
  offer->add_option("--title", args.title, "In Spanish")->required()->type_name("TEXT");
  offer->add_option("--title-en", args.title_en, "In English")->type_name("TEXT");
  offer->add_option("--state", args.state, "Where, by INEGI code or name")
      ->required()
      ->type_name("CODE|NAME");
  offer->add_option("--municipality", args.municipality, "Where there")->type_name("NAME");
  offer->add_option("--occupation", args.occupation, "SINCO code, 1 to 4 digits")
      ->type_name("CODE");
  offer->add_option("--skill", args.skills, "Skill that is learned; once for each")
      ->type_name("ID");
  offer->add_option("--seats", args.seats, "How many")->required()->type_name("N");
  offer->add_option("--hours", args.hours, "Hours a week")->required()->type_name("N");
  offer->add_option("--from", args.from, "First day")->required()->type_name("YYYY-MM-DD");
  offer->add_option("--until", args.until, "Last day")->required()->type_name("YYYY-MM-DD");
  Add(company, "reservations", "What schools have reserved of its places", chosen,
      &CompanyReservations);
  add("confirm", "Confirm a reservation", &CompanyConfirm)
      ->add_option("reservation", args.name, "Reservation, by its id")
      ->required();
  add("learner", "Name of a learner who has a confirmed seat", &CompanyLearner)
      ->add_option("reservation", args.name, "Reservation, by its id")
      ->required();
}

void AddReservations(CLI::App& school, Chosen& chosen) {
  PlaceArgs& args = chosen.place;
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(school, name, about, chosen,
               [&args, command](Session& session) { return command(session, args); });
  };
  CLI::App* places = add("places", "Places where learners can learn in a company", &SchoolPlaces);
  CLI::Option_group* by = places->add_option_group("by", "One of these");
  by->add_option("--state", args.state, "State, by INEGI code or name")->type_name("CODE|NAME");
  by->add_option("--occupation", args.occupation, "SINCO code, 1 to 4 digits")->type_name("CODE");
  by->add_option("--skill", args.skills, "Skill, such as welding")->expected(1)->type_name("ID");
  by->require_option(1);
  CLI::App* match =
      add("match", "Places for a learner or a class, the nearest first", &SchoolMatch);
  match->add_option("--skill", args.skills, "Skill to be learned; the most important first")
      ->required()
      ->type_name("ID");
  match->add_option("--state", args.state, "Where the learner is, by INEGI code or name")
      ->required()
      ->type_name("CODE|NAME");
  match->add_option("--municipality", args.municipality, "Where there")->type_name("NAME");
  match->add_option("--from", args.from, "First day")->required()->type_name("YYYY-MM-DD");
  match->add_option("--until", args.until, "Last day")->required()->type_name("YYYY-MM-DD");
  match->add_option("--seats", args.seats, "How many, for a class")->type_name("N");
  match->add_option("--hours", args.hours, "Most hours a week")->type_name("N");
  match->add_option("--place", args.name, "Says of this place alone whether it fits, and why not")
      ->type_name("COMPANY/ID");
  CLI::App* place = add("place", "Enrol a learner at a place and reserve the seat", &SchoolPlace);
  place->add_option("place", args.name, "COMPANY/ID, or companies/ID/trainingPlaces/ID")
      ->required();
  place->add_option("learner", args.learner, "Learner, by id")->required();
  place->add_option("--from", args.from, "First day")->required()->type_name("YYYY-MM-DD");
  place->add_option("--until", args.until, "Last day")->required()->type_name("YYYY-MM-DD");
  Add(school, "reservations", "What it has reserved", chosen, &SchoolReservations);
  add("release", "Give a reserved seat back", &SchoolRelease)
      ->add_option("reservation", args.name, "Reservation, by its id")
      ->required();
}

}  // namespace puente::cli
