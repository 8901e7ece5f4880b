// Client-streaming calls: raw slices in, one answer out.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "common/calls/open_call.h"

namespace puente::calls {

// An Uploader without its types.
class AnyUploader {
 public:
  virtual ~AnyUploader() = default;
  virtual absl::Status ConsumeAny(const Call& call, sql::Session& session,
                                  const Message& message) = 0;
  virtual absl::Status FinishAny(const Call& call, sql::Session& session, Message& answer) = 0;
};

// What becomes of an upload. One object a call; its functions run on workers, one at a time, the
// worker being free in between. Destroyed when the call has ended and none of them runs.
template <class Req, class Resp>
class Uploader : public AnyUploader {
 public:
  using Request = Req;
  // The next message, in order, checked. An error ends the call with it.
  virtual absl::Status Consume(const Call& call, sql::Session& session, const Req& message) = 0;
  // After the last message.
  virtual absl::StatusOr<Resp> Finish(const Call& call, sql::Session& session) = 0;

 private:
  absl::Status ConsumeAny(const Call& call, sql::Session& session, const Message& message) final {
    return Consume(call, session, static_cast<const Req&>(message));
  }
  absl::Status FinishAny(const Call& call, sql::Session& session, Message& answer) final {
    absl::StatusOr<Resp> given = Finish(call, session);
    if (given.ok()) static_cast<Resp&>(answer) = *std::move(given);
    return given.status();
  }
};

namespace internal {

// Starts the call, whose reactor belongs to itself.
grpc::ServerReadReactor<grpc::ByteBuffer>* StartUpload(const OpenCall::Opening& opening,
                                                       std::unique_ptr<AnyUploader> uploader);

}  // namespace internal

}  // namespace puente::calls
