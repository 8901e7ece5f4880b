#include "gateway/agenda/agenda.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "gateway/agenda/sections.h"
#include "puente/api/v1/load.pb.h"
#include "puente/economy/v1/agreement.pb.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/economy/v1/proposal.pb.h"
#include "puente/economy/v1/school_call.pb.h"
#include "puente/economy/v1/school_response.pb.h"
#include "puente/education/v1/assessment.pb.h"
#include "puente/education/v1/award.pb.h"
#include "puente/education/v1/certification.pb.h"
#include "puente/education/v1/dual_agreement.pb.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/education/v1/organization.pb.h"

namespace puente::agenda {
namespace {

using api::v1::ListLoadsResponse;
using api::v1::Load;
using compose::Results;
using economy::v1::ListAgreementsResponse;
using economy::v1::ListPlaceReservationsResponse;
using economy::v1::ListProposalsResponse;
using economy::v1::ListSchoolCallsResponse;
using economy::v1::ListSchoolResponsesResponse;
using education::v1::Assessment;
using education::v1::Award;
using education::v1::ListAssessmentsResponse;
using education::v1::ListAwardsResponse;
using education::v1::ListCertificationsResponse;
using education::v1::ListDualAgreementsResponse;
using education::v1::ListDualPlansResponse;
using education::v1::ListMicrocredentialVersionsResponse;
using education::v1::Organization;
using gateway::v1::Agenda;
using gateway::v1::AgendaItem;
using gateway::v1::AgendaKind;

// So long before its last day a certification or an award waits to be renewed.
constexpr int kEndingDays = 90;
// For so long a file waits to be mended.
constexpr int kLoadDays = 30;
// Collections about learners, whose files are mended by the organization.
constexpr const char* kOfLearners[] = {"learners", "enrolments", "assessments", "awards"};

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
    WriteReservations();
    WriteDualAgreements();
    WriteDualPlans(kDualPlans);
    WriteDualPlans(kLearnersPlans);
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

  void WriteReservations() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_PLACE_RESERVATION;
    const auto* answer = Take<ListPlaceReservationsResponse>(kReservations, kKind);
    if (answer == nullptr) return;
    for (const economy::v1::PlaceReservation& reservation : answer->place_reservations()) {
      AgendaItem& item = Add(kKind, reservation);
      item.set_text_es(reservation.training_place());
      *item.mutable_due_date() = ToProto(LegalDay(FromProto(reservation.expire_time())));
    }
  }

  void WriteDualAgreements() {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_DUAL_AGREEMENT;
    const auto* answer = Take<ListDualAgreementsResponse>(kDualAgreements, kKind);
    if (answer == nullptr) return;
    for (const education::v1::DualAgreement& agreement : answer->dual_agreements()) {
      AgendaItem& item = Add(kKind, agreement);
      item.set_text_es(agreement.organization());
      *item.mutable_due_date() = agreement.begin_date();
    }
  }

  void WriteDualPlans(const char* section) {
    constexpr auto kKind = gateway::v1::AGENDA_KIND_DUAL_PLAN;
    const auto* answer = Take<ListDualPlansResponse>(section, kKind);
    if (answer == nullptr) return;
    for (const education::v1::DualPlan& plan : answer->dual_plans()) {
      AgendaItem& item = Add(kKind, plan);
      item.set_text_es(plan.dual_agreement());
      *item.mutable_due_date() = plan.begin_date();
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

Agenda ComposeAgenda(const Results& results, Agenda own, absl::Time now) {
  return Writer(results, std::move(own), now).Write();
}

}  // namespace puente::agenda
