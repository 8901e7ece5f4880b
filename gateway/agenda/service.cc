#include "gateway/agenda/service.h"

#include "common/calls/service.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "gateway/agenda/agenda.h"
#include "gateway/certifier_changes/resource.h"
#include "gateway/compose/view.h"
#include "gateway/decisions/resource.h"
#include "gateway/findings/resource.h"
#include "gateway/submissions/resource.h"
#include "puente/gateway/v1/agenda.grpc.pb.h"

namespace puente::agenda {
namespace {

using gateway::CertifierChanges;
using gateway::Decisions;
using gateway::Findings;
using gateway::Submissions;
using gateway::v1::Agenda;
using gateway::v1::AgendaItem;
using gateway::v1::GetAgendaRequest;
namespace v1 = gateway::v1;

constexpr char kRegister[] = "agency/education";  // who keeps that of bodies
// For so long a body is told what was not recorded.
constexpr absl::Duration kNotRecorded = absl::Hours(30 * 24);

template <class Record>
AgendaItem& Add(Agenda& agenda, v1::AgendaKind kind, const Record& record, std::string about) {
  AgendaItem& item = *agenda.add_items();
  item.set_kind(kind);
  item.set_name(record.name());
  item.set_text_es(std::move(about));
  *item.mutable_wait_time() = record.create_time();
  return item;
}

// Those that an index has first, where its columns have these values; says whether there are more.
template <class M>
absl::StatusOr<std::vector<M>> First(sql::Session& session, const resource::Resource<M>& resource,
                                     absl::string_view query, const char* where,
                                     std::vector<sql::Value> values, v1::AgendaKind kind,
                                     Agenda& agenda) {
  values.emplace_back(kMost + 1);
  ASSIGN_OR_RETURN(std::vector<M> first, resource::Select(session, resource, query, where, values));
  v1::AgendaSection& told = *agenda.add_sections();
  told.set_kind(kind);
  told.mutable_provenance()->set_agency("gateway");
  told.mutable_provenance()->set_state(v1::SECTION_STATE_FRESH);
  told.set_more(first.size() > kMost);
  if (told.more()) first.pop_back();
  return first;
}

absl::Status AddOfOrganization(sql::Session& session, const std::string& organization,
                               Agenda& agenda) {
  // Of what is decided none waits any more, though it stays open.
  ASSIGN_OR_RETURN(
      const auto findings,
      First(session, Findings(), "gateway.finding.waiting",
            "FORCE INDEX (by_age) WHERE organization = ? AND state = ? AND EXISTS"
            " (SELECT 1 FROM submission AS s WHERE s.certifier = finding.certifier"
            " AND s.id = SUBSTRING_INDEX(finding.submission, '/', -1) AND s.state = ?)"
            " ORDER BY create_time, certifier, id LIMIT ?",
            {organization, int{v1::FINDING_STATE_OPEN}, int{v1::SUBMISSION_STATE_IN_REVIEW}},
            v1::AGENDA_KIND_FINDING, agenda));
  for (const v1::Finding& finding : findings) {
    Add(agenda, v1::AGENDA_KIND_FINDING, finding, finding.text());
  }
  ASSIGN_OR_RETURN(
      const auto decisions,
      First(session, Decisions(), "gateway.decision.waiting",
            "FORCE INDEX (by_notice) WHERE organization = ? AND"
            " acknowledgement = ? ORDER BY create_time, certifier, id LIMIT ?",
            {organization, int{v1::ACKNOWLEDGEMENT_PENDING}}, v1::AGENDA_KIND_DECISION, agenda));
  for (const v1::Decision& decision : decisions) {
    AgendaItem& item = Add(agenda, v1::AGENDA_KIND_DECISION, decision, decision.submission());
    if (decision.has_appeal_due_date()) *item.mutable_due_date() = decision.appeal_due_date();
  }
  return absl::OkStatus();
}

// Its last decisions on submissions, where Education refused them.
absl::Status AddNotRecorded(sql::Session& session, const std::string& certifier, absl::Time now,
                            Agenda& agenda) {
  ASSIGN_OR_RETURN(
      const auto decisions,
      First(session, Decisions(), "gateway.decision.not_recorded",
            "FORCE INDEX (by_certifier_state) WHERE certifier = ? AND state = ?"
            " AND create_time >= ? AND NOT EXISTS (SELECT 1 FROM decision AS later"
            " FORCE INDEX (by_submission) WHERE later.submission = decision.submission"
            " AND later.create_time > decision.create_time) ORDER BY create_time, id LIMIT ?",
            {certifier, int{v1::DECISION_STATE_NOT_RECORDED}, now - kNotRecorded},
            v1::AGENDA_KIND_DECISION, agenda));
  for (const v1::Decision& decision : decisions) {
    AgendaItem& item = Add(agenda, v1::AGENDA_KIND_DECISION, decision, decision.refusal_es());
    item.set_text_en(decision.refusal_en());
    *item.mutable_wait_time() = decision.update_time();
  }
  return absl::OkStatus();
}

absl::Status AddOfCertifier(sql::Session& session, const std::string& certifier, absl::Time now,
                            Agenda& agenda) {
  constexpr char kOldest[] =
      "FORCE INDEX (by_certifier_state) WHERE certifier = ? AND state = ?"
      " ORDER BY create_time, id LIMIT ?";
  for (const int state : {v1::SUBMISSION_STATE_SUBMITTED, v1::SUBMISSION_STATE_IN_REVIEW}) {
    ASSIGN_OR_RETURN(const auto submissions,
                     First(session, Submissions(), "gateway.queue", kOldest, {certifier, state},
                           v1::AGENDA_KIND_SUBMISSION, agenda));
    for (const v1::Submission& submission : submissions) {
      AgendaItem& item =
          Add(agenda, v1::AGENDA_KIND_SUBMISSION, submission, submission.microcredential_version());
      if (submission.has_due_date()) *item.mutable_due_date() = submission.due_date();
    }
  }
  ASSIGN_OR_RETURN(const auto appeals, First(session, Decisions(), "gateway.appeals", kOldest,
                                             {certifier, int{v1::DECISION_STATE_UNDER_APPEAL}},
                                             v1::AGENDA_KIND_APPEAL, agenda));
  for (const v1::Decision& decision : appeals) {
    *Add(agenda, v1::AGENDA_KIND_APPEAL, decision, decision.submission()).mutable_wait_time() =
        decision.appeal_time();
  }
  return AddNotRecorded(session, certifier, now, agenda);
}

absl::Status AddOfRegister(sql::Session& session, Agenda& agenda) {
  ASSIGN_OR_RETURN(
      const auto changes,
      First(session, CertifierChanges(), "gateway.certifier_change.waiting",
            "FORCE INDEX (by_state) WHERE state = ? ORDER BY create_time, id LIMIT ?",
            {int{v1::CERTIFIER_CHANGE_STATE_PROPOSED}}, v1::AGENDA_KIND_CERTIFIER_CHANGE, agenda));
  for (const v1::CertifierChange& change : changes) {
    Add(agenda, v1::AGENDA_KIND_CERTIFIER_CHANGE, change, change.body());
  }
  return absl::OkStatus();
}

absl::StatusOr<calls::Composer<GetAgendaRequest, Agenda>> GetAgenda(const Call& call,
                                                                    sql::Session& session,
                                                                    const GetAgendaRequest&,
                                                                    compose::Executor& executor) {
  Agenda agenda;
  agenda.set_caller(call.caller.path);
  if (const std::string organization = RecordOf(call.caller.path, "organization");
      !organization.empty()) {
    RETURN_IF_ERROR(AddOfOrganization(session, organization, agenda));
  }
  if (const std::string certifier = RecordOf(call.caller.path, "certifier"); !certifier.empty()) {
    RETURN_IF_ERROR(
        AddOfCertifier(session, certifier.substr(certifier.find('/') + 1), call.start, agenda));
  }
  if (call.caller.path == kRegister) RETURN_IF_ERROR(AddOfRegister(session, agenda));
  return [&executor, agenda,
          now = call.start](std::shared_ptr<calls::Composition<GetAgendaRequest, Agenda>> asked) {
    compose::RunView(executor, AgendaPlan(), agenda, std::move(asked),
                     [agenda, now](const compose::Results& results) {
                       return ComposeAgenda(results, agenda, now);
                     });
  };
}

}  // namespace

void ServeAgenda(calls::Host& host, compose::Executor& executor) {
  host.Serve<v1::AgendaService>().ReadAndCompose<&GetAgenda>(executor);
}

}  // namespace puente::agenda
