#include "modules/science/skill_signals/service.h"

#include "common/agency/counted_kinds.h"
#include "common/journal/projection.h"
#include "common/resource/serve.h"
#include "modules/science/skill_signals/resource.h"
#include "modules/science/skill_signals/store.h"
#include "puente/science/v1/signal.grpc.pb.h"

namespace puente::science {
namespace {

absl::Status AddNearest(sql::Session& session, const std::vector<std::string>& ids,
                        v1::SignalSummary& summary) {
  if (ids.empty()) return absl::OkStatus();
  google::protobuf::RepeatedPtrField<std::string> names;
  for (const std::string& id : ids) {
    *names.Add() = SkillSignals().pattern().Format({id});
  }
  ASSIGN_OR_RETURN(auto nearest, resource::BatchGet(session, SkillSignals(), names));
  for (v1::SkillSignal& signal : nearest) *summary.add_nearest() = std::move(signal);
  return absl::OkStatus();
}

absl::StatusOr<v1::SignalSummary> GetSignalSummary(sql::Session& snapshot, absl::CivilDay day,
                                                   const v1::GetSignalSummaryRequest& request) {
  v1::SignalSummary out;
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), journal::HeadToken(snapshot, "science"));
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                   agency::CountedKind(snapshot, SkillSignals(), day));
  ASSIGN_OR_RETURN(const auto signals,
                   store::ByHorizon(snapshot, kind,
                                    {request.sector_table(),
                                     {request.skills().begin(), request.skills().end()}}));
  const SignalFigures figures = SumUp(signals, day);
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
  RETURN_IF_ERROR(AddNearest(snapshot, figures.nearest, out));
  return out;
}

}  // namespace

void ServeSkillSignals(calls::Host& host) {
  calls::Service& service = host.Serve<v1::SkillSignalService>();
  service.ReadFigures<&GetSignalSummary>();
  resource::Serve(host, SkillSignals());
}

}  // namespace puente::science
