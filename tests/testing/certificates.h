// A private CA for the tests of one process, with its files in a folder that goes with it.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/identity/tls.h"

namespace puente::testing {

inline constexpr char kTrustDomain[] = "puente.local";

// What a certificate says.
struct Claims {
  std::vector<std::string> uris;
  std::vector<std::string> dns_names = {"localhost"};
  std::string common_name = "test";
  absl::Duration valid_from = -absl::Hours(24);  // positive: not yet
  absl::Duration valid_for = absl::Hours(1);     // negative: it has expired
  std::string usage;                             // "serverAuth", "clientAuth"; any if empty
  enum class Signer {
    kAuthority,
    kIntermediate,  // a CA below the authority
    kCaller,        // who has a certificate of the authority's, but is no CA
    kAnother,       // a CA that nobody has heard of
    kItself,
  } signer = Signer::kAuthority;
  // The file has the signer's certificate too, if that is not the authority.
  bool with_chain = true;
};

class CertificateAuthority {
 public:
  CertificateAuthority();
  ~CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;

  // A certificate with these claims, and its key.
  identity::TlsFiles Issue(const Claims& claims);
  // The certificate of a caller as it should be: "agency/labor".
  identity::TlsFiles For(const std::string& path);

  const std::string& ca_file() const { return ca_file_; }
  const std::string& folder() const { return folder_; }

 private:
  // Who signs; nothing if a certificate signs itself.
  struct Signing {
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
  };
  Signing Other(Claims::Signer signer);
  identity::TlsFiles Issue(const Claims& claims, const Signing& by);

  std::string folder_;
  std::string ca_file_;
  EVP_PKEY* key_;
  X509* certificate_;
  int issued_ = 0;
};

}  // namespace puente::testing
