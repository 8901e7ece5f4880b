#include "common/federation/certificate.h"

#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "common/federation/federation.h"
#include "common/identity/x509.h"
#include "common/status/error.h"

namespace puente {
namespace {

// Null if there is none.
identity::Certificate Read(const std::string& path) {
  const std::optional<std::string> pem = ReadFile(path);
  return pem ? identity::CertificateOf(*pem) : nullptr;
}

std::string Text(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", time, absl::UTCTimeZone());
}

}  // namespace

std::string CertificateTrouble(const identity::TlsFiles& files, absl::Time now, Locale locale) {
  const auto say = [&](const char* es, const char* en) {
    return locale == Locale::kSpanish ? es : en;
  };
  const identity::Certificate own = Read(files.certificate);
  const identity::Certificate ca = Read(files.ca);
  if (own != nullptr && ca != nullptr) {
    const absl::Time end = identity::TimeOf(X509_get0_notAfter(own.get()));
    if (end < now) {
      return absl::StrCat(files.certificate, say(" venció el ", " expired on "), Text(end));
    }
    const absl::Time start = identity::TimeOf(X509_get0_notBefore(own.get()));
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
