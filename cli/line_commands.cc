#include "absl/strings/str_cat.h"
#include "cli/command_tree.h"

namespace puente::cli {
namespace {

void AddDecisions(CLI::App& certify, Chosen& chosen) {
  DecisionArgs& args = chosen.decision;
  CLI::App* assign = Add(certify, "assign", "Give a submission to a reviewer", chosen,
                         [&](Session& session) { return CertifyAssign(session, args); });
  assign->add_option("submission", args.submission, "Submission, by its id")->required();
  assign->add_option("reviewer", args.reviewer, "Actor of the body who is to decide")->required();
  CLI::App* open = Add(certify, "open", "Open the dossier of a submission, on which it is decided",
                       chosen, [&](Session& session) { return CertifyOpen(session, args); });
  open->add_option("submission", args.submission, "Submission, by its id")->required();
  CLI::App* evidence =
      Add(certify, "evidence", "What the dossier of a submission holds, as it was answered then",
          chosen, [&](Session& session) { return CertifyEvidence(session, args); });
  evidence->add_option("submission", args.submission, "Submission, by its id")->required();
  evidence->add_option("--dossier", args.dossier, "By its id; default: the one opened last")
      ->type_name("ID");
  CLI::App* decide = Add(certify, "decide", "Decide on a submission, and wait until it is recorded",
                         chosen, [&](Session& session) { return CertifyDecide(session, args); });
  decide->add_option("submission", args.submission, "Submission, by its id")->required();
  decide
      ->add_option(
          "decision", args.decision,
          "certify, return or reject; of a certified one suspend, resume, renew or withdraw")
      ->required()
      ->check(
          CLI::IsMember({"certify", "return", "reject", "suspend", "resume", "renew", "withdraw"}));
  decide->add_option("--dossier", args.dossier, "By its id; default: the one opened last")
      ->type_name("ID");
  decide->add_option("--from", args.from, "First day on which it counts; default: today")
      ->type_name("YYYY-MM-DD");
  decide->add_option("--until", args.until, "Last day of the term, to certify or renew")
      ->type_name("YYYY-MM-DD");
  decide->add_option("--conditions", args.conditions, "What a certification is tied to")
      ->type_name("TEXT");
  decide->add_option("--reason", args.reason, "Why; needed for all that is refused or taken away")
      ->type_name("TEXT");
  decide
      ->add_option("--override", args.overrides,
                   "Why a section that the dossier lacks is not needed; once for each")
      ->type_name("SECTION=REASON");
  decide->add_option("--replaces", args.replaces, "The decision under appeal that it replaces")
      ->type_name("ID");
}

void AddRegister(CLI::App& certify, Chosen& chosen) {
  RegisterArgs& args = chosen.body_register;
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(certify, name, about, chosen,
               [&args, command](Session& session) { return command(session, args); });
  };
  CLI::App* missing = add("missing", "Published versions that nobody certifies", &CertifyMissing);
  missing->add_option("--level", args.level, "Level, such as mnc:4")->type_name("LEVEL");
  missing->add_option("--state", args.state, "State, by INEGI code or name")
      ->type_name("CODE|NAME");
  missing->add_option("--sector", args.sector, "Sector table, such as automotive")->type_name("ID");
  add("changes", "What is to change in the register of bodies", &CertifyChanges)
      ->add_flag("--all", args.all, "Also what is confirmed, declined or withdrawn");
  add("confirm", "Confirm a change of the register that another proposed", &CertifyConfirm)
      ->add_option("change", args.change, "Change, by its id")
      ->required();
  CLI::App* decline = add("decline", "Decline a change of the register", &CertifyDecline);
  decline->add_option("change", args.change, "Change, by its id")->required();
  decline->add_option("--reason", args.reason, "Why")->required()->type_name("TEXT");
}

void AddFindings(CLI::App& certify, Chosen& chosen) {
  FindingArgs& args = chosen.finding;
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(certify, name, about, chosen,
               [&args, command](Session& session) { return command(session, args); });
  };
  add("findings", "What reviewers have found in a submission", &CertifyFindings)
      ->add_option("submission", args.submission, "Submission, by its id")
      ->required();
  CLI::App* find = add("find", "Record a finding about a submission in review", &CertifyFind);
  find->add_option("submission", args.submission, "Submission, by its id")->required();
  find->add_option("text", args.text, "What was found")->required();
  find->add_option("--of", args.target, "Field of the version, such as outcomes[2].statement")
      ->required()
      ->type_name("FIELD");
  find->add_flag("--advice", args.advice,
                 "It would be better otherwise; default: nothing is certified before it is closed");
  add("close", "Close a finding", &CertifyClose)
      ->add_option("finding", args.finding, "Finding, by its id")
      ->required();
  CLI::App* uphold = Add(certify, "uphold", "Answer an appeal: the decision stands", chosen,
                         [&](Session& session) { return CertifyUphold(session, chosen.decision); });
  uphold->add_option("decision", chosen.decision.decision, "Decision, by its id")->required();
  uphold->add_option("--reason", chosen.decision.reason, "Why it stands")
      ->required()
      ->type_name("TEXT");
}

