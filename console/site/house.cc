#include "console/site/house.h"

#include "console/connect/query.h"
#include "console/site/origins.h"
#include "console/site/reference.h"

namespace puente::console {

House::House(Channels& channels, std::vector<std::string> hosts, std::vector<std::string> origins)
    : gate_(channels), hosts_(std::move(hosts)), origins_(std::move(origins)) {}

void House::Handle(std::shared_ptr<Exchange> exchange) {
  if (const std::string why = ForeignBy(*exchange, hosts_, origins_); !why.empty()) {
    return exchange->Send(TextAnswer(403, why + "\n"));
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
