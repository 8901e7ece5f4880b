#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <memory>
#include <vector>

#include "common/context/file.h"
#include "common/identity/errors.h"
#include "common/identity/spiffe.h"
#include "common/identity/tls.h"
#include "common/status/macros.h"

namespace puente::identity {
namespace {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* object) const {
    free(object);
  }
};
using Bio = std::unique_ptr<BIO, Free<&BIO_free>>;
using Certificate = std::unique_ptr<X509, Free<&X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Free<&GENERAL_NAMES_free>>;

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
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
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
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (key == nullptr) return NoGood(path, "it holds no PEM private key");
  return key;
}

std::vector<std::string> Uris(const X509* certificate) {
  std::vector<std::string> uris;
  const Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
    uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                      static_cast<size_t>(ASN1_STRING_length(uri)));
  }
  return uris;
}

}  // namespace

absl::StatusOr<std::string> CheckTlsFiles(const TlsFiles& files, absl::string_view trust_domain) {
  RETURN_IF_ERROR(ReadCertificate(files.ca).status());
  ASSIGN_OR_RETURN(const Certificate certificate, ReadCertificate(files.certificate));
  ASSIGN_OR_RETURN(const Key key, ReadKey(files.key));
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return NoGood(files.key, "it is not the key of " + files.certificate);
  }
  const std::vector<std::string> uris = Uris(certificate.get());
  if (uris.size() != 1) return NoGood(files.certificate, "it has not exactly one URI");
  const absl::StatusOr<Caller> self = ParseSpiffe(uris[0], trust_domain);
  if (!self.ok()) return NoGood(files.certificate, MetadataOf(self.status(), "why"));
  return self->path;
}

}  // namespace puente::identity
