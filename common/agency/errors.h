// Errors of what every agency serves.
#pragma once

#include "common/status/error.h"

namespace puente::agency::error {

inline constexpr ErrorSpec kCountedKindAlreadyExists{
    "COUNTED_KIND_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "puente",
    "Ya existe $name; use otro id.", "$name already exists; use another id."};

inline constexpr ErrorSpec kJournalEntryNotFound{
    "JOURNAL_ENTRY_NOT_FOUND", absl::StatusCode::kNotFound, "puente",
    "No hay un asiento $name en esta bitácora; vea ListJournalEntries.",
    "There is no entry $name in this journal; see ListJournalEntries."};

}  // namespace puente::agency::error
