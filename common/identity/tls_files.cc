#include <sys/stat.h>

#include <vector>

#include "absl/strings/str_cat.h"
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

// The first is the one that counts.
absl::StatusOr<std::vector<Certificate>> Certificates(const std::string& path,
                                                      const std::string& pem) {
  std::vector<Certificate> all = CertificatesOf(pem);
  if (all.empty()) return NoGood(path, "it holds no PEM certificate");
  if (X509_cmp_current_time(X509_get0_notAfter(all.front().get())) < 0) {
    return NoGood(path, "the certificate has expired; make or request a new one");
  }
  return all;
}

absl::StatusOr<Key> KeyIn(const std::string& path, const std::string& pem) {
  struct stat file;
  if (stat(path.c_str(), &file) != 0 || (file.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return NoGood(path, "others can read this private key; chmod 600 it");
  }
  Key key(PEM_read_bio_PrivateKey(Reader(pem).get(), nullptr, nullptr, nullptr));
  if (key == nullptr) return NoGood(path, "it holds no PEM private key");
  return key;
}

absl::StatusOr<std::string> PathOf(const std::string& file, const X509* certificate,
                                   absl::string_view trust_domain) {
  const std::vector<std::string> uris = NamesOf(NamesOf(certificate).get(), GEN_URI);
  if (uris.size() != 1) return NoGood(file, "it has not exactly one URI");
  const absl::StatusOr<Caller> self = ParseSpiffe(uris[0], trust_domain);
  if (!self.ok()) return NoGood(file, MetadataOf(self.status(), "why"));
  return self->path;
}

}  // namespace

absl::StatusOr<TlsContent> ReadTlsFiles(const TlsFiles& files, absl::string_view trust_domain) {
  TlsContent content;
  ASSIGN_OR_RETURN(content.ca, Content(files.ca));
  ASSIGN_OR_RETURN(content.certificate, Content(files.certificate));
  ASSIGN_OR_RETURN(content.key, Content(files.key));
  ASSIGN_OR_RETURN(const std::vector<Certificate> ca, Certificates(files.ca, content.ca));
  ASSIGN_OR_RETURN(const std::vector<Certificate> sent,
                   Certificates(files.certificate, content.certificate));
  const Certificate& own = sent.front();
  ASSIGN_OR_RETURN(const Key key, KeyIn(files.key, content.key));
  if (X509_check_private_key(own.get(), key.get()) != 1) {
    return NoGood(files.key, "it is not the key of " + files.certificate);
  }
  ASSIGN_OR_RETURN(content.path, PathOf(files.certificate, own.get(), trust_domain));
  content.end = TimeOf(X509_get0_notAfter(own.get()));
  // Servers call as well: the agencies, and themselves.
  const std::string why = WhyNotVouchedFor(ca, own, sent, X509_PURPOSE_SSL_CLIENT);
  if (!why.empty()) {
    return NoGood(files.certificate,
                  absl::StrCat("with ", files.ca, " nobody would take it: ", why));
  }
  content.serves = X509_check_purpose(own.get(), X509_PURPOSE_SSL_SERVER, 0) == 1;
  return content;
}

absl::StatusOr<TlsContent> ReadServerTlsFiles(const TlsFiles& files, absl::string_view trust_domain,
                                              const std::string& path) {
  ASSIGN_OR_RETURN(TlsContent content, ReadTlsFiles(files, trust_domain));
  if (content.path != path) {
    return NoGood(files.certificate,
                  absl::StrCat("it belongs to ", content.path, ", not to ", path));
  }
  if (!content.serves) {
    return NoGood(files.certificate, "it is for clients alone, without serverAuth");
  }
  return content;
}

absl::StatusOr<std::string> CheckTlsFiles(const TlsFiles& files, absl::string_view trust_domain) {
  ASSIGN_OR_RETURN(TlsContent content, ReadTlsFiles(files, trust_domain));
  return std::move(content.path);
}

}  // namespace puente::identity
