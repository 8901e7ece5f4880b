#include "common/identity/x509.h"

#include <openssl/err.h>

#include <ctime>

namespace puente::identity {
namespace {

using Store = std::unique_ptr<X509_STORE, Free<&X509_STORE_free>>;
using Verification = std::unique_ptr<X509_STORE_CTX, Free<&X509_STORE_CTX_free>>;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }  // not what is in it
};

}  // namespace

Bio Reader(absl::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Certificate CertificateOf(absl::string_view pem) {
  return Certificate(PEM_read_bio_X509(Reader(pem).get(), nullptr, nullptr, nullptr));
}

std::vector<Certificate> CertificatesOf(absl::string_view pem) {
  std::vector<Certificate> all;
  const Bio reader = Reader(pem);
  while (X509* one = PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr)) {
    all.emplace_back(one);
  }
  ERR_clear_error();  // that there is no more
  return all;
}

std::string WhyNotVouchedFor(const std::vector<Certificate>& ca, const Certificate& certificate,
                             const std::vector<Certificate>& sent, int purpose) {
  const Store store(X509_STORE_new());
  for (const Certificate& one : ca) X509_STORE_add_cert(store.get(), one.get());
  const std::unique_ptr<STACK_OF(X509), FreeStack> between(sk_X509_new_null());
  for (const Certificate& one : sent) sk_X509_push(between.get(), one.get());
  const Verification verification(X509_STORE_CTX_new());
  X509_STORE_CTX_init(verification.get(), store.get(), certificate.get(), between.get());
  // As gRPC does.
  X509_STORE_CTX_set_flags(verification.get(),
                           X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
  X509_STORE_CTX_set_purpose(verification.get(), purpose);
  if (X509_verify_cert(verification.get()) == 1) return "";
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(verification.get()));
}

std::vector<std::string> NamesOf(const GENERAL_NAMES* names, int kind) {
  std::vector<std::string> found;
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
    if (name->type != kind) continue;
    const ASN1_IA5STRING* text = name->d.ia5;
    found.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                       static_cast<size_t>(ASN1_STRING_length(text)));
  }
  return found;
}

Names NamesOf(const X509* certificate) {
  return Names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm parts = {};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return absl::InfiniteFuture();
  return absl::FromTM(parts, absl::UTCTimeZone());
}

}  // namespace puente::identity
