// Makes the releases of declared tables: due work, at the configured pace.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/due/scheduler.h"
#include "common/due/task.h"
#include "common/hosting/config.pb.h"
#include "common/journal/journal.h"
#include "common/journal/write.h"
#include "common/releases/figures.h"
#include "common/releases/reading.h"
#include "common/releases/store.h"
#include "common/resource/spec.h"

namespace puente::releases {

// Tables that are released together.
struct Family {
  absl::string_view name;  // "awards"
  std::vector<Table> tables;
  // Which kind of records counts is what is set for these.
  const resource::Spec& counted;
  // Up to which day is counted on a day; once it is another, there is another release.
  absl::CivilDay (*last_date)(absl::CivilDay day);
  absl::Status (*read)(Reading& reading);
};

class Releaser {
 public:
  // The longest that a release may take.
  static constexpr absl::Duration kLongest = absl::Minutes(10);

  // `every`: the pause between two looks at what has changed. What goes on changing is let come to
  // an end first, for a minute at most: a release is made where two looks in turn find the same.
  Releaser(const Family& family, absl::Duration every) : family_(family), every_(every) {}

  // Has the scheduler make releases; before it starts.
  void Handle(due::Scheduler& due, const std::function<journal::Journal()>& journal);

 private:
  // A slice: looks whether anything has changed, and if so makes a release of it.
  absl::StatusOr<due::Next> Release(const journal::Journal& journal, const due::Slice& slice);

  const Family& family_;
  const absl::Duration every_;
};

// The pause that a server is configured to have (figure_release_pause).
absl::Duration PauseOf(const config::Server& config);

// Asks for a release of a family as soon as may be, whatever the pause.
absl::Status AskFor(journal::Transaction& tx, const Family& family);

}  // namespace puente::releases
