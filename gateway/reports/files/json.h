// A report as one JSON document, and the manifest of its files.
#pragma once

#include "absl/types/span.h"
#include "gateway/reports/files/files.h"
#include "gateway/reports/files/output.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

// Names of its files that others look for.
inline constexpr char kReportJson[] = "report.json";
inline constexpr char kManifest[] = "manifest.json";

// All of the content: code lists, and tables with a row an object. A figure is
// {"value": 12, "status": "A"}, or {"value": null, "status": "Q"}. A row a line.
void WriteReportJson(const View& view, Output& out);

// What the files rest on, and the SHA-256, bytes and media type of each. `puente report verify`
// reads it.
void WriteManifestJson(const View& view, absl::Span<const File> files, Output& out);

}  // namespace puente::gateway::reports
