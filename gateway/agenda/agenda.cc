#include "gateway/agenda/agenda.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "puente/api/v1/load.grpc.pb.h"
#include "puente/economy/v1/agreement.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/economy/v1/school_call.grpc.pb.h"
#include "puente/economy/v1/school_response.grpc.pb.h"
#include "puente/education/v1/assessment.grpc.pb.h"
#include "puente/education/v1/award.grpc.pb.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"

namespace puente::agenda {
namespace {

using api::v1::ListLoadsRequest;
using api::v1::ListLoadsResponse;
using api::v1::Load;
using api::v1::LoadService;
using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Results;
using compose::Rpc;
using compose::Section;
using economy::v1::AgreementService;
using economy::v1::ListAgreementsRequest;
using economy::v1::ListAgreementsResponse;
using economy::v1::ListProposalsRequest;
using economy::v1::ListProposalsResponse;
using economy::v1::ListSchoolCallsRequest;
using economy::v1::ListSchoolCallsResponse;
using economy::v1::ListSchoolResponsesRequest;
using economy::v1::ListSchoolResponsesResponse;
using economy::v1::ProposalService;
using economy::v1::SchoolCallService;
using economy::v1::SchoolResponseService;
using education::v1::Assessment;
using education::v1::AssessmentService;
using education::v1::Award;
using education::v1::AwardService;
using education::v1::CertificationService;
using education::v1::GetOrganizationRequest;
using education::v1::ListAssessmentsRequest;
using education::v1::ListAssessmentsResponse;
using education::v1::ListAwardsRequest;
using education::v1::ListAwardsResponse;
using education::v1::ListCertificationsRequest;
using education::v1::ListCertificationsResponse;
using education::v1::ListMicrocredentialVersionsRequest;
using education::v1::ListMicrocredentialVersionsResponse;
using education::v1::MicrocredentialService;
using education::v1::Organization;
using education::v1::OrganizationService;
using gateway::v1::Agenda;
using gateway::v1::AgendaItem;
using gateway::v1::AgendaKind;

constexpr char kOrganization[] = "organization";
constexpr char kCalls[] = "school_calls";
constexpr char kResponses[] = "school_responses";
constexpr char kVersions[] = "microcredential_versions";
constexpr char kCertifications[] = "certifications";
constexpr char kTaughtOut[] = "certifications_taught_out";
constexpr char kAssessments[] = "assessments";
constexpr char kAwards[] = "awards";
constexpr char kLoads[] = "loads";
// So long before its last day a certification or an award waits to be renewed.
constexpr int kEndingDays = 90;
// For so long a file waits to be mended.
constexpr int kLoadDays = 30;
// Collections about learners, whose files are mended by the organization.
constexpr const char* kOfLearners[] = {"learners", "enrolments", "assessments", "awards"};

const std::string& Caller(const Inputs& inputs) { return inputs.request<Agenda>().caller(); }

template <char const* caller>
bool Is(const Inputs& inputs) {
  return Caller(inputs) == caller;
}
bool IsOrganization(const Inputs& inputs) {
  return !RecordOf(Caller(inputs), "organization").empty();
}
bool IsCertifier(const Inputs& inputs) { return !RecordOf(Caller(inputs), "certifier").empty(); }
bool OfLine(const Inputs& inputs) { return IsOrganization(inputs) || IsCertifier(inputs); }
bool HasAgreements(const Inputs& inputs) {
  return IsOrganization(inputs) || absl::StartsWith(Caller(inputs), "agency/");
}

constexpr char kEconomy[] = "agency/economy";
constexpr char kEducation[] = "agency/education";

// Those of a state, the most urgent first.
template <class Request, char const* state>
absl::StatusOr<Request> AskState(const Inputs&) {
  Request request;
  request.set_page_size(kMost);
  request.set_filter(absl::StrCat("state = ", state));
  return request;
}
constexpr char kSubmitted[] = "SUBMITTED";
constexpr char kInReview[] = "IN_REVIEW";
constexpr char kOpen[] = "OPEN";
constexpr char kInProgress[] = "IN_PROGRESS";
constexpr char kOverdue[] = "OVERDUE";
constexpr char kActive[] = "ACTIVE";
constexpr char kTeachOut[] = "TEACH_OUT";
constexpr char kIssued[] = "ISSUED";
constexpr char kScheduled[] = "SCHEDULED";

// Many, of which those are left out that are not for this school.
absl::StatusOr<ListSchoolCallsRequest> AskCalls(const Inputs& inputs) {
  absl::StatusOr<ListSchoolCallsRequest> request = AskState<ListSchoolCallsRequest, kOpen>(inputs);
  request->set_page_size(1000);
  return request;
}

template <char const* state>
absl::StatusOr<ListAgreementsRequest> AskAgreements(const Inputs& inputs) {
  ListAgreementsRequest request;
  request.set_page_size(kMost);
  request.set_filter(absl::StrCat("owner = \"", Caller(inputs), "\" AND state = ", state));
  return request;
}

absl::StatusOr<GetOrganizationRequest> AskOrganization(const Inputs& inputs) {
  GetOrganizationRequest request;
  request.set_name(RecordOf(Caller(inputs), "organization"));
  return request;
}

// What it has answered already; of its answers the last ones would do, but they come by call.
absl::StatusOr<ListSchoolResponsesRequest> AskResponses(const Inputs& inputs) {
  ListSchoolResponsesRequest request;
  request.set_parent("schoolCalls/-");
  request.set_page_size(1000);
  request.set_filter(
      absl::StrCat("organization = \"", RecordOf(Caller(inputs), "organization"), "\""));
  return request;
}

absl::StatusOr<ListMicrocredentialVersionsRequest> AskVersions(const Inputs&) {
  ListMicrocredentialVersionsRequest request;
  request.set_parent("microcredentials/-");
  request.set_page_size(kMost);
  request.set_filter("state = PUBLISHED");
  request.set_order_by("review_date");
  return request;
}

template <char const* state>
absl::StatusOr<ListCertificationsRequest> AskCertifications(const Inputs& inputs) {
  const std::string& caller = Caller(inputs);
  const std::string kind = caller.substr(0, caller.find('/'));
  ListCertificationsRequest request;
  request.set_page_size(kMost);
  request.set_filter(absl::StrCat(kind, " = \"", RecordOf(caller, kind), "\" AND state = ", state));
  request.set_order_by("end_date");
  return request;
}

// Those of the caller's learners, or those that a body makes.
absl::StatusOr<ListAssessmentsRequest> AskAssessments(const Inputs& inputs) {
  ASSIGN_OR_RETURN(auto request, (AskState<ListAssessmentsRequest, kScheduled>(inputs)));
  request.set_parent("organizations/-");
  request.set_order_by("assess_date");
  if (IsOrganization(inputs)) {
    request.set_parent(RecordOf(Caller(inputs), "organization"));
  } else {
    request.set_filter(absl::StrCat("certifier = \"", RecordOf(Caller(inputs), "certifier"),
                                    "\" AND ", request.filter()));
  }
  return request;
}

absl::StatusOr<ListAwardsRequest> AskAwards(const Inputs& inputs) {
  ASSIGN_OR_RETURN(auto request, (AskState<ListAwardsRequest, kIssued>(inputs)));
  request.set_parent(RecordOf(Caller(inputs), "organization"));
  request.set_order_by("end_date");
  return request;
}

absl::StatusOr<ListLoadsRequest> AskLoads(const Inputs&) {
  ListLoadsRequest request;
  request.set_page_size(kMost);
  return request;
}

// An agenda under way.
class Writer {
 public:
  Writer(const Results& results, Agenda agenda, absl::Time now)
      : results_(results), agenda_(std::move(agenda)), today_(LegalDay(now)) {
    *agenda_.mutable_compose_time() = ToProto(now);
  }

