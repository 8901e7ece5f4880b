// What came of a need, step by step, from the records of Economy, Science and Education and from
// what certification bodies do.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/submission.pb.h"
#include "puente/gateway/v1/trace.pb.h"

namespace puente::council {

// What became of versions at certification bodies.
struct AtBodies {
  gateway::v1::Provenance provenance;
  // Those that the caller may read, by version, the oldest first.
  std::map<std::string, std::vector<gateway::v1::Submission>> shown;
  // Versions that wait for a body and since when, by all submissions, whoever may read them.
  std::map<std::string, absl::Time> waiting;
  bool has_more = false;  // of those that are shown
};

// The request must name one need; `day` is that of the call.
gateway::v1::DemandTrace ComposeTrace(const compose::Results& results, const AtBodies& at_bodies,
                                      const gateway::v1::TraceDemandRequest& request,
                                      absl::CivilDay day);

}  // namespace puente::council
