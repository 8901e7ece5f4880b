#include "modules/science/signals/service.h"

#include "absl/strings/str_cat.h"
#include "common/journal/projection.h"
#include "common/resource/methods.h"
#include "common/rpc/handlers.h"
#include "modules/science/signals/store.h"
#include "modules/science/technologies/store.h"
#include "puente/science/v1/technology.pb.h"

namespace puente::science {
namespace {

absl::StatusOr<v1::SkillSignal> Create(const Call& call, journal::Transaction& tx,
                                       const v1::CreateSkillSignalRequest& request) {
  // Technologies are never deleted, so one that was seen stays.
  RETURN_IF_ERROR(resource::Get<v1::Technology>(tx, store::TechnologySpec(),
                                                request.skill_signal().technology())
                      .status());
  return resource::Create(call, tx, store::SignalSpec(), {request.skill_signal_id()},
                          request.skill_signal());
}

absl::Status AddNearest(sql::Session& session, const std::vector<std::string>& ids,
                        v1::SignalSummary& summary) {
  if (ids.empty()) return absl::OkStatus();
  google::protobuf::RepeatedPtrField<std::string> names;
  for (const std::string& id : ids) {
    *names.Add() = store::SignalSpec().options().pattern.Format({id});
  }
  ASSIGN_OR_RETURN(auto nearest,
                   resource::BatchGet<v1::SkillSignal>(session, store::SignalSpec(), names));
  for (v1::SkillSignal& signal : nearest) *summary.add_nearest() = std::move(signal);
  return absl::OkStatus();
}

absl::StatusOr<v1::SignalSummary> Summarize(sql::Session& session,
                                            const v1::GetSignalSummaryRequest& request) {
  v1::SignalSummary out;
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), journal::HeadToken(session, "science"));
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind, store::CountedKind(session));
  ASSIGN_OR_RETURN(const auto signals, store::ByHorizon(session, kind));
  const SignalFigures figures =
      SumUp(signals, {request.sector_table(), {request.skills().begin(), request.skills().end()}});
  out.set_record_kind(kind);
  out.set_signal_count(figures.signals);
  out.set_technology_count(static_cast<int64_t>(figures.technologies.size()));
  for (const std::string& source : figures.sources) out.add_sources(source);
  for (const auto& [skill, count] : figures.top_skills) {
    type::v1::SkillCount* added = out.add_top_skills();
    added->set_skill(skill);
    added->mutable_count()->set_value(count);
  }
  if (!request.state_code().empty()) out.add_could_not_split("state");
  RETURN_IF_ERROR(AddNearest(session, figures.nearest, out));
  return out;
}

absl::StatusOr<v1::SignalSummary> GetSummary(const Call& call, sql::Session& session,
                                             const v1::GetSignalSummaryRequest& request) {
  return journal::ReadFigures<v1::SignalSummary>(
      session, call, [&](sql::Session& snapshot) { return Summarize(snapshot, request); });
}

}  // namespace

SkillSignalService::Reactor* SkillSignalService::CreateSkillSignal(
    Context* c, const v1::CreateSkillSignalRequest* q, v1::SkillSignal* r) {
  return rpc::Mutate(host_, c, q, r, &Create);
}
SkillSignalService::Reactor* SkillSignalService::GetSkillSignal(Context* c,
                                                                const v1::GetSkillSignalRequest* q,
                                                                v1::SkillSignal* r) {
  return rpc::Read(host_, c, q, r, resource::Getting<v1::SkillSignal>(store::SignalSpec()));
}
SkillSignalService::Reactor* SkillSignalService::ListSkillSignals(
    Context* c, const v1::ListSkillSignalsRequest* q, v1::ListSkillSignalsResponse* r) {
  return rpc::Read(
      host_, c, q, r,
      resource::Listing(store::SignalSpec(), &v1::ListSkillSignalsResponse::mutable_skill_signals));
}
SkillSignalService::Reactor* SkillSignalService::BatchGetSkillSignals(
    Context* c, const v1::BatchGetSkillSignalsRequest* q, v1::BatchGetSkillSignalsResponse* r) {
  return rpc::Read(
      host_, c, q, r,
      resource::BatchGetting(store::SignalSpec(),
                             &v1::BatchGetSkillSignalsResponse::mutable_skill_signals));
}
SkillSignalService::Reactor* SkillSignalService::GetSignalSummary(
    Context* c, const v1::GetSignalSummaryRequest* q, v1::SignalSummary* r) {
  return rpc::ReadAtLeast(host_, c, q, r, &GetSummary);
}

}  // namespace puente::science
