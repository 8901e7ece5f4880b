#include "modules/education/programs/service.h"

#include "common/resource/serve.h"
#include "modules/education/errors.h"
#include "modules/education/organizations/rules.h"
#include "modules/education/organizations/service.h"
#include "modules/education/organizations/store.h"
#include "modules/education/programs/rules.h"
#include "modules/education/programs/store.h"
#include "puente/education/v1/credit_rule.pb.h"
#include "puente/education/v1/organization.pb.h"
#include "puente/education/v1/program.grpc.pb.h"

namespace puente::education {
namespace {

constexpr char kDefaultRule[] = "creditRules/default";

absl::Status Draft(const Call& call, journal::Transaction& tx, const v1::ProgramVersion* before,
                   v1::ProgramVersion& after) {
  RETURN_IF_ERROR(
      CheckOrganization(call, tx, after.organization(), "program_version.organization"));
  if (before != nullptr) RETURN_IF_ERROR(CheckDraft(*before));
  after.set_state(v1::PROGRAM_STATE_DRAFT);
  if (after.credit_rule().empty()) after.set_credit_rule(kDefaultRule);
  ASSIGN_OR_RETURN(const auto rule,
                   resource::Get<v1::CreditRule>(tx, store::CreditRuleSpec(), after.credit_rule(),
                                                 "program_version.credit_rule"));
  after.set_credits_e4(CreditsE4(after.workload_hours(), rule.hours_per_credit()));
  return absl::OkStatus();
}

absl::Status CheckDeletable(const Call& call, journal::Transaction& tx,
                            const v1::ProgramVersion& before) {
  RETURN_IF_ERROR(CheckOrganization(call, tx, before.organization(), "name"));
  return CheckDraft(before);
}

absl::StatusOr<v1::ProgramVersion> PublishVersion(const Call& call, journal::Transaction& tx,
                                                  const v1::PublishProgramVersionRequest& request) {
  const auto publish = [&](const v1::ProgramVersion& draft) -> absl::StatusOr<v1::ProgramVersion> {
    ASSIGN_OR_RETURN(
        const auto organization,
        resource::Guard<v1::Organization>(tx, store::OrganizationSpec(), draft.organization(),
                                          "program_version.organization"));
    RETURN_IF_ERROR(CheckRegistered(organization));
    return Publish(draft, call.start);
  };
  // First the compare-and-swap, so that who was slower runs again and sees what was published.
  ASSIGN_OR_RETURN(
      const v1::ProgramVersion published,
      resource::Change<v1::ProgramVersion>(call, tx, store::ProgramSpec(), request, publish));
  RETURN_IF_ERROR(store::InsertSeats(tx, published));
  return published;
}

absl::StatusOr<v1::ProgramVersionDiff> DiffVersions(const Call& call, sql::Session& session,
                                                    const v1::DiffProgramVersionsRequest& request) {
  const NamePattern& pattern = store::ProgramSpec().options().pattern;
  ASSIGN_OR_RETURN(const auto from, pattern.Parse(request.from_version(), "from_version"));
  ASSIGN_OR_RETURN(const auto to, pattern.Parse(request.to_version(), "to_version"));
  if (from.front() != to.front()) {
    return Error(error::kProgramOfAnother, {{"name", request.to_version()},
                                            {"owner", absl::StrCat("programs/", to.front())},
                                            {"given", absl::StrCat("programs/", from.front())}});
  }
  const auto get = [&](const std::string& name, absl::string_view field) {
    return resource::Get<v1::ProgramVersion>(session, store::ProgramSpec(), name, field);
  };
  ASSIGN_OR_RETURN(const auto before, get(request.from_version(), "from_version"));
  ASSIGN_OR_RETURN(const auto after, get(request.to_version(), "to_version"));
  return Diff(before, after);
}

}  // namespace

void ServePrograms(calls::Host& host) {
  calls::Service& service = host.Serve<v1::ProgramService>();
  service.Mutate(&PublishVersion);
  service.Read(&DiffVersions);
  resource::Serve(service, store::ProgramSpec(),
                  resource::HooksOf<v1::ProgramVersion>(
                      {.check = &CheckProgram, .store = &Draft, .remove = &CheckDeletable}));
}

}  // namespace puente::education
