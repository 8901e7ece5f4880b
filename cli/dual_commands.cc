#include "cli/dual_commands.h"

#include "cli/command_tree.h"

namespace puente::cli {
namespace {

constexpr char kPlanOfCompany[] = "SCHOOL/PLAN, or organizations/ID/dualPlans/ID";
constexpr char kPlanOfSchool[] = "Plan, by its id";

// Adds commands to the group of one party.
class Adder {
 public:
  Adder(CLI::App& group, Chosen& chosen, Party party)
      : group_(group), chosen_(chosen), party_(party) {}

  CLI::App* operator()(const char* name, const char* about,
                       ExitCode (*command)(Session&, Party, const DualArgs&)) const {
    return Add(group_, name, about, chosen_,
               [&args = chosen_.dual, party = party_, command](Session& session) {
                 return command(session, party, args);
               });
  }
  // What that party alone does.
  CLI::App* operator()(const char* name, const char* about,
                       ExitCode (*command)(Session&, const DualArgs&)) const {
    return Add(group_, name, about, chosen_, [&args = chosen_.dual, command](Session& session) {
      return command(session, args);
    });
  }

  // The plan that a command is about.
  CLI::App* OfPlan(CLI::App* command) const {
    command
        ->add_option("plan", chosen_.dual.name,
                     party_ == Party::kCompany ? kPlanOfCompany : kPlanOfSchool)
        ->required();
    return command;
  }

