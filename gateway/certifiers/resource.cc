#include "gateway/certifiers/resource.h"

#include <set>
#include <string>
#include <vector>

#include "gateway/certifiers/rules.h"

namespace puente::gateway {
namespace {

std::vector<std::string> Scopes(const v1::Certifier& certifier) {
  std::set<std::string> scopes;
  for (const v1::CertificationScope& scope : certifier.scopes()) scopes.insert(KeyOf(scope));
  return {scopes.begin(), scopes.end()};
}

}  // namespace

const resource::Resource<v1::Certifier>& Certifiers() {
  // It begins and changes with ConfirmCertifierChange.
  static const resource::Resource<v1::Certifier> certifiers({
      .table = "certifier",
      .elements = {{.by = "scope", .table = "certifier_scope", .of = &Scopes}},
      .guarded = true,
      .over = {v1::CERTIFIER_STATE_LEFT},
  });
  return certifiers;
}

}  // namespace puente::gateway
