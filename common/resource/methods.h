// Bodies of standard methods that have no rule of their own, for rpc::Read():
//
//   return rpc::Read(host_, c, q, r, resource::Getting<v1::Skill>(store::SkillSpec()));
#pragma once

#include "common/resource/resource.h"

namespace puente::resource {

template <class M>
auto Getting(const Spec& spec) {
  return [&spec](const Call&, sql::Session& session, const auto& request) {
    return Get<M>(session, spec, request.name());
  };
}

// Listing(spec, &v1::ListSkillsResponse::mutable_skills)
template <class M, class Response>
auto Listing(const Spec& spec, google::protobuf::RepeatedPtrField<M>* (Response::*rows)()) {
  return [&spec, rows](const Call& call, sql::Session& session,
                       const auto& request) -> absl::StatusOr<Response> {
    ASSIGN_OR_RETURN(Page<M> page, List<M>(call, session, spec, request));
    return Fill(page, rows);
  };
}

// BatchGetting(spec, &v1::BatchGetSkillsResponse::mutable_skills)
template <class M, class Response>
auto BatchGetting(const Spec& spec, google::protobuf::RepeatedPtrField<M>* (Response::*rows)()) {
  return [&spec, rows](const Call&, sql::Session& session,
                       const auto& request) -> absl::StatusOr<Response> {
    ASSIGN_OR_RETURN(std::vector<M> found, BatchGet<M>(session, spec, request.names()));
    return Fill(found, rows);
  };
}

}  // namespace puente::resource
