#include "gateway/certifiers/resource.h"

namespace puente::gateway {

const resource::Resource<v1::Certifier>& Certifiers() {
  static const resource::Resource<v1::Certifier> certifiers({
      .table = "certifier",
      .guarded = true,
      .states = {{.verb = "CreateCertifier", .to = v1::CERTIFIER_STATE_ACTIVE},
                 {.verb = "UpdateCertifier", .from = {v1::CERTIFIER_STATE_ACTIVE}},
                 {.verb = "LeaveCertifier",
                  .from = {v1::CERTIFIER_STATE_ACTIVE},
                  .to = v1::CERTIFIER_STATE_LEFT}},
      .over = {v1::CERTIFIER_STATE_LEFT},
  });
  return certifiers;
}

}  // namespace puente::gateway
