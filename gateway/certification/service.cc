#include "gateway/certification/service.h"

#include "gateway/certification/dossier.h"
#include "gateway/compose/view.h"

namespace puente::certification {

grpc::ServerUnaryReactor* CertificationService::GetDossier(
    grpc::CallbackServerContext* context, const gateway::v1::GetDossierRequest* request,
    gateway::v1::Dossier* answer) {
  return compose::View(
      host_, executor_, context, request, answer, DossierPlan(),
      [this, version = request->microcredential_version()](const compose::Results& results) {
        return ComposeDossier(results, version, host_.clock().Now());
      });
}

}  // namespace puente::certification
