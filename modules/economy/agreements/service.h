// puente.economy.v1.AgreementService, and the due work that marks agreements that are late.
#pragma once

#include "common/calls/host.h"
#include "common/due/task.h"

namespace puente::economy {

void ServeAgreements(calls::Host& host);

// The kind of due work; its key is the agreement's id.
inline constexpr char kAgreementLate[] = "agreements.late";
absl::StatusOr<due::Next> MarkLate(const due::Slice& slice);

}  // namespace puente::economy
