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
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "puente/economy/v1/agreement.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/economy/v1/table_session.grpc.pb.h"
#include "puente/education/v1/cause.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "puente/science/v1/transfer_agreement.grpc.pb.h"

namespace puente::council {
namespace {

using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Results;
using compose::Rpc;
using compose::Section;
using economy::v1::Agreement;
using economy::v1::AgreementService;
using economy::v1::BatchGetAgreementsRequest;
using economy::v1::BatchGetAgreementsResponse;
using economy::v1::BatchGetTableSessionsRequest;
using economy::v1::BatchGetTableSessionsResponse;
using economy::v1::DemandService;
using economy::v1::DemandStatement;
using economy::v1::DemandSummary;
using economy::v1::GetDemandStatementRequest;
using economy::v1::GetDemandSummaryRequest;
using economy::v1::ListProposalsRequest;
using economy::v1::ListProposalsResponse;
using economy::v1::Proposal;
using economy::v1::ProposalService;
using economy::v1::TableSession;
using economy::v1::TableSessionService;
using education::v1::CauseService;
using education::v1::Certification;
using education::v1::FollowCausesRequest;
using education::v1::FollowCausesResponse;
using education::v1::FollowedVersion;
using gateway::v1::DemandTrace;
using gateway::v1::Submission;
using gateway::v1::TraceDemandRequest;
using gateway::v1::TraceStep;
using gateway::v1::TraceStepKind;
using science::v1::BatchGetSkillSignalsRequest;
using science::v1::BatchGetSkillSignalsResponse;
using science::v1::BatchGetTransferAgreementsRequest;
using science::v1::BatchGetTransferAgreementsResponse;
using science::v1::ListSkillSignalsRequest;
using science::v1::ListSkillSignalsResponse;
using science::v1::SkillSignal;
using science::v1::SkillSignalService;
using science::v1::TransferAgreement;
using science::v1::TransferAgreementService;

// What versions name as their causes, what is nearest to them first.
constexpr const char* kCauses[] = {"proposals/", "agreements/", "transferAgreements/",
                                   "skillSignals/"};
// The answers that have versions.
constexpr const char* kOfVersions[] = {"versions", "signal_versions"};

bool OfStatement(const Inputs& inputs) {
  return !inputs.request<TraceDemandRequest>().demand_statement().empty();
}
bool OfSkill(const Inputs& inputs) { return !OfStatement(inputs); }

absl::StatusOr<GetDemandStatementRequest> AskStatement(const Inputs& inputs) {
  GetDemandStatementRequest request;
  request.set_name(inputs.request<TraceDemandRequest>().demand_statement());
  return request;
}

absl::StatusOr<GetDemandSummaryRequest> AskDemand(const Inputs& inputs) {
  const auto& view = inputs.request<TraceDemandRequest>();
  GetDemandSummaryRequest request;
  request.add_skills(view.skill());
  request.set_state_code(view.state_code());
  request.set_sector_table(view.sector_table());
  return request;
}

absl::StatusOr<ListProposalsRequest> AskProposals(const Inputs& inputs) {
  const auto& view = inputs.request<TraceDemandRequest>();
  const bool narrowed = !view.state_code().empty() || !view.sector_table().empty();
  ListProposalsRequest request;
  request.set_page_size(narrowed ? kMostLooked : kMostFollowed);
  request.set_filter(OfStatement(inputs)
                         ? absl::StrCat("statement = \"", view.demand_statement(), "\"")
                         : absl::StrCat("skill = \"", view.skill(), "\""));
  return request;
}

absl::StatusOr<ListSkillSignalsRequest> AskSkillSignals(const Inputs& inputs) {
  ListSkillSignalsRequest request;
  request.set_page_size(kMostFollowed);
  request.set_filter(
      absl::StrCat("skill = \"", inputs.request<TraceDemandRequest>().skill(), "\""));
  return request;
}

// What is of no table is of all.
template <class Record>
bool IsOfOtherTable(const Record& record, const TraceDemandRequest& view) {
  return !view.sector_table().empty() && !record.sector_table().empty() &&
         record.sector_table() != view.sector_table();
}

// Of another state or table than those asked for, if any.
bool IsElsewhere(const Proposal& proposal, const TraceDemandRequest& view) {
  const bool other_table = IsOfOtherTable(proposal, view);
  const bool other_state = !view.state_code().empty() && !proposal.state_codes().empty() &&
                           !absl::c_linear_search(proposal.state_codes(), view.state_code());
  return other_table || other_state;
}

// The proposals that are followed.
struct Followed {
  Followed(const ListProposalsResponse* all, const TraceDemandRequest& view) {
    if (all == nullptr) return;
    has_more = !all->next_page_token().empty();
    for (const Proposal& proposal : all->proposals()) {
      if (!IsElsewhere(proposal, view)) proposals.push_back(&proposal);
    }
    if (proposals.size() <= kMostFollowed) return;
    has_more = true;
    proposals.resize(kMostFollowed);
  }
  explicit Followed(const Inputs& inputs)
      : Followed(inputs.answer<ListProposalsResponse>("proposals"),
                 inputs.request<TraceDemandRequest>()) {}