  Agenda Write() && {
    WriteProposals("proposals_submitted");
    WriteProposals("proposals_in_review");
    for (const char* state : {"agreements_open", "agreements_in_progress", "agreements_overdue"}) {
      WriteAgreements(state);
    }
    WriteCalls();
    WriteVersions();
    WriteCertifications();
    WriteTaughtOut();
    WriteAssessments();
    WriteAwards();
    WriteLoads();
    for (AgendaItem& item : *agenda_.mutable_items()) Date(item);
    absl::c_sort(*agenda_.mutable_items(), &IsMoreUrgent);
    return std::move(agenda_);
  }

 private:
  // The answer of a section that was asked; notes what came of it.
  template <class Answer>
  const Answer* Tell(const char* section, AgendaKind kind) {
    const compose::Result& result = results_[section];
    if (!result.asked) return nullptr;
    gateway::v1::AgendaSection& told = *agenda_.add_sections();
    told.set_kind(kind);
    *told.mutable_provenance() = result.provenance;
    return results_.AnswerOf<Answer>(section);
  }
  // The same of a page.
  template <class Page>
  const Page* Take(const char* section, AgendaKind kind) {
    const Page* page = Tell<Page>(section, kind);
    if (page != nullptr)
      agenda_.mutable_sections()->rbegin()->set_more(!page->next_page_token().empty());
    return page;
  }

