// A file of a report as a browser saves it: what no page can make of a stream by itself.
#pragma once

#include "common/federation/channels.h"
#include "console/connect/call.h"

namespace puente::console {

// "/reports/REPORT/FILE".
bool IsReportFile(absl::string_view path);

// Answers a GET of such a path. One that breaks off is never taken for whole.
void SendReportFile(Channels& channels, const Said& said, std::shared_ptr<Exchange> exchange);

}  // namespace puente::console
