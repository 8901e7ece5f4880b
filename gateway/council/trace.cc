#include "gateway/council/trace.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "gateway/council/trace_line.h"
#include "gateway/council/trace_plan.h"
#include "gateway/council/trace_stages.h"
#include "puente/economy/v1/agreement.pb.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/economy/v1/place_release.pb.h"
#include "puente/economy/v1/proposal.pb.h"
#include "puente/economy/v1/table_session.pb.h"
#include "puente/education/v1/award_release.pb.h"
#include "puente/education/v1/cause.pb.h"
#include "puente/science/v1/signal.pb.h"
#include "puente/science/v1/transfer_agreement.pb.h"

namespace puente::council {
namespace {

using compose::Results;
using economy::v1::Agreement;
using economy::v1::BatchGetAgreementsResponse;
using economy::v1::BatchGetTableSessionsResponse;
using economy::v1::DemandStatement;
using economy::v1::DemandSummary;
using economy::v1::ListProposalsResponse;
using economy::v1::Proposal;
using economy::v1::SkillPlaces;
using economy::v1::TableSession;
using education::v1::AwardSummary;
using education::v1::Certification;
using education::v1::FollowCausesResponse;
using education::v1::FollowedVersion;
using education::v1::VersionAwards;
using gateway::v1::DemandTrace;
using gateway::v1::Submission;
using gateway::v1::TraceDemandRequest;
using gateway::v1::TraceStep;
using gateway::v1::TraceStepKind;
using science::v1::BatchGetSkillSignalsResponse;
using science::v1::BatchGetTransferAgreementsResponse;
using science::v1::ListSkillSignalsResponse;
using science::v1::SkillSignal;
using science::v1::TransferAgreement;

// What versions name as their causes, what is nearest to them first.
constexpr const char* kCauses[] = {"proposals/", "agreements/", "transferAgreements/",
                                   "skillSignals/"};

// Whether it holds on a day or after it, as far as is known.
bool HoldsOrWill(const Certification& certification, absl::CivilDay day) {
  return absl::c_any_of(certification.periods(), [&](const education::v1::CertifiedPeriod& one) {
    return day <= ToCivilDay(one.end_date());
  });
}

// By the body itself: nothing is due. Education has refused what then is withdrawn.
bool IsCarriedOver(const Submission& submission) { return !submission.has_due_date(); }

// A body suspended it, and may resume it up to its last day.
bool MayResume(const Certification& certification, absl::CivilDay today) {
  return certification.state() == education::v1::CERTIFICATION_STATE_SUSPENDED &&
         today <= ToCivilDay(certification.end_date());
}

// The first day on which one that is over did not hold any more.
absl::CivilDay LapseDay(const Certification& certification) {
  const auto& periods = certification.periods();
  return periods.empty() ? ToCivilDay(certification.state_date())
                         : ToCivilDay(periods.rbegin()->end_date()) + 1;
}

// Writes a trace. In the order of the line, since a step is told by those before it.
class Writer {
 public:
  Writer(const Results& results, const AtBodies& at_bodies, const TraceDemandRequest& request,
         absl::CivilDay today)
      : results_(results),
        at_bodies_(at_bodies),
        request_(request),
        followed_(results.AnswerOf<ListProposalsResponse>("proposals"), request),
        line_(today, trace_) {}

  DemandTrace Write() && {
    WriteNeed();
    WriteSignals();
    WriteTransferAgreements();
    WriteTables();
    for (const Proposal* one : followed_.proposals) WriteProposal(*one);
    TakeAwards();
    for (const FollowedVersion* one : Versions()) WriteVersion(*one);
    for (const Proposal* one : followed_.proposals) WriteImplementation(*one);
    WriteEndOfNeed();
    absl::c_stable_sort(*trace_.mutable_steps(), [](const TraceStep& a, const TraceStep& b) {
      return ToCivilDay(a.date()) < ToCivilDay(b.date());
    });
    AddStages(trace_);
    WriteProvenance();
    return std::move(trace_);
  }

