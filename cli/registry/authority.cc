#include "cli/registry/authority.h"

#include <arpa/inet.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "cli/registry/errors.h"
#include "cli/registry/files.h"
#include "common/crypto/digest.h"
#include "common/federation/federation.h"
#include "common/identity/spiffe.h"
#include "common/status/macros.h"

namespace puente::registry {
namespace {

using identity::Bio;
using identity::Certificate;
using identity::Free;
using identity::Key;
using identity::Names;
using identity::NamesOf;

using Csr = std::unique_ptr<X509_REQ, Free<&X509_REQ_free>>;
using Number = std::unique_ptr<BIGNUM, Free<&BN_free>>;

constexpr int kUsualDays = 90;
constexpr int kAuthorityDays = 3650;
constexpr size_t kMostBytes = 64 << 10;
// Clocks differ: a certificate is good a little before it is made.
constexpr absl::Duration kSkew = absl::Minutes(5);

// Of what fails only where there is no memory, or no random numbers.
void Must(bool done) {
  if (!done) std::abort();
}

std::string TextOf(BIO* bytes) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bytes, &text);
  return std::string(text, static_cast<size_t>(size));
}

std::string TextOf(X509* certificate) {
  const Bio bytes(BIO_new(BIO_s_mem()));
  Must(PEM_write_bio_X509(bytes.get(), certificate) == 1);
  return TextOf(bytes.get());
}

// SHA-256 of a public key.
std::string KeyDigest(const EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  if (size <= 0) return "";
  const std::string digest =
      DigestOf({reinterpret_cast<const char*>(der), static_cast<size_t>(size)});
  OPENSSL_free(der);
  return digest;
}

std::string SpiffeOf(absl::string_view party) {
  return absl::StrCat("spiffe://", kTrustDomain, "/", party);
}

bool IsAddress(const std::string& host) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, host.c_str(), bytes) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

bool IsHostName(absl::string_view host) {
  if (host.size() > 253) return false;
  return absl::c_all_of(absl::StrSplit(host, '.'), [](absl::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           absl::c_all_of(label, [](char c) {
             return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
           });
  });
}

std::string AddressText(const ASN1_OCTET_STRING* address) {
  char text[INET6_ADDRSTRLEN];
  const int size = ASN1_STRING_length(address);
  if (size != 4 && size != 16) return "?";
  inet_ntop(size == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(address), text, sizeof text);
  return text;
}

// Names and addresses of machines.
std::vector<std::string> HostsOf(const GENERAL_NAMES* names) {
  std::vector<std::string> hosts = NamesOf(names, GEN_DNS);
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
    if (name->type == GEN_IPADD) hosts.push_back(AddressText(name->d.iPAddress));
  }
  return hosts;
}

void Extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context = {};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  Must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

// Without extensions and signature.
Certificate Draft(EVP_PKEY* key, const std::string& name, absl::Time end) {
  Certificate made(X509_new());
  unsigned char bytes[16];  // nobody can guess it, as CA/Browser Forum has it
  Must(RAND_bytes(bytes, sizeof bytes) == 1);
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);  // positive, of full length
  const Number number(BN_bin2bn(bytes, sizeof bytes, nullptr));
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(made.get()));
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_TIME_set(X509_getm_notBefore(made.get()), absl::ToTimeT(absl::Now() - kSkew));
  ASN1_TIME_set(X509_getm_notAfter(made.get()), absl::ToTimeT(end));
  X509_set_pubkey(made.get(), key);
  X509_NAME* subject = X509_get_subject_name(made.get());
  // A common name has 64 characters at most; who it is says the URI.
  const std::string text = name.substr(0, 64);
  Must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                  reinterpret_cast<const unsigned char*>(text.data()),
                                  static_cast<int>(text.size()), -1, 0) == 1);
  return made;
}

