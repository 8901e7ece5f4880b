#include "common/context/call.h"

#include "common/names/source.h"

namespace puente {

absl::string_view Caller::kind() const { return absl::string_view(path).substr(0, path.find('/')); }

absl::string_view Caller::id() const {
  const size_t slash = path.find('/');
  return slash == path.npos ? absl::string_view() : absl::string_view(path).substr(slash + 1);
}

std::vector<std::string> SourcesOf(const Call& call) {
  if (!call.standing.sources.empty()) return call.standing.sources;
  return {SourceOfPath(call.caller.path)};
}

}  // namespace puente