 private:
  void WriteNeed() {
    if (const auto* statement = results_.AnswerOf<DemandStatement>("statement")) {
      line_.Add(gateway::v1::TRACE_STEP_KIND_STATED, statement->name(), statement->create_time());
    }
    if (const auto* demand = results_.AnswerOf<DemandSummary>("demand")) {
      *trace_.mutable_demand_summary() = *demand;
    }
    if (const auto* places = results_.AnswerOf<SkillPlaces>("place_offers")) {
      *trace_.mutable_places() = *places;
    }
  }

  void WriteSignals() {
    if (const auto* of_skill = results_.AnswerOf<ListSkillSignalsResponse>("skill_signals")) {
      for (const SkillSignal& one : of_skill->skill_signals()) {
        if (!IsOfOtherTable(one, request_)) WriteSignal(one);
      }
    }
    if (const auto* named = results_.AnswerOf<BatchGetSkillSignalsResponse>("signals")) {
      for (const SkillSignal& one : named->skill_signals()) WriteSignal(one);
    }
  }
  // Once, also where a proposal names one of the skill's.
  void WriteSignal(const SkillSignal& signal) {
    if (line_.Has(signal.name())) return;
    line_.Add(gateway::v1::TRACE_STEP_KIND_SIGNALLED, signal.name(), signal.create_time());
  }

  void WriteTransferAgreements() {
    const auto* answer =
        results_.AnswerOf<BatchGetTransferAgreementsResponse>("transfer_agreements");
    if (answer == nullptr) return;
    for (const TransferAgreement& one : answer->transfer_agreements()) {
      if (!one.has_sign_date()) continue;
      Title(one, line_.Add(gateway::v1::TRACE_STEP_KIND_TRANSFERRED, one.name(),
                           ToCivilDay(one.sign_date())));
    }
  }

  void WriteTables() {
    for (const char* section : {"sessions", "agreement_sessions"}) {
      const auto* sessions = results_.AnswerOf<BatchGetTableSessionsResponse>(section);
      if (sessions == nullptr) continue;
      for (const TableSession& one : sessions->table_sessions()) {
        Title(one, line_.Add(gateway::v1::TRACE_STEP_KIND_MET, one.name(),
                             ToCivilDay(one.session_date()), request_.demand_statement()));
      }
    }
    const auto* agreements = results_.AnswerOf<BatchGetAgreementsResponse>("agreements");
    if (agreements == nullptr) return;
    for (const Agreement& one : agreements->agreements()) {
      line_.Add(gateway::v1::TRACE_STEP_KIND_AGREED, one.name(), one.create_time(),
                line_.Has(one.session()) ? one.session() : request_.demand_statement());
    }
  }

  // The last one that there is of what a proposal follows from.
  std::string CauseOf(const Proposal& proposal) const {
    const std::vector<std::string> causes = {
        line_.Latest(proposal.agreements()), line_.Latest(std::vector{proposal.session()}),
        line_.Latest(std::vector{request_.demand_statement()}),
        line_.Latest(proposal.transfer_agreements()), line_.Latest(proposal.signals())};
    const auto found = absl::c_find_if(causes, [](const auto& one) { return !one.empty(); });
    return found == causes.end() ? "" : *found;
  }

  void WriteProposal(const Proposal& proposal) {
    const std::string& name = proposal.name();
    Title(proposal, line_.Add(gateway::v1::TRACE_STEP_KIND_PROPOSED, name, proposal.create_time(),
                              CauseOf(proposal)));
    if (proposal.has_adopt_time()) {
      line_.Add(gateway::v1::TRACE_STEP_KIND_ADOPTED, name, proposal.adopt_time(), name);
    }
    if (proposal.has_decline_time()) {
      line_.Add(gateway::v1::TRACE_STEP_KIND_DECLINED, name, proposal.decline_time(), name);
    }
  }

