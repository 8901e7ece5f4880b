#include "gateway/certifiers/checks.h"

#include "common/context/clock.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "gateway/certifiers/resource.h"
#include "gateway/certifiers/rules.h"
#include "gateway/errors.h"

namespace puente::gateway {
namespace {

absl::Status NotInScope(const v1::Certifier& certifier, absl::string_view version,
                        absl::CivilDay day) {
  return Error(error::kNotInScope, "certifier"_is(certifier.name()), "version"_is(version),
               "day"_is(absl::FormatCivilTime(day)));
}

}  // namespace

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
  if (MayCover(certifier, microcredential_version, day)) return absl::OkStatus();
  return NotInScope(certifier, microcredential_version, day);
}

absl::StatusOr<std::set<std::string>> StatesCertified(
    const Call& call, const v1::Certifier& certifier,
    const education::v1::MicrocredentialVersion& version, absl::CivilDay from) {
  RETURN_IF_ERROR(CheckCertifies(call, certifier, version.name()));
  std::optional<std::set<std::string>> states = StatesCovered(certifier, version, from);
  if (!states.has_value()) return NotInScope(certifier, version.name(), from);
  return *std::move(states);
}

}  // namespace puente::gateway
