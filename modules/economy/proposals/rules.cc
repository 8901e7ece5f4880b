#include "modules/economy/proposals/rules.h"

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "modules/economy/errors.h"

namespace puente::economy {

std::string AsCompany(absl::string_view author) {
  return absl::ConsumePrefix(&author, "company/") ? absl::StrCat("companies/", author) : "";
}

std::vector<Violation> CheckTable(const v1::Proposal& proposal) {
  const std::string& table = proposal.sector_table();
  if (proposal.session().empty() || table.empty() ||
      absl::StartsWith(proposal.session(), absl::StrCat(table, "/"))) {
    return {};
  }
  return {Against(rule::kSessionOfOtherTable, "sector_table"_is(table))
              .At("proposal.session")
              .Reading({"proposal.sector_table"})};
}

v1::Proposal Implemented(v1::Proposal proposal,
                         const google::protobuf::RepeatedPtrField<std::string>& versions,
                         absl::Time now) {
  for (const std::string& version : versions) {
    if (!absl::c_linear_search(proposal.versions(), version)) proposal.add_versions(version);
  }
  proposal.set_state(v1::PROPOSAL_STATE_IMPLEMENTED);
  if (!proposal.has_implement_time()) *proposal.mutable_implement_time() = ToProto(now);
  return proposal;
}

}  // namespace puente::economy
