#include "gateway/dossiers/resource.h"

namespace puente::gateway {

const resource::Resource<v1::Dossier>& Dossiers() {
  // It begins with OpenDossier, and ends by itself.
  static const resource::Resource<v1::Dossier> dossiers({
      .table = "dossier",
      .lists = {{.by = {"submission"}, .index = "by_submission"},
                {.by = {"certifier"}, .index = "by_certifier"},
                {.by = {"certifier", "submission"}, .index = "by_certifier_submission"},
                {.by = {"organization"}, .index = "by_organization"}},
      .hides = true,
  });
  return dossiers;
}

}  // namespace puente::gateway
