#include "gateway/certifiers/resource.h"

#include <string>
#include <vector>

namespace puente::gateway {
namespace {

std::vector<std::string> Scopes(const v1::Certifier& certifier) {
  return {certifier.scope_keys().begin(), certifier.scope_keys().end()};
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
