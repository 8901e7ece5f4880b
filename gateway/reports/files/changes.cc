#include "gateway/reports/files/changes.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/names/csv_text.h"
#include "common/status/macros.h"
#include "gateway/reports/files/chart.h"

namespace puente::gateway::reports {
namespace {

using nlohmann::ordered_json;

// Cells of a table that its page shows; the file has all.
constexpr int kMostFirst = 10;

absl::string_view KindName(v1::ReportChangeKind kind) {
  return absl::StripPrefix(v1::ReportChangeKind_Name(kind), "REPORT_CHANGE_KIND_");
}

// Of each code that is another, the dimension and what it was: "STATE=07".
template <class Visit>
void EachReplaced(const TablePair& table, const RowChange& change, Visit visit) {
  if (change.kind != v1::REPORT_CHANGE_KIND_ROW_MAPPED) return;
  for (int i = 0; i < change.before->codes_size(); ++i) {
    if (change.before->codes(i) == change.after->codes(i)) continue;
    visit(table.after->dimensions(i).dimension(), change.before->codes(i));
  }
}

// A cell of a row that is not as it was; null where the row has not been or is not any more.
struct Cell {
  const FigureMeasure* measure;
  std::optional<Figure> before, after;  // nothing of a row that came, or is gone
};

Figure Held(const type::v1::Figure& figure) { return Figure::Of(figure).value_or(Figure()); }

std::vector<Cell> CellsOf(const TablePair& table, const RowChange& change) {
  std::vector<Cell> cells;
  if (change.before == nullptr || change.after == nullptr) {
    const bool came = change.before == nullptr;
    const api::v1::FigureTable& of = came ? *table.after : *table.before;
    for (int i = 0; i < of.measures_size(); ++i) {
      Cell& cell = cells.emplace_back(Cell{&of.measures(i), {}, {}});
      (came ? cell.after : cell.before) = Held((came ? change.after : change.before)->figures(i));
    }
    return cells;
  }
  for (const auto& [old, now] : table.measures) {
    const type::v1::Figure &before = change.before->figures(old),
                           &after = change.after->figures(now);
    // Of a code that replaces another, what has stayed is news too.
    if (change.kind == v1::REPORT_CHANGE_KIND_FIGURES && SameFigure(before, after)) continue;
    cells.push_back({&table.after->measures(now), Held(before), Held(after)});
  }
  return cells;
}

// The codes that name a row: those that it has now, or had.
const api::v1::FigureRow& Named(const RowChange& change) {
  return change.after == nullptr ? *change.before : *change.after;
}

// Of tables, by which the codes of their rows are called.
class Names {
 public:
  explicit Names(const Comparison& changes) : changes_(changes) {}

  const std::vector<DimensionView>& Of(const TablePair& table, const RowChange& change) {
    return change.after == nullptr ? Of(changes_.before.content, *table.before)
                                   : Of(changes_.after.content, *table.after);
  }

 private:
  const std::vector<DimensionView>& Of(const Content& content, const api::v1::FigureTable& table) {
    const auto [place, is_new] = dimensions_.try_emplace(&table);
    if (!is_new) return place->second;
    for (const FigureDimension& dimension : table.dimensions()) {
      const auto list = absl::c_find_if(content.code_lists(), [&](const FigureCodeList& one) {
        return one.code_list() == dimension.code_list();
      });
      place->second.emplace_back(dimension, list == content.code_lists().end() ? nullptr : &*list);
    }
    return place->second;
  }

  const Comparison& changes_;
  std::map<const api::v1::FigureTable*, std::vector<DimensionView>> dimensions_;
};

// Counts, and keeps the first.
class Sum final : public ChangeVisitor {
 public:
  explicit Sum(const Comparison& changes) : names_(changes) {
    changes_.set_level(v1::REPORT_VERSION_LEVEL_SAME);
  }

  void See(const Change& change) override { Count(change.kind, change.table); }