 private:
  CLI::App& group_;
  Chosen& chosen_;
  const Party party_;
};

void AddDay(CLI::App* command, const char* name, std::string& day, const char* about,
            bool required = true) {
  command->add_option(name, day, about)->required(required)->type_name("YYYY-MM-DD");
}

void AddEnd(CLI::App* command, DualArgs& args) {
  command->add_option("--because", args.reason, "Why")
      ->required()
      ->check(CLI::IsMember({"mutual", "learner-left", "organization-cannot", "company-cannot",
                             "terms-not-kept", "other"}))
      ->type_name("CAUSE");
}

void AddOutcomes(CLI::App* command, DualArgs& args, const char* about) {
  command->add_option("--outcome", args.outcomes, about)->type_name("NUMBER:HOURS:WHERE");
}

void AddState(CLI::App* command, DualArgs& args, std::vector<std::string> states) {
  command->add_option("--state", args.state, "Only those that stand so; default: all")
      ->check(CLI::IsMember(std::move(states)))
      ->type_name("STATE");
}

void AddAgreements(const Adder& add, DualArgs& args) {
  AddState(add("agreements", "Agreements with the other side", &DualAgreements), args,
           {"proposed", "in-force", "refused", "withdrawn", "ended"});
  CLI::App* end =
      add("end-agreement", "End an agreement, once its plans are ended", &DualEndAgreement);
  end->add_option("agreement", args.name, "Agreement, by its id")->required();
  AddEnd(end, args);
}

void AddPlans(const Adder& add, DualArgs& args) {
  AddState(add("plans", "Plans, and whose turn each is", &DualPlans), args,
           {"draft", "agreed", "running", "paused", "ended"});
  add.OfPlan(add("plan", "What a plan says, what is owed, and its hours by outcome", &DualPlan));
  add.OfPlan(add("accept", "Accept a draft as it is", &DualAccept));
  CLI::App* change =
      add.OfPlan(add("change", "Propose a change of a plan to the other side", &DualChange));
  change->add_option("--tutor", args.tutor, "Another tutor")->type_name("ID");
  change->add_option("--instructor", args.instructor, "Another instructor")->type_name("ID");
  AddDay(change, "--until", args.until, "Another last day", false);
  change->add_option("--hours", args.hours, "Other hours a week")->type_name("N");
  AddOutcomes(change, args, "All outcomes as they would be, as in draft; once for each");
  add.OfPlan(add("answer-change", "Answer the change of a plan, or take back one's own",
                 &DualAnswerChange))
      ->add_option("answer", args.answer, "accept, refuse or withdraw")
      ->required()
      ->check(CLI::IsMember({"accept", "refuse", "withdraw"}));
  CLI::App* pause = add.OfPlan(add("pause", "Pause a plan from today on", &DualPause));
  AddDay(pause, "--until", args.until, "Last day of the pause");
  pause->add_option("--because", args.reason, "Whose cause")
      ->required()
      ->check(CLI::IsMember({"learner", "school", "company", "other"}))
      ->type_name("CAUSE");
  add.OfPlan(add("resume", "Have a plan go on before its pause is over", &DualResume));
  AddEnd(add.OfPlan(add("end", "End a plan before its last day", &DualEnd)), args);
}

void AddHours(const Adder& add, DualArgs& args) {
  AddState(add.OfPlan(add("hours", "Hours of a plan, entry by entry", &DualHours)), args,
           {"claimed", "confirmed", "disputed", "voided"});
  CLI::App* claim = add.OfPlan(add("claim", "Claim minutes of a day for an outcome", &DualClaim));
  claim->add_option("outcome", args.outcome, "Number of the outcome")->required();
  claim->add_option("minutes", args.minutes, "How many")->required();
  AddDay(claim, "--on", args.day, "Day");
  claim->add_option("--id", args.entry, "Id of the entry; default: DAY-OUTCOME")->type_name("ID");
  add.OfPlan(add("confirm-hours", "Confirm hours of the other side", &DualConfirmHours))
      ->add_option("entry", args.entries, "Entries, by their ids; default: all that wait");
  CLI::App* dispute =
      add.OfPlan(add("dispute-hours", "Dispute hours of the other side", &DualDispute));
  dispute->add_option("entry", args.entry, "Entry, by its id")->required();
  dispute->add_option("--because", args.reason, "What was otherwise")
      ->required()
      ->check(CLI::IsMember({"day", "minutes", "outcome", "absent", "other"}))
      ->type_name("REASON");
  add.OfPlan(add("void-hours", "Take back hours of one's own that are not confirmed", &DualVoid))
      ->add_option("entry", args.entry, "Entry, by its id")
      ->required();
}

void AddProposal(const Adder& add, DualArgs& args) {
  CLI::App* propose = add("propose", "Propose an agreement to a company", &DualPropose);
  propose->add_option("company", args.with, "Company, such as acme")->required();
  AddDay(propose, "--from", args.from, "First day");
  AddDay(propose, "--until", args.until, "Last day");
  propose->add_option("--hours", args.hours, "Most hours a week of a learner's plan")
      ->required()
      ->type_name("N");
  propose->add_option("--insured-by", args.insured_by, "Who insures learners")
      ->required()
      ->check(CLI::IsMember({"imss", "company", "organization"}))
      ->type_name("WHO");
  propose->add_option("--policy", args.policy, "Number of the policy or of the register")
      ->required()
      ->type_name("TEXT");
  AddDay(propose, "--insured-until", args.insured_until,
         "Last day that is insured; default: the agreement's last", false);
  propose->add_option("--support", args.support, "Pesos that the company gives a learner a month")
      ->check(CLI::Range(int64_t{0}, int64_t{1000000}))
      ->type_name("N");
  add("withdraw", "Take back an agreement that the company has not answered", &DualWithdraw)
      ->add_option("agreement", args.name, "Agreement, by its id")
      ->required();
}

void AddDraft(const Adder& add, DualArgs& args) {
  CLI::App* draft = add("draft", "Draft a learner's plan under an agreement in force", &DualDraft);
  draft->add_option("id", args.name, "Id of the plan, which says nothing of the learner")
      ->required();
  const auto need = [&](const char* name, std::string& value, const char* about) {
    draft->add_option(name, value, about)->required()->type_name("ID");
  };
  need("--learner", args.learner, "Learner, by id");
  need("--enrolment", args.enrolment, "The learner's enrolment, by id");
  need("--agreement", args.agreement, "Agreement, by its id");
  draft->add_option("--place", args.place, "Where the learner is placed")
      ->required()
      ->type_name("COMPANY/ID");
  need("--tutor", args.tutor, "Who goes along at school, by a pseudonymous id");
  need("--instructor", args.instructor, "Who instructs at work, by a pseudonymous id");
  AddDay(draft, "--from", args.from, "First day");
  AddDay(draft, "--until", args.until, "Last day");
  draft->add_option("--hours", args.hours, "Hours a week")->required()->type_name("N");
  AddOutcomes(draft, args,
              "Outcome of what the learner is enrolled in, its hours, and where it is learned: "
              "1:60:company, or school; once for each");
  draft->get_option("--outcome")->required();
  AddDay(draft, "--consent", args.consent, "Of a minor: day of the guardian's paper", false);
  draft->add_option("--follows", args.follows, "The learner's plan that ended before it")
      ->type_name("ID");
}

void AddConfirmation(const Adder& add, DualArgs& args) {
  add.OfPlan(add("code", "Make the code with which the learner confirms a plan", &DualCode));
  add.OfPlan(add("confirm", "Record that the learner confirmed a plan", &DualConfirm))
      ->add_flag("--on-paper", args.on_paper,
                 "On paper that the school keeps; default: by the code that the standard input "
                 "gives");
}

}  // namespace

void AddDual(CLI::App& parent, Party party, Chosen& chosen) {
  const bool company = party == Party::kCompany;
  CLI::App& group = AddGroup(parent, "dual", "Dual education: agreements, plans and hours");
  DualArgs& args = chosen.dual;
  const Adder add(group, chosen, party);
  AddAgreements(add, args);
  if (company) {
    CLI::App* answer = add("answer", "Answer an agreement that a school proposed", &DualAnswer);
    answer->add_option("agreement", args.name, "Agreement, by its id")->required();
    answer->add_option("answer", args.answer, "accept or refuse")
        ->required()
        ->check(CLI::IsMember({"accept", "refuse"}));
  } else {
    AddProposal(add, args);
    AddDraft(add, args);
  }
  AddPlans(add, args);
  if (!company) AddConfirmation(add, args);
  AddHours(add, args);
  if (!company) return;
  CLI::App* judge = add.OfPlan(add("judge", "Say whether an outcome is achieved", &DualJudge));
  judge->add_option("outcome", args.outcome, "Number of the outcome")->required();
  judge->add_option("result", args.result, "achieved or not-yet")
      ->required()
      ->check(CLI::IsMember({"achieved", "not-yet"}));
  AddDay(judge, "--on", args.day, "Day of which it is said; default: today", false);
}

}  // namespace puente::cli
