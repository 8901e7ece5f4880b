// Tables as CSV (RFC 4180, but for LF at the end of lines) and what their columns and codes mean.
#pragma once

#include "gateway/reports/files/output.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

// STATE,STATE_es,STATE_en,…,AWARDS,AWARDS_status: of each dimension the code and its names, of each
// measure the value, empty unless it is told, and its status.
void WriteTableCsv(const TableView& table, Output& out);

// table,kind,id,code,es,en: what each table, dimension, measure, unit, code and status is called.
void WriteCodebookCsv(const View& view, Output& out);

}  // namespace puente::gateway::reports
