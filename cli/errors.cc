#include "cli/errors.h"

#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/width.h"
#include "common/status/error.h"
#include "google/rpc/error_details.pb.h"

namespace puente::cli {
namespace {

struct ReasonHint {
  absl::string_view reason;
  Label hint;
};

constexpr std::array<ReasonHint, 9> kHints{{
    {"SECTOR_TABLE_NOT_FOUND",
     {"list the sectors with: puente council sectors",
      "liste los sectores con: puente council sectors"}},
    {"MICROCREDENTIAL_VERSION_NOT_FOUND",
     {"list the microcredentials with: puente certify list",
      "liste las microcredenciales con: puente certify list"}},
    {"VACANCY_NOT_FOUND",
     {"list vacancies with: puente labor vacancies",
      "liste las vacantes con: puente labor vacancies"}},
    {"CALLER_REFUSED", {"choose another caller with --as", "elija otro solicitante con --as"}},
    {"FILE_ENCODING",
     {"convert it with: iconv -f LATIN1 -t UTF-8 FILE > NEW",
      "conviértalo con: iconv -f LATIN1 -t UTF-8 ARCHIVO > NUEVO"}},
    {"FILE_CHANGED",
     {"leave the file alone and repeat the command: it checks again",
      "no cambie el archivo y repita el comando: lo revisa otra vez"}},
    {"UPLOAD_INCOMPLETE",
     {"load the file again: what is stored already is left alone",
      "cargue el archivo otra vez: lo ya guardado no cambia"}},
    {"DATABASE_UNAVAILABLE",
     {"the server is up, its database is not: see `puente status` and the server's log",
      "el servidor está activo, su base de datos no: vea `puente status` y la bitácora del "
      "servidor"}},
    {"OWNER_MISMATCH",
     {"choose the owner of the record with --as", "elija al titular del registro con --as"}},
}};

constexpr Label kNoAnswer{"no answer from \"$server\" at $address",
                          "sin respuesta de \"$server\" en $address"};
constexpr Label kNothingListens{
    "nothing listens at $address: is `./dev run` running, and is it the server \"$server\" of this "
    "federation.json? (`puente status` says which servers are up)",
    "nadie escucha en $address: ¿está en marcha `./dev run` y es el servidor \"$server\" de este "
    "federation.json? (`puente status` dice cuáles están activos)"};
constexpr Label kTooLate{
    "\"$server\" did not answer within $timeout: it may be hanging or busy; `puente status` says "
    "which servers are up, --timeout SECONDS waits longer",
    "\"$server\" no respondió en $timeout: puede estar detenido u ocupado; `puente status` dice "
    "cuáles están activos, --timeout SEGUNDOS espera más"};
constexpr Label kOwnFiles{
    "the TLS handshake with \"$server\" failed, probably because $trouble (`./dev run` makes new "
    "certificates); the server's log has the actual cause",
    "falló la negociación TLS con \"$server\", quizá porque $trouble (`./dev run` crea "
    "certificados nuevos); la bitácora del servidor tiene la causa exacta"};
constexpr Label kRefusal{
    "the TLS handshake with \"$server\" failed as $caller: $refusal; likely causes: certificates "
    "of another run or CA, or another server at $address; the server's log has the actual cause",
    "falló la negociación TLS con \"$server\" como $caller: $refusal; causas probables: "
    "certificados de otra ejecución o CA, u otro servidor en $address; la bitácora del servidor "
    "tiene la causa exacta"};
constexpr Label kClosed{
    "\"$server\" closed the connection: it may have refused the certificate of $caller (from "
    "another CA, expired, blocked) or be stopping; its log has the actual cause",
    "\"$server\" cerró la conexión: quizá rechazó el certificado de $caller (de otra CA, vencido, "
    "bloqueado) o se está deteniendo; su bitácora tiene la causa exacta"};

std::string Fill(const Label& label, const Attempt& attempt, Language language) {
  return absl::StrReplaceAll(In(language, label),
                             {{"$server", attempt.server},
                              {"$address", attempt.address},
                              {"$caller", attempt.caller},
                              {"$timeout", absl::FormatDuration(attempt.timeout)},
                              {"$trouble", attempt.files_trouble},
                              {"$refusal", attempt.refusal}});
}

template <class Detail>
Detail Read(const absl::Status& status) {
  Detail detail;
  const auto payload =
      status.GetPayload(absl::StrCat("type.googleapis.com/", Detail::descriptor()->full_name()));
  if (payload.has_value()) detail.ParseFromString(std::string(*payload));
  return detail;
}

std::string ViolationText(const google::rpc::BadRequest::FieldViolation& violation,
                          Language language) {
  const bool spanish = language == Language::kSpanish &&
                       absl::StartsWith(violation.localized_message().locale(), "es");
  const std::string& remedy =
      spanish ? violation.localized_message().message() : violation.description();
  return absl::StrCat("  ", Printable(violation.field()), ": ", Printable(remedy), " [",
                      violation.reason(), "]\n");
}

}  // namespace

std::string LikelyCause(const absl::Status& status, const Attempt& attempt, Language language) {
  if (attempt.server.empty() || !Reason(status).empty()) return "";
  if (status.code() == absl::StatusCode::kDeadlineExceeded && attempt.files_trouble.empty()) {
    return Fill(kTooLate, attempt, language);
  }
  if (status.code() != absl::StatusCode::kUnavailable &&
      status.code() != absl::StatusCode::kDeadlineExceeded) {
    return "";
  }
  if (absl::StrContains(status.message(), "Connection refused") ||
      absl::StrContains(status.message(), "No such file")) {
    return Fill(kNothingListens, attempt, language);
  }
  if (!attempt.files_trouble.empty()) return Fill(kOwnFiles, attempt, language);
  if (!attempt.refusal.empty()) return Fill(kRefusal, attempt, language);
  return Fill(kClosed, attempt, language);
}

std::string Hint(const absl::Status& status, const Attempt& attempt, Language language) {
  const std::string reason = Reason(status);
  for (const ReasonHint& entry : kHints) {
    if (entry.reason == reason) return std::string(In(language, entry.hint));
  }
  const auto retry = Read<google::rpc::RetryInfo>(status);
  if (retry.has_retry_delay()) {
    const absl::Duration delay = absl::Seconds(retry.retry_delay().seconds()) +
                                 absl::Nanoseconds(retry.retry_delay().nanos());
    return absl::StrCat(In(language, Label{"try again in ", "intente de nuevo en "}),
                        absl::FormatDuration(delay));
  }
  return LikelyCause(status, attempt, language);
}

std::string ErrorText(const absl::Status& status, const Attempt& attempt, Language language) {
  const std::string reason = Reason(status);
  const Locale locale = language == Language::kSpanish ? Locale::kSpanish : Locale::kEnglish;
  // What gRPC says of a failed connection helps nobody.
  const std::string what = LikelyCause(status, attempt, language).empty()
                               ? Printable(Text(status, locale))
                               : Fill(kNoAnswer, attempt, language);
  std::string text =
      absl::StrCat(In(language, label::kError), ": ", what, " [",
                   reason.empty() ? absl::StatusCodeToString(status.code()) : reason, "]\n");
  const auto bad = Read<google::rpc::BadRequest>(status);
  for (const auto& violation : bad.field_violations()) {
    absl::StrAppend(&text, ViolationText(violation, language));
  }
  const std::string hint = Hint(status, attempt, language);
  if (!hint.empty()) absl::StrAppend(&text, In(language, label::kHint), ": ", hint, "\n");
  return text;
}

}  // namespace puente::cli
