#include "modules/education/program_versions/service.h"

#include "common/resource/serve.h"
#include "modules/education/causes/store.h"
#include "modules/education/credit_rules/resource.h"
#include "modules/education/credit_rules/rules.h"
#include "modules/education/organizations/service.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/program_versions/rules.h"
#include "modules/education/seat_statistics/store.h"
#include "modules/education/teaching/sites.h"
#include "puente/education/v1/credit_rule.pb.h"
#include "puente/education/v1/program.grpc.pb.h"

namespace puente::education {
namespace {

constexpr char kDefaultRule[] = "creditRules/default";

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::ProgramVersion* before,
                     v1::ProgramVersion& after) {
  RETURN_IF_ERROR(CheckMayWrite(call, tx, after.organization(), "program_version.organization"));
  if (after.credit_rule().empty()) after.set_credit_rule(kDefaultRule);
  ASSIGN_OR_RETURN(const auto rule, resource::Get(tx, CreditRules(), after.credit_rule(),
                                                  "program_version.credit_rule"));
  after.set_credits_e4(CreditsE4(after.workload_hours(), rule.hours_per_credit()));
  return store::KeepCauses(tx, before, after);
}

absl::Status BeforeDelete(const Call& call, journal::Transaction& tx,
                          const v1::ProgramVersion& before) {
  RETURN_IF_ERROR(CheckMayWrite(call, tx, before.organization(), "name"));
  return store::ReplaceCauses(tx, before.name(), {});
}

absl::Status PreparePublished(const Call& call, journal::Transaction& tx,
                              const v1::ProgramVersion& before, v1::ProgramVersion&) {
  return CheckRegistered(call, tx, before.organization(), "program_version.organization");
}

absl::Status StorePublished(const Call& call, journal::Transaction& tx,
                            const v1::ProgramVersion& published) {
  ASSIGN_OR_RETURN(const auto ids, ProgramVersions().pattern().Parse(published.name()));
  const std::string program = absl::StrCat("programs/", ids[0]);
  RETURN_IF_ERROR(seats::CountProgram(tx, program, published.record_kind()));
  return teaching::FindProgram(tx, program, published.record_kind());
}

absl::StatusOr<v1::ProgramVersionDiff> DiffProgramVersions(
    const Call& call, sql::Session& session, const v1::DiffProgramVersionsRequest& request) {
  const NamePattern& pattern = ProgramVersions().pattern();
  ASSIGN_OR_RETURN(const auto from, pattern.Parse(request.from_version(), "from_version"));
  ASSIGN_OR_RETURN(const auto to, pattern.Parse(request.to_version(), "to_version"));
  if (from.front() != to.front()) {
    return ProgramVersions().OfAnother(request.to_version(), absl::StrCat("programs/", to.front()),
                                       absl::StrCat("programs/", from.front()));
  }
  const auto get = [&](const std::string& name, absl::string_view field) {
    return resource::Get(session, ProgramVersions(), name, field);
  };
  ASSIGN_OR_RETURN(const auto before, get(request.from_version(), "from_version"));
  ASSIGN_OR_RETURN(const auto after, get(request.to_version(), "to_version"));
  return Diff(before, after);
}

}  // namespace

resource::RecordWriter ServeProgramVersions(calls::Host& host) {
  calls::Service& service = host.Serve<v1::ProgramService>();
  service.Read<&DiffProgramVersions>();
  return resource::Serve(host, ProgramVersions(),
                         {.check = &CheckProgram,
                          .prepare = &Prepare,
                          .before_delete = &BeforeDelete,
                          .verbs = {{.verb = "PublishProgramVersion",
                                     .prepare = &PreparePublished,
                                     .stored = &StorePublished}}});
}

}  // namespace puente::education
