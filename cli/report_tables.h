// Reports as tables of 80 columns, and how far one is in words.
#pragma once

#include <string>

#include "cli/labels.h"
#include "cli/printer.h"
#include "cli/table.h"
#include "google/protobuf/repeated_field.h"
#include "puente/gateway/v1/report.pb.h"
#include "puente/gateway/v1/report_definition.pb.h"
#include "puente/gateway/v1/report_schedule.pb.h"

namespace puente::cli {

const Label& LabelOf(gateway::v1::ReportState state);
const Label& LabelOf(gateway::v1::ReportScheduleState state);

Table TableOfReports(Language language,
                     const google::protobuf::RepeatedPtrField<gateway::v1::Report>& reports);
Table TableOfDefinitions(
    Language language,
    const google::protobuf::RepeatedPtrField<gateway::v1::ReportDefinition>& definitions);

Table TableOfSchedules(
    Language language,
    const google::protobuf::RepeatedPtrField<gateway::v1::ReportSchedule>& schedules);

// A report: what it is, what it rests on, its tables and its files.
void Print(Printer& printer, const gateway::v1::Report& report);

// "economy: fetched 64 of 128 KB" of an extract; what is asked of whom.
std::string ProgressText(Language language, const gateway::v1::ReportExtract& extract);

}  // namespace puente::cli
