// Commands of dual education. What both sides do is one command of `puente company dual` and of
// `puente school dual`; `party` says of which.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.h"

namespace puente::cli {

struct DualArgs {
  std::string name;  // of the plan or the agreement
  std::string with;  // the company to which an agreement is proposed
  std::string answer;
  std::string learner;
  std::string enrolment;
  std::string agreement;
  std::string place;  // "acme/tig"
  std::string tutor;
  std::string instructor;
  std::string from;  // "2027-01-31"
  std::string until;
  int32_t hours = 0;                  // a week
  std::vector<std::string> outcomes;  // "1:60:company"
  std::string consent;                // day of a guardian's paper; "" for none needed
  std::string follows;                // an earlier plan
  std::string insured_by;
  std::string policy;
  std::string insured_until;
  int64_t support = 0;  // pesos a month
  std::string reason;   // why something is ended, paused or disputed
  std::vector<std::string> entries;
  std::string entry;  // id of the one that is claimed; "" for one made of day and outcome
  std::string day;
  int32_t outcome = 0;
  int32_t minutes = 0;
  std::string result;
  std::string state;
  bool on_paper = false;
};

// Opens the session as the party and names the plan: "organizations/utt/dualPlans/x" of itself, of
// "utt/x", and of "x" as a school writes its own. Prints an error otherwise.
ExitCode OpenPlan(Session& session, Party party, const std::string& written, std::string& plan);

ExitCode DualAgreements(Session& session, Party party, const DualArgs& args);
// Of all schools and companies, as Labor reads them; of `with` alone if a company is named.
ExitCode LaborDualAgreements(Session& session, const DualArgs& args);
ExitCode DualPropose(Session& session, const DualArgs& args);
// What a company says to an agreement that was proposed.
ExitCode DualAnswer(Session& session, const DualArgs& args);
ExitCode DualWithdraw(Session& session, const DualArgs& args);
ExitCode DualEndAgreement(Session& session, Party party, const DualArgs& args);

ExitCode DualPlans(Session& session, Party party, const DualArgs& args);
// What a plan says, whose turn it is, and its hours by outcome.
ExitCode DualPlan(Session& session, Party party, const DualArgs& args);
ExitCode DualDraft(Session& session, const DualArgs& args);
ExitCode DualAccept(Session& session, Party party, const DualArgs& args);
// Makes the learner's code, and shows it once.
ExitCode DualCode(Session& session, const DualArgs& args);
// Records that the learner has confirmed. The code comes from the standard input.
ExitCode DualConfirm(Session& session, const DualArgs& args);
ExitCode DualChange(Session& session, Party party, const DualArgs& args);
ExitCode DualAnswerChange(Session& session, Party party, const DualArgs& args);
ExitCode DualPause(Session& session, Party party, const DualArgs& args);
ExitCode DualResume(Session& session, Party party, const DualArgs& args);
ExitCode DualEnd(Session& session, Party party, const DualArgs& args);
ExitCode DualJudge(Session& session, const DualArgs& args);

// The entries of a plan.
ExitCode DualHours(Session& session, Party party, const DualArgs& args);
ExitCode DualClaim(Session& session, Party party, const DualArgs& args);
// Those that are named, or all that wait for the caller.
ExitCode DualConfirmHours(Session& session, Party party, const DualArgs& args);
ExitCode DualDispute(Session& session, Party party, const DualArgs& args);
ExitCode DualVoid(Session& session, Party party, const DualArgs& args);

}  // namespace puente::cli
