#include "gateway/reports/compose.h"

#include <limits>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/extracts/code_lists.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/reports/files/merged_list.h"
#include "gateway/reports/resource.h"

namespace puente::gateway::reports {
namespace {

using api::v1::FigureTable;

// What a table says by having no row: nothing before its first release; what a release does not
// tell may be there or not.
Figure WithoutRow(const Extract& extract, const FigureTable& table) {
  const bool is_released = absl::c_any_of(extract.head.sources(), [&](const auto& source) {
    return source.table() == table.table() && !source.release().empty();
  });
  if (table.absent_is_zero()) {
    const bool is_counted = is_released || extract.rows.at(table.table()).size() > 0;
    return is_counted ? *Figure::OfValue(0) : Figure(type::v1::MARK_MISSING);
  }
  return Figure(is_released ? type::v1::MARK_SUPPRESSED : type::v1::MARK_MISSING);
}

// The kind of the records of all whose figures it tells; not said where one does not say its own.
absl::Status AddKind(const v1::ReportDefinition& definition, const Extracts& extracts,
                     Content& content) {
  std::set<std::string> agencies;  // but those that tell names alone
  for (const v1::ReportTable& table : definition.tables()) {
    for (const v1::ReportTableSource& source : table.sources()) agencies.insert(source.agency());
  }
  const std::string* first = nullptr;
  type::v1::RecordKind kind = type::v1::RECORD_KIND_UNSPECIFIED;
  bool said = true;
  for (const std::string& agency : agencies) {
    const type::v1::RecordKind own = extracts.at(agency).head.record_kind();
    if (own == type::v1::RECORD_KIND_UNSPECIFIED) {
      said = false;
    } else if (first == nullptr) {
      first = &agency;
      kind = own;
    } else if (own != kind) {
      return Error(error::kReportKindsDiffer, "agency"_is(agency), "other"_is(*first));
    }
  }
  content.set_some_generated(kind == type::v1::RECORD_KIND_GENERATED);
  if (said) content.set_record_kind(kind);
  return absl::OkStatus();
}

template <class Texts>
void AddText(const Texts& texts, const std::string& more, std::string& all) {
  if (more.empty() || absl::c_linear_search(texts, more)) return;
  absl::StrAppend(&all, all.empty() ? "" : " ", more);
}

// Chart kinds are the contract's, whose numbers those of content.proto are.
static_assert(static_cast<int>(Chart::BARS) == static_cast<int>(v1::REPORT_CHART_KIND_BARS));
static_assert(static_cast<int>(Chart::LINES) == static_cast<int>(v1::REPORT_CHART_KIND_LINES));
static_assert(static_cast<int>(Chart::TILES) == static_cast<int>(v1::REPORT_CHART_KIND_TILES));

// Puts a table together.
class Join {
 public:
  Join(const v1::ReportTable& table, const Extracts& extracts)
      : table_(table), extracts_(extracts), rows_(table.dimensions_size(), MeasuresOf(table)) {
    for (const v1::ReportCodes& codes : table.codes()) {
      const auto place = absl::c_find(table.dimensions(), codes.dimension());
      if (place == table.dimensions().end()) continue;
      chosen_[static_cast<int>(place - table.dimensions().begin())] = {codes.codes().begin(),
                                                                       codes.codes().end()};
    }
  }

  // Adds it to what is told.
  absl::Status Run(Told& told) {
    FigureTable& made = *joined_.mutable_table();
    made.set_table(table_.table());
    made.set_title_es(table_.title_es());
    made.set_title_en(table_.title_en());
    for (const v1::ReportTableSource& source : table_.sources()) {
      RETURN_IF_ERROR(AddSource(source));
    }
    for (size_t at = 0; at < rows_.size(); ++at) {
      const absl::Span<Figure> figures = rows_.FiguresOf(at);
      for (size_t i = 0; i < figures.size(); ++i) {
        if (!figures[i].is_said()) figures[i] = without_row_[i];
      }
    }
    rows_.Sort();
    // Of chosen codes the others have no row, whatever is so of them.
    for (const Figure& figure : without_row_) {
      if (chosen_.empty()) figure.Into(*joined_.add_without_row());
    }
    for (const v1::ReportChart& chart : table_.charts()) {
      Chart& drawn = *joined_.add_charts();
      drawn.set_kind(static_cast<Chart::Kind>(chart.kind()));
      drawn.set_dimension(chart.dimension());
      drawn.set_measure(chart.measure());
    }
    *told.content.add_tables() = std::move(joined_);
    told.rows.push_back(std::move(rows_));
    return absl::OkStatus();
  }

 private:
  static size_t MeasuresOf(const v1::ReportTable& table) {
    size_t measures = 0;
    for (const v1::ReportTableSource& source : table.sources()) measures += source.measures_size();
    return measures;
  }

