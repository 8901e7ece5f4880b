#include "gateway/decisions/service.h"

#include <set>
#include <string>

#include "absl/strings/str_join.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/owner.h"
#include "common/resource/serve.h"
#include "common/status/macros.h"
#include "gateway/certifiers/checks.h"
#include "gateway/decisions/record.h"
#include "gateway/decisions/resource.h"
#include "gateway/decisions/rules.h"
#include "gateway/dossiers/resource.h"
#include "gateway/errors.h"
#include "gateway/findings/resource.h"
#include "gateway/submissions/resource.h"

namespace puente::gateway {
namespace {

absl::Status Wrong(Violation violation, const char* field) {
  return InvalidFields({std::move(violation).At(field)});
}

absl::StatusOr<v1::Submission> SubmissionOf(journal::Transaction& tx,
                                            const v1::Decision& decision) {
  if (CertifierOf(decision.submission()) != CertifierOf(decision.name())) {
    return Wrong(Against(rule::kOfAnotherBody), "decision.submission");
  }
  return resource::Get(tx, Submissions(), decision.submission(), "decision.submission");
}

// What is under appeal is answered first: else who decided could decide around it.
absl::Status CheckNoAppeal(journal::Transaction& tx, const v1::Submission& submission) {
  if (submission.decision().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::Decision last, resource::Get(tx, Decisions(), submission.decision()));
  if (last.state() != v1::DECISION_STATE_UNDER_APPEAL) return absl::OkStatus();
  return Error(error::kAppealOpen, "name"_is(last.name()));
}

// That it is the turn of such a decision, and of who makes it.
absl::Status CheckTurn(const Call& call, journal::Transaction& tx, const KindOfDecision& kind,
                       const v1::Submission& submission) {
  RETURN_IF_ERROR(CheckNoAppeal(tx, submission));
  if (submission.state() != kind.from) {
    return resource::StateWrong(Submissions(), Submissions().state_wrong(), call.verb(), submission,
                                {kind.from});
  }
  const bool in_review = kind.from == v1::SUBMISSION_STATE_IN_REVIEW;
  if (!in_review || call.actor == submission.reviewer()) return absl::OkStatus();
  return Error(error::kNotTheReviewer, "name"_is(submission.name()), "actor"_is(call.actor));
}

absl::Status CheckAnotherActor(const Call& call, const v1::Decision& appealed) {
  if (call.actor != appealed.actor()) return absl::OkStatus();
  return Error(error::kSameActor, "name"_is(appealed.name()), "actor"_is(call.actor));
}

// Puts a decision in the place of the one under appeal that it names.
absl::Status ReplaceAppealed(const Call& call, journal::Transaction& tx,
                             const v1::Decision& decision) {
  // Of another body not even whether it is there.
  if (CertifierOf(decision.replaces()) != CertifierOf(decision.name())) {
    return Wrong(Against(rule::kOfAnotherSubmission), "decision.replaces");
  }
  ASSIGN_OR_RETURN(const v1::Decision appealed,
                   resource::Get(tx, Decisions(), decision.replaces(), "decision.replaces"));
  if (appealed.submission() != decision.submission()) {
    return Wrong(Against(rule::kOfAnotherSubmission), "decision.replaces");
  }
  if (!MayReplace(decision.kind(), appealed.kind())) {
    return Wrong(Against(rule::kNoReplacement), "decision.kind");
  }
  // Of one from today on Education finds that what was suspended has not ended; one from later on
  // would stand beside it.
  if (appealed.kind() == v1::DECISION_KIND_SUSPEND &&
      decision.kind() == v1::DECISION_KIND_CERTIFY && decision.has_start_date() &&
      ToCivilDay(decision.start_date()) > LegalDay(call.start)) {
    return Wrong(Against(rule::kNoReplacement), "decision.kind");
  }
  if (appealed.state() != v1::DECISION_STATE_UNDER_APPEAL) {
    return resource::StateWrong(Decisions(), Decisions().state_wrong(), call.verb(), appealed,
                                {v1::DECISION_STATE_UNDER_APPEAL});
  }
  RETURN_IF_ERROR(CheckAnotherActor(call, appealed));
  v1::Decision replaced = appealed;
  replaced.set_state(v1::DECISION_STATE_REPLACED);
  replaced.set_replaced_by(decision.name());
  replaced.set_appeal_actor(call.actor);
  return resource::Replace(call, tx, Decisions(), appealed, std::move(replaced)).status();
}

// What was answered about days that are past stays so.
absl::Status SetTerm(const Call& call, const KindOfDecision& kind, v1::Decision& decision) {
  if (kind.start_date == Has::kNever) return absl::OkStatus();
  const absl::CivilDay today = LegalDay(call.start);
  if (!decision.has_start_date()) *decision.mutable_start_date() = ToProto(today);
  const absl::CivilDay first = ToCivilDay(decision.start_date());
  const auto early = [](absl::CivilDay least, const char* field) {
    return InvalidFields(
        {Against(rule::kTooEarly, "day"_is(absl::FormatCivilTime(least))).At(field)});
  };
  if (first < today) return early(today, "decision.start_date");
  return decision.has_end_date() && ToCivilDay(decision.end_date()) < first
             ? early(first, "decision.end_date")
             : absl::OkStatus();
}

// That the dossier is of what is decided, and says what it has to or why it need not; reads it, if
// there is one. It is not deleted meanwhile: that happens long after it has expired.
absl::Status CheckDossier(const Call& call, journal::Transaction& tx, const KindOfDecision& kind,
                          const v1::Decision& decision, v1::Dossier& dossier) {
  if (decision.dossier().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(dossier, resource::Get(tx, Dossiers(), decision.dossier(), "decision.dossier"));
  RETURN_IF_ERROR(resource::CheckOwner(call, tx, Dossiers(), dossier, resource::Owned::kStored,
                                       "decision.dossier")
                      .status());
  if (dossier.submission() != decision.submission()) {
    return Wrong(Against(rule::kOfAnotherSubmission), "decision.dossier");
  }
  if (FromProto(dossier.expire_time()) < call.start) {
    return Error(error::kDossierExpired, "name"_is(dossier.name()),
                 "time"_is(absl::FormatTime(FromProto(dossier.expire_time()))));
  }
  if (kind.end_date != Has::kNever) {
    const education::v1::MicrocredentialVersion version = DefinitionIn(dossier);
    if (version.name().empty()) {
      return Error(error::kSectionsMissing, "name"_is(dossier.name()), "sections"_is(kDefinition));
    }
    // A body reviews drafts, but what it certifies is the text that is final.
    if (version.state() != education::v1::MICROCREDENTIAL_STATE_PUBLISHED) {
      return Error(error::kDossierOfDraft, "name"_is(dossier.name()), "version"_is(version.name()));
    }
  }
  if (decision.kind() != v1::DECISION_KIND_CERTIFY) return absl::OkStatus();
  RETURN_IF_ERROR(InvalidFields(CheckOverrides(dossier, decision, "decision")));
  const std::vector<std::string> gaps = UnexplainedGaps(dossier, decision);
  if (gaps.empty()) return absl::OkStatus();
  return Error(error::kSectionsMissing, "name"_is(dossier.name()),
               "sections"_is(absl::StrJoin(gaps, ", ")));
}

// A finding that is added or closed meanwhile changes the submission.
absl::Status CheckFindings(journal::Transaction& tx, const v1::Decision& decision) {
  ASSIGN_OR_RETURN(const auto open,
                   resource::Select(tx, Findings(), "gateway.finding.open",
                                    "FORCE INDEX (by_submission) WHERE submission = ? AND kind = ?"
                                    " AND state <> ? ORDER BY certifier, id LIMIT 1",
                                    {decision.submission(), int{v1::FINDING_KIND_REQUIRED},
                                     int{v1::FINDING_STATE_CLOSED}}));
  if (open.empty()) return absl::OkStatus();
  return Error(error::kFindingsOpen, "submission"_is(decision.submission()),
               "finding"_is(open.front().name()));
}

// What the decision means for what it is about.
absl::Status Enter(const Call& call, journal::Transaction& tx, const KindOfDecision& kind,
                   const v1::Decision& decision, const v1::Submission& before) {
  v1::Submission after = before;
  after.set_state(kind.to);
  after.set_decision(decision.name());
  after.set_state_reason(kind.recorded ? "" : decision.reason());
  after.set_certification(decision.certification());
  *after.mutable_decide_time() = ToProto(call.start);
  return resource::Replace(call, tx, Submissions(), before, std::move(after)).status();
}

absl::Status Decide(const Call& call, journal::Transaction& tx, const v1::Decision*,
                    v1::Decision& decision) {
  const KindOfDecision& kind = KindOf(decision.kind());
  ASSIGN_OR_RETURN(const v1::Submission submission, SubmissionOf(tx, decision));
  ASSIGN_OR_RETURN(const v1::Certifier certifier, GuardBody(tx, decision.name()));
  RETURN_IF_ERROR(CheckImpartial(certifier, submission.organization(), call.actor));
  RETURN_IF_ERROR(decision.replaces().empty() ? CheckTurn(call, tx, kind, submission)
                                              : ReplaceAppealed(call, tx, decision));
  RETURN_IF_ERROR(SetTerm(call, kind, decision));
  v1::Dossier dossier;
  RETURN_IF_ERROR(CheckDossier(call, tx, kind, decision, dossier));
  if (kind.end_date != Has::kNever) {
    const absl::CivilDay from =
        decision.has_start_date() ? ToCivilDay(decision.start_date()) : LegalDay(call.start);
    ASSIGN_OR_RETURN(const std::set<std::string> states,
                     StatesCertified(call, certifier, DefinitionIn(dossier), from));
    decision.mutable_state_codes()->Assign(states.begin(), states.end());
  }
  if (decision.kind() == v1::DECISION_KIND_CERTIFY) {
    // Who answers an appeal answers what was found, too: it can't be closed any more.
    if (decision.replaces().empty()) RETURN_IF_ERROR(CheckFindings(tx, decision));
  }
  decision.set_organization(submission.organization());
  decision.set_actor(call.actor);
  if (kind.recorded) {
    decision.set_state(v1::DECISION_STATE_RECORDING);
  } else {
    TakeEffect(call, decision);
  }
  if (kind.recorded) RETURN_IF_ERROR(BeginRecord(call, tx, submission, decision));
  return Enter(call, tx, kind, decision, submission);
}

// The last one alone: what came after it stands on it, and it on nothing that it could bring back.
// That nothing is decided at once is seen by the submission, which counts as changed.
absl::Status AppealDecision(const Call& call, journal::Transaction& tx, const v1::Decision& before,
                            v1::Decision&) {
  if (!before.has_appeal_due_date()) {
    return Error(error::kNotAppealable, "name"_is(before.name()));
  }
  const absl::CivilDay last = ToCivilDay(before.appeal_due_date());
  if (LegalDay(call.start) > last) {
    return Error(error::kAppealTooLate, "name"_is(before.name()),
                 "day"_is(absl::FormatCivilTime(last)));
  }
  ASSIGN_OR_RETURN(const v1::Submission submission,
                   resource::Get(tx, Submissions(), before.submission()));
  if (submission.decision() != before.name()) {
    return Error(error::kDecidedSince, "name"_is(before.name()), "later"_is(submission.decision()));
  }
  return resource::Replace(call, tx, Submissions(), submission, submission).status();
}

absl::Status UpholdDecision(const Call& call, journal::Transaction& tx, const v1::Decision& before,
                            v1::Decision& after) {
  ASSIGN_OR_RETURN(const v1::Certifier certifier, GuardBody(tx, before.name()));
  RETURN_IF_ERROR(CheckImpartial(certifier, before.organization(), call.actor));
  RETURN_IF_ERROR(CheckAnotherActor(call, before));
  after.set_appeal_actor(call.actor);
  return absl::OkStatus();
}

absl::Status AcknowledgeDecision(const Call& call, journal::Transaction&, const v1::Decision&,
                                 v1::Decision& after) {
  after.set_acknowledgement(v1::ACKNOWLEDGEMENT_GIVEN);
  after.set_acknowledge_actor(call.actor);
  return absl::OkStatus();
}

}  // namespace

void ServeDecisions(calls::Host& host) {
  resource::Serve(host, Decisions(),
                  {.check = &CheckKind,
                   .prepare = &Decide,
                   .verbs = {{.verb = "AppealDecision", .prepare = &AppealDecision},
                             {.verb = "UpholdDecision", .prepare = &UpholdDecision},
                             {.verb = "AcknowledgeDecision", .prepare = &AcknowledgeDecision}}});
}

}  // namespace puente::gateway
