// What an organization does for its learners: it registers them, enrols them, has them assessed,
// and issues awards. What says who somebody is comes from the standard input or a file, so that it
// stands in no history of commands.
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "google/protobuf/util/json_util.h"
#include "puente/api/v1/options.pb.h"
#include "puente/education/v1/access.pb.h"
#include "puente/education/v1/assessment.pb.h"
#include "puente/education/v1/award.pb.h"
#include "puente/education/v1/enrolment.pb.h"
#include "puente/education/v1/learner.pb.h"

namespace puente::cli {
namespace {

constexpr char kRegister[] = "puente.education.v1.LearnerService/RegisterLearner";
constexpr char kRead[] = "puente.education.v1.LearnerService/GetLearner";
constexpr char kFind[] = "puente.education.v1.LearnerService/FindLearner";
constexpr char kAccesses[] = "puente.education.v1.AccessService/ListAccesses";
constexpr char kEnrol[] = "puente.education.v1.EnrolmentService/CreateEnrolment";
constexpr char kAssess[] = "puente.education.v1.AssessmentService/CreateAssessment";
constexpr char kUpdateAssessment[] = "puente.education.v1.AssessmentService/UpdateAssessment";
constexpr char kPass[] = "puente.education.v1.AssessmentService/PassAssessment";
constexpr char kFail[] = "puente.education.v1.AssessmentService/FailAssessment";
constexpr char kIssue[] = "puente.education.v1.AwardService/CreateAward";
constexpr char kListAwards[] = "puente.education.v1.AwardService/ListAwards";
constexpr char kSuspend[] = "puente.education.v1.AwardService/SuspendAward";
constexpr char kResume[] = "puente.education.v1.AwardService/ResumeAward";
constexpr char kRevoke[] = "puente.education.v1.AwardService/RevokeAward";

constexpr Label kNoLearner{"this is no learner in JSON", "esto no es un estudiante en JSON"};
constexpr Label kSuchAs{"such as ", "por ejemplo "};
constexpr Label kNames{"names", "nombres"};
constexpr Label kSurnames{"surnames", "apellidos"};
constexpr Label kBorn{"born", "nacimiento"};
constexpr Label kIdentifier{"identifier", "identificador"};
constexpr Label kNobody{"nobody of this institution", "nadie de esta institución"};
constexpr Label kTime{"time", "hora"};
constexpr Label kDone{"done", "acción"};
constexpr Label kWho{"who", "quién"};
constexpr Label kWhy{"why", "para qué"};
constexpr Label kReadIt{"read", "lectura"};
constexpr Label kChanged{"changed", "cambio"};
constexpr Label kIssued{"issued", "emisión"};
constexpr Label kVersion{"version", "versión"};
constexpr Label kAward{"award", "otorgamiento"};
constexpr Label kAtWork{"at work", "en empresa"};
constexpr Label kNoAwards{"no awards", "no hay otorgamientos"};
constexpr Label kNoAccesses{"nobody has read or changed it", "nadie lo ha leído ni cambiado"};

// "organizations/x/learners/y" of itself or of "y".
std::string Own(const std::string& school, absl::string_view collection, const std::string& id) {
  return absl::StrCat(school, "/", collection, "/", LastId(id));
}

template <class Request>
ExitCode ChangeAward(Session& session, const LearnerArgs& args, const char* method) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  Request request;
  request.set_name(Own(school, "awards", args.name));
  request.set_reason(args.reason);
  return session.Change<education::v1::Award>("education", method, request);
}

template <class Request>
ExitCode RecordResult(Session& session, const std::string& name, const LearnerArgs& args,
                      const char* method) {
  Request request;
  request.set_name(name);
  request.set_grade(args.grade);
  return session.Change<education::v1::Assessment>("education", method, request);
}

ExitCode RecordResult(Session& session, const std::string& name, const LearnerArgs& args) {
  return args.result == "passed"
             ? RecordResult<education::v1::PassAssessmentRequest>(session, name, args, kPass)
             : RecordResult<education::v1::FailAssessmentRequest>(session, name, args, kFail);
}

void AddPlans(const std::string& school, const LearnerArgs& args,
              education::v1::Assessment& assessment) {
  for (const std::string& plan : args.plans) {
    assessment.add_dual_plans(Own(school, "dualPlans", plan));
  }
}

}  // namespace

