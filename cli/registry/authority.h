// The authority that signs certificates, and the requests for them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/identity/x509.h"

namespace puente::registry {

// SHA-256 in hexadecimal digits, as people compare it.
std::string DigestOf(absl::string_view data);

// Whether a party serves, so that others connect to it: an agency, or the gateway.
bool Serves(absl::string_view party);

// HOST_NAME_FORM unless these are names or addresses of machines.
absl::Status CheckHosts(const std::vector<std::string>& hosts);

// What a certificate that was signed says.
struct Issued {
  std::string party;
  std::string number;  // in hexadecimal digits
  absl::Time begin;
  absl::Time end;
  std::vector<std::string> hosts;  // names and addresses of a server
  std::string key;                 // SHA-256 of its public key
};

// What a certificate of ours says; nothing if it is none.
std::optional<Issued> ReadIssued(absl::string_view pem);

// A new key on P-256, and its text in PEM.
identity::Key NewKey();
std::string KeyText(EVP_PKEY* key);

// Who asks for a certificate, as was agreed on with him by another way.
struct Expected {
  std::string party;
  std::vector<std::string> hosts;
  std::string digest;  // SHA-256 of the request in hexadecimal digits; "" if it was not told
};

// A request that is as it should be.
struct Request {
  identity::Key key;
  std::string digest;
};
// INVALID_FIELDS with everything that is wrong with it. `issued` are the certificates so far.
absl::StatusOr<Request> ReadRequest(absl::string_view content, const Expected& expected,
                                    const std::vector<Issued>& issued);

class Authority {
 public:
  // Makes one, in ca.pem and ca.key of a folder; of a key without a certificate, that certificate.
  // FILE_EXISTS.
  static absl::Status Make(const std::string& folder);
  // AUTHORITY_MISSING, PRIVATE_KEY_EXPOSED, KEYS_APART.
  static absl::StatusOr<Authority> Open(const std::string& folder);

  const std::string& pem() const { return pem_; }
  absl::Time end() const;

  // When a certificate that is made now ends: in so many days, or, for 0, in the usual ones or as
  // soon as the authority does. AUTHORITY_ENDS.
  absl::StatusOr<absl::Time> EndOf(int days) const;

  // The certificate of a party until then.
  std::string Sign(EVP_PKEY* key, const std::string& party, const std::vector<std::string>& hosts,
                   absl::Time end) const;

  // A certificate of the authority itself with its key and name, so that what it has signed stays
  // good beside it.
  std::string Renewed() const;

 private:
  Authority(std::string pem, identity::Certificate certificate, identity::Key key)
      : pem_(std::move(pem)), certificate_(std::move(certificate)), key_(std::move(key)) {}

  std::string pem_;
  identity::Certificate certificate_;
  identity::Key key_;
};

}  // namespace puente::registry
