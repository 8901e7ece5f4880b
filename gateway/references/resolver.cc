#include "gateway/references/resolver.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/agency/service.h"
#include "common/resource/reference_fields.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "gateway/compose/own_call.h"

namespace puente::gateway {
namespace {

using api::v1::FindForeignNamesRequest;
using api::v1::FindForeignNamesResponse;
using api::v1::ForeignName;
using api::v1::ReferenceService;
using api::v1::ResolvedName;
using api::v1::ResolveNamesRequest;
using api::v1::ResolveNamesResponse;
using api::v1::StoreResolvedNamesRequest;
using api::v1::StoreResolvedNamesResponse;
using due::Next;

constexpr int kNamesASlice = 500;

// An agency, by its server.
class Agency final : public Resolver::Owner {
 public:
  explicit Agency(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(ReferenceService::NewStub(channel)) {}

  absl::StatusOr<FindForeignNamesResponse> Find(const due::Slice& slice,
                                                const FindForeignNamesRequest& request) override {
    return compose::CallOwn(slice.call, *stub_, &Stub::FindForeignNames, request);
  }
  absl::StatusOr<ResolveNamesResponse> Resolve(const due::Slice& slice,
                                               const ResolveNamesRequest& request) override {
    return compose::CallOwn(slice.call, *stub_, &Stub::ResolveNames, request);
  }
  absl::Status Store(const due::Slice& slice, const StoreResolvedNamesRequest& request) override {
    return compose::CallOwn(slice.call, *stub_, &Stub::StoreResolvedNames, request).status();
  }

 private:
  using Stub = ReferenceService::Stub;

  const std::unique_ptr<Stub> stub_;
};

// The gateway itself, by its schema.
class Own final : public Resolver::Owner {
 public:
  explicit Own(calls::Host& host) : host_(host) {}

  absl::StatusOr<FindForeignNamesResponse> Find(const due::Slice& slice,
                                                const FindForeignNamesRequest& request) override {
    return agency::FindForeignNames(slice.call, slice.session, request);
  }
  absl::StatusOr<ResolveNamesResponse> Resolve(const due::Slice& slice,
                                               const ResolveNamesRequest& request) override {
    return agency::ResolveNames(slice.call, slice.session, request, host_);
  }
  absl::Status Store(const due::Slice& slice, const StoreResolvedNamesRequest& request) override {
    return agency::StoreResolvedNames(slice.call, slice.session, request, host_).status();
  }

 private:
  calls::Host& host_;
};

}  // namespace

Resolver::Resolver(const compose::Channels& channels, absl::Duration pause) : pause_(pause) {
  for (const auto& [agency, channel] : channels) {
    owners_[std::string(compose::Name(agency))] = std::make_unique<Agency>(channel);
  }
}

void Resolver::AddOwn(calls::Host& host) {
  owners_[host.options().agency] = std::make_unique<Own>(host);
}

void Resolver::Handle(due::Scheduler& due) {
  for (auto& [name, owner] : owners_) {
    due.HandleStanding(
        absl::StrCat("references.resolve.", name),
        [this, &owner = *owner](const due::Slice& slice) { return Resolve(owner, slice); });
  }
}

absl::StatusOr<Next> Resolver::Resolve(Owner& owner, const due::Slice& slice) {
  FindForeignNamesRequest next;
  next.set_most(kNamesASlice);
  ASSIGN_OR_RETURN(FindForeignNamesResponse due, owner.Find(slice, next));
  if (due.names().empty()) return Next::After(pause_, "");
  const bool full = due.names_size() == kNamesASlice;
  std::map<std::string, ResolveNamesRequest> by_owner;
  for (ForeignName& name : *due.mutable_names()) {
    by_owner[std::string(resource::AgencyOf(name.type()))].add_names()->Swap(&name);
  }
  StoreResolvedNamesRequest outcome;
  bool answered = false;
  for (const auto& [asked, names] : by_owner) answered |= Ask(asked, names, slice, outcome);
  RETURN_IF_ERROR(owner.Store(slice, outcome));
  // Behind names whose owner does not answer, which are put off now, there may be others.
  return answered || full ? Next::Now("") : Next::After(pause_, "");
}

bool Resolver::Ask(const std::string& owner, const ResolveNamesRequest& names,
                   const due::Slice& slice, StoreResolvedNamesRequest& outcome) {
  const auto found = owners_.find(owner);
  absl::StatusOr<ResolveNamesResponse> answer = found == owners_.end()
                                                    ? absl::NotFoundError("there is no such owner")
                                                    : found->second->Resolve(slice, names);
  if (answer.ok()) {
    for (ResolvedName& name : *answer->mutable_names()) outcome.add_names()->Swap(&name);
    return true;
  }
  telemetry::Log(telemetry::Severity::kWarning, "names_not_resolved",
                 {{"agency", owner},
                  {"names", absl::StrCat(names.names_size())},
                  {"why", answer.status().message()}});
  for (const ForeignName& name : names.names()) outcome.add_names()->set_id(name.id());
  return false;
}

}  // namespace puente::gateway
