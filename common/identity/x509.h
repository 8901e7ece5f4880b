// OpenSSL's objects, which free themselves, and what they say.
#pragma once

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace puente::identity {

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

// Reads `text`, which must outlive it.
Bio Reader(absl::string_view text);

// The first certificate of a text in PEM; null if it has none.
Certificate CertificateOf(absl::string_view pem);

// All certificates of a text in PEM.
std::vector<Certificate> CertificatesOf(absl::string_view pem);

// Whether the authorities of `ca` vouch for `certificate`, now and for `purpose`
// (X509_PURPOSE_SSL_CLIENT), over those that are sent with it. "", or OpenSSL's words for why not.
std::string WhyNotVouchedFor(const std::vector<Certificate>& ca, const Certificate& certificate,
                             const std::vector<Certificate>& sent, int purpose);

// The names of one kind (GEN_URI, GEN_DNS); `names` may be null.
std::vector<std::string> NamesOf(const GENERAL_NAMES* names, int kind);
Names NamesOf(const X509* certificate);

// The infinite future of a time that is none.
absl::Time TimeOf(const ASN1_TIME* time);

}  // namespace puente::identity
