// One issue of the registry of principals: who may call at all, and who acts for them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/context/call.h"
#include "puente/api/v1/principals.pb.h"

namespace puente::identity {

class Principal;  // of registry.proto

// Immutable, so that calls share it while the next one is read.
class Principals {
 public:
  // Of a registry's text (registry.proto) without its signature. REGISTRY_INVALID says where and
  // why.
  static absl::StatusOr<std::shared_ptr<const Principals>> Parse(absl::string_view text);

  // OK if the caller is listed, by itself or by its kind. CALLER_NOT_REGISTERED, CALLER_BLOCKED.
  absl::Status CheckCaller(absl::string_view caller) const;

  // What a caller's records are, and its own sources; of one that is not listed, real and none.
  Standing StandingOf(absl::string_view caller) const;

  // The roles of a caller's actor. ACTOR_UNKNOWN, also if the actor is blocked.
  absl::StatusOr<std::vector<api::v1::ActorRole>> RolesOf(absl::string_view caller,
                                                          absl::string_view actor) const;

  int64_t serial() const { return serial_; }

 private:
  struct Entry {
    bool blocked = false;
    Standing standing;
    absl::flat_hash_map<std::string, std::vector<api::v1::ActorRole>> actors;
  };
  absl::Status SetStanding(const Principal& principal, Standing& standing);
  const Entry* Find(absl::string_view caller) const;

  int64_t serial_ = 0;
  absl::flat_hash_map<std::string, Entry> entries_;
  absl::flat_hash_map<std::string, std::string> owners_;  // of sources: their paths
};

}  // namespace puente::identity
