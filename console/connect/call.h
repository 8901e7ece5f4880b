// A call that HTTP asked for, made over gRPC.
#pragma once

#include <grpcpp/grpcpp.h>

#include <thread>

#include "absl/time/time.h"
#include "common/federation/channels.h"
#include "console/connect/messages.h"
#include "console/http/exchange.h"
#include "google/protobuf/descriptor.h"

namespace puente::console {

// What a call says besides its request, as the metadata of the same name.
struct Said {
  std::string actor;     // puente-actor
  std::string purpose;   // puente-purpose
  std::string language;  // accept-language

  // HEADER_WRONG unless all of it can be metadata.
  absl::Status Check() const;
  void AddTo(grpc::ClientContext& context) const;
};

// A method of the contract.
struct Method {
  explicit Method(const google::protobuf::MethodDescriptor& method);

  const google::protobuf::MethodDescriptor& descriptor;
  const std::string path;    // "/puente.labor.v1.VacancyService/GetVacancy"
  const std::string server;  // "labor"; "" for what all of them have
  const bool streams;        // requests or answers
  const bool is_read;        // may be asked for by GET
  const MessageType answer;
};

// All of a call but its request.
struct Call {
  const Method* method = nullptr;
  const Channels* channels = nullptr;
  std::string server;
  std::shared_ptr<grpc::Channel> channel;
  Said said;
  Codec codec = Codec::kJson;
  bool zipped = false;  // the request, or those envelopes of it that say so
  absl::Time deadline = absl::InfiniteFuture();

  // Sets what it says and until when it may take.
  void Prepare(grpc::ClientContext& context) const;
};

// An error in the caller's language.
grpc::Status InWords(const absl::Status& error, const Said& said);

// What came of a call, as it is told: of a connection that failed, which server it was to.
grpc::Status Told(grpc::Status status, const Call& call);

// Why Exchange::ReadAll() gave no body of at most so many bytes: BODY_TOO_LARGE, BODIES_TOO_MANY;
// any other error as it is.
absl::Status BodyError(const absl::Status& status, size_t most);

// Unpacked(), with room taken for it. ABORTED as of Exchange::ReadAll().
absl::StatusOr<std::string> UnpackedInRoom(Exchange& exchange, absl::string_view zipped,
                                           size_t most);

// The media type of unary messages.
absl::string_view MediaType(Codec codec);

// Makes unary calls, and answers them on threads of its own: those of gRPC's callbacks wake one
// another several times a call (docs/decisions/0075).
class UnaryCalls {
 public:
  UnaryCalls();
  // When no call is in flight.
  ~UnaryCalls();
  UnaryCalls(const UnaryCalls&) = delete;
  UnaryCalls& operator=(const UnaryCalls&) = delete;

  // Answers the exchange. The client's going away cancels the call.
  void Start(std::shared_ptr<Exchange> exchange, Call call, const grpc::ByteBuffer& request);

 private:
  struct InFlight;
  using Held = std::shared_ptr<InFlight>;  // by the queue until its call ends

  grpc::CompletionQueue ended_;
  std::vector<std::thread> threads_;  // half of the machine's cores, as HTTP has
};

}  // namespace puente::console