// What a chamber that acts for a company may do as well.
void AddNeeds(CLI::App& company, Chosen& chosen) {
  CompanyArgs& args = chosen.company;
  const auto add = [&](const char* name, const char* about, auto command) {
    CLI::App* added = Add(company, name, about, chosen,
                          [&args, command](Session& session) { return command(session, args); });
    added
        ->add_option("--company", args.company,
                     "Company that consented, of a chamber; default: the caller")
        ->type_name("ID");
    return added;
  };
  add("needs", "What it has stated that it needs, and whether that counts", &CompanyNeeds);
  CLI::App* need = add("need", "State a need", &CompanyNeed);
  need->add_option("id", args.name, "Id of the statement")->required();
  need->add_option("--skill", args.skills, "Skill, such as welding")
      ->required()
      ->expected(1)
      ->type_name("ID");
  need->add_option("--level", args.level, "Such as cefr:B2")->type_name("SCHEME:VALUE");
  need->add_option("--heads", args.heads, "How many people")->required()->type_name("N");
  need->add_option("--state", args.state, "Where, by INEGI code or name")
      ->required()
      ->type_name("CODE|NAME");
  need->add_option("--scian", args.scian, "SCIAN class, 2 to 6 digits")
      ->required()
      ->type_name("CLASS");
  need->add_option("--from", args.from, "First day")->required()->type_name("YYYY-MM-DD");
  need->add_option("--until", args.until, "Last day")->required()->type_name("YYYY-MM-DD");
  add("explain", "Whether a statement counts, and why not", &CompanyExplain)
      ->add_option("statement", args.name, "Statement, by its id")
      ->required();
  add("withdraw", "Withdraw a statement", &CompanyWithdraw)
      ->add_option("statement", args.name, "Statement, by its id")
      ->required();
  add("proposals", "What it has proposed, and what became of it", &CompanyProposals);
  CLI::App* propose = add("propose", "Propose what should be done", &CompanyPropose);
  propose->add_option("id", args.name, "Id of the proposal, which everybody reads")->required();
  propose->add_option("--kind", args.kind, "What is asked for")
      ->required()
      ->check(CLI::IsMember({"new-microcredential", "changed-program", "teachers-trained",
                             "shared-workshop", "dual-places"}))
      ->type_name("KIND");
  propose->add_option("--title", args.title, "In Spanish")->required()->type_name("TEXT");
  propose->add_option("--title-en", args.title_en, "In English")->type_name("TEXT");
  propose->add_option("--text", args.text, "What is asked for and why")
      ->required()
      ->type_name("TEXT");
  propose->add_option("--skill", args.skills, "Skill to be taught; once for each")->type_name("ID");
  propose->add_option("--statement", args.statements, "Need that it rests on; once for each")
      ->type_name("ID");
  propose->add_option("--sector", args.sector, "Sector table")->type_name("ID");
  propose->add_option("--session", args.session, "sectorTables/ID/sessions/ID that it comes from")
      ->type_name("NAME");
  propose->add_option("--agreement", args.agreements, "That it follows from; once for each")
      ->type_name("ID");
  propose->add_flag("--show-author", args.show_author, "Everybody may know who proposes");
  add("consents", "Which chambers act for it; as a chamber, for whom it acts", &CompanyConsents);
}

// Of what an organization has assessed itself, or a body for it.
void AddResult(CLI::App& group, Chosen& chosen, const char* assessment,
               ExitCode (*command)(Session&, const LearnerArgs&)) {
  LearnerArgs& args = chosen.learner;
  CLI::App* result = Add(group, "result", "Record the result of an assessment", chosen,
                         [&args, command](Session& session) { return command(session, args); });
  result->add_option("assessment", args.name, assessment)->required();
  result->add_option("result", args.result, "passed or failed")
      ->required()
      ->check(CLI::IsMember({"passed", "failed"}));
  result->add_option("--grade", args.grade, "The grade")->type_name("TEXT");
}

