// puente.api.v1.JournalService: the agency's journal, for who holds it to account.
#pragma once

#include "common/calls/host.h"

namespace puente::agency {

void ServeJournal(calls::Host& host);

}  // namespace puente::agency