// Under the name of an earlier one, if there is one.
std::string SelfSigned(EVP_PKEY* key, const X509* earlier) {
  const Certificate made =
      Draft(key, "Puente authority", absl::Now() + absl::Hours(24) * kAuthorityDays);
  if (earlier != nullptr) X509_set_subject_name(made.get(), X509_get_subject_name(earlier));
  X509_set_issuer_name(made.get(), X509_get_subject_name(made.get()));
  Extend(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  Extend(made.get(), made.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  Extend(made.get(), made.get(), NID_subject_key_identifier, "hash");
  Must(X509_sign(made.get(), key, EVP_sha256()) > 0);
  return TextOf(made.get());
}

// The one request of a text; null with what is wrong if there is none.
Csr CsrOf(absl::string_view content, std::vector<Violation>& wrong) {
  const Bio bio = identity::Reader(content);
  Csr found;
  int blocks = 0;
  char *name = nullptr, *header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;
  bool key = false;
  while (PEM_read_bio(bio.get(), &name, &header, &data, &size) == 1) {
    ++blocks;
    key = key || absl::StrContains(name, "PRIVATE KEY");
    const unsigned char* at = data;
    if (absl::EndsWith(name, "CERTIFICATE REQUEST")) {
      found.reset(d2i_X509_REQ(nullptr, &at, size));
      if (found != nullptr && at != data + size) found.reset();  // something is behind it
    }
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
  }
  if (key) wrong.push_back(Against(rule::kHoldsKey).At("request"));
  if (blocks != 1) found.reset();
  if (found == nullptr && !key) wrong.push_back(Against(rule::kNotPem).At("request"));
  return found;
}

// What is wrong with a key in words; "" if nothing is.
std::string WeaknessOf(EVP_PKEY* key) {
  if (key == nullptr) return "unreadable";
  const int bits = EVP_PKEY_get_bits(key);
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) {
    char group[32] = {};
    size_t size = 0;
    EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, &size);
    const absl::string_view curve(group, std::min(size, sizeof group));
    return curve == SN_X9_62_prime256v1 || curve == SN_secp384r1
               ? ""
               : absl::StrCat("EC ", curve.empty() ? "?" : curve);
  }
  const char* type = EVP_PKEY_get0_type_name(key);
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) return type == nullptr ? "?" : type;
  BIGNUM* exponent = nullptr;
  EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent);
  const Number owned(exponent);
  if (bits < 2048 || bits > 8192) return absl::StrCat("RSA ", bits);
  return exponent != nullptr && BN_is_word(exponent, RSA_F4) ? "" : "RSA e != 65537";
}

// Of a key that is not too large to try.
bool IsSigned(X509_REQ* csr, EVP_PKEY* key) {
  int digest = NID_undef;
  OBJ_find_sigid_algs(X509_REQ_get_signature_nid(csr), &digest, nullptr);
  const bool sha2 = digest == NID_sha256 || digest == NID_sha384 || digest == NID_sha512;
  return sha2 && X509_REQ_verify(csr, key) == 1;
}

// What a request names that was not agreed on, in words; "" if nothing.
std::string Foreign(X509_REQ* csr, const Expected& expected) {
  STACK_OF(X509_EXTENSION)* extensions = X509_REQ_get_extensions(csr);
  const Names names(static_cast<GENERAL_NAMES*>(
      X509V3_get_d2i(extensions, NID_subject_alt_name, nullptr, nullptr)));
  sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
  if (names == nullptr) return "";
  std::vector<std::string> all = NamesOf(names.get(), GEN_URI);
  bool foreign = all != std::vector<std::string>{SpiffeOf(expected.party)};
  const std::vector<std::string> hosts = HostsOf(names.get());
  for (const std::string& host : hosts) {
    foreign = foreign || !absl::c_linear_search(expected.hosts, host);
  }
  const size_t others =
      static_cast<size_t>(sk_GENERAL_NAME_num(names.get())) - all.size() - hosts.size();
  if (!foreign && others == 0) return "";
  all.insert(all.end(), hosts.begin(), hosts.end());
  if (others > 0) all.push_back(absl::StrCat("+", others));
  return absl::CHexEscape(absl::StrJoin(all, ", ").substr(0, 200));
}