  void SeeRow(const TablePair& table, const RowChange& change) override {
    Count(change.kind, table.id());
    if (shown_ >= kMostFirst) return;
    const std::vector<DimensionView>& dimensions = names_.Of(table, change);
    const auto names = [&](Language language) {
      std::vector<std::string> texts;
      for (size_t i = 0; i < dimensions.size(); ++i) {
        const std::string& name =
            dimensions[i].Name(Named(change).codes(static_cast<int>(i)), language);
        texts.push_back(dimensions[i].is_period() ? PeriodWords(name, language) : name);
      }
      return absl::StrJoin(texts, " · ");
    };
    for (const Cell& cell : CellsOf(table, change)) {
      if (++shown_ > kMostFirst) return;
      FirstChange& first = first_.emplace_back();
      first.set_table(table.id());
      first.set_kind(change.kind);
      first.set_codes_es(names(Language::kSpanish));
      first.set_codes_en(names(Language::kEnglish));
      first.set_measure_es(cell.measure->title_es());
      first.set_measure_en(cell.measure->title_en());
      if (cell.after) cell.after->Into(*first.mutable_figure());
    }
  }

  void Into(Content& content) && {
    *content.mutable_changes() = std::move(changes_);
    content.mutable_first_changes()->Assign(first_.begin(), first_.end());
  }

 private:
  void Count(v1::ReportChangeKind kind, const std::string& table) {
    auto& tables = *changes_.mutable_tables();
    if (tables.empty() || tables[tables.size() - 1].table() != table) {
      tables.Add()->set_table(table);
      shown_ = 0;
    }
    auto& counts = *tables[tables.size() - 1].mutable_counts();
    auto place = absl::c_find_if(counts, [&](const auto& one) { return one.kind() == kind; });
    if (place == counts.end()) {
      counts.Add()->set_kind(kind);
      place = counts.end() - 1;
    }
    place->set_count(place->count() + 1);
    changes_.set_level(std::max(changes_.level(), LevelOf(kind)));
  }

  Names names_;
  v1::ReportChanges changes_;
  std::vector<FirstChange> first_;
  int shown_ = 0;  // of the table that is seen just now
};

class CsvWriter final : public ChangeVisitor {
 public:
  CsvWriter(const Comparison& changes, Append out) : names_(changes), out_(out) {
    for (const Content* content : {&changes.after.content, &changes.before.content}) {
      for (const Table& table : content->tables()) {
        for (const FigureDimension& dimension : table.table().dimensions()) {
          if (absl::c_linear_search(columns_, dimension.dimension())) continue;
          columns_.push_back(dimension.dimension());
        }
      }
    }
    std::string head = "table,change,level,item";
    for (const std::string& column : columns_) {
      absl::StrAppend(&head, ",", column, ",", column, "_es,", column, "_en");
    }
    out_(absl::StrCat(head, ",replaced,before,before_status,after,after_status\n"));
  }

  void See(const Change& change) override {
    std::string line = Beginning(change.kind, change.table);
    AppendCsvText(line, change.item);
    line.append(3 * columns_.size() + 2, ',');
    AppendCsvText(line, change.before);
    line += ",,";
    AppendCsvText(line, change.after);
    line += ",\n";
    out_(line);
  }

  void SeeRow(const TablePair& table, const RowChange& change) override {
    const std::string codes = Codes(table, change);
    for (const Cell& cell : CellsOf(table, change)) {
      std::string line =
          absl::StrCat(Beginning(change.kind, table.id()), cell.measure->measure(), codes);
      for (const std::optional<Figure>& figure : {cell.before, cell.after}) {
        line.push_back(',');
        if (figure && IsTold(*figure)) absl::StrAppend(&line, figure->value());
        line.push_back(',');
        if (figure) line.push_back(StatusOf(*figure));
      }
      line.push_back('\n');
      out_(line);
    }
  }

 private:
  static std::string Beginning(v1::ReportChangeKind kind, const std::string& table) {
    return absl::StrCat(table, ",", KindName(kind), ",", LevelName(LevelOf(kind)), ",");
  }

