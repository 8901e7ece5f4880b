// A report as one page for people: no network, no script; charts, their tables, where it comes
// from.
#pragma once

#include <string>

#include "gateway/reports/files/output.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

// "report.es.html".
std::string PageName(Language language);
void WritePage(const View& view, Language language, Output& out);

}  // namespace puente::gateway::reports