  std::vector<const Proposal*> proposals;
  bool has_more = false;
};

using Names = std::set<std::string>;
using Named = const google::protobuf::RepeatedPtrField<std::string>& (Proposal::*)() const;

Names NamedBy(const Followed& followed, Named field) {
  Names names;
  for (const Proposal* one : followed.proposals) {
    names.insert((one->*field)().begin(), (one->*field)().end());
  }
  return names;
}

Names SessionsOf(const Followed& followed) {
  Names names;
  for (const Proposal* one : followed.proposals) {
    if (!one->session().empty()) names.insert(one->session());
  }
  return names;
}

// What versions may name that came of these, the proposals themselves first.
std::vector<std::string> CausesOf(const Followed& followed) {
  std::vector<std::string> causes;
  for (const Proposal* one : followed.proposals) causes.push_back(one->name());
  for (const Named field : std::initializer_list<Named>{
           &Proposal::agreements, &Proposal::transfer_agreements, &Proposal::signals}) {
    const Names names = NamedBy(followed, field);
    causes.insert(causes.end(), names.begin(), names.end());
  }
  return causes;
}

// Puts the first of the names into the request by `add`.
template <class Request, class Some, class Add>
absl::StatusOr<Request> Ask(const Some& names, const Add& add) {
  if (names.empty()) return Error(error::kNothingToFollow);
  Request request;
  size_t room = kMostNames;
  for (const std::string& name : names) {
    if (room-- == 0) break;
    add(request, name);
  }
  return request;
}

template <class Request>
absl::StatusOr<Request> AskNames(const Names& names) {
  return Ask<Request>(names, [](Request& to, const std::string& name) { to.add_names(name); });
}

// Of what proposals name without anybody having checked that it is there.
template <class Request>
absl::StatusOr<Request> AskUnchecked(const Names& names) {
  ASSIGN_OR_RETURN(Request request, AskNames<Request>(names));
  request.set_allow_missing(true);
  return request;
}

template <class Causes>
absl::StatusOr<FollowCausesRequest> AskCauses(const Causes& causes) {
  return Ask<FollowCausesRequest>(
      causes, [](FollowCausesRequest& to, const std::string& cause) { to.add_causes(cause); });
}

absl::StatusOr<BatchGetAgreementsRequest> AskAgreements(const Inputs& inputs) {
  return AskNames<BatchGetAgreementsRequest>(NamedBy(Followed(inputs), &Proposal::agreements));
}

absl::StatusOr<BatchGetTableSessionsRequest> AskSessions(const Inputs& inputs) {
  return AskNames<BatchGetTableSessionsRequest>(SessionsOf(Followed(inputs)));
}

absl::StatusOr<BatchGetTableSessionsRequest> AskAgreementSessions(const Inputs& inputs) {
  const Names known = SessionsOf(Followed(inputs));
  Names names;
  for (const Agreement& one :
       inputs.answer<BatchGetAgreementsResponse>("agreements")->agreements()) {
    if (!known.contains(one.session())) names.insert(one.session());
  }
  return AskNames<BatchGetTableSessionsRequest>(names);
}

absl::StatusOr<BatchGetTransferAgreementsRequest> AskTransferAgreements(const Inputs& inputs) {
  return AskUnchecked<BatchGetTransferAgreementsRequest>(
      NamedBy(Followed(inputs), &Proposal::transfer_agreements));
}

absl::StatusOr<BatchGetSkillSignalsRequest> AskSignals(const Inputs& inputs) {
  return AskUnchecked<BatchGetSkillSignalsRequest>(NamedBy(Followed(inputs), &Proposal::signals));
}

absl::StatusOr<FollowCausesRequest> AskVersions(const Inputs& inputs) {
  return AskCauses(CausesOf(Followed(inputs)));
}

absl::StatusOr<FollowCausesRequest> AskSignalVersions(const Inputs& inputs) {
  Names names;
  for (const SkillSignal& one :
       inputs.answer<ListSkillSignalsResponse>("skill_signals")->skill_signals()) {
    if (!IsOfOtherTable(one, inputs.request<TraceDemandRequest>())) names.insert(one.name());
  }
  return AskCauses(names);
}

bool IsMicrocredential(const FollowedVersion& followed) {
  return absl::StartsWith(followed.version().version(), "microcredentials/");
}

// The line as it grows. A record is named by several steps, such as a proposal that was adopted:
// what follows from it follows from the last of them.
class Line {
 public:
  Line(absl::CivilDay today, DemandTrace& trace) : today_(today), trace_(trace) {}

