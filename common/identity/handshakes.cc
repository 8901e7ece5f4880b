#include "common/identity/handshakes.h"

#include <grpc/support/log.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <atomic>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace puente::identity {
namespace {

struct Observers {
  HandshakeObserver handshakes;
  std::function<void(absl::string_view)> errors;
};

// Never deleted: handshakes may still be refused while the process ends.
std::atomic<const Observers*> observers = nullptr;

// gRPC logs a failed handshake on the thread, and right after, the alert that says why.
thread_local bool told_by_alert = false;

const char* AlertText(int level_and_description) {
  switch (level_and_description & 0xff) {  // those of TLS 1.3, which OpenSSL has no words for
    case SSL_AD_CERTIFICATE_REQUIRED:
      return "a certificate is required and there was none";
    case SSL_AD_NO_APPLICATION_PROTOCOL:
      return "no common application protocol";
    default:
      return SSL_alert_desc_string_long(level_and_description);
  }
}

void OnAlert(bool sent, int level_and_description, const SSL* ssl) {
  const int description = level_and_description & 0xff;
  if (description == SSL_AD_CLOSE_NOTIFY || description == SSL_AD_USER_CANCELLED) return;
  told_by_alert = true;
  const char* text = AlertText(level_and_description);
  if (!sent) return TellHandshakeRefused(absl::StrCat("the peer refused us: ", text));
  const long verified = SSL_get_verify_result(ssl);
  TellHandshakeRefused(verified == X509_V_OK
                           ? absl::StrCat("we refused the peer: ", text)
                           : absl::StrCat("we refused the peer's certificate: ",
                                          X509_verify_cert_error_string(verified)));
}

void OnTlsMessage(int sent, int /*version*/, int content_type, const void* bytes, size_t size,
                  SSL* ssl, void* /*argument*/) {
  const auto* text = static_cast<const unsigned char*>(bytes);
  if (content_type == SSL3_RT_ALERT && size >= 2) {
    OnAlert(sent != 0, text[0] << 8 | text[1], ssl);
  }
}

// gRPC hands out neither its SSL_CTX nor the result of a verification. This is called for each
// SSL_CTX at its creation, and lets us listen to the alerts of its connections.
void OnNewContext(void* context, void* /*value*/, CRYPTO_EX_DATA* /*data*/, int /*index*/,
                  long /*number*/, void* /*pointer*/) {
  SSL_CTX_set_msg_callback(static_cast<SSL_CTX*>(context), &OnTlsMessage);
}

void OnGrpcLog(gpr_log_func_args* args) {
  if (args->severity != GPR_LOG_SEVERITY_ERROR) return;
  const absl::string_view text = args->message;
  if (!absl::StrContains(text, "Handshake failed")) {
    if (const auto* heard = observers.load()) heard->errors(text);
  } else if (!std::exchange(told_by_alert, false)) {
    TellHandshakeRefused(text);
  }
}

}  // namespace

void ObserveHandshakes(HandshakeObserver observer, std::function<void(absl::string_view)> errors) {
  const bool first =
      observers.exchange(new Observers{std::move(observer), std::move(errors)}) == nullptr;
  if (!first) return;
  CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, nullptr, &OnNewContext, nullptr, nullptr);
  gpr_set_log_function(&OnGrpcLog);
}

void TellHandshakeRefused(absl::string_view cause) {
  if (const auto* heard = observers.load()) heard->handshakes(cause);
}

}  // namespace puente::identity