  // The columns of dimensions, and what was replaced.
  std::string Codes(const TablePair& table, const RowChange& change) {
    const std::vector<DimensionView>& dimensions = names_.Of(table, change);
    std::string text;
    for (const std::string& column : columns_) {
      const auto found = absl::c_find_if(
          dimensions, [&](const DimensionView& dimension) { return dimension.id() == column; });
      if (found == dimensions.end()) {
        text += ",,,";
        continue;
      }
      const std::string& code = Named(change).codes(static_cast<int>(found - dimensions.begin()));
      for (const std::string& one :
           {code, found->Name(code, Language::kSpanish), found->Name(code, Language::kEnglish)}) {
        text.push_back(',');
        AppendCsvText(text, one);
      }
    }
    std::vector<std::string> replaced;
    EachReplaced(table, change, [&](const std::string& dimension, const std::string& code) {
      replaced.push_back(absl::StrCat(dimension, "=", code));
    });
    text.push_back(',');
    AppendCsvText(text, absl::StrJoin(replaced, " "));
    return text;
  }

  Names names_;
  Append out_;
  std::vector<std::string> columns_;  // the dimensions of all tables
};

class JsonWriter final : public ChangeVisitor {
 public:
  JsonWriter(const Comparison& changes, Append out) : names_(changes), out_(out) {}

  void See(const Change& change) override {
    ordered_json line = Beginning(change.kind, change.table, change.item);
    line["before"] = change.before;
    line["after"] = change.after;
    Add(line);
  }

  void SeeRow(const TablePair& table, const RowChange& change) override {
    ordered_json line = Beginning(change.kind, table.id(), "");
    const std::vector<DimensionView>& dimensions = names_.Of(table, change);
    line["codes"] = ordered_json::object();
    for (size_t i = 0; i < dimensions.size(); ++i) {
      const std::string& code = Named(change).codes(static_cast<int>(i));
      line["codes"][dimensions[i].id()] = {{"code", code},
                                           {"es", dimensions[i].Name(code, Language::kSpanish)},
                                           {"en", dimensions[i].Name(code, Language::kEnglish)}};
    }
    EachReplaced(table, change, [&](const std::string& dimension, const std::string& code) {
      line["replaced"][dimension] = code;
    });
    for (const Cell& cell : CellsOf(table, change)) {
      line["item"] = cell.measure->measure();
      line["before"] = FigureJson(cell.before);
      line["after"] = FigureJson(cell.after);
      Add(line);
    }
  }

 private:
  static ordered_json Beginning(v1::ReportChangeKind kind, const std::string& table,
                                const std::string& item) {
    return {{"table", table},
            {"change", KindName(kind)},
            {"level", LevelName(LevelOf(kind))},
            {"item", item}};
  }
  static ordered_json FigureJson(const std::optional<Figure>& figure) {
    if (!figure) return nullptr;
    return {{"value", IsTold(*figure) ? ordered_json(figure->value()) : ordered_json()},
            {"status", std::string(1, StatusOf(*figure))}};
  }
  void Add(const ordered_json& line) {
    out_(before_);
    out_(line.dump());
    before_ = ",\n";
  }

  Names names_;
  Append out_;
  const char* before_ = "\n";
};

}  // namespace

absl::string_view LevelName(v1::ReportVersionLevel level) {
  return absl::StripPrefix(v1::ReportVersionLevel_Name(level), "REPORT_VERSION_LEVEL_");
}

absl::Status SumUpChanges(const Comparison& changes, Content& after) {
  Sum sum(changes);
  RETURN_IF_ERROR(changes.Show(sum));
  std::move(sum).Into(after);
  const Content& before = changes.before.content;
  after.set_previous(before.report());
  after.mutable_changes()->set_previous_version(before.version());
  return absl::OkStatus();
}

absl::Status WriteChangesCsv(const Comparison& changes, Append out) {
  CsvWriter writer(changes, out);
  return changes.Show(writer);
}

absl::Status WriteChangesJson(const Comparison& changes, Append out) {
  const Content& after = changes.after.content;
  std::string head = ordered_json{{"report", after.report()},
                                  {"version", after.version()},
                                  {"previous", after.previous()},
                                  {"previous_version", after.changes().previous_version()},
                                  {"level", LevelName(after.changes().level())}}
                         .dump();
  head.pop_back();
  out(head);
  out(",\n\"changes\":[");
  JsonWriter writer(changes, out);
  RETURN_IF_ERROR(changes.Show(writer));
  out("]}\n");
  return absl::OkStatus();
}

}  // namespace puente::gateway::reports