  // Where in a source's rows is what is kept, dropped and taken.
  struct Places {
    std::vector<int> kept, dropped, taken;
  };

  absl::Status AddSource(const v1::ReportTableSource& source) {
    const Extract& extract = extracts_.at(source.agency());
    const auto found = extract.tables.find(source.table());
    if (found == extract.tables.end()) {
      return Error(error::kReportTableMissing, "agency"_is(source.agency()),
                   "table"_is(source.table()));
    }
    const FigureTable& table = found->second;
    ASSIGN_OR_RETURN(const Places places, Find(source, table));
    RETURN_IF_ERROR(AddHead(source, table, places));
    without_row_.insert(without_row_.end(), source.measures_size(), WithoutRow(extract, table));
    RETURN_IF_ERROR(AddRows(source, table, places, extract.rows.at(source.table())));
    measures_ += source.measures_size();
    return absl::OkStatus();
  }

  absl::StatusOr<Places> Find(const v1::ReportTableSource& source, const FigureTable& table) const {
    Places places;
    std::set<int> kept;
    for (const std::string& dimension : table_.dimensions()) {
      const auto found = absl::c_find_if(table.dimensions(), [&](const FigureDimension& one) {
        return one.dimension() == dimension;
      });
      if (found == table.dimensions().end()) {
        return Error(error::kReportDimensionMissing, "agency"_is(source.agency()),
                     "table"_is(source.table()), "dimension"_is(dimension));
      }
      places.kept.push_back(static_cast<int>(found - table.dimensions().begin()));
      kept.insert(places.kept.back());
    }
    for (int i = 0; i < table.dimensions_size(); ++i) {
      if (!kept.contains(i)) places.dropped.push_back(i);
    }
    for (const std::string& measure : source.measures()) {
      const auto found = absl::c_find_if(
          table.measures(), [&](const FigureMeasure& one) { return one.measure() == measure; });
      if (found == table.measures().end()) {
        return Error(error::kReportMeasureMissing, "agency"_is(source.agency()),
                     "table"_is(source.table()), "measure"_is(measure));
      }
      places.taken.push_back(static_cast<int>(found - table.measures().begin()));
    }
    return places;
  }

  absl::Status AddHead(const v1::ReportTableSource& source, const FigureTable& table,
                       const Places& places) {
    FigureTable& made = *joined_.mutable_table();
    for (int i = 0; i < std::ssize(places.kept); ++i) {
      const FigureDimension& dimension = table.dimensions(places.kept[i]);
      if (i == made.dimensions_size()) {
        *made.add_dimensions() = dimension;
      } else if (made.dimensions(i).code_list() != dimension.code_list()) {
        return Error(error::kReportDimensionsDiffer, "agency"_is(source.agency()),
                     "table"_is(source.table()), "dimension"_is(dimension.dimension()));
      }
    }
    for (const int place : places.taken) *made.add_measures() = table.measures(place);
    AddText(notes_es_, table.note_es(), *made.mutable_note_es());
    AddText(notes_en_, table.note_en(), *made.mutable_note_en());
    notes_es_.push_back(table.note_es());
    notes_en_.push_back(table.note_en());
    return absl::OkStatus();
  }

  absl::Status AddRows(const v1::ReportTableSource& source, const FigureTable& table,
                       const Places& places, const Rows& rows) {
    // By place: the number of the code, if a row has it.
    std::vector<std::optional<uint32_t>> totals;
    for (int i = 0; i < table.dimensions_size(); ++i) {
      totals.push_back(rows.numbering(i).Find(extracts::kAll));
    }
    Translation translation = TranslationOf(places, rows);
    bool any = false;
    for (size_t at = 0; at < rows.size(); ++at) {
      const Rows::Row row = rows[at];
      if (!absl::c_all_of(places.dropped,
                          [&](int place) { return row.number(place) == totals[place]; })) {
        continue;
      }
      any = true;
      AddRow(row, places, translation);
    }
    if (rows.size() == 0 || any) return absl::OkStatus();
    std::vector<std::string> without;
    for (const int place : places.dropped) {
      if (!totals[place].has_value()) without.push_back(table.dimensions(place).dimension());
    }
    if (without.empty()) {  // each has one, but none at which the others are
      for (const int place : places.dropped) {
        without.push_back(table.dimensions(place).dimension());
      }
    }
    return Error(error::kReportNoTotal, "agency"_is(source.agency()), "table"_is(source.table()),
                 "dimension"_is(absl::StrJoin(without, ", ")));
  }

  // By kept dimension and number there: the number of the same code here, once a row has it.
  using Translation = std::vector<std::vector<uint32_t>>;
  static constexpr uint32_t kUnknown = std::numeric_limits<uint32_t>::max();
  static constexpr uint32_t kLeftOut = kUnknown - 1;

