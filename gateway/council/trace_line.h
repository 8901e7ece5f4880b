// The line of a trace as it grows.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "puente/gateway/v1/trace.pb.h"

namespace puente::council {

// A record is named by several steps, such as a proposal that was adopted:
// what follows from it follows from the last of them.
class Line {
 public:
  Line(absl::CivilDay today, gateway::v1::DemandTrace& trace) : today_(today), trace_(trace) {}

  gateway::v1::TraceStep& Add(gateway::v1::TraceStepKind kind, const std::string& name,
                              absl::CivilDay day, const std::string& after = "") {
    gateway::v1::TraceStep& step = *trace_.add_steps();
    step.set_kind(kind);
    step.set_name(name);
    *step.mutable_date() = ToProto(day);
    const auto before = days_.find(after);
    if (before != days_.end()) {
      step.set_after(after);
      step.set_days(static_cast<int32_t>(day - before->second));
    }
    days_[name] = day;
    return step;
  }
  gateway::v1::TraceStep& Add(gateway::v1::TraceStepKind kind, const std::string& name,
                              const google::protobuf::Timestamp& time,
                              const std::string& after = "") {
    return Add(kind, name, LegalDay(FromProto(time)), after);
  }
  // `since`: the last step, or what it waits for began; nothing if neither is known.
  void End(const std::string& name, gateway::v1::TraceWait waits_for,
           std::optional<absl::CivilDay> since) {
    gateway::v1::TraceEnd& end = *trace_.add_ends();
    end.set_name(name);
    end.set_waits_for(waits_for);
    if (since) end.set_days(static_cast<int32_t>(today_ - *since));
  }
  absl::CivilDay today() const { return today_; }
  bool Has(const std::string& name) const { return days_.contains(name); }
  // Of a record's last step, which there must be.
  absl::CivilDay DayOf(const std::string& name) const { return days_.at(name); }
  // Of the last step of all; nothing without one.
  std::optional<absl::CivilDay> LastDay() const {
    std::optional<absl::CivilDay> last;
    for (const auto& [name, day] : days_) last = std::max(last, std::optional(day));
    return last;
  }
  // Of those that have a step the one with the latest, the first of those of one day; "" for none.
  template <class Some>
  std::string Latest(const Some& names) const {
    std::string latest;
    for (const std::string& name : names) {
      if (Has(name) && (latest.empty() || DayOf(name) > DayOf(latest))) latest = name;
    }
    return latest;
  }

 private:
  const absl::CivilDay today_;
  gateway::v1::DemandTrace& trace_;
  std::map<std::string, absl::CivilDay> days_;  // of each record's last step
};

}  // namespace puente::council