// From a person to a passed assessment.
void AddLearners(CLI::App& school, Chosen& chosen) {
  LearnerArgs& args = chosen.learner;
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(school, name, about, chosen,
               [&args, command](Session& session) { return command(session, args); });
  };
  add("register", "Register a learner, of whom a file tells who it is", &SchoolRegister)
      ->add_option("file", args.name, "JSON of the learner (- reads the standard input)")
      ->required();
  add("learner", "Who a learner is; the read is journaled", &SchoolLearner)
      ->add_option("learner", args.name, "Learner, by id")
      ->required();
  Add(school, "find", "The learner who has the CURP that the standard input gives", chosen,
      &SchoolFind);
  add("accesses", "Who read or changed what is held of a learner", &SchoolAccesses)
      ->add_option("learner", args.name, "Learner, by id")
      ->required();
  CLI::App* enrol = add("enrol", "Enrol a learner in a microcredential", &SchoolEnrol);
  enrol->add_option("learner", args.name, "Learner, by id")->required();
  enrol->add_option("version", args.version, "ID/NUMBER of the microcredential")->required();
  enrol->add_option("--from", args.from, "First day")->required()->type_name("YYYY-MM-DD");
  enrol->add_option("--id", args.id, "Id of the enrolment; default: a fresh one")->type_name("ID");
  CLI::App* assess = add("assess", "Schedule an assessment of an enrolment", &SchoolAssess);
  assess->add_option("enrolment", args.name, "Enrolment, by id")->required();
  assess->add_option("--on", args.from, "Day")->required()->type_name("YYYY-MM-DD");
  assess
      ->add_option("--certifier", args.certifier,
                   "Body that assesses; default: the organization itself does")
      ->type_name("ID");
  assess->add_option("--evaluator", args.evaluator, "Who evaluates, by a pseudonymous id")
      ->required()
      ->type_name("ID");
  assess->add_option("--instrument", args.instrument, "What it is assessed with")
      ->required()
      ->type_name("TEXT");
  assess->add_option("--supervision", args.supervision, "Who watches: none, in-person or remote")
      ->required()
      ->check(CLI::IsMember({"none", "in-person", "remote"}))
      ->type_name("KIND");
  assess
      ->add_option("--identity", args.identity,
                   "How the learner's identity is checked: none, known, document or biometric")
      ->required()
      ->check(CLI::IsMember({"none", "known", "document", "biometric"}))
      ->type_name("KIND");
  assess->add_option("--attempt", args.attempt, "Which attempt")->capture_default_str();
  assess->add_option("--id", args.id, "Id of the assessment; default: a fresh one")
      ->type_name("ID");
  assess->add_option("--plan", args.plans, "Plan of dual education on which it rests, by id")
      ->type_name("ID");
  CLI::App* evidence = add(
      "evidence", "Name the plans of dual education on which an assessment rests", &SchoolEvidence);
  evidence->add_option("assessment", args.name, "Assessment, by id")->required();
  evidence->add_option("plan", args.plans, "Plans, by id; none takes them away")->type_name("ID");
  AddResult(school, chosen, "Assessment, by id", &SchoolResult);
}

}  // namespace

void AddAwards(CLI::App& app, Chosen& chosen) {
  CLI::App& award = AddGroup(app, "award", "Awards of the calling organization, and their figures");
  LearnerArgs& args = chosen.learner;
  CLI::App* issue = Add(award, "issue", "Issue the award that a passed assessment earns", chosen,
                        [&](Session& session) { return AwardIssue(session, args); });
  issue->add_option("assessment", args.name, "Assessment, by id")->required();
  issue->add_option("--on", args.from, "Day of issue")->required()->type_name("YYYY-MM-DD");
  issue->add_option("--until", args.until, "Last day; default: it has no end")
      ->type_name("YYYY-MM-DD");
  issue->add_option("--grade", args.grade, "The grade")->type_name("TEXT");
  issue->add_option("--id", args.id, "Id of the award; default: a fresh one")->type_name("ID");
  Add(award, "list", "Awards that it has issued", chosen, &AwardList);
  const auto add = [&](const char* name, const char* about, auto command) {
    CLI::App* added = Add(award, name, about, chosen,
                          [&args, command](Session& session) { return command(session, args); });
    added->add_option("award", args.name, "Award, by id")->required();
    added->add_option("--reason", args.reason, "Why")->required()->type_name("TEXT");
  };
  add("suspend", "Suspend an award", &AwardSuspend);
  add("resume", "Resume a suspended award", &AwardResume);
  add("revoke", "Revoke an award for good", &AwardRevoke);
  AwardFiguresArgs& figures = chosen.award_figures;
  const auto add_figures = [&](const char* name, const char* about, auto command) {
    CLI::App* added = Add(award, name, about, chosen, [&figures, command](Session& session) {
      return command(session, figures);
    });
    added->add_option("version", figures.versions,
                      "ID/NUMBER or microcredentials/ID/versions/NUMBER; default: all together");
    added->add_option("--state", figures.state, "State of residence, by INEGI code or name")
        ->type_name("CODE|NAME");
    return added;
  };
  add_figures("figures", "What is released of awards, by quarter", &AwardFigures)
      ->add_option("--sex", figures.sex, "women, men or non-binary; default: all")
      ->check(CLI::IsMember({"women", "men", "non-binary"}))
      ->type_name("SEX");
  add_figures("waiting", "What is released of enrolments that wait for an award", &AwardWaiting);
}

