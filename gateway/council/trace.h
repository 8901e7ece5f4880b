// What came of a need, step by step, from the records of Economy, Science and Education and from
// what certification bodies do.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/submission.pb.h"
#include "puente/gateway/v1/trace.pb.h"

namespace puente::council {

// Most proposals, and most signals of a skill, that are followed.
inline constexpr int kMostFollowed = 50;
// Among so many proposals for a skill are those of a state or a sector table looked for.
inline constexpr int kMostLooked = 500;
// Most records that one question names.
inline constexpr size_t kMostNames = 1000;

// What became of versions at certification bodies.
struct AtBodies {
  gateway::v1::Provenance provenance;
  // Those that the caller may read, by version, the oldest first.
  std::map<std::string, std::vector<gateway::v1::Submission>> shown;
  // Versions that wait for a body and since when, by all submissions, whoever may read them.
  std::map<std::string, absl::Time> waiting;
  bool has_more = false;  // of those that are shown
};

// That one need is named: a statement, or a skill. ONE_NEED_ONLY.
absl::Status CheckNeed(const gateway::v1::TraceDemandRequest& request);

// In three steps: what is asked for, what came of it, and what these name in turn. The request is a
// TraceDemandRequest.
const compose::Plan& TracePlan();

// The versions of microcredentials that were found, each with its owner, "" for the ministry.
std::map<std::string, std::string> FollowedMicrocredentials(const compose::Results& results);

// The request must name one need; `day` is that of the call.
gateway::v1::DemandTrace ComposeTrace(const compose::Results& results, const AtBodies& at_bodies,
                                      const gateway::v1::TraceDemandRequest& request,
                                      absl::CivilDay day);

}  // namespace puente::council
