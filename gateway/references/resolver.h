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
#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "gateway/compose/grpc_transport.h"
#include "puente/api/v1/references.grpc.pb.h"

namespace puente::gateway {

class Resolver {
 public:
  // After `pause` an agency that had nothing is asked again.
  explicit Resolver(const compose::Channels& channels, absl::Duration pause = absl::Seconds(5));
  // The same for what the gateway keeps itself, in the schema of its due work; before Handle().
  void AddOwn(calls::Host& host);

  // Says how "references.resolve.economy" and so on are done; the scheduler must not outlive it.
  void Handle(due::Scheduler& due);

  // Who keeps records: an agency, or the gateway.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual absl::StatusOr<api::v1::FindForeignNamesResponse> Find(
        const due::Slice& slice, const api::v1::FindForeignNamesRequest& request) = 0;
    virtual absl::StatusOr<api::v1::ResolveNamesResponse> Resolve(
        const due::Slice& slice, const api::v1::ResolveNamesRequest& request) = 0;
    virtual absl::Status Store(const due::Slice& slice,
                               const api::v1::StoreResolvedNamesRequest& request) = 0;
  };

 private:
  absl::StatusOr<due::Next> Resolve(Owner& owner, const due::Slice& slice);
  // What an owner says of these names, or that it said nothing of any. Whether it answered.
  bool Ask(const std::string& owner, const api::v1::ResolveNamesRequest& names,
           const due::Slice& slice, api::v1::StoreResolvedNamesRequest& outcome);

  const absl::Duration pause_;
  std::map<std::string, std::unique_ptr<Owner>> owners_;  // by their names, such as "labor"
};

}  // namespace puente::gateway
