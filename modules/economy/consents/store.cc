#include "modules/economy/consents/store.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "modules/economy/consents/resource.h"
#include "modules/economy/consents/rules.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

constexpr size_t kMostAtOnce = 1024;

using Companies = std::set<std::string>;
using OfCompany = std::map<std::string, std::vector<v1::Consent>>;

// Reads those that companies of these ids gave a chamber.
absl::Status ReadSome(sql::Session& session, const std::string& chamber,
                      absl::Span<const std::string> ids, OfCompany& consents) {
  std::vector<sql::Value> values = {chamber};
  sql::AppendList(ids, values);
  const std::string rest =
      absl::StrCat("WHERE chamber = ? AND company IN ", sql::InList(ids.size()));
  ASSIGN_OR_RETURN(const auto found, resource::Select(session, Consents(),
                                                      "economy.consents.to_chamber", rest, values));
  for (const v1::Consent& consent : found) {
    consents[consent.name().substr(0, consent.name().find("/consents/"))].push_back(consent);
  }
  return absl::OkStatus();
}

// Those that companies ever gave the calling chamber; none of what calls otherwise.
absl::StatusOr<OfCompany> ToCaller(const Call& call, sql::Session& session,
                                   const Companies& companies) {
  OfCompany consents;
  if (call.caller.kind() != "chamber") return consents;
  std::vector<std::string> ids;
  for (absl::string_view company : companies) {
    if (absl::ConsumePrefix(&company, "companies/")) ids.emplace_back(company);
  }
  const std::string chamber = absl::StrCat("chambers/", call.caller.id());
  for (size_t begin = 0; begin < ids.size(); begin += kMostAtOnce) {
    RETURN_IF_ERROR(
        ReadSome(session, chamber, absl::MakeConstSpan(ids).subspan(begin, kMostAtOnce), consents));
  }
  return consents;
}

}  // namespace

absl::StatusOr<bool> MayAct(const Call& call, sql::Session& session, const std::string& company,
                            v1::ConsentAct act) {
  ASSIGN_OR_RETURN(const Companies may, MayActFor(call, session, {company}, act));
  return may.contains(company);
}

absl::StatusOr<Companies> MayActFor(const Call& call, sql::Session& session,
                                    const Companies& companies, v1::ConsentAct act) {
  ASSIGN_OR_RETURN(const OfCompany consents, ToCaller(call, session, companies));
  Companies may;
  for (const auto& [company, given] : consents) {
    if (Allow(given, act, LegalDay(call.start))) may.insert(company);
  }
  return may;
}

absl::Status CheckIndependent(const Call& call, sql::Session& session, const std::string& company) {
  ASSIGN_OR_RETURN(const OfCompany consents, ToCaller(call, session, {company}));
  if (consents.empty()) return absl::OkStatus();
  return Error(error::kChamberActsForCompany, "chamber"_is(call.caller.path),
               "company"_is(company));
}

}  // namespace puente::economy
