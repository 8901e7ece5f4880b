// A module's journal, as whoever writes to it sees it.
#pragma once

#include <string>

namespace puente::journal {

class Sequencer;

struct Journal {
  std::string agency;
  Sequencer* sequencer = nullptr;  // woken after every COMMIT, if there is one
};

}  // namespace puente::journal
