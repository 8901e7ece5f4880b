// What a trace asks, and which of the answers it follows.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/economy/v1/proposal.pb.h"
#include "puente/education/v1/cause.pb.h"
#include "puente/gateway/v1/trace.pb.h"

namespace puente::council {

// Most proposals, and most signals of a skill, that are followed.
inline constexpr int kMostFollowed = 50;
// Among so many proposals for a skill are those of a state or a sector table looked for.
inline constexpr int kMostLooked = 500;
// Most records that one question names.
inline constexpr size_t kMostNames = 1000;

// The answers that have versions, and those that say what these have led to.
inline constexpr char kVersions[] = "versions";
inline constexpr char kSignalVersions[] = "signal_versions";
inline constexpr const char* kOfVersions[] = {kVersions, kSignalVersions};
inline constexpr const char* kOfAwards[] = {"version_awards", "signal_awards"};

// That one need is named: a statement, or a skill. ONE_NEED_ONLY.
absl::Status CheckNeed(const gateway::v1::TraceDemandRequest& request);

// In steps: what is asked for, what came of it, what these name in turn, and what versions have led
// to. The request is a TraceDemandRequest.
const compose::Plan& TracePlan();

// What is of no table is of all.
template <class Record>
bool IsOfOtherTable(const Record& record, const gateway::v1::TraceDemandRequest& view) {
  return !view.sector_table().empty() && !record.sector_table().empty() &&
         record.sector_table() != view.sector_table();
}

// The proposals that are followed, by name: the newest, and not those of other states and tables
// than what is asked for. They stand in the answer.
struct Followed {
  Followed(const economy::v1::ListProposalsResponse* all,
           const gateway::v1::TraceDemandRequest& view);

  std::vector<const economy::v1::Proposal*> proposals;
  bool has_more = false;
};

// What versions may name that came of these, the proposals themselves first.
std::vector<std::string> CausesOf(const Followed& followed);

inline bool IsMicrocredential(const education::v1::FollowedVersion& followed) {
  return absl::StartsWith(followed.version().version(), "microcredentials/");
}
// The versions of microcredentials that were found, each with its owner, "" for the ministry.
std::map<std::string, std::string> FollowedMicrocredentials(const compose::Results& results);

}  // namespace puente::council
