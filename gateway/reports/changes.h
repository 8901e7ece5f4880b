// What is different between two reports of one definition, and what that makes of the version.
// docs/decisions/0072 says why. Rows of both are walked over once, in the order of their codes, so
// that of a table one row of each is in memory.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/reports/content.pb.h"
#include "gateway/reports/files/rows.h"
#include "puente/gateway/v1/report.pb.h"
#include "puente/gateway/v1/report_definition.pb.h"

namespace puente::gateway::reports {

// Of a report that nothing went before.
inline constexpr char kFirstVersion[] = "1.0.0";

// The rows of a table, in the order of their codes.
class RowSource {
 public:
  virtual ~RowSource() = default;
  // Null at the end. Good until the next call.
  virtual absl::StatusOr<const api::v1::FigureRow*> Next() = 0;
};
// Those that are in memory; they must outlive it.
std::unique_ptr<RowSource> InMemory(const Rows& rows);

// A report to compare: its rows come from `rows`, by the table's id, as often as they are asked
// for.
struct Side {
  const Content& content;
  std::function<std::unique_ptr<RowSource>(const std::string& table)> rows;
};

// By code list and code: the code that has taken its place.
using Replaced = std::map<std::string, std::map<std::string, std::string>>;
// Those of the definition that have come to pass: the first report has the code, the other has not,
// and has the one that takes its place.
Replaced ReplacedCodes(const v1::ReportDefinition& definition, const Content& before,
                       const Content& after);

// A change of what is no row.
struct Change {
  v1::ReportChangeKind kind;
  std::string table;  // "" of what is the report's
  std::string item;   // "HEADS", "STATE", or which text: "title.es", "CL_STATE.09.es"
  std::string before = "", after = "";
};

// A table that both have, or one of them; rows are told of it.
struct TablePair {
  const api::v1::FigureTable* before;  // null of one that came
  const api::v1::FigureTable* after;   // null of one that is gone
  // Places of the measures that are compared: in the first report, in the other.
  std::vector<std::pair<int, int>> measures;

  const std::string& id() const { return (after == nullptr ? before : after)->table(); }
};

// A row that is not as it was.
struct RowChange {
  v1::ReportChangeKind kind;
  const api::v1::FigureRow* before;  // null of one that came
  const api::v1::FigureRow* after;   // null of one that is gone
};

class ChangeVisitor {
 public:
  virtual ~ChangeVisitor() = default;
  virtual void See(const Change& change) = 0;
  virtual void SeeRow(const TablePair& table, const RowChange& change) = 0;
};

// Two reports, as often as they are walked over: the first is the one before.
struct Comparison {
  Side before, after;
  Replaced replaced;

  // Shows what is different: first what is the report's own, then the tables of `after` in their
  // order, then those that are gone. Of tables that came or are gone no rows are shown. An error is
  // one of reading rows.
  absl::Status Show(ChangeVisitor& visitor) const;
};

bool SameFigure(const type::v1::Figure& one, const type::v1::Figure& other);

v1::ReportVersionLevel LevelOf(v1::ReportChangeKind kind);
// Whether the one is lower than the other: "1.9.0" than "1.10.0".
bool VersionPrecedes(absl::string_view one, absl::string_view other);
// "1.2.3" grown at this level. What is no version is taken for the first.
std::string NextVersion(absl::string_view previous, v1::ReportVersionLevel level);

}  // namespace puente::gateway::reports
