#include "console/site/origins.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace puente::console {
namespace {

absl::string_view WithoutPort(absl::string_view host) {
  const size_t colon = host.rfind(':');
  const bool has_port = colon != host.npos && host.find(']', colon) == host.npos;
  return has_port ? host.substr(0, colon) : host;
}

}  // namespace

bool IsOneOf(absl::string_view text, const std::vector<std::string>& all) {
  return std::any_of(all.begin(), all.end(), [text](const std::string& each) {
    return absl::EqualsIgnoreCase(text, each);
  });
}

bool IsLocal(const std::string& address) {
  return absl::StartsWith(address, "unix:") || absl::StartsWith(address, "127.0.0.1:") ||
         absl::StartsWith(address, "[::1]:");
}

std::vector<std::string> HostsOf(const std::string& address) {
  if (absl::StartsWith(address, "unix:")) return {};
  if (IsLocal(address)) return {"127.0.0.1", "localhost", "[::1]"};
  return {std::string(WithoutPort(address))};
}

std::string ForeignBy(const Exchange& exchange, const std::vector<std::string>& hosts,
                      const std::vector<std::string>& origins, From from) {
  const absl::string_view host = exchange.Field("Host");
  if (!hosts.empty() && !IsOneOf(WithoutPort(host), hosts)) {
    return absl::StrCat("This is not the host of: ", host);
  }
  const absl::string_view origin = exchange.Field("Origin");
  if (!origin.empty() && !absl::EqualsIgnoreCase(origin, absl::StrCat("http://", host)) &&
      !IsOneOf(origin, origins)) {
    return absl::StrCat("Not for pages of ", origin);
  }
  // Browsers say so where they send no Origin, as of a script's or an image's address.
  const absl::string_view site = exchange.Field("Sec-Fetch-Site");
  if (from == From::kOwnPages && origin.empty() && (site == "cross-site" || site == "same-site")) {
    return "Not for pages of other sites";
  }
  return "";
}

}  // namespace puente::console
