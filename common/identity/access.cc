#include "common/identity/access.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/identity/errors.h"
#include "common/identity/spiffe.h"
#include "common/status/macros.h"
#include "puente/api/v1/options.pb.h"

namespace puente::identity {
namespace {

constexpr absl::string_view kEverybody = "*";

bool MatchesAny(const std::vector<std::string>& patterns, absl::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [path](const std::string& pattern) { return Matches(pattern, path); });
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

MethodAccess::MethodAccess(const google::protobuf::MethodDescriptor& method)
    : method_(absl::StrCat("/", method.service()->full_name(), "/", method.name())) {
  const api::v1::Access& access = method.options().GetExtension(api::v1::access);
  callers_.assign(access.callers().begin(), access.callers().end());
  owners_.assign(access.owners().begin(), access.owners().end());
  everybody_ = std::find(callers_.begin(), callers_.end(), kEverybody) != callers_.end();
  delegable_ = access.delegable();
}

bool MethodAccess::Allows(absl::string_view path) const {
  return everybody_ || MatchesAny(callers_, path) || MatchesAny(owners_, path);
}

bool MethodAccess::OwnerOnly(absl::string_view caller) const {
  return !everybody_ && !MatchesAny(callers_, caller) && MatchesAny(owners_, caller);
}

std::string MethodAccess::Allowed() const {
  if (callers_.empty() && owners_.empty()) return "-";
  std::string allowed = absl::StrJoin(callers_, ", ");
  for (const std::string& owner : owners_) {
    absl::StrAppend(&allowed, allowed.empty() ? "" : ", ", owner, " (own records)");
  }
  return allowed;
}

absl::Status MethodAccess::Refused(absl::string_view caller) const {
  return Error(error::kCallerRefused,
               {{"caller", std::string(caller)}, {"method", method_}, {"allowed", Allowed()}});
}

absl::Status MethodAccess::Check(absl::string_view peer, absl::string_view original) const {
  if (original.empty()) return Allows(peer) ? absl::OkStatus() : Refused(peer);
  const auto refused = [&](const char* why) {
    return Error(error::kDelegationRefused,
                 {{"caller", std::string(peer)}, {"method", method_}, {"why", why}});
  };
  if (peer != kGateway) return refused("only the gateway passes calls on");
  if (!delegable_) return refused("the method is for direct callers");
  if (original == kGateway || !IsCallerPath(original)) return refused("there is no such caller");
  return Allows(original) ? absl::OkStatus() : Refused(original);
}

}  // namespace puente::identity