  TraceStep& Add(TraceStepKind kind, const std::string& name, absl::CivilDay day,
                 const std::string& after = "") {
    TraceStep& step = *trace_.add_steps();
    step.set_kind(kind);
    step.set_name(name);
    *step.mutable_date() = ToProto(day);
    const auto before = days_.find(after);
    if (before != days_.end()) {
      step.set_after(after);
      step.set_days(static_cast<int32_t>(day - before->second));
    }
    days_[name] = day;
    return step;
  }
  TraceStep& Add(TraceStepKind kind, const std::string& name,
                 const google::protobuf::Timestamp& time, const std::string& after = "") {
    return Add(kind, name, LegalDay(FromProto(time)), after);
  }
  // `since`: the last step, or what it waits for began.
  void End(const std::string& name, gateway::v1::TraceWait waits_for, absl::CivilDay since) {
    gateway::v1::TraceEnd& end = *trace_.add_ends();
    end.set_name(name);
    end.set_waits_for(waits_for);
    end.set_days(static_cast<int32_t>(today_ - since));
  }
  absl::CivilDay today() const { return today_; }
  bool Has(const std::string& name) const { return days_.contains(name); }
  // Of a record's last step; that of the call for one that has none.
  absl::CivilDay DayOf(const std::string& name) const {
    const auto found = days_.find(name);
    return found == days_.end() ? today_ : found->second;
  }
  // Of those that have a step the one with the latest, the first of those of one day; "" for none.
  template <class Some>
  std::string Latest(const Some& names) const {
    std::string latest;
    for (const std::string& name : names) {
      if (Has(name) && (latest.empty() || DayOf(name) > DayOf(latest))) latest = name;
    }
    return latest;
  }

 private:
  const absl::CivilDay today_;
  DemandTrace& trace_;
  std::map<std::string, absl::CivilDay> days_;  // of each record's last step
};

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
    for (const FollowedVersion* one : Versions()) WriteVersion(*one);
    for (const Proposal* one : followed_.proposals) WriteImplementation(*one);
    WriteEndOfNeed();
    absl::c_stable_sort(*trace_.mutable_steps(), [](const TraceStep& a, const TraceStep& b) {
      return ToCivilDay(a.date()) < ToCivilDay(b.date());
    });
    WriteStages();
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
    EndMicrocredential(followed, last);
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

