// A report as one page for people: no network, no script; charts, their tables, where it comes
// from.
#pragma once

#include <string>

#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

// "report.es.html".
std::string PageName(Language language);
std::string Page(const View& view, Language language);

}  // namespace puente::gateway::reports