void AddCertification(CLI::App& certify, Chosen& chosen) {
  AddDecisions(certify, chosen);
  AddFindings(certify, chosen);
  AddRegister(certify, chosen);
  AddResult(certify, chosen, "organizations/ID/assessments/ID", &CertifyResult);
}

void AddCompany(CLI::App& app, Chosen& chosen) {
  CLI::App& company =
      AddGroup(app, "company", "What companies do, and chambers for those that consented");
  AddNeeds(company, chosen);
  AddOffers(company, chosen);
  AddDual(company, Party::kCompany, chosen);
  AddFacilities(company, Party::kCompany, chosen);
  AddSchools(company, chosen);
  CompanyArgs& args = chosen.company;
  CLI::App* consent = Add(company, "consent", "Consent that a chamber act for it", chosen,
                          [&](Session& session) { return CompanyConsent(session, args); });
  consent->add_option("chamber", args.name, "Chamber, such as canacintra")->required();
  consent->add_option("--may", args.acts, "What it may do; once for each")
      ->required()
      ->check(CLI::IsMember({"state-demand", "read-demand", "propose", "offer-places"}))
      ->type_name("ACT");
  consent->add_option("--from", args.from, "First day; default: today")->type_name("YYYY-MM-DD");
  consent->add_option("--until", args.until, "Last day; default: until it is taken back")
      ->type_name("YYYY-MM-DD");
  consent->add_option("--id", args.id, "Id of the consent; default: a fresh one")->type_name("ID");
  Add(company, "revoke", "Take a consent back", chosen,
      [&](Session& session) { return CompanyRevoke(session, args); })
      ->add_option("consent", args.name, "Consent, by its id")
      ->required();
}

void AddSchool(CLI::App& app, Chosen& chosen) {
  CLI::App& school = AddGroup(app, "school", "What organizations that teach do");
  AddLearners(school, chosen);
  AddReservations(school, chosen);
  AddDual(school, Party::kSchool, chosen);
  AddFacilities(school, Party::kSchool, chosen);
  AddTeachers(school, chosen);
  AddPlacementRequests(school, chosen);
  SchoolArgs& args = chosen.school;
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(school, name, about, chosen,
               [&args, command](Session& session) { return command(session, args); });
  };
  Add(school, "calls", "The calls that schools can answer", chosen, &SchoolCalls);
  CLI::App* respond = add("respond", "Answer a call", &SchoolRespond);
  respond->add_option("call", args.name, "Call, by its id")->required();
  respond->add_option("--can", args.can_do, "yes or no")
      ->capture_default_str()
      ->check(CLI::IsMember({"yes", "no"}));
  respond->add_option("--seats", args.seats, "How many it can offer")->type_name("N");
  respond->add_option("--from", args.from, "From which day")->type_name("YYYY-MM-DD");
  respond->add_option("--missing", args.missing, "What it needs to do it")->type_name("TEXT");
  respond
      ->add_option("--campus", args.campus,
                   "Campus that it would use: whether it could is checked, and the answer says so")
      ->type_name("ID");
  CLI::App* submit = add("submit", "Submit a version to a certification body", &SchoolSubmit);
  submit->add_option("version", args.name, "ID/NUMBER or microcredentials/ID/versions/NUMBER")
      ->required();
  submit->add_option("--to", args.certifier, "Body, such as ceneval")->required()->type_name("ID");
  submit->add_option("--id", args.id, "Id of the submission; default: a fresh one")
      ->type_name("ID");
  submit->add_option("--note", args.text, "What the body should know")->type_name("TEXT");
  Add(school, "decisions", "What bodies have decided about it", chosen, &SchoolDecisions);
  CLI::App* appeal = add("appeal", "Appeal a decision", &SchoolAppeal);
  appeal->add_option("decision", args.name, "certifiers/ID/decisions/ID")->required();
  appeal->add_option("--grounds", args.text, "Why it is wrong")->required()->type_name("TEXT");
  add("acknowledge", "Take notice of a decision", &SchoolAcknowledge)
      ->add_option("decision", args.name, "certifiers/ID/decisions/ID")
      ->required();
  Add(school, "findings", "What reviewers have found, unanswered", chosen, &SchoolFindings);
  CLI::App* answer = add("answer", "Answer a finding", &SchoolAnswer);
  answer->add_option("finding", args.name, "certifiers/ID/findings/ID")->required();
  answer->add_option("text", args.text, "What the organization says to it")->required();
}

}  // namespace puente::cli
