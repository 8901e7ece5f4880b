#include "gateway/report_definitions/rules.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/errors.h"

namespace puente::gateway {
namespace {

// "codebook.csv" and "changes.csv" are files of reports, beside "TABLE.csv" of each table.
bool IsReserved(const std::string& table) { return table == "codebook" || table == "changes"; }

// What it lacks is said by the fields' own rules, and so nothing is said of what it has none of.
class TableCheck {
 public:
  TableCheck(const v1::ReportTable& table, std::string path, std::vector<Violation>& violations)
      : table_(table), path_(std::move(path)), violations_(violations) {}

  void Run() {
    if (IsReserved(table_.table())) Add(Against(rule::kReservedTable), "table");
    for (int i = 0; i < table_.sources_size(); ++i) CheckMeasures(i);
    for (int i = 0; i < table_.codes_size(); ++i) {
      CheckKept(table_.codes(i).dimension(), absl::StrCat("codes[", i, "].dimension"));
    }
    for (int i = 0; i < table_.charts_size(); ++i) CheckChart(i);
  }

 private:
  // `reads`: what is wrong where one of these is wrong is a consequence.
  void Add(Violation&& violation, const std::string& field, std::vector<std::string> reads = {}) {
    violations_.push_back(
        std::move(violation).At(absl::StrCat(path_, ".", field)).Reading(std::move(reads)));
  }

  void CheckMeasures(int source) {
    std::set<std::string> own;  // twice in one source is said by the field's own rule
    for (int i = 0; i < table_.sources(source).measures_size(); ++i) {
      const std::string& measure = table_.sources(source).measures(i);
      if (!own.insert(measure).second || taken_.insert(measure).second) continue;
      Add(Against(rule::kTakenTwice, "measure"_is(measure)),
          absl::StrCat("sources[", source, "].measures[", i, "]"));
    }
  }

  bool CheckKept(const std::string& dimension, const std::string& field) {
    if (dimension.empty() || table_.dimensions().empty() ||
        absl::c_linear_search(table_.dimensions(), dimension)) {
      return true;
    }
    std::vector<std::string> reads;
    for (int i = 0; i < table_.dimensions_size(); ++i) {
      reads.push_back(absl::StrCat(path_, ".dimensions[", i, "]"));
    }
    Add(Against(rule::kNotKept, "kept"_is(absl::StrJoin(table_.dimensions(), ", "))), field,
        std::move(reads));
    return false;
  }

  void CheckChart(int i) {
    const v1::ReportChart& chart = table_.charts(i);
    const std::string path = absl::StrCat("charts[", i, "]");
    const bool kept = CheckKept(chart.dimension(), absl::StrCat(path, ".dimension"));
    if (kept && chart.kind() == v1::REPORT_CHART_KIND_TILES && chart.dimension() != "STATE") {
      Add(Against(rule::kTilesOfStates), absl::StrCat(path, ".dimension"));
    }
    if (chart.measure().empty() || taken_.empty() || taken_.contains(chart.measure())) return;
    std::vector<std::string> reads;
    for (int source = 0; source < table_.sources_size(); ++source) {
      for (int measure = 0; measure < table_.sources(source).measures_size(); ++measure) {
        reads.push_back(absl::StrCat(path_, ".sources[", source, "].measures[", measure, "]"));
      }
    }
    Add(Against(rule::kNotTaken, "taken"_is(absl::StrJoin(taken_, ", "))),
        absl::StrCat(path, ".measure"), std::move(reads));
  }

  const v1::ReportTable& table_;
  const std::string path_;
  std::vector<Violation>& violations_;
  std::set<std::string> taken_;  // measures of the sources
};

void CheckReplaced(const v1::ReportDefinition& definition, const std::string& under,
                   std::vector<Violation>& violations) {
  std::set<std::pair<std::string, std::string>> replaced;
  const auto path = [&](int i, const char* field) {
    return absl::StrCat(under, ".replaced_codes[", i, "].", field);
  };
  for (int i = 0; i < definition.replaced_codes_size(); ++i) {
    const v1::ReportReplacedCode& one = definition.replaced_codes(i);
    if (replaced.emplace(one.code_list(), one.code()).second) continue;
    violations.push_back(Against(rule::kReplacedTwice).At(path(i, "code")));
  }
  for (int i = 0; i < definition.replaced_codes_size(); ++i) {
    const v1::ReportReplacedCode& one = definition.replaced_codes(i);
    if (!replaced.contains({one.code_list(), one.replaced_by()})) continue;
    violations.push_back(Against(rule::kReplacedByReplaced).At(path(i, "replaced_by")));
  }
}

}  // namespace

std::vector<Violation> CheckReportDefinition(const v1::ReportDefinition& definition,
                                             const std::string& under) {
  std::vector<Violation> violations;
  for (int i = 0; i < definition.tables_size(); ++i) {
    TableCheck(definition.tables(i), absl::StrCat(under, ".tables[", i, "]"), violations).Run();
  }
  CheckReplaced(definition, under, violations);
  return violations;
}

}  // namespace puente::gateway