ExitCode SchoolRegister(Session& session, const LearnerArgs& args) {
  std::string school, json;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  if (!ReadAll(session, args.name, json)) return kUsage;
  education::v1::RegisterLearnerRequest request;
  request.set_parent(school);
  request.set_request_id(session.request_id());
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, request.mutable_learner());
  if (!parsed.ok()) {  // whose text may repeat what is personal
    return session.Fail(
        kUsage, session.Say(kNoLearner),
        absl::StrCat(session.Say(kSuchAs),
                     R"({"identifierScheme": "PERSON_IDENTIFIER_SCHEME_CURP", )"
                     R"("identifier": "…", "givenNames": "…", "firstSurname": "…"})"));
  }
  // What is shown of a call, too, is without what says who it is.
  education::v1::RegisterLearnerRequest shown = request;
  education::v1::Learner& learner = *shown.mutable_learner();
  for (int i = 0; i < learner.GetDescriptor()->field_count(); ++i) {
    const auto* field = learner.GetDescriptor()->field(i);
    if (!field->options().HasExtension(api::v1::personal)) continue;
    learner.GetReflection()->ClearField(&learner, field);
  }
  if (session.Explains("education", kRegister, shown)) return kOk;
  return session.Change<education::v1::Learner>("education", kRegister, request);
}

ExitCode SchoolLearner(Session& session, const LearnerArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  education::v1::GetLearnerRequest request;
  request.set_name(Own(school, "learners", args.name));
  if (session.Explains("education", kRead, request)) return kOk;
  education::v1::Learner learner;
  if (!session.Call("education", kRead, request, &learner)) return kFailure;
  if (session.PrintForPrograms(learner)) return kOk;
  session.printer().Print(
      {{session.Say(kNames), learner.given_names()},
       {session.Say(kSurnames),
        absl::StrCat(learner.first_surname(), learner.second_surname().empty() ? "" : " ",
                     learner.second_surname())},
       {session.Say(kBorn), DateText(learner.birth_date())},
       {session.Say(kIdentifier), learner.identifier()},
       {session.Say(label::kRecordState), session.Say(LabelOf(learner.state()))}});
  return kOk;
}

ExitCode SchoolFind(Session& session) {
  std::string school, identifier;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  education::v1::FindLearnerRequest request;
  request.set_parent(school);
  request.set_identifier_scheme(education::v1::PERSON_IDENTIFIER_SCHEME_CURP);
  if (session.Explains("education", kFind, request)) return kOk;
  if (!ReadAll(session, "-", identifier)) return kUsage;
  request.set_identifier(std::string(absl::StripAsciiWhitespace(identifier)));
  education::v1::FindLearnerResponse found;
  if (!session.Call("education", kFind, request, &found)) return kFailure;
  if (session.PrintForPrograms(found)) return kOk;
  session.out() << (found.learner().empty() ? session.Say(kNobody) : found.learner()) << "\n";
  return kOk;
}

ExitCode SchoolAccesses(Session& session, const LearnerArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  education::v1::ListAccessesRequest request;
  request.set_parent(Own(school, "learners", args.name));
  return session.List<education::v1::ListAccessesResponse>(
      "education", kAccesses, request, kNoAccesses, [&](const auto& all) {
        Table table({{session.Say(kTime)},
                     {session.Say(kDone)},
                     {session.Say(kWho), Column::kLeft, 40},
                     {session.Say(kWhy), Column::kLeft, 20}});
        for (const education::v1::Access& access : all.accesses()) {
          const bool read = access.kind() == education::v1::ACCESS_KIND_READ;
          table.Add(
              {TimeText(access.time()), session.Say(read ? kReadIt : kChanged),
               absl::StrCat(access.caller(), access.actor().empty() ? "" : " ", access.actor()),
               access.purpose()});
        }
        return table;
      });
}

