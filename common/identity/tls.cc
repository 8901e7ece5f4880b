#include "common/identity/tls.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include "absl/strings/str_cat.h"
#include "common/identity/handshakes.h"
#include "common/identity/spiffe.h"
#include "common/status/error.h"

namespace puente::identity {
namespace {

using grpc::experimental::CertificateVerifier;
using grpc::experimental::ExternalCertificateVerifier;
using grpc::experimental::FileWatcherCertificateProvider;
using grpc::experimental::TlsChannelCredentialsOptions;
using grpc::experimental::TlsCustomVerificationCheckRequest;
using grpc::experimental::TlsServerCredentialsOptions;

constexpr unsigned kReloadSeconds = 1;

// Runs after the chain is verified. Takes peers with one SPIFFE URI; of servers only `expected`.
class SpiffeVerifier : public ExternalCertificateVerifier {
 public:
  SpiffeVerifier(absl::string_view trust_domain, absl::string_view expected)
      : trust_domain_(trust_domain), expected_(expected) {}

  bool Verify(TlsCustomVerificationCheckRequest* request, std::function<void(grpc::Status)>,
              grpc::Status* status) override {
    const std::string cause = WhyNot(*request);
    if (!cause.empty()) {
      TellHandshakeRefused(absl::StrCat("we refused the peer's certificate: ", cause));
      *status = grpc::Status(grpc::StatusCode::UNAUTHENTICATED, cause);
    }
    return true;
  }
  void Cancel(TlsCustomVerificationCheckRequest*) override {}  // never pending

 private:
  // "" if the peer is as it should be.
  std::string WhyNot(const TlsCustomVerificationCheckRequest& request) const {
    const std::vector<grpc::string_ref> uris = request.uri_names();
    if (uris.size() != 1) return absl::StrCat("it has ", uris.size(), " URIs instead of one");
    const absl::StatusOr<Caller> peer =
        ParseSpiffe({uris[0].data(), uris[0].size()}, trust_domain_);
    if (!peer.ok()) return MetadataOf(peer.status(), "why");
    if (expected_.empty() || peer->path == expected_) return "";
    return absl::StrCat("it belongs to ", peer->path, " instead of ", expected_);
  }

  const std::string trust_domain_;
  const std::string expected_;
};

template <class Options>
void SetUp(Options& options, absl::string_view trust_domain, absl::string_view expected) {
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_check_call_host(false);  // the SPIFFE id counts, not the host name
  options.set_certificate_verifier(
      ExternalCertificateVerifier::Create<SpiffeVerifier>(trust_domain, expected));
}

std::shared_ptr<FileWatcherCertificateProvider> Watch(const TlsFiles& files) {
  return std::make_shared<FileWatcherCertificateProvider>(files.key, files.certificate, files.ca,
                                                          kReloadSeconds);
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> ServerTls(const TlsFiles& files,
                                                   absl::string_view trust_domain) {
  TlsServerCredentialsOptions options(Watch(files));
  SetUp(options, trust_domain, "");
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  return grpc::experimental::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> ClientTls(const TlsFiles& files,
                                                    absl::string_view trust_domain,
                                                    absl::string_view server) {
  TlsChannelCredentialsOptions options;
  options.set_certificate_provider(Watch(files));
  SetUp(options, trust_domain, server);
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace puente::identity