  // Each once, by name, with the cause that it is told to follow from. Notes which proposals any of
  // them names.
  std::vector<const FollowedVersion*> Versions() {
    std::map<std::string, const FollowedVersion*> versions;
    for (const char* section : kOfVersions) {
      const auto* answer = results_.AnswerOf<FollowCausesResponse>(section);
      if (answer == nullptr) continue;
      for (const FollowedVersion& one : answer->versions()) {
        published_.insert(one.cause());
        const FollowedVersion*& kept = versions[one.version().version()];
        if (kept == nullptr || Distance(one) < Distance(*kept)) kept = &one;
      }
    }
    std::vector<const FollowedVersion*> list;
    for (const auto& [name, version] : versions) list.push_back(version);
    return list;
  }
  // From its cause: whether that has no step, then how far back it is.
  std::tuple<bool, size_t, std::string> Distance(const FollowedVersion& followed) const {
    const std::string& cause = followed.cause();
    const auto kind = absl::c_find_if(
        kCauses, [&](const char* collection) { return absl::StartsWith(cause, collection); });
    return {!line_.Has(cause), kind - std::begin(kCauses), cause};
  }

  void WriteVersion(const FollowedVersion& followed) {
    const education::v1::CausedVersion& version = followed.version();
    const std::string& name = version.version();
    Title(version, line_.Add(gateway::v1::TRACE_STEP_KIND_PUBLISHED, name, version.publish_time(),
                             followed.cause()));
    if (!IsMicrocredential(followed)) {
      return line_.End(name, gateway::v1::TRACE_WAIT_NOTHING_DONE, line_.DayOf(name));
    }
    absl::CivilDay last = line_.DayOf(name);
    if (const auto shown = at_bodies_.shown.find(name); shown != at_bodies_.shown.end()) {
      for (const Submission& one : shown->second) last = std::max(last, WriteSubmission(one));
    }
    for (const Certification& one : followed.certifications()) {
      last = std::max(last, WriteCertification(one, name));
    }
    const bool awarded = WriteAwards(followed);
    EndMicrocredential(followed, std::max(last, line_.DayOf(name)), awarded);
  }

  // A version that both answers have is the same in both, but for a release in between.
  void TakeAwards() {
    std::map<std::string, const VersionAwards*> awards;
    for (const char* section : kOfAwards) {
      const auto* answer = results_.AnswerOf<AwardSummary>(section);
      if (answer == nullptr) continue;
      for (const VersionAwards& one : answer->versions()) {
        awards.emplace(one.microcredential_version(), &one);
      }
    }
    for (const auto& [version, one] : awards) *trace_.add_awards() = *one;
  }

  // Whether anybody is told to have been awarded the version.
  bool WriteAwards(const FollowedVersion& followed) {
    const std::string& version = followed.version().version();
    const auto awards = absl::c_find_if(trace_.awards(), [&](const VersionAwards& one) {
      return one.microcredential_version() == version;
    });
    if (awards == trace_.awards().end() || awards->award_count().value() == 0) return false;
    const auto period = absl::c_find_if(
        awards->periods(), [](const auto& one) { return one.award_count().value() > 0; });
    if (period == awards->periods().end()) return true;
    TraceStep& step =
        line_.Add(gateway::v1::TRACE_STEP_KIND_AWARDED, version, ToCivilDay(period->last_date()),
                  FirstOf(followed.certifications()));
    Title(followed.version(), step);
    step.set_period(period->period());
    *step.mutable_award_count() = awards->award_count();
    return true;
  }
  template <class Certifications>
  static std::string FirstOf(const Certifications& certifications) {
    const auto first = absl::c_min_element(certifications, [](const auto& a, const auto& b) {
      return FromProto(a.create_time()) < FromProto(b.create_time());
    });
    return first == certifications.end() ? "" : first->name();
  }

