#include "tests/testing/certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"

namespace puente::testing {
namespace {

[[noreturn]] void Die(const char* why) {
  std::fprintf(stderr, "test certificates: %s\n", why);
  std::abort();
}

X509* NewCertificate(EVP_PKEY* key, const std::string& common_name, X509* issuer,
                     absl::Duration valid_from, absl::Duration valid_for) {
  static int serial = 0;
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), absl::ToInt64Seconds(valid_from));
  X509_gmtime_adj(X509_getm_notAfter(certificate), absl::ToInt64Seconds(valid_for));
  X509_set_pubkey(certificate, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(certificate,
                       X509_get_subject_name(issuer != nullptr ? issuer : certificate));
  return certificate;
}

void Extend(X509* certificate, int nid, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
  if (extension == nullptr) Die("bad extension");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void WriteCertificates(const std::string& path, const std::vector<X509*>& chain) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) Die("can't write a certificate");
  for (X509* certificate : chain) {
    if (PEM_write_X509(file, certificate) != 1) Die("can't write a certificate");
  }
  std::fclose(file);
}

void WriteKey(const std::string& path, EVP_PKEY* key) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr ||
      PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    Die("can't write a key");
  }
  std::fclose(file);
  chmod(path.c_str(), 0600);
}

}  // namespace

CertificateAuthority::CertificateAuthority() : key_(EVP_EC_gen("P-256")) {
  char name[] = "/tmp/puente-ca-XXXXXX";
  if (mkdtemp(name) == nullptr) Die("can't make a folder in /tmp");
  folder_ = name;
  ca_file_ = folder_ + "/ca.pem";
  certificate_ = NewCertificate(key_, "Puente test CA of " + folder_, nullptr, -absl::Hours(24),
                                absl::Hours(24));
  Extend(certificate_, NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate_, key_, EVP_sha256());
  WriteCertificates(ca_file_, {certificate_});
}

CertificateAuthority::~CertificateAuthority() {
  X509_free(certificate_);
  EVP_PKEY_free(key_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

// A signer other than the authority and the certificate itself.
CertificateAuthority::Signing CertificateAuthority::Other(Claims::Signer signer) {
  const bool below = signer != Claims::Signer::kAnother;
  Signing other = {EVP_EC_gen("P-256"), nullptr};
  other.certificate = NewCertificate(other.key, "other", below ? certificate_ : nullptr,
                                     -absl::Hours(24), absl::Hours(24));
  if (signer != Claims::Signer::kCaller) {
    Extend(other.certificate, NID_basic_constraints, "critical,CA:TRUE");
  }
  X509_sign(other.certificate, below ? key_ : other.key, EVP_sha256());
  return other;
}

identity::TlsFiles CertificateAuthority::Issue(const Claims& claims) {
  if (claims.signer == Claims::Signer::kAuthority) return Issue(claims, {key_, certificate_});
  if (claims.signer == Claims::Signer::kItself) return Issue(claims, {});
  const Signing signing = Other(claims.signer);
  const identity::TlsFiles files = Issue(claims, signing);
  X509_free(signing.certificate);
  EVP_PKEY_free(signing.key);
  return files;
}

identity::TlsFiles CertificateAuthority::Issue(const Claims& claims, const Signing& by) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate =
      NewCertificate(key, claims.common_name, by.certificate, claims.valid_from, claims.valid_for);
  std::string names = "IP:127.0.0.1";
  for (const std::string& dns : claims.dns_names) absl::StrAppend(&names, ",DNS:", dns);
  for (const std::string& uri : claims.uris) absl::StrAppend(&names, ",URI:", uri);
  Extend(certificate, NID_subject_alt_name, names);
  if (!claims.usage.empty()) Extend(certificate, NID_ext_key_usage, claims.usage);
  X509_sign(certificate, by.key != nullptr ? by.key : key, EVP_sha256());
  const std::string stem = absl::StrCat(folder_, "/", ++issued_);
  identity::TlsFiles files{ca_file_, stem + ".pem", stem + ".key"};
  const bool chain =
      claims.with_chain && by.certificate != nullptr && by.certificate != certificate_;
  WriteCertificates(files.certificate,
                    chain ? std::vector{certificate, by.certificate} : std::vector{certificate});
  WriteKey(files.key, key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return files;
}

identity::TlsFiles CertificateAuthority::For(const std::string& path) {
  Claims claims;
  claims.uris = {absl::StrCat("spiffe://", kTrustDomain, "/", path)};
  return Issue(claims);
}

}  // namespace puente::testing
