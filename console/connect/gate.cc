#include "console/connect/gate.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/names/text.h"
#include "common/status/macros.h"
#include "console/connect/errors.h"
#include "console/connect/query.h"
#include "console/connect/status.h"
#include "console/connect/stream_call.h"
#include "proto/contract_files.h"

namespace puente::console {
namespace {

// As much as the servers' own clients take.
constexpr size_t kMostBody = 4 << 20;

// Services that all servers have are asked of this one, unless a field says otherwise.
constexpr char kUsualServer[] = "gateway";

Answer Refused(const absl::Status& error, const Said& said) {
  return ErrorAnswer(InWords(error, said));
}

Answer NotAllowed(const Method& method) {
  Answer answer = TextAnswer(405, "");
  answer.fields.emplace_back("Allow", method.is_read ? "GET, POST" : "POST");
  return answer;
}

// How a method's messages are sent.
absl::string_view TypeOf(const Method& method, Codec codec) {
  return method.streams ? StreamMediaType(codec) : MediaType(codec);
}

// Of "application/json; charset=utf-8" as well.
std::optional<Codec> CodecOf(const Method& method, absl::string_view content_type) {
  const absl::string_view type =
      absl::StripAsciiWhitespace(content_type.substr(0, content_type.find(';')));
  for (const Codec codec : {Codec::kJson, Codec::kProto}) {
    if (absl::EqualsIgnoreCase(type, TypeOf(method, codec))) return codec;
  }
  return std::nullopt;
}

Answer Unsupported(const Method& method) {
  const std::string types =
      absl::StrCat(TypeOf(method, Codec::kJson), ", ", TypeOf(method, Codec::kProto));
  Answer answer = TextAnswer(415, absl::StrCat("Send one of: ", types, "\n"));
  answer.fields.emplace_back("Accept-Post", types);
  return answer;
}

absl::StatusOr<absl::Time> DeadlineOf(absl::string_view text) {
  if (text.empty()) return absl::InfiniteFuture();
  int64_t milliseconds = 0;
  if (text.size() > 10 || !absl::SimpleAtoi(text, &milliseconds) || milliseconds < 0) {
    return Error(error::kTimeoutWrong, "timeout"_is(ReplaceNonUtf8(text)));
  }
  return absl::Now() + absl::Milliseconds(milliseconds);
}

// What a GET asks.
struct Asked {
  Codec codec = Codec::kJson;
  bool zipped = false;
  std::string message;
};

// Of the name of an encoding.
absl::StatusOr<bool> IsZipped(absl::string_view encoding) {
  if (encoding.empty() || encoding == "identity") return false;
  if (absl::EqualsIgnoreCase(encoding, "gzip")) return true;
  return Error(error::kEncodingUnknown, "encoding"_is(ReplaceNonUtf8(encoding)));
}

// A body as it was before the client zipped it, if it did.
absl::StatusOr<std::string> Plain(Exchange& exchange, std::string body, bool zipped) {
  if (!zipped) return body;
  return UnpackedInRoom(exchange, body, kMostBody);
}

absl::StatusOr<Asked> AskedBy(absl::string_view target) {
  const auto wrong = [](absl::string_view parameter, absl::string_view form) {
    return Error(error::kQueryWrong, "parameter"_is(ReplaceNonUtf8(parameter)), "form"_is(form));
  };
  auto query = QueryOf(target);
  if (!query) return wrong("?", "name=value&name=value");
  Asked asked;
  for (auto& [name, value] : *query) {
    if (name == "message") {
      asked.message = std::move(value);
    } else if (name == "encoding") {
      if (value != "json" && value != "proto") return wrong(name, "json, proto");
      asked.codec = value == "json" ? Codec::kJson : Codec::kProto;
    } else if (name == "connect") {
      if (value != "v1") return wrong(name, "v1");
    } else if (name == "compression") {
      ASSIGN_OR_RETURN(asked.zipped, IsZipped(value));
    } else if (name != "base64") {
      return wrong(name, "encoding, message, base64, compression, connect");
    }
  }
  const auto base64 = query->find("base64");
  if (base64 == query->end()) return asked;
  if (base64->second != "1") return wrong("base64", "1");
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(asked.message, &bytes)) return wrong("message", "base64url");
  asked.message = std::move(bytes);
  return asked;
}

}  // namespace

