// A module's journal, as whoever writes to it sees it.
#pragma once

#include <string>

#include "common/journal/token.h"

namespace puente::journal {

class Sequencer;

struct Journal {
  Tokens tokens;
  Sequencer* sequencer = nullptr;  // woken after every COMMIT, if there is one

  const std::string& agency() const { return tokens.agency(); }
};

}  // namespace puente::journal
