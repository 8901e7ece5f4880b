// TLS in both directions. Both sides hold the peer's certificate against the CA and against its
// SPIFFE id inside the handshake; files that change are taken up within a second or two, whatever
// is in them (of a server that runs: server_tls.h).
#pragma once

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace puente::identity {

// Paths of PEM files. The key must not be readable by others.
struct TlsFiles {
  std::string ca;
  std::string certificate;
  std::string key;
};

// What such files hold, and what was found of it.
struct TlsContent {
  std::string ca;
  std::string certificate;
  std::string key;
  std::string path;     // of the certificate's SPIFFE URI
  absl::Time end;       // of the certificate
  bool serves = false;  // whether a server may have it
};

// TLS_FILES, naming the file and what to do, unless all three can be read, key and certificate
// belong together, the CA vouches for the certificate now and as a client's, and that holds exactly
// one valid SPIFFE URI.
absl::StatusOr<TlsContent> ReadTlsFiles(const TlsFiles& files, absl::string_view trust_domain);

// The same, and TLS_FILES unless they are those of the server whose path is `path`.
absl::StatusOr<TlsContent> ReadServerTlsFiles(const TlsFiles& files, absl::string_view trust_domain,
                                              const std::string& path);

// As ReadTlsFiles(); returns the path.
absl::StatusOr<std::string> CheckTlsFiles(const TlsFiles& files, absl::string_view trust_domain);

// Lets in peers with a certificate of the CA and one valid SPIFFE URI.
std::shared_ptr<grpc::ServerCredentials> ServerTls(const TlsFiles& files,
                                                   absl::string_view trust_domain);

// Talks only to the server whose path is `server`: "agency/labor", "gateway".
std::shared_ptr<grpc::ChannelCredentials> ClientTls(const TlsFiles& files,
                                                    absl::string_view trust_domain,
                                                    absl::string_view server);

}  // namespace puente::identity
