#include "cli/session.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/explain.h"
#include "cli/flatten.h"
#include "common/crypto/digest.h"
#include "common/federation/certificate.h"
#include "common/federation/contract.h"

namespace puente::cli {
namespace {

constexpr Label kNoCaller{"$file has no certificate of this caller: ",
                          "$file no tiene certificado de este solicitante: "};
constexpr Label kCallersAre{"choose one of these with --as: ", "elija uno de estos con --as: "};
constexpr Label kStartIt{"start the federation with ./dev run, or name its file with --federation",
                         "inicie la federación con ./dev run, o indique su archivo con "
                         "--federation"};
constexpr Label kPassedOver{
    "$file is passed over, since others can write there; if it is the "
    "right one, name it with --federation",
    "no se usa $file, porque otros pueden escribir ahí; si es el "
    "correcto, indíquelo con --federation"};
constexpr Label kUnreadable{"this file of the caller's certificate cannot be read: ",
                            "no se puede leer este archivo del certificado del solicitante: "};
constexpr Label kAskOperator{"take a caller whose key you may read, or ask who runs the federation",
                             "use un solicitante cuya llave pueda leer, o pregunte a quien opera "
                             "la federación"};

constexpr Label kNotWritten{"not all that was to be printed could be written",
                            "no se pudo escribir todo lo que había que mostrar"};
constexpr Label kRepeatIt{
    "the change may have been made; so that it is not made twice, repeat it with --request-id ",
    "el cambio quizá se hizo; para no hacerlo dos veces, repítalo con --request-id "};

// Whether what was asked for may have been done though no answer came.
bool MayBeDone(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

// Whether a field of the request is the id: that of the request, or of what it makes.
bool Says(const google::protobuf::Message& request, const std::string& id) {
  const google::protobuf::Descriptor& type = *request.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = type.field(i);
    if (field->is_repeated() || field->type() != field->TYPE_STRING) continue;
    if (request.GetReflection()->GetString(request, field) == id) return true;
  }
  return false;
}

std::string CallersOf(const Federation& federation) {
  return absl::StrJoin(federation.callers, ", ",
                       [](std::string* out, const auto& entry) { out->append(entry.first); });
}

}  // namespace

Session::Session(Options options, std::ostream& out, std::ostream& err)
    : options_(std::move(options)), out_(out), err_(err) {
  if (options_.request_id.empty()) options_.request_id = crypto::Uuid4();
}

ExitCode Session::Open(const std::string& usual, const std::string& usual_purpose) {
  if (options_.purpose.empty()) options_.purpose = usual_purpose;
  absl::StatusOr<Federation> federation = ReadFederation(options_.federation);
  if (!federation.ok()) return Fail(kFailure, federation.status().message(), Say(kStartIt));
  federation_ = *std::move(federation);
  for (const std::string& file : federation_.passed_over) {
    err_ << Say(label::kHint) << ": " << absl::StrReplaceAll(Say(kPassedOver), {{"$file", file}})
         << "\n";
  }
  client_ = ClientAs(options_.caller.empty() ? usual : options_.caller);
  return client_ == nullptr ? (options_.caller.empty() ? kFailure : kUsage) : kOk;
}

std::unique_ptr<Client> Session::ClientAs(const std::string& caller, const std::string& actor) {
  const auto found = federation_.callers.find(caller);
  if (found == federation_.callers.end()) {
    Fail(kUsage,
         absl::StrCat(absl::StrReplaceAll(Say(kNoCaller), {{"$file", federation_.file}}), caller),
         absl::StrCat(Say(kCallersAre), CallersOf(federation_)));
    return nullptr;
  }
  for (const std::string& file : {found->second.ca, found->second.certificate, found->second.key}) {
    if (access(file.c_str(), R_OK) == 0) continue;
    Fail(kFailure, absl::StrCat(Say(kUnreadable), file), Say(kAskOperator));
    return nullptr;
  }
  Options options = options_;
  if (options.actor.empty()) options.actor = actor;
  return std::make_unique<Client>(federation_, caller, HeadersOf(options));
}

absl::Duration Session::TimeoutOr(absl::Duration usual) const {
  return options_.timeout.value_or(usual);
}

bool Session::Explains(const std::string& server, const std::string& method,
                       const google::protobuf::Message& request) {
  if (!options_.explain) return false;
  Explain(*client_, server, method, request);
  return true;
}

void Session::Explain(const Client& client, const std::string& server, const std::string& method,
                      const google::protobuf::Message& request) {
  const absl::StatusOr<std::string> address = client.channels().AddressOf(server);
  if (!address.ok()) {
    Fail(kFailure, address.status().message());
    return;
  }
  out_ << BufCurl(*address, method, ToJson(request, false), client.channels().files(),
                  HeadersOf(options_))
       << "\n";
}

bool Session::Call(const std::string& server, const std::string& method,
                   const google::protobuf::Message& request, google::protobuf::Message* response,
                   absl::Duration usual_timeout) {
  const absl::Duration timeout = TimeoutOr(usual_timeout);
  const absl::Status status = client_->Call(server, method, request, response, timeout);
  if (status.ok()) return true;
  PrintError(status, *client_, server, timeout);
  if (MayBeDone(status) && Says(request, request_id())) {
    err_ << Say(label::kHint) << ": " << Say(kRepeatIt) << request_id() << "\n";
  }
  return false;
}

Attempt Session::AttemptOf(const Client& client, const std::string& server,
                           absl::Duration timeout) const {
  Attempt attempt;
  attempt.server = server;
  attempt.address = client.channels().AddressOf(server).value_or("");
  attempt.caller = client.channels().caller();
  attempt.timeout = timeout;
  attempt.refusal = LastHandshakeRefusal();
  attempt.files_trouble =
      CertificateTrouble(client.channels().files(), absl::Now(),
                         language() == Language::kSpanish ? Locale::kSpanish : Locale::kEnglish);
  return attempt;
}

void Session::PrintError(const absl::Status& status, const Client& client,
                         const std::string& server, absl::Duration timeout) {
  err_ << ErrorText(status, AttemptOf(client, server, timeout), language());
}

ExitCode Session::Fail(ExitCode code, absl::string_view text, absl::string_view hint) {
  err_ << Say(label::kError) << ": " << text << "\n";
  if (!hint.empty()) err_ << Say(label::kHint) << ": " << hint << "\n";
  return code;
}

ExitCode Session::Finish(ExitCode code) {
  out_.flush();
  return out_.good() ? code : Fail(kFailure, Say(kNotWritten));
}

std::optional<labor::v1::Standards> Session::Standards() {
  labor::v1::Standards standards;
  const absl::Status status =
      client_->Call("labor", "puente.labor.v1.StandardsService/GetStandards",
                    labor::v1::GetStandardsRequest(), &standards, absl::Milliseconds(500));
  if (!status.ok()) return std::nullopt;
  return standards;
}

bool Session::PrintForPrograms(const google::protobuf::Message& message) {
  switch (options_.format) {
    case Format::kJson:
      out_ << ToJson(message, true);
      return true;
    case Format::kCsv:
      out_ << (IsPlainList(*message.GetDescriptor()) ? Records(message) : Flatten(message)).Csv();
      return true;
    case Format::kTable:
      return false;
  }
  return false;
}

void Session::PrintList(const google::protobuf::Message& message, const Table& table,
                        const Label* none) {
  if (options_.format == Format::kCsv) {
    out_ << Records(message).Csv();
  } else if (!PrintForPrograms(message)) {
    out_ << (table.empty() && none != nullptr ? Say(*none) + "\n" : table.Text(0, options_.plain));
  }
}

}  // namespace puente::cli
