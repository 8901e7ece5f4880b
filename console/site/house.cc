#include "console/site/house.h"

#include "console/connect/query.h"
#include "console/site/origins.h"
#include "console/site/reference.h"

namespace puente::console {
namespace {

// What a browser asks before it lets a page of another site make a call.
Answer LeaveToCall() {
  return {204,
          {{"Access-Control-Allow-Methods", "GET, POST"},
           {"Access-Control-Allow-Headers",
            "Content-Type, Content-Encoding, If-None-Match, Connect-Protocol-Version, "
            "Connect-Timeout-Ms, Connect-Content-Encoding, Connect-Accept-Encoding, Puente-Actor, "
            "Puente-Purpose, Puente-Server"},
           {"Access-Control-Max-Age", "7200"}},
          ""};
}

}  // namespace

House::House(Channels& channels, std::vector<std::string> hosts, std::vector<std::string> origins)
    : gate_(channels), hosts_(std::move(hosts)), origins_(std::move(origins)) {}

void House::Handle(std::shared_ptr<Exchange> exchange) {
  if (const std::string why = ForeignBy(*exchange, hosts_, origins_); !why.empty()) {
    return exchange->Send(TextAnswer(403, why + "\n"));
  }
  if (!origins_.empty()) exchange->AddField("Vary", "Origin");
  if (const absl::string_view origin = exchange->Field("Origin"); IsOneOf(origin, origins_)) {
    exchange->AddField("Access-Control-Allow-Origin", std::string(origin));
    exchange->AddField("Access-Control-Expose-Headers", "ETag, Puente-Freshness");
    if (exchange->method() == "OPTIONS") return exchange->Send(LeaveToCall());
  }
  const absl::string_view path = PathOf(exchange->target());
  const bool reads = exchange->method() == "GET" || exchange->method() == "HEAD";
  if (reads && IsReference(path)) {
    return exchange->Send(ReferenceAnswer(*exchange));
  }
  if (!Gate::Owns(path)) {
    return exchange->Send(TextAnswer(404,
                                     "Ask for /PACKAGE.Service/Method of the contract; /reference "
                                     "lists them, and /openapi.json is the same for programs.\n"));
  }
  const Said said{std::string(exchange->Field("Puente-Actor")),
                  std::string(exchange->Field("Puente-Purpose")),
                  std::string(exchange->Field("Accept-Language"))};
  gate_.Serve(std::move(exchange), said);
}

}  // namespace puente::console