  // Gives the day of its last step.
  absl::CivilDay WriteSubmission(const Submission& submission) {
    const std::string& name = submission.name();
    const auto add = [&](TraceStepKind kind, const auto& time, const std::string& after) {
      line_.Add(kind, name, time, after).set_by(name.substr(0, name.find("/submissions/")));
    };
    add(gateway::v1::TRACE_STEP_KIND_SUBMITTED, submission.create_time(),
        submission.microcredential_version());
    switch (submission.state()) {
      case gateway::v1::SUBMISSION_STATE_RETURNED:
        add(gateway::v1::TRACE_STEP_KIND_RETURNED, submission.decide_time(), name);
        break;
      case gateway::v1::SUBMISSION_STATE_REJECTED:
        add(gateway::v1::TRACE_STEP_KIND_REJECTED, submission.decide_time(), name);
        break;
      case gateway::v1::SUBMISSION_STATE_WITHDRAWN:  // which is its last change
        if (!IsCarriedOver(submission)) {
          add(gateway::v1::TRACE_STEP_KIND_WITHDRAWN, submission.update_time(), name);
        }
        break;
      default:
        break;
    }
    return line_.DayOf(name);
  }

  // Gives the day of its last step.
  absl::CivilDay WriteCertification(const Certification& certification,
                                    const std::string& version) {
    const std::string& name = certification.name();
    const std::string& submission = certification.submission();
    const auto add = [&](TraceStepKind kind, const auto& day, const std::string& after) {
      line_.Add(kind, name, day, after).set_by(certification.certifier());
    };
    add(gateway::v1::TRACE_STEP_KIND_CERTIFIED, certification.create_time(),
        line_.Has(submission) ? submission : version);
    if (!HoldsOrWill(certification, line_.today())) {
      add(gateway::v1::TRACE_STEP_KIND_LAPSED, LapseDay(certification), name);
    }
    return line_.DayOf(name);
  }

  void EndMicrocredential(const FollowedVersion& followed, absl::CivilDay last, bool awarded) {
    const std::string& name = followed.version().version();
    const auto& certifications = followed.certifications();
    if (absl::c_any_of(certifications,
                       [&](const Certification& one) { return HoldsOrWill(one, line_.today()); })) {
      return line_.End(
          name, awarded ? gateway::v1::TRACE_WAIT_NOTHING_DONE : gateway::v1::TRACE_WAIT_AWARD,
          last);
    }
    const auto waiting = at_bodies_.waiting.find(name);
    if (waiting != at_bodies_.waiting.end()) {
      return line_.End(name, gateway::v1::TRACE_WAIT_BODY, LegalDay(waiting->second));
    }
    if (absl::c_any_of(certifications,
                       [&](const Certification& one) { return MayResume(one, line_.today()); })) {
      return line_.End(name, gateway::v1::TRACE_WAIT_RESUMPTION, last);
    }
    if (at_bodies_.provenance.state() != gateway::v1::SECTION_STATE_FRESH) {
      return line_.End(name, gateway::v1::TRACE_WAIT_CERTIFICATION, last);
    }
    line_.End(name,
              certifications.empty() ? gateway::v1::TRACE_WAIT_SUBMISSION
                                     : gateway::v1::TRACE_WAIT_RENEWAL,
              last);
  }

  void WriteImplementation(const Proposal& proposal) {
    const std::string& name = proposal.name();
    if (proposal.has_implement_time()) {
      line_.Add(gateway::v1::TRACE_STEP_KIND_IMPLEMENTED, name, proposal.implement_time(), name);
    }
    if (!published_.contains(name)) EndProposal(proposal);
  }
  // Where one that no published version names ends.
  void EndProposal(const Proposal& proposal) {
    const auto end = [&](gateway::v1::TraceWait waits_for) {
      line_.End(proposal.name(), waits_for, line_.DayOf(proposal.name()));
    };
    switch (proposal.state()) {
      case economy::v1::PROPOSAL_STATE_DECLINED:
        return end(gateway::v1::TRACE_WAIT_NOTHING_DECLINED);
      case economy::v1::PROPOSAL_STATE_SUBMITTED:
      case economy::v1::PROPOSAL_STATE_IN_REVIEW:
        return end(gateway::v1::TRACE_WAIT_DECISION);
      default:
        if (HasAll("versions")) end(gateway::v1::TRACE_WAIT_PUBLICATION);
    }
  }