  template <class Record>
  AgendaItem& Add(AgendaKind kind, const Record& record) {
    AgendaItem& item = *agenda_.add_items();
    item.set_kind(kind);
    item.set_name(record.name());
    *item.mutable_wait_time() = record.create_time();
    return item;
  }

  void WriteProposals(const char* section) {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_PROPOSAL;
    const auto* answer = Take<ListProposalsResponse>(section, kKind);
    if (answer == nullptr) return;
    for (const economy::v1::Proposal& proposal : answer->proposals()) {
      AgendaItem& item = Add(kKind, proposal);
      item.set_text_es(proposal.title_es());
      item.set_text_en(proposal.title_en());
    }
  }

  void WriteAgreements(const char* section) {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_AGREEMENT;
    const auto* answer = Take<ListAgreementsResponse>(section, kKind);
    if (answer == nullptr) return;
    for (const economy::v1::Agreement& agreement : answer->agreements()) {
      AgendaItem& item = Add(kKind, agreement);
      item.set_text_es(agreement.text_es());
      item.set_text_en(agreement.text_en());
      *item.mutable_due_date() = agreement.due_date();
    }
  }

  // Calls to schools of other states, and those that were answered, do not wait for this one. Where
  // it isn't known which these are, all are told.
  void WriteCalls() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_SCHOOL_CALL;
    const auto* answer = Take<ListSchoolCallsResponse>(kCalls, kKind);
    if (answer == nullptr) return;
    // What these say is a part of the kind's answer.
    const auto* organization = Tell<Organization>(kOrganization, kKind);
    const std::set<std::string> answered =
        Answered(Take<ListSchoolResponsesResponse>(kResponses, kKind));
    for (const economy::v1::SchoolCall& call : answer->school_calls()) {
      const bool elsewhere = organization != nullptr && !call.state_codes().empty() &&
                             !absl::c_linear_search(call.state_codes(), organization->state_code());
      if (elsewhere || answered.contains(call.name())) continue;
      AgendaItem& item = Add(kKind, call);
      item.set_text_es(call.text_es());
      item.set_text_en(call.text_en());
      *item.mutable_due_date() = call.end_date();
    }
  }
  static std::set<std::string> Answered(const ListSchoolResponsesResponse* responses) {
    std::set<std::string> calls;
    if (responses == nullptr) return calls;
    for (const economy::v1::SchoolResponse& response : responses->school_responses()) {
      calls.insert(response.name().substr(0, response.name().find("/responses/")));
    }
    return calls;
  }

  void WriteVersions() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_VERSION;
    const auto* answer = Take<ListMicrocredentialVersionsResponse>(kVersions, kKind);
    if (answer == nullptr) return;
    for (const education::v1::MicrocredentialVersion& version :
         answer->microcredential_versions()) {
      if (!version.has_review_date() || ToCivilDay(version.review_date()) > today_) {
        agenda_.mutable_sections()->rbegin()->set_more(false);  // none that comes later is due
        return;
      }
      AgendaItem& item = Add(kKind, version);
      item.set_text_es(version.title_es());
      item.set_text_en(version.title_en());
      *item.mutable_due_date() = version.review_date();
      *item.mutable_wait_time() = version.publish_time();
    }
  }

