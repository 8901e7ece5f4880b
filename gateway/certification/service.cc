#include "gateway/certification/service.h"

#include "common/calls/service.h"
#include "gateway/certification/dossier.h"
#include "gateway/certification/uncertified.h"
#include "gateway/compose/view.h"
#include "puente/gateway/v1/certification.grpc.pb.h"

namespace puente::certification {

using gateway::v1::DossierPreview;
using gateway::v1::ListUncertifiedVersionsRequest;
using gateway::v1::ListUncertifiedVersionsResponse;
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

void AskForUncertified(
    std::shared_ptr<calls::Composition<ListUncertifiedVersionsRequest, compose::Results>> call,
    compose::Executor& executor) {
  compose::AnswerView(executor, UncertifiedPlan(), std::move(call),
                      [](compose::Results results) { return results; });
}

absl::StatusOr<ListUncertifiedVersionsResponse> ListUncertifiedVersions(
    const Call& call, sql::Session& session, const ListUncertifiedVersionsRequest&,
    const compose::Results& results) {
  return ListUncertified(call, session, results);
}

}  // namespace

void ServeCertification(calls::Host& host, compose::Executor& executor) {
  calls::Service& service = host.Serve<gateway::v1::CertificationService>();
  service.Compose<&PreviewDossier>(host, executor);
  service.ComposeAndRead<&AskForUncertified, &ListUncertifiedVersions>(executor);
}

}  // namespace puente::certification
