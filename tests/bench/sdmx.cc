// A published table of 100,000 observations by SDMX's REST form, as the gateway serves it once it
// has been asked for, beside the same library that sends the same bytes from memory.
#include <httplib.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "gateway/module.h"
#include "gateway/reports/make.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/rest/endpoint.h"
#include "gateway/reports/stored.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

using namespace gateway::reports;

constexpr char kPath[] = "/sdmx/rest/data/CELLS";

// Of 32 states and so many skills, two measures each.
Told Cells(int64_t skills) {
  Told told;
  Content& content = told.content;
  content.set_report("bench");
  content.set_version("1.0.0");
  for (const char* const id : {"STATE", "SKILL"}) {
    auto& list = *content.add_code_lists();
    list.set_code_list(absl::StrCat("CL_", id));
    for (int64_t i = 0; i < (list.code_list() == "CL_STATE" ? 32 : skills); ++i) {
      auto& code = *list.add_codes();
      code.set_code(absl::StrCat(10'000 + i));
      code.set_name_es(code.code());
    }
  }
  auto& table = *content.add_tables()->mutable_table();
  table.set_table("cells");
  for (const auto& list : content.code_lists()) {
    auto& dimension = *table.add_dimensions();
    dimension.set_dimension(list.code_list().substr(3));
    dimension.set_code_list(list.code_list());
  }
  for (const char* const measure : {"HEADS", "POSTS"}) {
    table.add_measures()->set_measure(measure);
    table.mutable_measures()->rbegin()->set_unit("PERSONS");
  }
  Rows& rows = told.rows.emplace_back(NoRows(content.tables(0)));
  for (const auto& state : content.code_lists(0).codes()) {
    for (const auto& skill : content.code_lists(1).codes()) {
      const std::vector<uint32_t> numbers = {rows.numbering(0).NumberOf(state.code()),
                                             rows.numbering(1).NumberOf(skill.code())};
      const absl::Span<Figure> figures = rows.FiguresOf(rows.Add(numbers));
      figures[0] = *Figure::OfValue(std::ssize(rows));
      figures[1] = *Figure::OfValue(0);
    }
  }
  rows.Sort();
  return told;
}

// As the gateway keeps it.
void Publish(const sql::Target& schema, const Told& told) {
  Site::Shared().Execute(
      schema,
      "INSERT INTO report_definition (id, version, definition_version, title_es, title_en,"
      " summary_es, summary_en, tables, source, record_kind, create_time, update_time) VALUES"
      " ('bench', 1, 1, '', '', '', '', '', 'bench', 1, NOW(6), NOW(6))");
  Site::Shared().Execute(
      schema,
      "INSERT INTO report (id, version, state, report_definition, definition_version,"
      " report_version, title_es, title_en, maker, maker_actor, approver, approver_actor,"
      " publish_time, state_reason, failure, failure_es, failure_en, source, record_kind,"
      " create_time, update_time) VALUES ('bench', 1, 5, 'reportDefinitions/bench', 1, '1.0.0', '',"
      " '', '', '', '', '', NOW(6), '', '', '', '', 'bench', 1, NOW(6), NOW(6))");
  sql::Connection connection(schema);
  const auto add = [&](PartKind kind, const std::string& item, int number,
                       const std::string& part) {
    const auto added = connection.Execute({"bench.part",
                                           "INSERT INTO report_part (report, kind, item, number,"
                                           " content) VALUES ('bench', ?, ?, ?, ?)"},
                                          {static_cast<int>(kind), item, number, part});
    if (!added.ok()) Die(added.status().ToString());
  };
  int number = 0;
  const View view = Must(View::Of(told));
  const auto keep = [&](absl::string_view part) {
    add(PartKind::kRows, "cells", number++, std::string(part));
    return absl::OkStatus();
  };
  if (!RowAnswers(told.content, view.tables()[0], keep).ok()) Die("no rows");
  number = 0;
  const std::string whole = crypto::Canonical(told.content);
  for (const absl::string_view piece : Pieces(whole, kExtractPiece)) {
    add(PartKind::kContent, "", number++, std::string(piece));
  }
}

std::string Get(int port) {
  httplib::Client client("127.0.0.1", port);
  const httplib::Result result = client.Get(kPath, {{"Accept-Encoding", "identity"}});
  if (!result || result->status != 200) Die("the table is not served");
  return result->body;
}

}  // namespace

void MeasureSdmx(const Options& options) {
  const sql::Target schema = Site::Shared().Schema(gateway::Gateway().migrations);
  Publish(schema, Cells(1'563));
  StoredReports reports(schema);
  telemetry::HttpMetrics metrics("sdmx");
  Endpoint endpoint(reports, metrics);
  const auto port = endpoint.Listen("127.0.0.1", 0);
  if (!port.ok()) Die(port.status().ToString());
  const std::string body = Get(*port);
  httplib::Server memory;
  memory.Get(kPath, [&](const httplib::Request&, httplib::Response& answer) {
    answer.set_content(body, "application/xml");
  });
  const int bare = memory.bind_to_any_port("127.0.0.1");
  std::thread serving([&] { memory.listen_after_bind(); });
  while (!memory.is_running()) std::this_thread::yield();
  const double seconds = options.round_seconds();
  const auto figures = Interleave({[&] { return MedianMilliseconds(seconds, [&] { Get(*port); }); },
                                   [&] { return MedianMilliseconds(seconds, [&] { Get(bare); }); }},
                                  options.pairs());
  memory.stop();
  serving.join();
  // Half of the rate is twice the time.
  Print(options, {"sdmx.table", "ms", AtMost(2)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
