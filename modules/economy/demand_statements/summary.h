// Totals of demand, under disclosure control.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/civil_time.h"
#include "modules/economy/demand_statements/disclosure.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/economy/v1/sector_table.pb.h"

namespace puente::economy {

// Statements that count, of one contributor (a company, or a group of companies), skill, state,
// class and source.
struct Need {
  std::string company;
  std::string skill;
  std::string state_code;
  std::string scian_class;
  std::string source;
  int64_t statements = 0;
  int64_t heads = 0;
  absl::CivilDay first_day;
  absl::CivilDay last_day;
};

// SCIAN prefixes in force, by sector table name.
using Sectors = std::map<std::string, std::vector<std::string>>;
Sectors SectorsInForce(const std::vector<v1::SectorTable>& tables, absl::CivilDay day);

// What the totals are decided from, a contribution for each need.
std::vector<Contribution> ContributionsOf(const std::vector<Need>& needs, const Sectors& sectors);

// The totals of a selection; `contributions` are those of the needs, and `release` is theirs. If
// the total is suppressed, so is every cell of its lists, and its period is left out.
v1::DemandSummary SumUp(const std::vector<Need>& needs,
                        const std::vector<Contribution>& contributions, const Sectors& sectors,
                        const Selection& selection, const Release& release);

// The last pattern, which holds until a need or a sector changes. Thread-safe.
class ReleaseCache {
 public:
  std::shared_ptr<const Release> Of(std::vector<Contribution> contributions)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Mutex mutex_;
  std::vector<Contribution> contributions_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const Release> release_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace puente::economy
