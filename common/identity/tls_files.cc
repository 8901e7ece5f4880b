#include <sys/stat.h>

#include <vector>

#include "common/context/file.h"
#include "common/identity/errors.h"
#include "common/identity/spiffe.h"
#include "common/identity/tls.h"
#include "common/identity/x509.h"
#include "common/status/macros.h"

namespace puente::identity {
namespace {

absl::Status NoGood(const std::string& file, std::string why) {
  return Error(error::kTlsFiles, "file"_is(file), "why"_is(why));
}

absl::StatusOr<std::string> Content(const std::string& path) {
  std::optional<std::string> content = ReadFile(path);
  if (!content || content->empty()) return NoGood(path, "it can't be read, or is empty");
  return *std::move(content);
}

absl::StatusOr<Certificate> ReadCertificate(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string pem, Content(path));
  Certificate certificate = CertificateOf(pem);
  if (certificate == nullptr) return NoGood(path, "it holds no PEM certificate");
  if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) < 0) {
    return NoGood(path, "the certificate has expired; make or request a new one");
  }
  return certificate;
}

absl::StatusOr<Key> ReadKey(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string pem, Content(path));
  struct stat file;
  if (stat(path.c_str(), &file) != 0 || (file.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return NoGood(path, "others can read this private key; chmod 600 it");
  }
  Key key(PEM_read_bio_PrivateKey(Reader(pem).get(), nullptr, nullptr, nullptr));
  if (key == nullptr) return NoGood(path, "it holds no PEM private key");
  return key;
}

}  // namespace

absl::StatusOr<std::string> CheckTlsFiles(const TlsFiles& files, absl::string_view trust_domain) {
  RETURN_IF_ERROR(ReadCertificate(files.ca).status());
  ASSIGN_OR_RETURN(const Certificate certificate, ReadCertificate(files.certificate));
  ASSIGN_OR_RETURN(const Key key, ReadKey(files.key));
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return NoGood(files.key, "it is not the key of " + files.certificate);
  }
  const std::vector<std::string> uris = NamesOf(NamesOf(certificate.get()).get(), GEN_URI);
  if (uris.size() != 1) return NoGood(files.certificate, "it has not exactly one URI");
  const absl::StatusOr<Caller> self = ParseSpiffe(uris[0], trust_domain);
  if (!self.ok()) return NoGood(files.certificate, MetadataOf(self.status(), "why"));
  return self->path;
}

}  // namespace puente::identity
