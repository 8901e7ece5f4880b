#include "console/connect/call.h"

#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/generic/generic_stub.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/call.h"
#include "common/crypto/digest.h"
#include "common/federation/certificate.h"
#include "common/federation/contract.h"
#include "common/http/answers.h"
#include "common/http/gzip.h"
#include "common/status/grpc_status.h"
#include "console/connect/errors.h"
#include "console/connect/status.h"

namespace puente::console {
namespace {

constexpr size_t kWorthZipping = 1 << 10;
constexpr int kEffort = 1;  // for one answer

bool IsRead(const google::protobuf::MethodDescriptor& method) {
  return method.options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

// What a server answered, as it is sent.
Answer AnswerOf(const Call& call, const grpc::ClientContext& context, grpc::Status status,
                grpc::ByteBuffer& response) {
  if (!status.ok()) return ErrorAnswer(Told(std::move(status), call));
  auto body = Encoded(call.codec, call.method->answer, response);
  if (!body.ok()) return ErrorAnswer(InWords(body.status(), call.said));
  Answer answer{200, {{"Content-Type", std::string(MediaType(call.codec))}}, *std::move(body)};
  const auto& metadata = context.GetServerInitialMetadata();
  if (const auto found = metadata.find(kFreshnessKey); found != metadata.end()) {
    answer.fields.emplace_back("Puente-Freshness",
                               std::string(found->second.data(), found->second.size()));
  }
  return answer;
}

// The same where the client has it already; the same in fewer bytes.
void Shorten(const Exchange& exchange, Answer& answer) {
  answer.fields.emplace_back("Cache-Control", "private, no-cache");
  answer.fields.emplace_back(
      "Vary", "Accept-Encoding, Accept-Language, Cookie, Puente-Actor, Puente-Purpose");
  if (answer.status == 200 && exchange.method() == "GET") {
    const std::string tag =
        absl::StrCat("\"", absl::BytesToHexString(crypto::Sha256(answer.body).substr(0, 16)), "\"");
    answer.fields.emplace_back("ETag", tag);
    if (http::NamesTag(exchange.Field("If-None-Match"), tag)) {
      answer.status = 304;
      answer.body.clear();
      return;
    }
  }
  if (answer.body.size() < kWorthZipping || !http::TakesGzip(exchange.Field("Accept-Encoding"))) {
    return;
  }
  std::string zipped = http::Zipped(answer.body, kEffort);
  if (zipped.empty()) return;
  answer.body = std::move(zipped);
  answer.fields.emplace_back("Content-Encoding", "gzip");
}

}  // namespace

Method::Method(const google::protobuf::MethodDescriptor& method)
    : descriptor(method),
      path(absl::StrCat("/", MethodName(method))),
      server(ServerOf(*method.service())),
      streams(method.client_streaming() || method.server_streaming()),
      is_read(!streams && IsRead(method)),
      answer(method.output_type()) {}

absl::Status Said::Check() const {
  for (const auto& [name, value] :
       {std::pair("Puente-Actor", &actor), std::pair("Puente-Purpose", &purpose),
        std::pair("Accept-Language", &language)}) {
    if (!std::all_of(value->begin(), value->end(), absl::ascii_isprint)) {
      return Error(error::kHeaderWrong, "name"_is(name));
    }
  }
  return absl::OkStatus();
}

void Said::AddTo(grpc::ClientContext& context) const {
  if (!language.empty()) context.AddMetadata("accept-language", language);
  if (!actor.empty()) context.AddMetadata("puente-actor", actor);
  if (!purpose.empty()) context.AddMetadata("puente-purpose", purpose);
}

void Call::Prepare(grpc::ClientContext& context) const {
  said.AddTo(context);
  if (deadline != absl::InfiniteFuture()) context.set_deadline(absl::ToChronoTime(deadline));
}

grpc::Status InWords(const absl::Status& error, const Said& said) {
  return ToGrpc(error, ParseLocale(said.language));
}

grpc::Status Told(grpc::Status status, const Call& call) {
  if (status.error_code() != grpc::StatusCode::UNAVAILABLE || !status.error_details().empty()) {
    return status;
  }
  const std::string trouble =
      CertificateTrouble(call.channels->files(), absl::Now(), ParseLocale(call.said.language));
  if (trouble.empty()) {
    return InWords(Error(error::kServerUnreachable, "server"_is(call.server)), call.said);
  }
  return InWords(Error(error::kCertificateTrouble, "server"_is(call.server),
                       "caller"_is(call.channels->caller()), "trouble"_is(trouble)),
                 call.said);
}

absl::Status BodyError(const absl::Status& status, size_t most) {
  if (!Reason(status).empty()) return status;
  if (absl::IsResourceExhausted(status)) return Error(error::kBodyTooLarge, "limit"_is(most));
  if (absl::IsAborted(status)) return RetryableError(error::kBodiesTooMany, absl::Seconds(1));
  return status;
}

absl::StatusOr<std::string> UnpackedInRoom(Exchange& exchange, absl::string_view zipped,
                                           size_t most) {
  const size_t size = http::SizeBefore(zipped);
  if (size <= most && !exchange.TakeRoom(size)) return absl::AbortedError("body");
  return Unpacked(zipped, most);
}

absl::string_view MediaType(Codec codec) {
  return codec == Codec::kJson ? "application/json" : "application/proto";
}

struct UnaryCalls::InFlight {
  InFlight(std::shared_ptr<Exchange> asked, Call made)
      : exchange(std::move(asked)), call(std::move(made)) {}

  const std::shared_ptr<Exchange> exchange;
  const Call call;
  grpc::ClientContext context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer response;
  grpc::Status status;

  void AnswerExchange() {
    Answer answer = AnswerOf(call, context, std::move(status), response);
    Shorten(*exchange, answer);
    exchange->Send(std::move(answer));
  }
};

UnaryCalls::UnaryCalls() {
  const int half = static_cast<int>(std::thread::hardware_concurrency() / 2);
  for (int i = 0; i < std::max(half, 1); ++i) {
    threads_.emplace_back([this] {
      void* tag = nullptr;
      for (bool ok = false; ended_.Next(&tag, &ok);) {
        const std::unique_ptr<Held> held(static_cast<Held*>(tag));
        (*held)->AnswerExchange();
      }
    });
  }
}

UnaryCalls::~UnaryCalls() {
  ended_.Shutdown();
  for (std::thread& thread : threads_) thread.join();
}

void UnaryCalls::Start(std::shared_ptr<Exchange> exchange, Call call,
                       const grpc::ByteBuffer& request) {
  auto held = std::make_shared<InFlight>(std::move(exchange), std::move(call));
  InFlight& flight = *held;
  flight.call.Prepare(flight.context);
  flight.exchange->WhenGone([weak = std::weak_ptr<InFlight>(held)] {
    if (const auto flight = weak.lock()) flight->context.TryCancel();
  });
  flight.reader =
      grpc::GenericStub(flight.call.channel)
          .PrepareUnaryCall(&flight.context, flight.call.method->path, request, &ended_);
  flight.reader->StartCall();
  flight.reader->Finish(&flight.response, &flight.status, new Held(std::move(held)));
}

}  // namespace puente::console
