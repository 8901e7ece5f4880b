// A request over HTTP whose answer may come later, from any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace puente::console {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Answer {
  int status = 200;
  Fields fields;  // all but those that say how long the body is and how it is sent
  std::string body;
};

// Thread-safe. What is given to it is called in turn, never at the same time, perhaps from within
// the call that gives it. Answered once: by Send, or by Begin, Write and End.
class Exchange {
 public:
  virtual ~Exchange() = default;

  virtual absl::string_view method() const = 0;
  virtual absl::string_view target() const = 0;  // "/path?query"
  // "" if the request has no such field.
  virtual absl::string_view Field(absl::string_view name) const = 0;
  virtual bool Has(absl::string_view name) const = 0;  // also with nothing in it
  // The request's body: all of it (RESOURCE_EXHAUSTED if that is more than `most`, ABORTED while
  // there is too much of others'), or the next piece, "" at its end. UNAVAILABLE if the client is
  // gone or too slow.
  using Body = std::function<void(absl::StatusOr<std::string>)>;
  virtual void ReadAll(size_t most, Body done) = 0;
  virtual void ReadSome(Body done) = 0;
  // Whether there is room for so many bytes more that the body becomes, until it is answered or
  // they are given back. For one at a time who reads no body meanwhile.
  virtual bool TakeRoom(size_t bytes) = 0;
  virtual void GiveRoomBack(size_t bytes) = 0;

  // A field that its answer has besides its own, whoever gives it. Before that is given.
  virtual void AddField(std::string name, std::string value) = 0;
  virtual void Send(Answer answer) = 0;

  // The body of `head` is not sent. `done` says whether the client is still there, once its side
  // has taken what was written: the next piece waits for that.
  virtual void Begin(Answer head) = 0;
  virtual void Write(std::string piece, std::function<void(bool)> done) = 0;
  virtual void End() = 0;

  // Called once if the client goes away while its answer is awaited; at once if it is gone.
  virtual void WhenGone(std::function<void()> gone) = 0;
};

class Handler {
 public:
  virtual ~Handler() = default;
  // When the head of a request has been read.
  virtual void Handle(std::shared_ptr<Exchange> exchange) = 0;
};

// Sends text, as an error of HTTP's own.
inline Answer TextAnswer(int status, std::string text) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(text)};
}

}  // namespace puente::console
