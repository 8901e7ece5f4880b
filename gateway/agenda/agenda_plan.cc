// What is asked for an agenda, and of whom.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"
#include "gateway/agenda/agenda.h"
#include "gateway/agenda/sections.h"
#include "puente/api/v1/load.grpc.pb.h"
#include "puente/economy/v1/agreement.grpc.pb.h"
#include "puente/economy/v1/place_reservation.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/economy/v1/school_call.grpc.pb.h"
#include "puente/economy/v1/school_response.grpc.pb.h"
#include "puente/education/v1/assessment.grpc.pb.h"
#include "puente/education/v1/award.grpc.pb.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "puente/education/v1/dual_agreement.grpc.pb.h"
#include "puente/education/v1/dual_plan.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"

namespace puente::agenda {
namespace {

using api::v1::ListLoadsRequest;
using api::v1::LoadService;
using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Rpc;
using compose::Section;
using economy::v1::AgreementService;
using economy::v1::ListAgreementsRequest;
using economy::v1::ListPlaceReservationsRequest;
using economy::v1::ListProposalsRequest;
using economy::v1::ListSchoolCallsRequest;
using economy::v1::ListSchoolResponsesRequest;
using economy::v1::PlaceReservationService;
using economy::v1::ProposalService;
using economy::v1::SchoolCallService;
using economy::v1::SchoolResponseService;
using education::v1::AssessmentService;
using education::v1::AwardService;
using education::v1::CertificationService;
using education::v1::DualAgreementService;
using education::v1::DualPlanService;
using education::v1::GetOrganizationRequest;
using education::v1::ListAssessmentsRequest;
using education::v1::ListAwardsRequest;
using education::v1::ListCertificationsRequest;
using education::v1::ListDualAgreementsRequest;
using education::v1::ListDualPlansRequest;
using education::v1::ListMicrocredentialVersionsRequest;
using education::v1::MicrocredentialService;
using education::v1::OrganizationService;
using gateway::v1::Agenda;

const std::string& Caller(const Inputs& inputs) { return inputs.request<Agenda>().caller(); }

template <char const* caller>
bool Is(const Inputs& inputs) {
  return Caller(inputs) == caller;
}
bool IsOrganization(const Inputs& inputs) {
  return !RecordOf(Caller(inputs), "organization").empty();
}
bool IsCertifier(const Inputs& inputs) { return !RecordOf(Caller(inputs), "certifier").empty(); }
bool IsCompany(const Inputs& inputs) { return !RecordOf(Caller(inputs), "company").empty(); }
bool OfPlans(const Inputs& inputs) { return IsOrganization(inputs) || IsCompany(inputs); }
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
constexpr char kHeld[] = "HELD";
constexpr char kProposed[] = "PROPOSED";

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

// Those that the caller makes itself, of its learners or, a body, of anybody's.
absl::StatusOr<ListAssessmentsRequest> AskAssessments(const Inputs& inputs) {
  ASSIGN_OR_RETURN(auto request, (AskState<ListAssessmentsRequest, kScheduled>(inputs)));
  request.set_parent("organizations/-");
  request.set_order_by("assess_date");
  if (IsOrganization(inputs)) {
    request.set_parent(RecordOf(Caller(inputs), "organization"));
  }
  request.set_filter(absl::StrCat("certifier = \"", RecordOf(Caller(inputs), "certifier"),
                                  "\" AND ", request.filter()));
  return request;
}

absl::StatusOr<ListAwardsRequest> AskAwards(const Inputs& inputs) {
  ASSIGN_OR_RETURN(auto request, (AskState<ListAwardsRequest, kIssued>(inputs)));
  request.set_parent(RecordOf(Caller(inputs), "organization"));
  request.set_order_by("end_date");
  return request;
}

// Of a company, those of a state.
template <class Request, char const* state>
absl::StatusOr<Request> AskOfCompany(const Inputs& inputs) {
  Request request;
  request.set_page_size(kMost);
  request.set_filter(
      absl::StrCat("company = \"", RecordOf(Caller(inputs), "company"), "\" AND state = ", state));
  return request;
}

// Plans whose turn is the caller's.
absl::StatusOr<ListDualPlansRequest> AskPlans(const Inputs& inputs) {
  ListDualPlansRequest request;
  request.set_page_size(kMost);
  if (IsOrganization(inputs)) {
    request.set_parent(RecordOf(Caller(inputs), "organization"));
    request.set_filter("turn = ORGANIZATION");
  } else {
    request.set_parent("organizations/-");
    request.set_filter(
        absl::StrCat("company = \"", RecordOf(Caller(inputs), "company"), "\" AND turn = COMPANY"));
  }
  return request;
}

// A learner's turn is the school's to see to.
absl::StatusOr<ListDualPlansRequest> AskLearnersPlans(const Inputs& inputs) {
  ListDualPlansRequest request;
  request.set_page_size(kMost);
  request.set_parent(RecordOf(Caller(inputs), "organization"));
  request.set_filter("turn = LEARNER");
  return request;
}

absl::StatusOr<ListLoadsRequest> AskLoads(const Inputs&) {
  ListLoadsRequest request;
  request.set_page_size(kMost);
  return request;
}

}  // namespace

std::string RecordOf(absl::string_view caller, absl::string_view kind) {
  if (!absl::ConsumePrefix(&caller, kind) || !absl::ConsumePrefix(&caller, "/")) return "";
  return absl::StrCat(kind == "company" ? "companie" : kind, "s/", caller);
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
              Section(kReservations, Agency::kEconomy,
                      Rpc<PlaceReservationService>(
                          &PlaceReservationService::Stub::async::ListPlaceReservations),
                      &AskOfCompany<ListPlaceReservationsRequest, kHeld>)
                  .When(&IsCompany),
              Section(
                  kDualAgreements, Agency::kEducation,
                  Rpc<DualAgreementService>(&DualAgreementService::Stub::async::ListDualAgreements),
                  &AskOfCompany<ListDualAgreementsRequest, kProposed>)
                  .When(&IsCompany),
              Section(kDualPlans, Agency::kEducation,
                      Rpc<DualPlanService>(&DualPlanService::Stub::async::ListDualPlans), &AskPlans)
                  .When(&OfPlans),
              Section(kLearnersPlans, Agency::kEducation,
                      Rpc<DualPlanService>(&DualPlanService::Stub::async::ListDualPlans),
                      &AskLearnersPlans)
                  .When(&IsOrganization),
          })
          .value());
  return *plan;
}

}  // namespace puente::agenda
