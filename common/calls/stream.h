// Server-streaming calls: one request in, messages out, slice by slice. A worker is held while a
// slice runs and never while a client is waited for; between slices nothing is open in the
// database.
//
//   service.Stream(&ExportVacancies);
//
//   std::unique_ptr<calls::Slicer<Vacancies>> ExportVacancies(const ExportVacanciesRequest&);
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/calls/open_call.h"

namespace puente::calls {

// At most this much waits for a client: half of it when a slice begins, so that a slice may be as
// large as the other half. A larger one is a mistake, which ends the call.
inline constexpr size_t kMostUnsentBytes = 1 << 20;
inline constexpr size_t kMostSliceBytes = kMostUnsentBytes / 2;

// What a slice has come to.
struct Slice {
  std::vector<grpc::ByteBuffer> messages;
  size_t bytes = 0;
  bool last = false;
  bool catch_up = false;
  absl::Status status = absl::OkStatus();

  void Add(const Message& message);
};

// Where a slice puts what it has to say.
template <class Resp>
class Sink {
 public:
  explicit Sink(Slice& slice) : slice_(slice) {}

  void Send(const Resp& message) { slice_.Add(message); }
  // There is no slice after this one.
  void Close() { slice_.last = true; }
  // The next slice runs once everything that is committed has its position in the journal.
  void CatchUp() { slice_.catch_up = true; }

 private:
  Slice& slice_;
};

// A Slicer without its type.
class AnySlicer {
 public:
  virtual ~AnySlicer() = default;
  virtual absl::Status NextAny(const Call& call, sql::Session& session, Slice& slice) = 0;
};

// What a stream says. One object a call, made from its request, which outlives it; it remembers
// where it is. Destroyed when the call has ended and no slice runs.
template <class Resp>
class Slicer : public AnySlicer {
 public:
  // The next slice, on a worker: a bounded piece of work, such as one page. An error ends the call
  // with it at once: what waits for the client is not sent.
  virtual absl::Status Next(const Call& call, sql::Session& session, Sink<Resp>& sink) = 0;

 private:
  absl::Status NextAny(const Call& call, sql::Session& session, Slice& slice) final {
    Sink<Resp> sink(slice);
    return Next(call, session, sink);
  }
};

using MakeSlicer = std::function<std::unique_ptr<AnySlicer>(const Message& request)>;

namespace internal {

// Starts the call, whose reactor belongs to itself.
grpc::ServerWriteReactor<grpc::ByteBuffer>* StartStream(const OpenCall::Opening& opening,
                                                        const grpc::ByteBuffer& request,
                                                        const MakeSlicer& make);

}  // namespace internal

}  // namespace puente::calls
