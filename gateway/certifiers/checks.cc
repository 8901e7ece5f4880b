#include "gateway/certifiers/checks.h"

#include "common/context/clock.h"
#include "common/resource/resource.h"
#include "gateway/certifiers/resource.h"
#include "gateway/certifiers/rules.h"
#include "gateway/errors.h"

namespace puente::gateway {

std::string CertifierOf(absl::string_view name) {
  return std::string(name.substr(0, name.find('/', name.find('/') + 1)));
}

absl::StatusOr<v1::Certifier> GuardBody(journal::Transaction& tx, absl::string_view name) {
  return resource::Guard(tx, Certifiers(), CertifierOf(name), "parent");
}

absl::Status CheckImpartial(const v1::Certifier& certifier, absl::string_view organization,
                            absl::string_view actor) {
  if (!HasConflict(certifier, organization, actor)) return absl::OkStatus();
  return Error(error::kConflictDeclared, "certifier"_is(certifier.name()),
               "organization"_is(organization));
}

absl::Status CheckCertifies(const Call& call, const v1::Certifier& certifier,
                            absl::string_view microcredential_version) {
  if (certifier.state() != v1::CERTIFIER_STATE_ACTIVE) {
    return resource::StateWrong(Certifiers(), Certifiers().state_wrong(), call.verb(), certifier,
                                {v1::CERTIFIER_STATE_ACTIVE});
  }
  const absl::CivilDay day = LegalDay(call.start);
  if (Covers(certifier, microcredential_version, day)) return absl::OkStatus();
  return Error(error::kNotInScope, "certifier"_is(certifier.name()),
               "version"_is(microcredential_version), "day"_is(absl::FormatCivilTime(day)));
}

}  // namespace puente::gateway
