// ExportReportFile and ExportReportRows: what is kept of a report, as it is kept.
#pragma once

#include <memory>

#include "common/calls/stream.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway {

std::unique_ptr<calls::Slicer<v1::ExportReportFileResponse>> ExportReportFile(
    const v1::ExportReportFileRequest& request);
std::unique_ptr<calls::Slicer<v1::ExportReportRowsResponse>> ExportReportRows(
    const v1::ExportReportRowsRequest& request);

}  // namespace puente::gateway
