// Runs any plan: sections side by side, each as soon as what it needs is there, and an answer in
// time whatever the agencies do.
#pragma once

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/timers.h"
#include "gateway/compose/transport.h"
#include "puente/api/v1/server.pb.h"

namespace puente::compose {

// Calls to one agency that may be without an answer at a time. A hanging agency holds as many for
// up to their deadlines; sections beyond are MISSING at once (AGENCY_BUSY). A module's eight
// workers answer this many within the default deadline.
inline constexpr int kMostCallsPerAgency = 256;

// Figures of which an agency has not made sure for so long that they are the newest stand still,
// and are STALE. An agency looks several times a second, but may have a lot to count after a load,
// and its clock is not the gateway's.
inline constexpr absl::Duration kStaleAfter = absl::Seconds(10);

// Part of the remaining time that is kept for composing the answer and its way back, so that the
// caller's deadline does not kill the call first: 10 %, at least 10 ms, at most 150 ms.
absl::Duration Reserve(absl::Duration remaining);

// Thread-safe. Runs may outlive it; they hold no worker and no thread.
class Executor {
 public:
  struct Options {
    api::v1::Hosting hosting = api::v1::HOSTING_OWN_PROCESS;
    int most_calls_per_agency = kMostCallsPerAgency;
    absl::Duration stale_after = kStaleAfter;
  };
  using Done = std::function<void(absl::StatusOr<Results>)>;

  // Runs keep the transport; the timers must outlive the last one.
  Executor(std::shared_ptr<Transport> transport, Timers& timers, Options options);

  // Asks the plan's agencies in the name of call.caller and calls `done` exactly once, on any
  // thread, perhaps before Run() returns: with all sections, at the latest Reserve() before
  // call.deadline, when calls still out are cancelled and their sections MISSING; with an agency's
  // error where a section ends the view; or with VIEW_CANCELLED after Cancel. Equal calls are made
  // once. The plan must live for ever.
  Cancel Run(const Plan& plan, const google::protobuf::Message& request, const Call& call,
             Done done);

  struct Shared;  // what runs share

 private:
  const std::shared_ptr<Shared> shared_;
};

}  // namespace puente::compose
