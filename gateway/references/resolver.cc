#include "gateway/references/resolver.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/resource/reference_fields.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"

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
// One call: a slice makes several, and others' work waits for it.
constexpr absl::Duration kLongestCall = absl::Seconds(2);

template <class Request, class Answer>
absl::StatusOr<Answer> Called(ReferenceService::Stub& stub,
                              grpc::Status (ReferenceService::Stub::*method)(grpc::ClientContext*,
                                                                             const Request&,
                                                                             Answer*),
                              const Request& request, const Call& call) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(std::min(call.deadline, absl::Now() + kLongestCall)));
  context.AddMetadata("traceparent", telemetry::Traceparent(call.trace));
  Answer answer;
  const grpc::Status status = (stub.*method)(&context, request, &answer);
  if (!status.ok()) return FromGrpc(status);
  return answer;
}

}  // namespace

Resolver::Resolver(const compose::Channels& channels, absl::Duration pause) : pause_(pause) {
  for (const auto& [agency, channel] : channels) {
    stubs_[std::string(compose::Name(agency))] = ReferenceService::NewStub(channel);
  }
}

void Resolver::Handle(due::Scheduler& due) {
  for (auto& [agency, stub] : stubs_) {
    due.HandleStanding(
        absl::StrCat("references.resolve.", agency),
        [this, &stub = *stub](const due::Slice& slice) { return Resolve(stub, slice); });
  }
}

absl::StatusOr<Next> Resolver::Resolve(Stub& agency, const due::Slice& slice) {
  FindForeignNamesRequest next;
  next.set_most(kNamesASlice);
  ASSIGN_OR_RETURN(FindForeignNamesResponse due,
                   Called(agency, &Stub::FindForeignNames, next, slice.call));
  if (due.names().empty()) return Next::After(pause_, "");
  const bool full = due.names_size() == kNamesASlice;
  std::map<std::string, ResolveNamesRequest> by_agency;
  for (ForeignName& name : *due.mutable_names()) {
    by_agency[std::string(resource::AgencyOf(name.type()))].add_names()->Swap(&name);
  }
  StoreResolvedNamesRequest outcome;
  bool answered = false;
  for (const auto& [asked, names] : by_agency) {
    answered |= Ask(asked, names, slice.call, outcome);
  }
  RETURN_IF_ERROR(Called(agency, &Stub::StoreResolvedNames, outcome, slice.call).status());
  // Behind names whose agency does not answer, which are put off now, there may be others.
  return answered || full ? Next::Now("") : Next::After(pause_, "");
}

bool Resolver::Ask(const std::string& agency, const ResolveNamesRequest& names, const Call& call,
                   StoreResolvedNamesRequest& outcome) {
  const auto stub = stubs_.find(agency);
  absl::StatusOr<ResolveNamesResponse> answer =
      stub == stubs_.end() ? absl::NotFoundError("there is no such agency")
                           : Called(*stub->second, &Stub::ResolveNames, names, call);
  if (answer.ok()) {
    for (ResolvedName& name : *answer->mutable_names()) outcome.add_names()->Swap(&name);
    return true;
  }
  telemetry::Log(telemetry::Severity::kWarning, "names_not_resolved",
                 {{"agency", agency},
                  {"names", absl::StrCat(names.names_size())},
                  {"why", answer.status().message()}});
  for (const ForeignName& name : names.names()) outcome.add_names()->set_id(name.id());
  return false;
}

}  // namespace puente::gateway
