#include "modules/education/learners/service.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/crypto/digest.h"
#include "common/resource/owner.h"
#include "common/resource/serve.h"
#include "modules/education/ids.h"
#include "modules/education/learners/registration.h"
#include "modules/education/learners/resource.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/organizations/service.h"
#include "modules/education/persons/rules.h"
#include "modules/education/persons/store.h"
#include "puente/education/v1/learner.grpc.pb.h"

namespace puente::education {
namespace {

constexpr size_t kMostLookUps = 600;
// Somebody whom another institution knows is registered, and looked for, in somewhat other steps
// than somebody new; all of them together take far less than this.
constexpr absl::Duration kAnswersEvery = absl::Milliseconds(10);

absl::StatusOr<OwnerProof> RegisterLearner(const Call& call, journal::Transaction& tx,
                                           const v1::RegisterLearnerRequest& request,
                                           v1::Learner& registered,
                                           const resource::RecordWriter& writer) {
  ASSIGN_OR_RETURN(resource::Ids ids, Organizations().pattern().Parse(request.parent(), "parent"));
  ids.push_back(crypto::Uuid4());
  registered = request.learner();
  registered.set_name(Learners().pattern().Format(ids));
  return writer.Create(call, tx, ids, registered);
}

// One that is not found is an answer too: what is looked for is journaled either way.
absl::StatusOr<OwnerProof> FindLearner(const Call& call, journal::Transaction& tx,
                                       const v1::FindLearnerRequest& request,
                                       v1::FindLearnerResponse& found, calls::Host& host,
                                       LookUps& lookups) {
  v1::Learner looked_for;
  looked_for.set_name(absl::StrCat(request.parent(), "/learners/-"));
  ASSIGN_OR_RETURN(OwnerProof proof,
                   resource::CheckOwner(call, tx, Learners(), looked_for, resource::Owned::kNew));
  RETURN_IF_ERROR(resource::Get(tx, Organizations(), request.parent(), "parent").status());
  RETURN_IF_ERROR(lookups.Allow(call));
  const Sought sought = {request.parent(), request.identifier_scheme(), request.identifier()};
  ASSIGN_OR_RETURN(const auto own, FindOwn(tx, *host.persons(), {&sought, 1}));
  if (own.front()) found.set_learner(own.front()->learner.name());
  tx.Read(own.front() ? found.learner() : looked_for.name());
  return proof;
}

absl::Status PrepareChanged(const Call& call, journal::Transaction& tx, const v1::Learner*,
                            v1::Learner& after) {
  Complete(after);
  RETURN_IF_ERROR(InvalidFields(CheckBorn(after, LegalDay(call.start), "learner")));
  return CheckMayWrite(call, tx, OrganizationOf(after.name()), "learner.name");
}

// As RegisterLearner and UpdateLearner write them.
resource::RecordWriter Serve(calls::Host& host) {
  const auto with_keys = [&host](auto many) {
    return
        [&host, many](const Call& call, journal::Transaction& tx,
                      absl::Span<v1::Learner* const> learners, absl::Span<absl::Status> refusals) {
          return many(call, tx, *host.persons(), learners, refusals);
        };
  };
  return resource::Serve<v1::Learner>(
      host, Learners(),
      {.check = &CheckWho<v1::Learner>,
       .prepare = &PrepareChanged,
       .prepare_many = with_keys(&Register),
       .in_files = {.check_id = &CheckIdOfRecord,
                    .found_by = {.field = "identifier",
                                 .identity = &IdentityInFiles,
                                 .find = with_keys(&FindInFiles)}},
       .creation = "RegisterLearner",
       .person_key = [&host](const v1::Learner& learner) {
         return host.persons()->Get(store::PersonId(learner.person()));
       }});
}

}  // namespace

ServedLearners::ServedLearners(calls::Host& host) : lookups_(kMostLookUps), writer_(Serve(host)) {
  calls::Service& service = host.Serve<v1::LearnerService>();
  service.MutateOwned<&RegisterLearner>(writer_);
  service.MutateOwned<&FindLearner>(host, lookups_);
  host.MethodOf(v1::FindLearnerRequest::descriptor())
      .fields.set_rules(&CheckIdentifierOf<v1::FindLearnerRequest>);
  host.MethodOf(v1::FindLearnerRequest::descriptor()).answers_every = kAnswersEvery;
  host.MethodOf(v1::RegisterLearnerRequest::descriptor()).answers_every = kAnswersEvery;
}

}  // namespace puente::education
