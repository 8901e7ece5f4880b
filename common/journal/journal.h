// A module's journal, as whoever writes to it sees it.
#pragma once

#include <string>

#include "common/journal/token.h"
#include "common/personal/key_store.h"

namespace puente::journal {

class Sequencer;

struct Journal {
  Tokens tokens;
  Sequencer* sequencer = nullptr;  // woken after every COMMIT, if there is one
  // Of a module that keeps persons: with what their requests are known again.
  const personal::KeyStore* persons = nullptr;

  const std::string& agency() const { return tokens.agency(); }
};

}  // namespace puente::journal
