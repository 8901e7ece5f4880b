#include "common/federation/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <ctime>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/federation/federation.h"
#include "common/status/error.h"

namespace puente {
namespace {

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

// Null if there is none.
Certificate Read(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return nullptr;
  Certificate certificate(PEM_read_X509(file, nullptr, nullptr, nullptr));
  std::fclose(file);
  return certificate;
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm parts = {};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return absl::InfiniteFuture();
  return absl::FromTM(parts, absl::UTCTimeZone());
}

std::string Text(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", time, absl::UTCTimeZone());
}

}  // namespace

std::string CertificateTrouble(const identity::TlsFiles& files, absl::Time now, Locale locale) {
  const auto say = [&](const char* es, const char* en) {
    return locale == Locale::kSpanish ? es : en;
  };
  const Certificate own = Read(files.certificate);
  const Certificate ca = Read(files.ca);
  if (own != nullptr && ca != nullptr) {
    const absl::Time end = TimeOf(X509_get0_notAfter(own.get()));
    if (end < now) {
      return absl::StrCat(files.certificate, say(" venció el ", " expired on "), Text(end));
    }
    const absl::Time start = TimeOf(X509_get0_notBefore(own.get()));
    if (start > now) {
      return absl::StrCat(files.certificate, say(" no vale antes del ", " is not valid before "),
                          Text(start));
    }
    if (X509_verify(own.get(), X509_get0_pubkey(ca.get())) != 1) {
      return absl::StrCat(files.certificate, say(" no fue expedido por ", " was not issued by "),
                          files.ca);
    }
  }
  const auto checked = identity::CheckTlsFiles(files, kTrustDomain);
  if (checked.ok()) return "";
  return absl::StrCat(MetadataOf(checked.status(), "file"), ": ",
                      MetadataOf(checked.status(), "why"));
}

}  // namespace puente