std::string PlainDigest(absl::string_view written) {
  return absl::AsciiStrToLower(absl::StrReplaceAll(written, {{":", ""}, {" ", ""}}));
}

// An authority's, as it lies in a file.
absl::StatusOr<Key> KeyIn(const std::string& file) {
  ASSIGN_OR_RETURN(const std::string text, ReadPrivate(file));
  Key key(PEM_read_bio_PrivateKey(identity::Reader(text).get(), nullptr, nullptr, nullptr));
  const int kind = key == nullptr ? EVP_PKEY_NONE : EVP_PKEY_get_base_id(key.get());
  if (kind != EVP_PKEY_EC && kind != EVP_PKEY_RSA) {
    return Error(error::kKeyMalformed, "path"_is(file), "kind"_is("EC, RSA"));
  }
  return key;
}

}  // namespace

std::string DigestOf(absl::string_view data) {
  return absl::BytesToHexString(crypto::Sha256(data));
}

bool Serves(absl::string_view party) {
  return party == identity::kGateway || absl::StartsWith(party, "agency/");
}

absl::Status CheckHosts(const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    if (!IsAddress(host) && !IsHostName(host)) return Error(error::kHostName, "name"_is(host));
  }
  return absl::OkStatus();
}

std::optional<Issued> ReadIssued(absl::string_view pem) {
  const Certificate certificate = identity::CertificateOf(pem);
  if (certificate == nullptr) return std::nullopt;
  const Names names = NamesOf(certificate.get());
  const std::vector<std::string> uris = NamesOf(names.get(), GEN_URI);
  if (uris.size() != 1) return std::nullopt;
  const absl::StatusOr<Caller> party = identity::ParseSpiffe(uris[0], kTrustDomain);
  if (!party.ok()) return std::nullopt;
  const Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate.get()), nullptr));
  char* const digits = BN_bn2hex(number.get());
  Issued issued{party->path,
                absl::AsciiStrToLower(digits),
                identity::TimeOf(X509_get0_notBefore(certificate.get())),
                identity::TimeOf(X509_get0_notAfter(certificate.get())),
                HostsOf(names.get()),
                KeyDigest(X509_get0_pubkey(certificate.get()))};
  OPENSSL_free(digits);
  return issued;
}

Key NewKey() {
  Key key(EVP_EC_gen("P-256"));
  Must(key != nullptr);
  return key;
}

