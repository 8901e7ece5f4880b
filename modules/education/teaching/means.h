// What is told of the sites of a page.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/education/v1/teaching.pb.h"

namespace puente::education::teaching {

// What a page is asked for.
struct Question {
  const Call& call;
  sql::Session& snapshot;
  const v1::FindTeachingRequest& request;
  type::v1::RecordKind kind;
  absl::CivilDay today, begin;
};

struct FoundSite {
  std::string place;  // as it is found by
  v1::SiteNearness nearness;
};

// Of one skill a site's subjects, and its facilities, are listed up to so many.
inline constexpr int kMostListed = 20;

// Adds the sites, in their order, and the rule by which teachers are up to date. What it costs is
// bounded by how many sites and skills there are, but for the teachers of their programs.
absl::Status Describe(const Question& question, const std::vector<FoundSite>& sites,
                      v1::FindTeachingResponse& answer);

}  // namespace puente::education::teaching
