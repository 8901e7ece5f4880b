// Looks up, as due work, the names by which agencies refer to each other's records: each agency is
// asked for its foreign names, the agencies of these for what they are, and the outcome is handed
// back (docs/decisions/0032). Nothing is kept here: what is to be asked, and when, each agency
// knows.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/due/scheduler.h"
#include "gateway/compose/grpc_transport.h"
#include "puente/api/v1/references.grpc.pb.h"

namespace puente::gateway {

class Resolver {
 public:
  // After `pause` an agency that had nothing is asked again.
  explicit Resolver(const compose::Channels& channels, absl::Duration pause = absl::Seconds(5));

  // Says how "references.resolve.economy" and so on are done; the scheduler must not outlive it.
  void Handle(due::Scheduler& due);

 private:
  using Stub = api::v1::ReferenceService::Stub;

  absl::StatusOr<due::Next> Resolve(Stub& agency, const due::Slice& slice);
  // What an agency says of these names, or that it said nothing of any. Whether it answered.
  bool Ask(const std::string& agency, const api::v1::ResolveNamesRequest& names, const Call& call,
           api::v1::StoreResolvedNamesRequest& outcome);

  const absl::Duration pause_;
  std::map<std::string, std::unique_ptr<Stub>> stubs_;  // by agency
};

}  // namespace puente::gateway