Gate::Gate(Channels& channels) : channels_(channels) {
  for (const auto* file : ContractFiles()) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        auto method = std::make_unique<const Method>(*file->service(i)->method(j));
        methods_.emplace(method->path, std::move(method));
      }
    }
  }
}

bool Gate::Owns(absl::string_view path) { return absl::StartsWith(path, "/puente."); }

void Gate::Serve(std::shared_ptr<Exchange> exchange, const Said& said) {
  const absl::string_view path = PathOf(exchange->target());
  const auto found = methods_.find(path);
  if (found == methods_.end()) {
    Answer answer = Refused(Error(error::kMethodUnknown, "method"_is(ReplaceNonUtf8(path))), said);
    answer.status = 404;
    return exchange->Send(std::move(answer));
  }
  const Method& method = *found->second;
  if (exchange->method() == "POST") return ServePost(std::move(exchange), method, said);
  if (exchange->method() == "GET" && method.is_read) {
    return ServeGet(std::move(exchange), method, said);
  }
  exchange->Send(NotAllowed(method));
}

void Gate::ServeGet(std::shared_ptr<Exchange> exchange, const Method& method, const Said& said) {
  auto asked = AskedBy(exchange->target());
  if (!asked.ok()) return exchange->Send(Refused(asked.status(), said));
  auto call = CallOf(*exchange, method, said, asked->codec);
  if (!call.ok()) return exchange->Send(Refused(call.status(), said));
  auto message = Plain(*exchange, std::move(asked->message), asked->zipped);
  if (!message.ok()) return exchange->Send(Refused(BodyError(message.status(), kMostBody), said));
  auto request = Decoded(asked->codec, method.descriptor.input_type(), *message);
  if (!request.ok()) return exchange->Send(Refused(request.status(), said));
  calls_.Start(std::move(exchange), *std::move(call), *request);
}

void Gate::ServePost(std::shared_ptr<Exchange> exchange, const Method& method, const Said& said) {
  const auto codec = CodecOf(method, exchange->Field("Content-Type"));
  if (!codec) return exchange->Send(Unsupported(method));
  auto call = CallOf(*exchange, method, said, *codec);
  if (method.streams) {
    if (call.ok()) return CallStream(std::move(exchange), *std::move(call));
    return exchange->Send(StreamErrorAnswer(InWords(call.status(), said), *codec));
  }
  if (!call.ok()) return exchange->Send(Refused(call.status(), said));
  Exchange& reading = *exchange;
  reading.ReadAll(kMostBody, [this, exchange = std::move(exchange),
                              call = *std::move(call)](absl::StatusOr<std::string> body) mutable {
    if (body.ok()) body = Plain(*exchange, *std::move(body), call.zipped);
    if (!body.ok()) return exchange->Send(Refused(BodyError(body.status(), kMostBody), call.said));
    auto request = Decoded(call.codec, call.method->descriptor.input_type(), *body);
    if (!request.ok()) return exchange->Send(Refused(request.status(), call.said));
    calls_.Start(std::move(exchange), std::move(call), *request);
  });
}

absl::StatusOr<Call> Gate::CallOf(const Exchange& exchange, const Method& method, const Said& said,
                                  Codec codec) {
  const absl::string_view version = exchange.Field("Connect-Protocol-Version");
  if (!version.empty() && version != "1") {
    return Error(error::kProtocolVersion, "version"_is(ReplaceNonUtf8(version)));
  }
  RETURN_IF_ERROR(said.Check());
  Call call{&method, &channels_, method.server, nullptr, said, codec};
  ASSIGN_OR_RETURN(call.zipped, IsZipped(exchange.Field(method.streams ? "Connect-Content-Encoding"
                                                                       : "Content-Encoding")));
  ASSIGN_OR_RETURN(call.deadline, DeadlineOf(exchange.Field("Connect-Timeout-Ms")));
  if (call.server.empty()) call.server = std::string(exchange.Field("Puente-Server"));
  if (call.server.empty()) call.server = kUsualServer;
  auto channel = channels_.To(call.server);
  if (!channel.ok()) {
    return Error(error::kServerUnknown, "server"_is(ReplaceNonUtf8(call.server)),
                 "known"_is(absl::StrJoin(Servers(), ", ")));
  }
  call.channel = *std::move(channel);
  return call;
}

}  // namespace puente::console
