// What waits for a caller.
#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/agenda.pb.h"

namespace puente::agenda {

// Most items of a kind.
inline constexpr int kMost = 50;

// The request is the Agenda as far as it is known: whose it is.
const compose::Plan& AgendaPlan();

// "organizations/utt" of the caller "organization/utt"; "" of callers of another kind.
std::string RecordOf(absl::string_view caller, absl::string_view kind);

// Adds what agencies have said to what the gateway itself knows, and puts all in order.
gateway::v1::Agenda ComposeAgenda(const compose::Results& results, gateway::v1::Agenda own,
                                  absl::Time now);

}  // namespace puente::agenda
