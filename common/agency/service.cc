#include "common/agency/service.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "common/agency/foreign_names.h"
#include "common/calls/service.h"
#include "common/identity/spiffe.h"
#include "common/resource/owner.h"
#include "common/resource/page.h"
#include "common/resource/reference_fields.h"
#include "common/resource/resource.h"
#include "puente/api/v1/references.grpc.pb.h"

namespace puente::agency {
namespace {

using api::v1::FindForeignNamesRequest;
using api::v1::FindForeignNamesResponse;
using api::v1::ForeignName;
using api::v1::ListUnresolvedReferencesRequest;
using api::v1::ListUnresolvedReferencesResponse;
using api::v1::ResolvedName;
using api::v1::ResolveNamesRequest;
using api::v1::ResolveNamesResponse;
using api::v1::StoreResolvedNamesRequest;
using api::v1::StoreResolvedNamesResponse;
using resource::Message;
using resource::Spec;

absl::StatusOr<ListUnresolvedReferencesResponse> ListUnresolvedReferences(
    const Call& call, sql::Session& session, const ListUnresolvedReferencesRequest& request,
    calls::Host& host) {
  const std::string& caller = call.caller.path;
  const bool all = caller == identity::ServerPath(host.options().agency);
  const std::vector<absl::string_view> binding = {call.method, caller};
  const journal::Tokens tokens = host.journal().tokens;
  ReferenceCursor after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 3));
    const std::optional<int64_t> name_id = tokens.UnsealNumber(cursor[0]);
    if (!name_id) return Error(resource::error::kInvalidPageToken);
    after.name_id = *name_id;
    after.resource = cursor[1];
    after.field = cursor[2];
  }
  const int size = resource::PageSize(request.page_size());
  using Page = std::vector<std::pair<ReferenceCursor, api::v1::UnresolvedReference>>;
  // Names and references of one moment, or what goes meanwhile would end the list.
  ASSIGN_OR_RETURN(Page page, session.Snapshot<Page>([&](sql::Session& snapshot) {
    return ReadUnresolved(snapshot, all ? "" : caller, after, size + 1);
  }));
  ListUnresolvedReferencesResponse response;
  if (page.size() > static_cast<size_t>(size)) {
    page.resize(size);
    const ReferenceCursor& last = page.back().first;
    // Names are numbered for all readers together.
    response.set_next_page_token(resource::MakePageToken(
        binding, {tokens.SealNumber(last.name_id), last.resource, last.field}));
  }
  for (auto& [cursor, reference] : page) *response.add_references() = std::move(reference);
  return response;
}

// What the reader is told of a name that was looked up by `call`.
void Tell(const Call& call, sql::Session& session, const calls::Method& get, const Spec& spec,
          const std::string& reader, const absl::Status& read, const Message& found,
          ResolvedName& told) {
  Call as_reader;
  as_reader.method = get.access.method();
  as_reader.start = call.start;
  as_reader.caller.path = reader;
  as_reader.owner_only = get.access.OwnerOnly(reader);
  as_reader.agent = get.access.Agent(reader);
  const bool missing = !read.ok();
  // Whose a record is that is not there, nobody can say: an owner is told as if it were another's.
  const bool may_know =
      get.access.Allows(reader) &&
      (missing ? !as_reader.owner_only : CheckOwner(as_reader, session, spec, found).ok());
  if (!may_know) {
    told.set_resolution(api::v1::RESOLUTION_UNKNOWN);
  } else if (missing) {
    told.set_resolution(api::v1::RESOLUTION_MISSING);
  } else {
    told.set_resolution(api::v1::RESOLUTION_FOUND);
    if (spec.state() == nullptr) return;
    const int state = found.GetReflection()->GetEnumValue(found, spec.state());
    const auto* value = spec.state()->enum_type()->FindValueByNumber(state);
    if (value != nullptr) told.set_state(value->name());
  }
}

struct LookedUp {
  const ForeignName* name = nullptr;
  ResolvedName* told = nullptr;
};

// Names of one type.
absl::Status Resolve(const Call& call, sql::Session& session, const calls::Method& get,
                     const Spec& spec, const std::vector<LookedUp>& names) {
  std::vector<std::string> asked;
  for (const LookedUp& one : names) asked.push_back(one.name->name());
  return resource::internal::EachNamed(
      session, spec, asked,
      [&](size_t place, const absl::Status& read, const Message& found) -> absl::Status {
        // What is no name of this type is the name of nothing.
        if (!read.ok() && !absl::IsNotFound(read) && !absl::IsInvalidArgument(read)) return read;
        Tell(call, session, get, spec, names[place].name->reader(), read, found,
             *names[place].told);
        return absl::OkStatus();
      });
}

}  // namespace

absl::StatusOr<FindForeignNamesResponse> FindForeignNames(const Call&, sql::Session& session,
                                                          const FindForeignNamesRequest& request) {
  ASSIGN_OR_RETURN(auto names, ReadDueNames(session, request.most()));
  FindForeignNamesResponse response;
  response.mutable_names()->Assign(std::make_move_iterator(names.begin()),
                                   std::make_move_iterator(names.end()));
  return response;
}

absl::StatusOr<ResolveNamesResponse> ResolveNames(const Call& call, sql::Session& session,
                                                  const ResolveNamesRequest& request,
                                                  calls::Host& host) {
  ResolveNamesResponse response;
  response.mutable_names()->Reserve(request.names_size());
  std::map<std::string, std::vector<LookedUp>> by_type;
  for (int i = 0; i < request.names_size(); ++i) {
    ResolvedName& told = *response.add_names();
    told.set_id(request.names(i).id());
    by_type[request.names(i).type()].push_back({&request.names(i), &told});
  }
  for (const auto& [type, names] : by_type) {
    const Spec* spec = Spec::OfType(type);
    // An agency may refer to what a later version of this one will serve.
    if (spec == nullptr || resource::AgencyOf(type) != host.options().agency) continue;
    const calls::Method& get = host.MethodOf(spec->contract().Standard("Get")->input_type());
    RETURN_IF_ERROR(Resolve(call, session, get, *spec, names));
  }
  return response;
}

// A read by its kind of method: it changes no resource, has no entry, and may be repeated.
absl::StatusOr<StoreResolvedNamesResponse> StoreResolvedNames(
    const Call& call, sql::Session& session, const StoreResolvedNamesRequest& request,
    calls::Host& host) {
  RETURN_IF_ERROR(journal::KeepBooks(host.journal(), session, call, [&](journal::Transaction& tx) {
    return StoreResolved(tx, request.names());
  }));
  return StoreResolvedNamesResponse();
}

void ServeReferences(calls::Host& host) {
  calls::Service& references = host.Serve<api::v1::ReferenceService>();
  references.Read<&ListUnresolvedReferences>(host);
  references.Read<&FindForeignNames>();
  references.Read<&ResolveNames>(host);
  references.Read<&StoreResolvedNames>(host);
}

}  // namespace puente::agency