ExitCode SchoolEnrol(Session& session, const LearnerArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  education::v1::CreateEnrolmentRequest request;
  request.set_parent(school);
  request.set_enrolment_id(args.id.empty() ? session.request_id() : args.id);
  education::v1::Enrolment& enrolment = *request.mutable_enrolment();
  enrolment.set_learner(Own(school, "learners", args.name));
  enrolment.set_microcredential_version(MicrocredentialVersionName(args.version));
  if (!ReadDay(session, args.from, enrolment.mutable_begin_date())) return kUsage;
  return session.Change<education::v1::Enrolment>("education", kEnrol, request);
}

ExitCode SchoolAssess(Session& session, const LearnerArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  education::v1::CreateAssessmentRequest request;
  request.set_parent(school);
  request.set_assessment_id(args.id.empty() ? session.request_id() : args.id);
  education::v1::Assessment& assessment = *request.mutable_assessment();
  assessment.set_enrolment(Own(school, "enrolments", args.name));
  if (!args.certifier.empty())
    assessment.set_certifier(absl::StrCat("certifiers/", args.certifier));
  assessment.set_evaluator(args.evaluator);
  assessment.set_instrument(args.instrument);
  assessment.set_attempt(args.attempt);
  assessment.set_supervision(EnumOf<education::v1::Supervision>("SUPERVISION_", args.supervision));
  assessment.set_identity_check(
      EnumOf<education::v1::IdentityCheck>("IDENTITY_CHECK_", args.identity));
  AddPlans(school, args, assessment);
  if (!ReadDay(session, args.from, assessment.mutable_assess_date())) return kUsage;
  return session.Change<education::v1::Assessment>("education", kAssess, request);
}

ExitCode SchoolEvidence(Session& session, const LearnerArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  education::v1::UpdateAssessmentRequest request;
  request.mutable_assessment()->set_name(Own(school, "assessments", args.name));
  AddPlans(school, args, *request.mutable_assessment());
  request.mutable_update_mask()->add_paths("dual_plans");
  request.set_request_id(session.request_id());
  return session.Change<education::v1::Assessment>("education", kUpdateAssessment, request);
}

ExitCode SchoolResult(Session& session, const LearnerArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  return RecordResult(session, Own(school, "assessments", args.name), args);
}

ExitCode CertifyResult(Session& session, const LearnerArgs& args) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  return RecordResult(session, args.name, args);
}

ExitCode AwardIssue(Session& session, const LearnerArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  education::v1::CreateAwardRequest request;
  request.set_parent(school);
  request.set_award_id(args.id.empty() ? session.request_id() : args.id);
  education::v1::Award& award = *request.mutable_award();
  award.set_assessment(Own(school, "assessments", args.name));
  award.set_grade(args.grade);
  if (!ReadDay(session, args.from, award.mutable_issue_date())) return kUsage;
  if (!args.until.empty() && !ReadDay(session, args.until, award.mutable_end_date())) return kUsage;
  return session.Change<education::v1::Award>("education", kIssue, request);
}

ExitCode AwardList(Session& session) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  education::v1::ListAwardsRequest request;
  request.set_parent(school);
  return session.List<education::v1::ListAwardsResponse>(
      "education", kListAwards, request, kNoAwards, [&](const auto& all) {
        Table table({{session.Say(kIssued)},
                     {session.Say(label::kRecordState)},
                     {session.Say(kAtWork), Column::kRight},
                     {session.Say(kVersion), Column::kLeft, 46},
                     {session.Say(kAward), Column::kBelow}});
        for (const education::v1::Award& award : all.awards()) {
          table.Add({DateText(award.issue_date()), session.Say(LabelOf(award.state())),
                     MinutesText(award.workplace_minutes()), award.microcredential_version(),
                     award.name()});
        }
        return table;
      });
}

ExitCode AwardSuspend(Session& session, const LearnerArgs& args) {
  return ChangeAward<education::v1::SuspendAwardRequest>(session, args, kSuspend);
}

ExitCode AwardResume(Session& session, const LearnerArgs& args) {
  return ChangeAward<education::v1::ResumeAwardRequest>(session, args, kResume);
}

ExitCode AwardRevoke(Session& session, const LearnerArgs& args) {
  return ChangeAward<education::v1::RevokeAwardRequest>(session, args, kRevoke);
}

}  // namespace puente::cli
