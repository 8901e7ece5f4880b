#include "common/identity/principals.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/context/text_proto.h"
#include "common/identity/errors.h"
#include "common/identity/registry.pb.h"
#include "common/identity/spiffe.h"
#include "common/names/pattern.h"
#include "common/names/source.h"
#include "common/status/macros.h"

namespace puente::identity {
namespace {

// The file's bytes may be any.
absl::Status Invalid(absl::string_view where, absl::string_view why) {
  constexpr size_t kMost = 120;
  return Error(error::kRegistryInvalid, "where"_is(absl::CHexEscape(where.substr(0, kMost))),
               "why"_is(absl::CHexEscape(why.substr(0, kMost))));
}

// What a caller wrote, as it may stand in an answer.
std::string Quoted(absl::string_view text) {
  return std::string(IsResourceId(text) ? text : absl::string_view("?"));
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Principals>> Principals::Parse(absl::string_view text) {
  RegistryFile file;
  if (const auto fault = ParseText(text, file)) {
    // Line 1 of a file is its signature.
    return Invalid(absl::StrCat("line ", fault->line + 1), fault->why);
  }
  if (file.serial() < 1) return Invalid("serial", "it must be 1 or more");
  auto principals = std::make_shared<Principals>();
  principals->serial_ = file.serial();
  for (const Principal& principal : file.principals()) {
    const std::string& path = principal.path();
    if (!IsPrincipalPath(path))
      return Invalid(path.empty() ? "principals.path" : path, "no caller has such a path");
    const auto [entry, fresh] = principals->entries_.try_emplace(path);
    if (!fresh) return Invalid(path, "it is there twice");
    entry->second.blocked = principal.blocked();
    RETURN_IF_ERROR(principals->SetStanding(principal, entry->second.standing));
    if (absl::EndsWith(path, "/*") && !principal.actors().empty()) {
      return Invalid(path, "actors act for one principal, not for all of a kind");
    }
    for (const Actor& actor : principal.actors()) {
      const std::string where = absl::StrCat(path, " ", actor.id());
      if (!IsResourceId(actor.id())) return Invalid(where, "an actor needs an id");
      std::vector<api::v1::ActorRole> roles;
      for (const int role : actor.roles()) {
        if (role == api::v1::ACTOR_ROLE_UNSPECIFIED || !api::v1::ActorRole_IsValid(role)) {
          return Invalid(where, "it has no such role");
        }
        // Blocked, an actor is as good as none, but his id stays taken.
        if (!actor.blocked()) roles.push_back(static_cast<api::v1::ActorRole>(role));
      }
      if (actor.roles().empty()) return Invalid(where, "an actor needs a role");
      if (!entry->second.actors.emplace(actor.id(), std::move(roles)).second) {
        return Invalid(where, "it is there twice");
      }
    }
  }
  return principals;
}

// A source says who speaks: no two may have one, be it listed or come from a path.
absl::Status Principals::SetStanding(const Principal& principal, Standing& standing) {
  const std::string& path = principal.path();
  if (!type::v1::RecordKind_IsValid(principal.record_kind())) {
    return Invalid(path, "there is no such kind of records");
  }
  if (principal.record_kind() != type::v1::RECORD_KIND_UNSPECIFIED) {
    standing.record_kind = principal.record_kind();
  }
  if (absl::EndsWith(path, "/*") && !principal.sources().empty()) {
    return Invalid(path, "a source is one principal's, not that of all of a kind");
  }
  for (const std::string& source : principal.sources()) {
    const std::string where = absl::StrCat(path, " ", source);
    if (!IsSource(source)) return Invalid(where, "a source has no such form");
    if (source != SourceOfPath(path) && IsCallerPath(absl::StrReplaceAll(source, {{".", "/"}}))) {
      return Invalid(where, "the source is that of another's path");
    }
    const auto [owner, fresh] = owners_.try_emplace(source, path);
    if (!fresh) return Invalid(where, absl::StrCat("the source is that of ", owner->second));
    standing.sources.push_back(source);
  }
  return absl::OkStatus();
}

const Principals::Entry* Principals::Find(absl::string_view caller) const {
  auto found = entries_.find(caller);
  if (found == entries_.end()) {
    found = entries_.find(absl::StrCat(caller.substr(0, caller.find('/')), "/*"));
  }
  return found == entries_.end() ? nullptr : &found->second;
}

absl::Status Principals::CheckCaller(absl::string_view caller) const {
  const Entry* entry = Find(caller);
  if (entry != nullptr && !entry->blocked) return absl::OkStatus();
  return entry == nullptr ? Error(error::kCallerNotRegistered, "caller"_is(caller))
                          : Error(error::kCallerBlocked, "caller"_is(caller));
}

Standing Principals::StandingOf(absl::string_view caller) const {
  const Entry* entry = Find(caller);
  return entry == nullptr ? Standing() : entry->standing;
}

absl::StatusOr<std::vector<api::v1::ActorRole>> Principals::RolesOf(absl::string_view caller,
                                                                    absl::string_view actor) const {
  if (const Entry* entry = Find(caller)) {
    const auto found = entry->actors.find(actor);
    if (found != entry->actors.end() && !found->second.empty()) return found->second;
  }
  return Error(error::kActorUnknown, "caller"_is(caller), "actor"_is(Quoted(actor)));
}

}  // namespace puente::identity