std::string KeyText(EVP_PKEY* key) {
  const Bio bytes(BIO_new(BIO_s_secmem()));
  Must(PEM_write_bio_PrivateKey(bytes.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return TextOf(bytes.get());
}

absl::StatusOr<Request> ReadRequest(absl::string_view content, const Expected& expected,
                                    const std::vector<Issued>& issued) {
  if (content.size() > kMostBytes) {
    return InvalidFields({Against(rule::kTooLarge, "most"_is(kMostBytes)).At("request")});
  }
  std::vector<Violation> wrong;
  const std::string digest = DigestOf(content);
  if (!expected.digest.empty() && PlainDigest(expected.digest) != digest) {
    wrong.push_back(Against(rule::kDigest, "digest"_is(digest)).At("request"));
  }
  const Csr csr = CsrOf(content, wrong);
  Key key;
  if (csr != nullptr) {
    key.reset(X509_REQ_get_pubkey(csr.get()));
    if (const std::string weak = WeaknessOf(key.get()); !weak.empty()) {
      wrong.push_back(Against(rule::kWeakKey, "key"_is(weak)).At("request.public_key"));
    } else if (!IsSigned(csr.get(), key.get())) {
      wrong.push_back(Against(rule::kSignature).At("request.signature"));
    }
    const std::string key_digest = KeyDigest(key.get());
    const auto known = absl::c_find_if(
        issued, [&](const Issued& one) { return !key_digest.empty() && one.key == key_digest; });
    if (known != issued.end()) {
      wrong.push_back(Against(rule::kKeyKnown, "party"_is(known->party)).At("request.public_key"));
    }
    if (const std::string names = Foreign(csr.get(), expected); !names.empty()) {
      std::vector<std::string> right = {SpiffeOf(expected.party)};
      right.insert(right.end(), expected.hosts.begin(), expected.hosts.end());
      wrong.push_back(
          Against(rule::kForeign, "names"_is(names), "expected"_is(absl::StrJoin(right, ", ")))
              .At("request.subject_alt_name"));
    }
  }
  ERR_clear_error();
  RETURN_IF_ERROR(InvalidFields(wrong));
  return Request{std::move(key), digest};
}

absl::Status Authority::Make(const std::string& folder) {
  const std::string certificate_file = folder + "/ca.pem", key_file = folder + "/ca.key";
  if (std::filesystem::exists(certificate_file)) {
    return Error(error::kFileExists, "path"_is(certificate_file));
  }
  RETURN_IF_ERROR(MakeFolder(folder));
  // The key first: a certificate whose key was never written is of no use to anybody. One that is
  // there without a certificate is of a command that was killed.
  const absl::Status made = WriteNew(key_file, KeyText(NewKey().get()), 0600);
  if (!made.ok() && Reason(made) != error::kFileExists.reason) return made;
  ASSIGN_OR_RETURN(const Key key, KeyIn(key_file));
  return WriteNew(certificate_file, SelfSigned(key.get(), nullptr), 0644);
}

absl::StatusOr<Authority> Authority::Open(const std::string& folder) {
  const std::string certificate_file = folder + "/ca.pem", key_file = folder + "/ca.key";
  if (!std::filesystem::exists(certificate_file) || !std::filesystem::exists(key_file)) {
    return Error(error::kNoAuthority, "path"_is(folder));
  }
  ASSIGN_OR_RETURN(std::string pem, Read(certificate_file));
  ASSIGN_OR_RETURN(Key key, KeyIn(key_file));
  Certificate certificate = identity::CertificateOf(pem);
  if (certificate == nullptr || X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Error(error::kKeysApart, "first"_is(certificate_file), "second"_is(key_file));
  }
  return Authority(std::move(pem), std::move(certificate), std::move(key));
}

absl::Time Authority::end() const {
  return identity::TimeOf(X509_get0_notAfter(certificate_.get()));
}

absl::StatusOr<absl::Time> Authority::EndOf(int days) const {
  const absl::Time now = absl::Now();
  const absl::Time asked = now + absl::Hours(24) * (days == 0 ? kUsualDays : days);
  if (asked <= end()) return asked;
  if (days == 0 && now < end()) return end();
  return Error(error::kAuthorityEnds,
               "end"_is(absl::FormatTime("%Y-%m-%d", end(), absl::UTCTimeZone())));
}

std::string Authority::Sign(EVP_PKEY* key, const std::string& party,
                            const std::vector<std::string>& hosts, absl::Time until) const {
  const Certificate made = Draft(key, absl::StrReplaceAll(party, {{"/", " "}}), until);
  X509_set_issuer_name(made.get(), X509_get_subject_name(certificate_.get()));
  X509* const issuer = certificate_.get();
  Extend(made.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
  Extend(made.get(), issuer, NID_key_usage, "critical,digitalSignature");
  Extend(made.get(), issuer, NID_ext_key_usage,
         Serves(party) ? "serverAuth,clientAuth" : "clientAuth");
  Extend(made.get(), issuer, NID_subject_key_identifier, "hash");
  Extend(made.get(), issuer, NID_authority_key_identifier, "keyid");
  // Names were checked: none has a comma.
  std::string names = absl::StrCat("URI:", SpiffeOf(party));
  for (const std::string& host : hosts) {
    absl::StrAppend(&names, IsAddress(host) ? ",IP:" : ",DNS:", host);
  }
  Extend(made.get(), issuer, NID_subject_alt_name, names);
  Must(X509_sign(made.get(), key_.get(), EVP_sha256()) > 0 &&
       X509_verify(made.get(), X509_get0_pubkey(issuer)) == 1);
  return TextOf(made.get());
}

std::string Authority::Renewed() const { return SelfSigned(key_.get(), certificate_.get()); }

}  // namespace puente::registry
