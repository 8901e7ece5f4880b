// Goes on with acts, as due work: takes the steps that are left, on behalf of who acts, for as long
// as an owner is away; if one of them refuses, undoes what others have done.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/due/scheduler.h"
#include "gateway/acts/steps.h"
#include "gateway/compose/grpc_transport.h"

namespace puente::gateway {

class ActRunner {
 public:
  // What the end of an act means here, in the transaction that ends it.
  using End = absl::Status (*)(const Call&, journal::Transaction&, const v1::Act&);
  struct Ends {
    End done;
    End undone;
  };

  explicit ActRunner(compose::Channels channels) : channels_(std::move(channels)) {}

  // Before Handle().
  void Add(std::string kind, Ends ends) { ends_[std::move(kind)] = ends; }
  // The scheduler must not outlive the runner.
  void Handle(due::Scheduler& due);

 private:
  absl::StatusOr<due::Next> Run(const due::Slice& slice);
  absl::StatusOr<due::Next> Take(const due::Slice& slice, const v1::Act& act,
                                 const std::vector<Step>& steps);
  absl::StatusOr<due::Next> Undo(const due::Slice& slice, const v1::Act& act,
                                 const std::vector<Step>& steps);
  due::Next EndWith(const due::Slice& slice, const v1::Act& act, v1::ActState state,
                    int taken) const;
  absl::Status Ask(const due::Slice& slice, const v1::Act& act, compose::Agency owner,
                   const StepCall& step, const std::string& actor) const;

  const compose::Channels channels_;
  std::map<std::string, Ends> ends_;  // by kind
};

}  // namespace puente::gateway