  void WriteCertifications() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_CERTIFICATION;
    const auto* answer = Take<ListCertificationsResponse>(kCertifications, kKind);
    if (answer == nullptr) return;
    for (const education::v1::Certification& certification : answer->certifications()) {
      if (ToCivilDay(certification.end_date()) > today_ + kEndingDays) {
        agenda_.mutable_sections()->rbegin()->set_more(false);  // none that comes later is about to
        return;
      }
      AgendaItem& item = Add(kKind, certification);
      item.set_text_es(certification.microcredential_version());
      *item.mutable_due_date() = certification.end_date();
      // Since when there has been time to renew it.
      *item.mutable_wait_time() =
          ToProto(StartOf(ToCivilDay(certification.end_date()) - kEndingDays));
    }
  }

  // Whose body has left.
  void WriteTaughtOut() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_CERTIFICATION;
    const auto* answer = Take<ListCertificationsResponse>(kTaughtOut, kKind);
    if (answer == nullptr) return;
    for (const education::v1::Certification& certification : answer->certifications()) {
      if (ToCivilDay(certification.teach_out_date()) < today_) continue;
      AgendaItem& item = Add(kKind, certification);
      item.set_text_es(certification.microcredential_version());
      *item.mutable_due_date() = certification.teach_out_date();
      *item.mutable_wait_time() = ToProto(StartOf(ToCivilDay(certification.state_date())));
    }
  }

  // Those whose day has come.
  void WriteAssessments() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_ASSESSMENT;
    const auto* answer = Take<ListAssessmentsResponse>(kAssessments, kKind);
    if (answer == nullptr) return;
    for (const Assessment& assessment : answer->assessments()) {
      const absl::CivilDay day = ToCivilDay(assessment.assess_date());
      if (day > today_) {
        agenda_.mutable_sections()->rbegin()->set_more(false);  // nor has that of later ones
        return;
      }
      AgendaItem& item = Add(kKind, assessment);
      item.set_text_es(assessment.microcredential_version());
      *item.mutable_wait_time() = ToProto(StartOf(day));
    }
  }

  void WriteAwards() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_AWARD;
    const auto* answer = Take<ListAwardsResponse>(kAwards, kKind);
    if (answer == nullptr) return;
    for (const Award& award : answer->awards()) {
      if (!award.has_end_date() || ToCivilDay(award.end_date()) > today_ + kEndingDays) {
        agenda_.mutable_sections()->rbegin()->set_more(false);  // none that comes later is about to
        return;
      }
      AgendaItem& item = Add(kKind, award);
      item.set_text_es(award.microcredential_version());
      *item.mutable_due_date() = award.end_date();
      *item.mutable_wait_time() = ToProto(StartOf(ToCivilDay(award.end_date()) - kEndingDays));
    }
  }

  // Of each layout the last one, which stands for those before: it is what was made of them.
  void WriteLoads() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_LOAD;
    const auto* answer = Take<ListLoadsResponse>(kLoads, kKind);
    if (answer == nullptr) return;
    std::set<std::string> seen;
    for (const Load& load : answer->loads()) {
      if (LegalDay(FromProto(load.create_time())) + kLoadDays < today_) {
        agenda_.mutable_sections()->rbegin()->set_more(false);  // those that follow are older
        return;
      }
      const bool last = seen.insert(load.profile()).second;
      if (!last || load.refused_count() == 0 ||
          !absl::c_linear_search(kOfLearners, load.collection())) {
        continue;
      }
      AgendaItem& item = Add(kKind, load);
      item.set_text_es(absl::StrCat(load.profile(), ": ", load.refused_count()));
    }
  }

  void Date(AgendaItem& item) const {
    const auto days = today_ - LegalDay(FromProto(item.wait_time()));
    item.set_wait_days(static_cast<int32_t>(std::max<int64_t>(days, 0)));
    item.set_late(item.has_due_date() && ToCivilDay(item.due_date()) < today_);
  }

  static bool IsMoreUrgent(const AgendaItem& a, const AgendaItem& b) {
    const auto key = [](const AgendaItem& item) {
      return std::tuple(item.has_due_date() ? ToCivilDay(item.due_date()) : absl::CivilDay::max(),
                        FromProto(item.wait_time()), item.name());
    };
    return key(a) < key(b);
  }

  const Results& results_;
  Agenda agenda_;
  const absl::CivilDay today_;
};

}  // namespace