  // Where nobody has proposed anything, nor published anything without that.
  void WriteEndOfNeed() {
    const bool nothing = followed_.proposals.empty() && !followed_.has_more && published_.empty();
    if (!nothing || results_["proposals"].answer == nullptr || !HasAll("signal_versions")) return;
    const std::string& need =
        request_.demand_statement().empty() ? request_.skill() : request_.demand_statement();
    line_.End(need, gateway::v1::TRACE_WAIT_PROPOSAL, line_.LastDay());
  }

  // Whether all versions are told that there are; there are none where there was nothing to ask.
  bool HasAll(const char* section) const {
    const auto* answer = results_.AnswerOf<FollowCausesResponse>(section);
    if (answer != nullptr) return !answer->has_more();
    const compose::Result& result = results_[section];
    return !result.asked || result.provenance.state() == gateway::v1::SECTION_STATE_NOT_ASKED;
  }

  bool HasMore() const {
    const auto* signals = results_.AnswerOf<ListSkillSignalsResponse>("skill_signals");
    const bool more_signals = signals != nullptr && !signals->next_page_token().empty();
    const bool more_versions = absl::c_any_of(kOfVersions, [&](const char* section) {
      const auto* versions = results_.AnswerOf<FollowCausesResponse>(section);
      return versions != nullptr && versions->has_more();
    });
    return followed_.has_more || more_signals || more_versions || at_bodies_.has_more ||
           CausesOf(followed_).size() > kMostNames;
  }

  void WriteProvenance() {
    trace_.set_has_more(HasMore());
    *trace_.mutable_statement() = results_["statement"].provenance;
    *trace_.mutable_demand() = results_["demand"].provenance;
    *trace_.mutable_proposals() = results_["proposals"].provenance;
    *trace_.mutable_agreements() = results_["agreements"].provenance;
    *trace_.mutable_sessions() = results_["sessions"].provenance;
    *trace_.mutable_agreement_sessions() = results_["agreement_sessions"].provenance;
    *trace_.mutable_transfer_agreements() = results_["transfer_agreements"].provenance;
    *trace_.mutable_signals() = results_["signals"].provenance;
    *trace_.mutable_skill_signals() = results_["skill_signals"].provenance;
    *trace_.mutable_versions() = results_["versions"].provenance;
    *trace_.mutable_signal_versions() = results_["signal_versions"].provenance;
    *trace_.mutable_submissions() = at_bodies_.provenance;
    *trace_.mutable_version_awards() = results_["version_awards"].provenance;
    *trace_.mutable_place_offers() = results_["place_offers"].provenance;
    *trace_.mutable_signal_awards() = results_["signal_awards"].provenance;
  }

  template <class Titled>
  static void Title(const Titled& record, TraceStep& step) {
    step.set_title_es(record.title_es());
    step.set_title_en(record.title_en());
  }

  const Results& results_;
  const AtBodies& at_bodies_;
  const TraceDemandRequest& request_;
  const Followed followed_;
  DemandTrace trace_;
  Line line_;
  std::set<std::string> published_;  // causes that published versions name
};

}  // namespace

DemandTrace ComposeTrace(const Results& results, const AtBodies& at_bodies,
                         const TraceDemandRequest& request, absl::CivilDay day) {
  return Writer(results, at_bodies, request, day).Write();
}

}  // namespace puente::council
