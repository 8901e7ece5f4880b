// What `puente-http` serves: the contract alone, to the programs of a house. Who reaches it acts as
// its caller, so it is for a proxy or for this machine.
#pragma once

#include "console/connect/gate.h"

namespace puente::console {

class House : public Handler {
 public:
  // `channels` outlives it. `hosts` and `origins` are those of ForeignBy().
  House(Channels& channels, std::vector<std::string> hosts, std::vector<std::string> origins);

  void Handle(std::shared_ptr<Exchange> exchange) override;

 private:
  Gate gate_;
  const std::vector<std::string> hosts_;
  const std::vector<std::string> origins_;
};

}  // namespace puente::console
