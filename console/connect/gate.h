// The contract over HTTP: every unary method and server stream by Connect's protocol, JSON and
// binary, as one caller of the federation. It has no rights of its own and keeps no answer.
#pragma once

#include "absl/container/flat_hash_map.h"
#include "common/federation/channels.h"
#include "console/connect/call.h"
#include "console/http/exchange.h"

namespace puente::console {

class Gate {
 public:
  // `channels` outlives it.
  explicit Gate(Channels& channels);

  // Whether a path is for it, be there such a method or not.
  static bool Owns(absl::string_view path);

  // Answers a request whose path it owns.
  void Serve(std::shared_ptr<Exchange> exchange, const Said& said);

 private:
  void ServeGet(std::shared_ptr<Exchange> exchange, const Method& method, const Said& said);
  void ServePost(std::shared_ptr<Exchange> exchange, const Method& method, const Said& said);
  absl::StatusOr<Call> CallOf(const Exchange& exchange, const Method& method, const Said& said,
                              Codec codec);

  Channels& channels_;
  absl::flat_hash_map<std::string, std::unique_ptr<const Method>> methods_;  // by path
  UnaryCalls calls_;
};

}  // namespace puente::console