std::string RecordOf(absl::string_view caller, absl::string_view kind) {
  if (!absl::ConsumePrefix(&caller, kind) || !absl::ConsumePrefix(&caller, "/")) return "";
  return absl::StrCat(kind, "s/", caller);
}

const Plan& AgendaPlan() {
  const auto proposals = Rpc<ProposalService>(&ProposalService::Stub::async::ListProposals);
  const auto agreements = Rpc<AgreementService>(&AgreementService::Stub::async::ListAgreements);
  static const auto* const plan = new Plan(
      Plan::Make(
          "agenda",
          {
              Section("proposals_submitted", Agency::kEconomy, proposals,
                      &AskState<ListProposalsRequest, kSubmitted>)
                  .When(&Is<kEconomy>),
              Section("proposals_in_review", Agency::kEconomy, proposals,
                      &AskState<ListProposalsRequest, kInReview>)
                  .When(&Is<kEconomy>),
              Section("agreements_open", Agency::kEconomy, agreements, &AskAgreements<kOpen>)
                  .When(&HasAgreements),
              Section("agreements_in_progress", Agency::kEconomy, agreements,
                      &AskAgreements<kInProgress>)
                  .When(&HasAgreements),
              Section("agreements_overdue", Agency::kEconomy, agreements, &AskAgreements<kOverdue>)
                  .When(&HasAgreements),
              Section(kCalls, Agency::kEconomy,
                      Rpc<SchoolCallService>(&SchoolCallService::Stub::async::ListSchoolCalls),
                      &AskCalls)
                  .When(&IsOrganization),
              Section(kResponses, Agency::kEconomy,
                      Rpc<SchoolResponseService>(
                          &SchoolResponseService::Stub::async::ListSchoolResponses),
                      &AskResponses)
                  .When(&IsOrganization),
              Section(kOrganization, Agency::kEducation,
                      Rpc<OrganizationService>(&OrganizationService::Stub::async::GetOrganization),
                      &AskOrganization)
                  .When(&IsOrganization),
              Section(kVersions, Agency::kEducation,
                      Rpc<MicrocredentialService>(
                          &MicrocredentialService::Stub::async::ListMicrocredentialVersions),
                      &AskVersions)
                  .When(&Is<kEducation>),
              Section(
                  kCertifications, Agency::kEducation,
                  Rpc<CertificationService>(&CertificationService::Stub::async::ListCertifications),
                  &AskCertifications<kActive>)
                  .When(&OfLine),
              Section(
                  kTaughtOut, Agency::kEducation,
                  Rpc<CertificationService>(&CertificationService::Stub::async::ListCertifications),
                  &AskCertifications<kTeachOut>)
                  .When(&IsOrganization),
              Section(kAssessments, Agency::kEducation,
                      Rpc<AssessmentService>(&AssessmentService::Stub::async::ListAssessments),
                      &AskAssessments)
                  .When(&OfLine),
              Section(kAwards, Agency::kEducation,
                      Rpc<AwardService>(&AwardService::Stub::async::ListAwards), &AskAwards)
                  .When(&IsOrganization),
              Section(kLoads, Agency::kEducation,
                      Rpc<LoadService>(&LoadService::Stub::async::ListLoads), &AskLoads)
                  .When(&IsOrganization),
          })
          .value());
  return *plan;
}

Agenda ComposeAgenda(const Results& results, Agenda own, absl::Time now) {
  return Writer(results, std::move(own), now).Write();
}

}  // namespace puente::agenda
