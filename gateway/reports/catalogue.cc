#include "gateway/reports/catalogue.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/resource/page.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "gateway/errors.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/previous.h"
#include "gateway/reports/resource.h"
#include "puente/gateway/v1/report_definition.pb.h"

namespace puente::gateway {
namespace {

using reports::Standing;

// After this table of this definition.
struct Place {
  std::string definition;
  int table = -1;
};

// As it was when the report was asked for. REPORT_BROKEN where that is none.
absl::StatusOr<v1::ReportDefinition> KeptDefinition(sql::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(const std::string kept,
                   reports::ReadWhole(session, {id, reports::PartKind::kDefinition, ""}));
  v1::ReportDefinition definition;
  if (definition.ParseFromString(kept) && !definition.name().empty()) return definition;
  return Error(error::kReportBroken, "name"_is(Reports().pattern().Format({id})));
}

v1::PublishedTable Described(const v1::Report& report, const v1::ReportTableSummary& summary,
                             const v1::ReportTable& defined) {
  v1::PublishedTable table;
  table.set_report(report.name());
  table.set_table(summary.table());
  table.set_title_es(summary.title_es());
  table.set_title_en(summary.title_en());
  *table.mutable_dimensions() = defined.dimensions();
  for (const v1::ReportTableSource& source : defined.sources()) {
    table.mutable_measures()->MergeFrom(source.measures());
  }
  table.set_row_count(summary.row_count());
  table.set_record_kind(summary.record_kind());
  table.set_report_definition(report.report_definition());
  table.set_report_version(report.report_version());
  *table.mutable_publish_time() = report.publish_time();
  return table;
}

// One more than fits, if there are more.
absl::StatusOr<std::vector<std::pair<Place, v1::PublishedTable>>> ReadAfter(sql::Session& session,
                                                                            const Place& after,
                                                                            size_t most) {
  std::vector<std::pair<Place, v1::PublishedTable>> page;
  ASSIGN_OR_RETURN(Standing one, reports::StandingFrom(session, after.definition));
  while (!one.id.empty()) {
    ASSIGN_OR_RETURN(const v1::Report report,
                     resource::Get(session, Reports(), Reports().pattern().Format({one.id})));
    const absl::StatusOr<v1::ReportDefinition> definition = KeptDefinition(session, one.id);
    if (absl::IsDataLoss(definition.status())) {  // the others are read all the same
      telemetry::Log(telemetry::Severity::kError, "published_report_left_out",
                     {{"report", one.id}, {"why", definition.status().message()}});
    } else {
      RETURN_IF_ERROR(definition.status());
      // Tables of a report are its definition's, in their order.
      const int first = one.definition == after.definition ? after.table + 1 : 0;
      for (int i = first; i < report.tables_size() && i < definition->tables_size(); ++i) {
        page.emplace_back(Place{one.definition, i},
                          Described(report, report.tables(i), definition->tables(i)));
        if (page.size() > most) return page;
      }
    }
    ASSIGN_OR_RETURN(one, reports::StandingAfter(session, one.definition));
  }
  return page;
}

}  // namespace

absl::StatusOr<v1::ListPublishedTablesResponse> ListPublishedTables(
    const Call& call, sql::Session& session, const v1::ListPublishedTablesRequest& request) {
  const std::vector<absl::string_view> binding = {call.method, call.caller.path};
  Place after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 2));
    after.definition = cursor[0];
    if (!absl::SimpleAtoi(cursor[1], &after.table)) {
      return Error(resource::error::kInvalidPageToken);
    }
  }
  const size_t most = resource::PageSize(request.page_size());
  using Page = std::vector<std::pair<Place, v1::PublishedTable>>;
  // Of one moment: a report may be withdrawn meanwhile.
  ASSIGN_OR_RETURN(Page page, session.Snapshot<Page>([&](sql::Session& snapshot) {
    return ReadAfter(snapshot, after, most);
  }));
  v1::ListPublishedTablesResponse response;
  if (page.size() > most) {
    page.resize(most);
    const Place& last = page.back().first;
    response.set_next_page_token(
        resource::MakePageToken(binding, {last.definition, absl::StrCat(last.table)}));
  }
  for (auto& [place, table] : page) *response.add_tables() = std::move(table);
  return response;
}

}  // namespace puente::gateway