  Translation TranslationOf(const Places& places, const Rows& rows) const {
    Translation translation(places.kept.size());
    for (int i = 0; i < std::ssize(places.kept); ++i) {
      const auto chosen = chosen_.find(i);
      for (const std::string& code : rows.numbering(places.kept[i]).texts()) {
        const bool wanted = chosen == chosen_.end() || chosen->second.contains(code);
        translation[i].push_back(wanted ? kUnknown : kLeftOut);
      }
    }
    return translation;
  }

  void AddRow(const Rows::Row& row, const Places& places, Translation& translation) {
    numbers_.clear();
    for (int i = 0; i < std::ssize(places.kept); ++i) {
      if (translation[i][row.number(places.kept[i])] == kLeftOut) return;
    }
    for (int i = 0; i < std::ssize(places.kept); ++i) {
      uint32_t& number = translation[i][row.number(places.kept[i])];
      if (number == kUnknown) number = rows_.numbering(i).NumberOf(row.codes(places.kept[i]));
      numbers_.push_back(number);
    }
    const absl::Span<Figure> figures = rows_.FiguresOf(index_.FindOrAdd(numbers_).first);
    for (int i = 0; i < std::ssize(places.taken); ++i) {
      figures[measures_ + i] = row.figures(places.taken[i]);
    }
  }

  const v1::ReportTable& table_;
  const Extracts& extracts_;
  std::map<int, std::set<std::string>> chosen_;  // codes of a kept dimension, where not all are
  int measures_ = 0;                             // of those that were added
  std::vector<Figure> without_row_;              // of each measure
  std::vector<std::string> notes_es_, notes_en_;
  Rows rows_;
  RowIndex index_{rows_};
  std::vector<uint32_t> numbers_;  // of the row that is being added
  Table joined_;
};

void AddCodeLists(const Extracts& extracts, Told& told) {
  std::map<std::string, std::set<std::string>> used;
  for (int t = 0; t < told.content.tables_size(); ++t) {
    const FigureTable& table = told.content.tables(t).table();
    for (const FigureMeasure& measure : table.measures()) {
      used[std::string(extracts::kUnits)].insert(measure.unit());
    }
    for (int i = 0; i < table.dimensions_size(); ++i) {
      if (table.dimensions(i).code_list().empty()) continue;
      const std::vector<std::string>& codes = told.rows[t].numbering(i).texts();
      used[table.dimensions(i).code_list()].insert(codes.begin(), codes.end());
    }
  }
  for (const auto& [id, codes] : used) {
    MergedList merged;
    for (const auto& [agency, extract] : extracts) {
      const auto list = extract.code_lists.find(id);
      if (list != extract.code_lists.end()) merged.Add(list->second);
    }
    FigureCodeList& list = *told.content.add_code_lists();
    list = merged.Of(codes);
    list.set_code_list(id);  // also where no agency has a row
  }
}

void AddSources(const v1::Report& report, Content& content) {
  for (const v1::ReportExtract& extract : report.extracts()) {
    Source& source = *content.add_sources();
    source.set_agency(extract.agency());
    source.set_extract(extract.figure_extract());
    *source.mutable_read_time() = extract.read_time();
    source.set_freshness_token(extract.freshness_token());
    source.set_sha256(extract.sha256());
    source.set_byte_count(extract.byte_count());
  }
}

}  // namespace

absl::StatusOr<Told> Compose(const v1::Report& report, const v1::ReportDefinition& definition,
                             const Extracts& extracts) {
  Told told;
  Content& content = told.content;
  content.set_report(ReportId(report.name()));
  content.set_definition(std::string(absl::StripPrefix(definition.name(), "reportDefinitions/")));
  content.set_definition_version(definition.definition_version());
  content.set_title_es(definition.title_es());
  content.set_title_en(definition.title_en());
  content.set_summary_es(definition.summary_es());
  content.set_summary_en(definition.summary_en());
  RETURN_IF_ERROR(AddKind(definition, extracts, content));
  AddSources(report, content);
  for (const v1::ReportTable& table : definition.tables()) {
    RETURN_IF_ERROR(Join(table, extracts).Run(told));
  }
  AddCodeLists(extracts, told);
  return told;
}

absl::Status CheckTold(const Told& told) {
  for (size_t t = 0; t < told.rows.size(); ++t) {
    const Rows& rows = told.rows[t];
    bool hidden = rows.size() > 0;
    for (size_t at = 0; at < rows.size() && hidden; ++at) {
      for (int i = 0; i < rows[at].figures_size() && hidden; ++i) {
        hidden = rows[at].figures(i).mark() == type::v1::MARK_SUPPRESSED;
      }
    }
    if (!hidden) continue;
    return Error(error::kReportTableHidden,
                 "table"_is(told.content.tables(static_cast<int>(t)).table().table()));
  }
  return absl::OkStatus();
}

}  // namespace puente::gateway::reports
