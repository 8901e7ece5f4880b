// What a report has changed since the one before: every change as CSV and as JSON, and what its
// page says of them.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/reports/changes.h"
#include "gateway/reports/files/markup.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

// Names of its files.
inline constexpr char kChangesCsv[] = "changes.csv";
inline constexpr char kChangesJson[] = "changes.json";

// "MINOR".
absl::string_view LevelName(v1::ReportVersionLevel level);

// Takes what is written, bit by bit.
using Append = absl::FunctionRef<void(absl::string_view)>;

// Puts into the later content which report it is compared with, how many changes there are, and the
// first of them.
absl::Status SumUpChanges(const Comparison& changes, Content& after);

// table,change,level,item,STATE,STATE_es,STATE_en,…,replaced,before,before_status,after,
// after_status: a line a cell, or a change of what is no row. There are columns for the dimensions
// of all tables; `replaced` has the codes of mapped rows that are others: "STATE=07".
absl::Status WriteChangesCsv(const Comparison& changes, Append out);
// The same as one document.
absl::Status WriteChangesJson(const Comparison& changes, Append out);

// "What has changed since 1.0.0" of a page; nothing of a report that is the first.
void AddChanges(Markup& html, const View& view, Language language);

}  // namespace puente::gateway::reports