  void EndMicrocredential(const FollowedVersion& followed, absl::CivilDay last) {
    const std::string& name = followed.version().version();
    const auto& certifications = followed.certifications();
    if (absl::c_any_of(certifications,
                       [&](const Certification& one) { return HoldsOrWill(one, line_.today()); })) {
      return line_.End(name, gateway::v1::TRACE_WAIT_NOTHING_DONE, last);
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
    line_.End(need, gateway::v1::TRACE_WAIT_PROPOSAL, line_.DayOf(need));
  }

  // Whether all versions are told that there are; there are none where there was nothing to ask.
  bool HasAll(const char* section) const {
    const auto* answer = results_.AnswerOf<FollowCausesResponse>(section);
    if (answer != nullptr) return !answer->has_more();
    const compose::Result& result = results_[section];
    return !result.asked || result.provenance.state() == gateway::v1::SECTION_STATE_NOT_ASKED;
  }

  void WriteStages() {
    constexpr TraceStepKind kLine[] = {
        gateway::v1::TRACE_STEP_KIND_STATED,      gateway::v1::TRACE_STEP_KIND_SIGNALLED,
        gateway::v1::TRACE_STEP_KIND_TRANSFERRED, gateway::v1::TRACE_STEP_KIND_MET,
        gateway::v1::TRACE_STEP_KIND_AGREED,      gateway::v1::TRACE_STEP_KIND_PROPOSED,
        gateway::v1::TRACE_STEP_KIND_DECLINED,    gateway::v1::TRACE_STEP_KIND_ADOPTED,
        gateway::v1::TRACE_STEP_KIND_PUBLISHED,   gateway::v1::TRACE_STEP_KIND_IMPLEMENTED,
        gateway::v1::TRACE_STEP_KIND_SUBMITTED,   gateway::v1::TRACE_STEP_KIND_WITHDRAWN,
        gateway::v1::TRACE_STEP_KIND_RETURNED,    gateway::v1::TRACE_STEP_KIND_REJECTED,
        gateway::v1::TRACE_STEP_KIND_CERTIFIED,   gateway::v1::TRACE_STEP_KIND_LAPSED};
    for (const TraceStepKind kind : kLine) WriteStage(kind);
  }
  void WriteStage(TraceStepKind kind) {
    int count = 0;
    std::vector<int32_t> days;
    for (const TraceStep& step : trace_.steps()) {
      if (step.kind() != kind) continue;
      ++count;
      if (step.has_days()) days.push_back(step.days());
    }
    if (count == 0) return;
    gateway::v1::TraceStage& stage = *trace_.add_stages();
    stage.set_kind(kind);
    stage.set_count(count);
    if (days.empty()) return;
    absl::c_sort(days);
    stage.set_median_days(days[(days.size() - 1) / 2]);
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
  Names published_;  // causes that published versions name
};

}  // namespace

absl::Status CheckNeed(const TraceDemandRequest& request) {
  const bool of_statement = !request.demand_statement().empty();
  const bool of_skill = !request.skill().empty();
  const bool narrowed = !request.state_code().empty() || !request.sector_table().empty();
  if (of_statement != of_skill && !(of_statement && narrowed)) return absl::OkStatus();
  return Error(error::kOneNeedOnly);
}

const Plan& TracePlan() {
  using absl::StatusCode;
  const auto sessions =
      Rpc<TableSessionService>(&TableSessionService::Stub::async::BatchGetTableSessions);
  const auto versions = Rpc<CauseService>(&CauseService::Stub::async::FollowCauses);
  static const auto* const plan = new Plan(
      Plan::Make(
          "council.trace",
          {
              Section("statement", Agency::kEconomy,
                      Rpc<DemandService>(&DemandService::Stub::async::GetDemandStatement),
                      &AskStatement)
                  .When(&OfStatement)
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument,
                               StatusCode::kPermissionDenied}),
              Section("demand", Agency::kEconomy,
                      Rpc<DemandService>(&DemandService::Stub::async::GetDemandSummary), &AskDemand)
                  .When(&OfSkill),
              Section("proposals", Agency::kEconomy,
                      Rpc<ProposalService>(&ProposalService::Stub::async::ListProposals),
                      &AskProposals),
              Section("skill_signals", Agency::kScience,
                      Rpc<SkillSignalService>(&SkillSignalService::Stub::async::ListSkillSignals),
                      &AskSkillSignals)
                  .When(&OfSkill),
              Section("agreements", Agency::kEconomy,
                      Rpc<AgreementService>(&AgreementService::Stub::async::BatchGetAgreements),
                      &AskAgreements)
                  .After({"proposals"}),
              Section("sessions", Agency::kEconomy, sessions, &AskSessions).After({"proposals"}),
              Section("agreement_sessions", Agency::kEconomy, sessions, &AskAgreementSessions)
                  .After({"proposals", "agreements"}),
              Section("transfer_agreements", Agency::kScience,
                      Rpc<TransferAgreementService>(
                          &TransferAgreementService::Stub::async::BatchGetTransferAgreements),
                      &AskTransferAgreements)
                  .After({"proposals"}),
              Section(
                  "signals", Agency::kScience,
                  Rpc<SkillSignalService>(&SkillSignalService::Stub::async::BatchGetSkillSignals),
                  &AskSignals)
                  .After({"proposals"}),
              Section("versions", Agency::kEducation, versions, &AskVersions).After({"proposals"}),
              Section("signal_versions", Agency::kEducation, versions, &AskSignalVersions)
                  .After({"skill_signals"})
                  .When(&OfSkill),
          })
          .value());
  return *plan;
}

std::map<std::string, std::string> FollowedMicrocredentials(const Results& results) {
  std::map<std::string, std::string> owners;
  for (const char* section : kOfVersions) {
    const auto* answer = results.AnswerOf<FollowCausesResponse>(section);
    if (answer == nullptr) continue;
    for (const FollowedVersion& one : answer->versions()) {
      if (IsMicrocredential(one)) {
        owners.emplace(one.version().version(), one.version().organization());
      }
    }
  }
  return owners;
}

DemandTrace ComposeTrace(const Results& results, const AtBodies& at_bodies,
                         const TraceDemandRequest& request, absl::CivilDay day) {
  return Writer(results, at_bodies, request, day).Write();
}

}  // namespace puente::council
