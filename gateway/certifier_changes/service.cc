#include "gateway/certifier_changes/service.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/due/task.h"
#include "common/resource/serve.h"
#include "common/status/macros.h"
#include "gateway/acts/steps.h"
#include "gateway/certifier_changes/resource.h"
#include "gateway/certifier_changes/rules.h"
#include "gateway/certifiers/resource.h"
#include "gateway/errors.h"
#include "gateway/submissions/resource.h"
#include "puente/education/v1/certification.pb.h"

namespace puente::gateway {
namespace {

constexpr char kReturn[] = "submissions.return";
// What stands as the reason of a submission, beside those of errors.
constexpr char kBodyHasLeft[] = "CERTIFIER_LEFT";
constexpr char kBody[] = "certifier_change.body";

std::string IdOf(const v1::CertifierChange& change) {
  return std::string(absl::StripPrefix(change.body(), "certifier/"));
}
std::string EntryOf(const v1::CertifierChange& change) {
  return Certifiers().pattern().Format({IdOf(change)});
}

absl::StatusOr<v1::Certifier> ActiveEntry(const Call& call, journal::Transaction& tx,
                                          const std::string& name) {
  ASSIGN_OR_RETURN(v1::Certifier entry, resource::Guard(tx, Certifiers(), name, kBody));
  if (entry.state() == v1::CERTIFIER_STATE_ACTIVE) return entry;
  return resource::StateWrong(Certifiers(), Certifiers().state_wrong(), call.verb(), entry,
                              {v1::CERTIFIER_STATE_ACTIVE});
}

absl::StatusOr<std::optional<v1::Certifier>> Entered(journal::Transaction& tx,
                                                     const v1::CertifierChange& change) {
  absl::StatusOr<v1::Certifier> entry = resource::Get(tx, Certifiers(), EntryOf(change));
  if (absl::IsNotFound(entry.status())) return std::nullopt;
  RETURN_IF_ERROR(entry.status());
  return *std::move(entry);
}

absl::Status CheckNew(journal::Transaction& tx, const v1::CertifierChange& change) {
  ASSIGN_OR_RETURN(const auto entry, Entered(tx, change));
  if (!entry.has_value()) return absl::OkStatus();
  return InvalidFields({entry->state() == v1::CERTIFIER_STATE_LEFT
                            ? Against(rule::kHasLeft).At(kBody)
                            : Against(rule::kAlreadyEntered).At(kBody)});
}

absl::Status ChangedSince(const v1::CertifierChange& change) {
  return Error(error::kCertifierChangedSince, "name"_is(change.name()),
               "certifier"_is(EntryOf(change)));
}

absl::Status CheckTeachOut(const Call& call, const v1::CertifierChange& change) {
  const absl::CivilDay today = LegalDay(call.start);
  if (ToCivilDay(change.teach_out_date()) >= today) return absl::OkStatus();
  return InvalidFields({Against(rule::kTooEarly, "day"_is(absl::FormatCivilTime(today)))
                            .At("certifier_change.teach_out_date")});
}

// What an amendment changes, for whoever is to confirm it.
absl::Status Compare(const v1::Certifier& entry, v1::CertifierChange& change) {
  v1::Certifier amended = entry;
  Amend(change, amended);
  for (std::string& field : Differences(entry, amended)) {
    *change.add_changed_fields() = std::move(field);
  }
  if (!change.changed_fields().empty()) return absl::OkStatus();
  return InvalidFields(
      {Against(rule::kNothingToChange, "name"_is(entry.name())).At("certifier_change")});
}

absl::Status Propose(const Call& call, journal::Transaction& tx, const v1::CertifierChange*,
                     v1::CertifierChange& change) {
  change.set_proposer(call.caller.path);
  change.set_proposer_actor(call.actor);
  if (change.kind() == v1::CERTIFIER_CHANGE_KIND_ENTER) return CheckNew(tx, change);
  ASSIGN_OR_RETURN(const v1::Certifier entry, ActiveEntry(call, tx, EntryOf(change)));
  change.set_certifier_etag(entry.etag());
  return change.kind() == v1::CERTIFIER_CHANGE_KIND_LEAVE ? CheckTeachOut(call, change)
                                                          : Compare(entry, change);
}

absl::Status Enter(const Call& call, journal::Transaction& tx, const v1::CertifierChange& change) {
  ASSIGN_OR_RETURN(const auto entry, Entered(tx, change));
  if (entry.has_value()) return ChangedSince(change);
  v1::Certifier certifier;
  Amend(change, certifier);
  certifier.set_state(v1::CERTIFIER_STATE_ACTIVE);
  certifier.set_source(change.source());
  certifier.set_record_kind(change.record_kind());
  return resource::Create(call, tx, Certifiers(), {IdOf(change)}, std::move(certifier)).status();
}

absl::Status AmendEntry(const Call& call, journal::Transaction& tx,
                        const v1::CertifierChange& change) {
  ASSIGN_OR_RETURN(const v1::Certifier before, ActiveEntry(call, tx, EntryOf(change)));
  if (before.etag() != change.certifier_etag()) return ChangedSince(change);
  v1::Certifier after = before;
  Amend(change, after);
  return resource::Replace(call, tx, Certifiers(), before, std::move(after)).status();
}

// From the next day on nobody begins on what the body has certified: who begins on the day itself
// may rely on what was answered in the morning.
absl::Status Leave(const Call& call, journal::Transaction& tx, v1::CertifierChange& change) {
  ASSIGN_OR_RETURN(const v1::Certifier before, ActiveEntry(call, tx, EntryOf(change)));
  const absl::CivilDay tomorrow = LegalDay(call.start) + 1;
  v1::Certifier after = before;
  after.set_state(v1::CERTIFIER_STATE_LEFT);
  *after.mutable_teach_out_date() =
      ToProto(std::max(tomorrow, ToCivilDay(change.teach_out_date())));
  education::v1::EndCertificationsRequest request;
  request.set_certifier(before.name());
  *request.mutable_state_date() = ToProto(tomorrow);
  *request.mutable_teach_out_date() = after.teach_out_date();
  request.set_reason(change.note());
  ASSIGN_OR_RETURN(const v1::Act act,
                   BeginAct(call, tx, FreshActId(), kLeaving, change.name(),
                            {{compose::Agency::kEducation, CallOf(request), {}}}));
  change.set_act(act.name());
  return resource::Replace(call, tx, Certifiers(), before, std::move(after)).status();
}

absl::Status ConfirmCertifierChange(const Call& call, journal::Transaction& tx,
                                    const v1::CertifierChange& before, v1::CertifierChange& after) {
  if (before.proposer() == call.caller.path && before.proposer_actor() == call.actor) {
    return Error(error::kSameProposer, "name"_is(before.name()), "actor"_is(call.actor));
  }
  after.set_decision_actor(call.actor);
  switch (before.kind()) {
    case v1::CERTIFIER_CHANGE_KIND_ENTER:
      return Enter(call, tx, before);
    case v1::CERTIFIER_CHANGE_KIND_LEAVE:
      return Leave(call, tx, after);
    default:
      return AmendEntry(call, tx, before);
  }
}

absl::Status DeclineCertifierChange(const Call& call, journal::Transaction&,
                                    const v1::CertifierChange&, v1::CertifierChange& after) {
  after.set_decision_actor(call.actor);
  return absl::OkStatus();
}

absl::Status WithdrawCertifierChange(const Call& call, journal::Transaction&,
                                     const v1::CertifierChange& before, v1::CertifierChange&) {
  if (before.proposer() == call.caller.path) return absl::OkStatus();
  return Error(error::kNotTheProposer, "name"_is(before.name()), "proposer"_is(before.proposer()),
               "caller"_is(call.caller.path));
}

// Nobody decides on what waits there any more.
absl::Status HasLeft(const Call&, journal::Transaction& tx, const v1::Act& act) {
  ASSIGN_OR_RETURN(const v1::CertifierChange change,
                   resource::Get(tx, CertifierChanges(), act.subject(), "subject"));
  return due::Schedule(tx, {kReturn, IdOf(change), ""});
}

// Gives back what a body that has left has not decided, a hundred at a time.
absl::StatusOr<due::Next> ReturnSome(const due::Slice& slice) {
  ASSIGN_OR_RETURN(const auto open,
                   resource::Select(slice.session, Submissions(), "gateway.submissions.some_open",
                                    "FORCE INDEX (by_certifier_state) WHERE certifier = ?"
                                    " AND state IN (?, ?) ORDER BY create_time, id LIMIT 100",
                                    {slice.task.key, int{v1::SUBMISSION_STATE_SUBMITTED},
                                     int{v1::SUBMISSION_STATE_IN_REVIEW}}));
  if (open.empty()) return due::Next::Done();
  return due::Next::Now("").Writing(
      [&call = slice.call, open](journal::Transaction& tx) -> absl::Status {
        for (const v1::Submission& before : open) {
          v1::Submission after = before;
          after.set_state(v1::SUBMISSION_STATE_RETURNED);
          after.set_state_reason(kBodyHasLeft);
          RETURN_IF_ERROR(
              resource::Replace(call, tx, Submissions(), before, std::move(after)).status());
        }
        return absl::OkStatus();
      });
}

// The body goes on, with the entry that it had.
absl::Status HasNotLeft(const Call& call, journal::Transaction& tx, const v1::Act& act) {
  ASSIGN_OR_RETURN(const v1::CertifierChange change,
                   resource::Get(tx, CertifierChanges(), act.subject(), "subject"));
  v1::CertifierChange refused = change;
  refused.set_state(v1::CERTIFIER_CHANGE_STATE_NOT_RECORDED);
  refused.set_refusal(act.refusal());
  refused.set_refusal_es(act.refusal_es());
  refused.set_refusal_en(act.refusal_en());
  RETURN_IF_ERROR(
      resource::Replace(call, tx, CertifierChanges(), change, std::move(refused)).status());
  ASSIGN_OR_RETURN(const v1::Certifier left,
                   resource::Get(tx, Certifiers(), EntryOf(change), kBody));
  v1::Certifier entry = left;
  entry.set_state(v1::CERTIFIER_STATE_ACTIVE);
  entry.clear_teach_out_date();
  return resource::Replace(call, tx, Certifiers(), left, std::move(entry)).status();
}

}  // namespace

void ServeCertifierChanges(calls::Host& host) {
  resource::Serve(
      host, CertifierChanges(),
      {.check = &CheckChange,
       .prepare = &Propose,
       .verbs = {{.verb = "ConfirmCertifierChange", .prepare = &ConfirmCertifierChange},
                 {.verb = "DeclineCertifierChange", .prepare = &DeclineCertifierChange},
                 {.verb = "WithdrawCertifierChange", .prepare = &WithdrawCertifierChange}}});
}

void HandleCertifierChanges(due::Scheduler& due) { due.Handle(kReturn, &ReturnSome); }

ActRunner::Ends LeavingEnds() { return {.done = &HasLeft, .undone = &HasNotLeft}; }

}  // namespace puente::gateway
