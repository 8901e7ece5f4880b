#include "modules/education/awards/service.h"

#include <utility>
#include <vector>

#include "common/crypto/digest.h"
#include "common/resource/provenance.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/education/awards/checks.h"
#include "modules/education/awards/resource.h"
#include "modules/education/awards/rules.h"
#include "modules/education/ids.h"
#include "puente/education/v1/award.grpc.pb.h"

namespace puente::education {
namespace {

const resource::Turn<v1::Award>& Over() {
  static const auto* const over = new resource::Turn<v1::Award>{
      "awards.expire", Awards(), &OverFrom, [](const Call&, v1::Award& award) { Expire(award); }};
  return *over;
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx,
                        absl::Span<v1::Award* const> fresh, absl::Span<absl::Status> refusals) {
  RETURN_IF_ERROR(CheckAwards(call, tx, fresh, refusals));
  std::vector<const v1::Award*> issued;
  for (size_t i = 0; i < fresh.size(); ++i) {
    if (refusals[i].ok()) issued.push_back(fresh[i]);
  }
  return Over().AwaitNew(tx, issued);
}

// Suspended or revoked: what the agency has decided remains so, whatever the owner says after it.
absl::Status Decide(const Call& call, journal::Transaction& tx, const v1::Award& before,
                    v1::Award& after) {
  after.set_decided_by_agency(before.decided_by_agency() ||
                              resource::IsOfItsAgency(call, Awards()));
  return Over().Await(tx, after);
}

absl::Status Resume(const Call& call, journal::Transaction& tx, const v1::Award& before,
                    v1::Award& after) {
  RETURN_IF_ERROR(CheckMayUndo(call, before));
  after.set_decided_by_agency(false);
  return Over().Await(tx, after);
}

// The award that a request puts in the place of another one, as far as it says so itself.
absl::StatusOr<v1::Award> Corrected(const Call& call, journal::Transaction& tx,
                                    const v1::CorrectAwardRequest& request,
                                    const v1::Award& before) {
  v1::Award award = request.award();
  ASSIGN_OR_RETURN(auto ids, Awards().pattern().Parse(before.name()));
  ids.back() = request.award_id();
  award.set_name(Awards().pattern().Format(ids));
  award.set_replaces(before.name());
  RETURN_IF_ERROR(resource::CheckOwner(call, tx, Awards(), award, resource::Owned::kNew).status());
  RETURN_IF_ERROR(InvalidFields(resource::CheckProvenance(call, Awards(), award, "award")));
  resource::SetProvenance(call, Awards(), award);
  resource::EnterState(Awards(), "CreateAward", award);
  return award;
}

absl::StatusOr<OwnerProof> CorrectAward(const Call& call, journal::Transaction& tx,
                                        const v1::CorrectAwardRequest& request,
                                        v1::Award& corrected) {
  ASSIGN_OR_RETURN(const v1::Award before, resource::Get(tx, Awards(), request.name()));
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, tx, Awards(), before));
  RETURN_IF_ERROR(resource::CheckEtag(before, request.etag()));
  RETURN_IF_ERROR(resource::CheckState(Awards(), call.verb(), before));
  RETURN_IF_ERROR(CheckMayUndo(call, before));
  ASSIGN_OR_RETURN(v1::Award award, Corrected(call, tx, request, before));
  v1::Award replaced = before;
  resource::EnterState(Awards(), call.verb(), replaced);
  replaced.set_state_reason(request.reason());
  replaced.set_replaced_by(award.name());
  // The one before first, which would be in the way; and whoever was slower to change it runs
  // again, and is told how it stands.
  RETURN_IF_ERROR(Over().Await(tx, replaced));
  RETURN_IF_ERROR(resource::Replace(call, tx, Awards(), before, std::move(replaced)).status());
  v1::Award* const issued[] = {&award};
  absl::Status refusals[1];
  RETURN_IF_ERROR(CheckAwards(call, tx, issued, absl::MakeSpan(refusals)));
  RETURN_IF_ERROR(refusals[0]);
  RETURN_IF_ERROR(Over().Await(tx, award));
  ASSIGN_OR_RETURN(const auto ids, Awards().pattern().Parse(award.name(), "award_id"));
  ASSIGN_OR_RETURN(corrected, resource::Create(call, tx, Awards(), ids, std::move(award)));
  return proof;
}

// One assessment is the evidence of one award.
std::string IdInFiles(const v1::Award& award) {
  return crypto::UuidOf(crypto::TaggedSha256("puente-award/1", {award.assessment()}));
}

}  // namespace

resource::RecordWriter ServeAwards(calls::Host& host, due::Scheduler& due) {
  due.Handle(Over().kind, Over().Work());
  host.Serve<v1::AwardService>().MutateOwned<&CorrectAward>();
  return resource::Serve(host, Awards(),
                         {.prepare_many = &PrepareNew,
                          .verbs = {{.verb = "SuspendAward", .prepare = &Decide},
                                    {.verb = "ResumeAward", .prepare = &Resume},
                                    {.verb = "RevokeAward", .prepare = &Decide}},
                          .in_files = {.id = &IdInFiles, .check_id = &CheckIdOfRecord}});
}

}  // namespace puente::education
