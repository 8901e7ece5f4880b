#include "gateway/certification/service.h"

#include "common/calls/service.h"
#include "gateway/certification/dossier.h"
#include "gateway/compose/view.h"
#include "puente/gateway/v1/certification.grpc.pb.h"

namespace puente::certification {

using gateway::v1::DossierPreview;
using gateway::v1::PreviewDossierRequest;

namespace {

void PreviewDossier(std::shared_ptr<calls::Composition<PreviewDossierRequest, DossierPreview>> call,
                    calls::Host& host, compose::Executor& executor) {
  const std::string version = call->request().microcredential_version();
  const Locale locale = call->call().locale;
  compose::AnswerView(executor, DossierPlan(), std::move(call),
                      [&host, version, locale](const compose::Results& results) {
                        return ComposeDossier(results, version, host.clock().Now(), locale);
                      });
}

}  // namespace

void ServeCertification(calls::Host& host, compose::Executor& executor) {
  host.Serve<gateway::v1::CertificationService>().Compose<&PreviewDossier>(host, executor);
}

}  // namespace puente::certification
