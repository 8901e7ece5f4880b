// Which servers can be reached now, and who the caller is to the first that answers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/federation/channels.h"
#include "console/connect/call.h"
#include "puente/api/v1/server.pb.h"

namespace puente::console {

struct Reach {
  struct Server {
    std::string server;
    bool reachable = false;
  };
  std::vector<Server> servers;  // the gateway first
  // Its refusal of the caller or the actor, where they answer with one.
  absl::Status refusal;
  api::v1::WhoAmIResponse who;
};

// Asks all side by side and calls `done` when the last has answered, or has had a second.
void AskWho(Channels& channels, const Said& said, std::function<void(Reach)> done);

}  // namespace puente::console
