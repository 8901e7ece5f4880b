// What is wrong with the content of a report.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kReportContentWrong{
    "REPORT_CONTENT_WRONG", absl::StatusCode::kInternal, "gateway.puente",
    "El contenido del informe no puede escribirse: $place $what. No se publicó nada; corrija la "
    "definición o el extracto y repita la corrida.",
    "The report's content can't be written: $place $what. Nothing was published; correct the "
    "definition or the extract, and run it again."};

}  // namespace puente::error
