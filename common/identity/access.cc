#include "common/identity/access.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/identity/errors.h"
#include "common/identity/spiffe.h"
#include "common/status/macros.h"
#include "puente/api/v1/options.pb.h"

namespace puente::identity {
namespace {

constexpr absl::string_view kEverybody = "*";
constexpr char kSelf[] = "self";

bool MatchesAny(const std::vector<std::string>& patterns, absl::string_view path) {
  return absl::c_any_of(patterns,
                        [path](const std::string& pattern) { return Matches(pattern, path); });
}

const std::vector<std::string>& AllPurposes() {
  static const auto* const all = [] {
    auto* ids = new std::vector<std::string>();
    const auto& type = *api::v1::Purpose_descriptor();
    for (int i = 1; i < type.value_count(); ++i) {
      ids->push_back(PurposeId(static_cast<api::v1::Purpose>(type.value(i)->number())));
    }
    return ids;
  }();
  return *all;
}

}  // namespace

bool Matches(absl::string_view pattern, absl::string_view path) {
  if (pattern == kEverybody) return true;
  if (absl::EndsWith(pattern, "/*")) {
    pattern.remove_suffix(1);
    return path.size() > pattern.size() && absl::StartsWith(path, pattern);
  }
  return !pattern.empty() && pattern == path;
}

MethodAccess::MethodAccess(const google::protobuf::MethodDescriptor& method, absl::string_view self)
    : method_(absl::StrCat("/", method.service()->full_name(), "/", method.name())) {
  const api::v1::Access& access = method.options().GetExtension(api::v1::access);
  callers_.assign(access.callers().begin(), access.callers().end());
  if (!self.empty()) absl::c_replace(callers_, std::string(kSelf), std::string(self));
  owners_.assign(access.owners().begin(), access.owners().end());
  agents_.assign(access.agents().begin(), access.agents().end());
  for (const int role : access.roles()) roles_.push_back(static_cast<api::v1::ActorRole>(role));
  for (const int purpose : access.purposes()) {
    purposes_.push_back(PurposeId(static_cast<api::v1::Purpose>(purpose)));
  }
  everybody_ = absl::c_linear_search(callers_, kEverybody);
  only_delegated_ = access.only_delegated();
  opens_personal_ = access.opens_personal();
  delegable_ = only_delegated_ || access.delegable();
}

bool MethodAccess::Allows(absl::string_view path) const {
  return everybody_ || MatchesAny(callers_, path) || MatchesAny(owners_, path) || Agent(path);
}

bool MethodAccess::OwnerOnly(absl::string_view caller) const {
  return !everybody_ && !MatchesAny(callers_, caller) &&
         (MatchesAny(owners_, caller) || Agent(caller));
}

bool MethodAccess::Agent(absl::string_view caller) const { return MatchesAny(agents_, caller); }

std::string MethodAccess::Allowed() const {
  std::vector<std::string> allowed = callers_;
  for (const std::string& owner : owners_) allowed.push_back(owner + " (own records)");
  for (const std::string& agent : agents_) allowed.push_back(agent + " (for others)");
  return allowed.empty() ? "-" : absl::StrJoin(allowed, ", ");
}

absl::Status MethodAccess::Refused(absl::string_view caller) const {
  return Error(error::kCallerRefused, "caller"_is(caller), "method"_is(method_),
               "allowed"_is(Allowed()));
}

absl::Status MethodAccess::Check(const Claims& claims, const Principals& known) const {
  RETURN_IF_ERROR(CheckCaller(claims));
  const absl::string_view caller = claims.original.empty() ? claims.peer : claims.original;
  RETURN_IF_ERROR(known.CheckCaller(claims.peer));
  if (caller != claims.peer) RETURN_IF_ERROR(known.CheckCaller(caller));
  RETURN_IF_ERROR(CheckActor(caller, claims.actor, known));
  return CheckPurpose(caller, claims.purpose);
}

absl::Status MethodAccess::CheckCaller(const Claims& claims) const {
  const absl::string_view peer = claims.peer, original = claims.original;
  if (original.empty()) {
    if (!Allows(peer)) return Refused(peer);
    return only_delegated_ ? Error(error::kDelegationRequired, "method"_is(method_))
                           : absl::OkStatus();
  }
  const auto refused = [&](const char* why) {
    return Error(error::kDelegationRefused, "caller"_is(peer), "method"_is(method_), "why"_is(why));
  };
  if (peer != kGateway) return refused("only the gateway passes calls on");
  if (!delegable_) return refused("the method is for direct callers");
  if (original == kGateway || !IsCallerPath(original)) return refused("there is no such caller");
  return Allows(original) ? absl::OkStatus() : Refused(original);
}

absl::Status MethodAccess::CheckActor(absl::string_view caller, absl::string_view actor,
                                      const Principals& known) const {
  if (!actor.empty()) {
    ASSIGN_OR_RETURN(const auto roles, known.RolesOf(caller, actor));
    const auto has = [&](api::v1::ActorRole role) { return absl::c_linear_search(roles, role); };
    if (roles_.empty() || absl::c_any_of(roles_, has)) return absl::OkStatus();
  } else if (roles_.empty()) {
    return absl::OkStatus();
  }
  return Error(
      error::kActorRefused, "method"_is(method_),
      "roles"_is(absl::StrJoin(roles_, ", ", [](std::string* out, api::v1::ActorRole role) {
        out->append(api::v1::ActorRole_Name(role));
      })));
}

bool MethodAccess::needs_purpose(absl::string_view caller) const {
  return !purposes_.empty() && (opens_personal_ || !OwnerOnly(caller));
}

absl::Status MethodAccess::CheckPurpose(absl::string_view caller, absl::string_view purpose) const {
  const bool needed = needs_purpose(caller);
  if (purpose.empty() && !needed) return absl::OkStatus();
  const std::vector<std::string>& allowed = needed ? purposes_ : AllPurposes();
  if (absl::c_linear_search(allowed, purpose)) return absl::OkStatus();
  return Error(error::kPurposeRefused, "method"_is(method_),
               "purposes"_is(absl::StrJoin(allowed, ", ")));
}

std::string PurposeId(api::v1::Purpose purpose) {
  const std::string& name = api::v1::Purpose_Name(purpose);
  return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripPrefix(name, "PURPOSE_")),
                             {{"_", "-"}});
}

}  // namespace puente::identity
