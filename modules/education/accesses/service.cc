#include "modules/education/accesses/service.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/calls/service.h"
#include "common/resource/owner.h"
#include "common/resource/page.h"
#include "common/resource/resource.h"
#include "modules/education/accesses/store.h"
#include "modules/education/learners/resource.h"
#include "modules/education/persons/resource.h"
#include "modules/education/persons/store.h"
#include "puente/education/v1/access.grpc.pb.h"

namespace puente::education {
namespace {

// Of a person all records that are his or hers, those of persons merged into this one too.
absl::StatusOr<std::vector<std::string>> RecordsOf(sql::Session& session,
                                                   const v1::Person& person) {
  ASSIGN_OR_RETURN(const auto group, store::GroupOf(session, {&person, 1}));
  ASSIGN_OR_RETURN(const auto learners, store::LearnersOf(session, group));
  std::vector<std::string> records;
  for (const v1::Person& of : group) records.push_back(of.name());
  for (const v1::Learner& of : learners) records.push_back(of.name());
  return records;
}

// Whose accesses are asked for, by whom that may know.
struct Asked {
  std::vector<std::string> records;
  OwnerProof proof;
};
absl::StatusOr<Asked> Ask(const Call& call, sql::Session& session, const std::string& name) {
  if (!call.owner_only && absl::StartsWith(name, "persons/")) {
    ASSIGN_OR_RETURN(const v1::Person person, resource::Get(session, Persons(), name, "parent"));
    ASSIGN_OR_RETURN(const OwnerProof proof,
                     resource::CheckOwner(call, session, Persons(), person));
    ASSIGN_OR_RETURN(std::vector<std::string> records, RecordsOf(session, person));
    return Asked{std::move(records), proof};
  }
  ASSIGN_OR_RETURN(const v1::Learner learner, resource::Get(session, Learners(), name, "parent"));
  ASSIGN_OR_RETURN(
      const OwnerProof proof,
      resource::CheckOwner(call, session, Learners(), learner, resource::Owned::kStored, "parent"));
  return Asked{{name}, proof};
}

absl::StatusOr<store::Accessed> Cursor(absl::Span<const absl::string_view> binding,
                                       const std::string& token) {
  store::Accessed before;
  before.entry = std::numeric_limits<int64_t>::max();
  if (token.empty()) return before;
  ASSIGN_OR_RETURN(const auto cursor,
                   resource::ParsePageToken({binding.begin(), binding.end()}, token, 2));
  if (!absl::SimpleAtoi(cursor[0], &before.entry)) return Error(resource::error::kInvalidPageToken);
  before.access.set_record(cursor[1]);
  return before;
}

absl::StatusOr<OwnerProof> ListAccesses(const Call& call, sql::Session& session,
                                        const v1::ListAccessesRequest& request,
                                        v1::ListAccessesResponse& response) {
  ASSIGN_OR_RETURN(const Asked asked, Ask(call, session, request.parent()));
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, request.parent()};
  ASSIGN_OR_RETURN(const store::Accessed before, Cursor(binding, request.page_token()));
  const int size = static_cast<int>(resource::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(auto accesses, store::AccessesTo(session, asked.records, before, size + 1));
  const bool more = accesses.size() > static_cast<size_t>(size);
  if (more) accesses.resize(size);
  for (const store::Accessed& accessed : accesses) *response.add_accesses() = accessed.access;
  if (more) {
    response.set_next_page_token(resource::MakePageToken(
        binding, {absl::StrCat(accesses.back().entry), accesses.back().access.record()}));
  }
  return asked.proof;
}

}  // namespace

void ServeAccesses(calls::Host& host) {
  host.Serve<v1::AccessService>().ReadOwned<&ListAccesses>();
}

}  // namespace puente::education
