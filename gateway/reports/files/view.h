// What a report tells, as its writers see it: checked once, with names of codes at hand. Writers
// walk over the rows here; no row is copied.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/reports/content.pb.h"
#include "gateway/reports/files/rows.h"

namespace puente::gateway::reports {

using api::v1::FigureCode;
using api::v1::FigureCodeList;
using api::v1::FigureDimension;
using api::v1::FigureMeasure;

// What a report tells: its content, and the rows of each of its tables, which are sorted.
struct Told {
  Content content;
  std::vector<Rows> rows;
};

// To which a table's rows are added.
inline Rows NoRows(const Table& table) {
  return Rows(table.table().dimensions_size(), table.table().measures_size());
}

enum class Language { kSpanish, kEnglish };

// One of a pair of texts.
inline const std::string& In(Language language, const std::string& es, const std::string& en) {
  return language == Language::kSpanish ? es : en;
}

// Codes that mean the same in every list.
inline constexpr absl::string_view kTotal = "_T";
inline constexpr char kUnits[] = "CL_UNIT";
inline constexpr absl::string_view kUnstated = "_U";
inline constexpr absl::string_view kInapplicable = "_Z";
inline constexpr absl::string_view kOthers = "_O";
bool IsSpecial(absl::string_view code);

// How a figure is told, by the letters of SDMX's CL_OBS_STATUS in every file: A told, Q withheld,
// O missing, M not applicable (what "cannot exist").
char StatusOf(const Figure& figure);
inline bool IsTold(const Figure& figure) { return figure.has_value(); }

// A dimension with its codes.
class DimensionView {
 public:
  DimensionView(const FigureDimension& dimension, const FigureCodeList* list);

  const std::string& id() const { return dimension_->dimension(); }
  const std::string& title(Language language) const {
    return In(language, dimension_->title_es(), dimension_->title_en());
  }
  bool is_period() const { return list_ == nullptr; }
  // Null of periods.
  const FigureCodeList* list() const { return list_; }
  // Whether a row may have it.
  bool Has(const std::string& code) const;
  // The code itself of a period.
  const std::string& Name(const std::string& code, Language language) const;

 private:
  const FigureDimension* dimension_;
  const FigureCodeList* list_;
  absl::flat_hash_map<absl::string_view, const FigureCode*> codes_;
};

class TableView {
 public:
  using Row = Rows::Row;

  // Without rows.
  const api::v1::FigureTable& head() const { return table_->table(); }
  const std::string& id() const { return table_->table().table(); }
  const std::string& title(Language language) const {
    return In(language, table_->table().title_es(), table_->table().title_en());
  }
  const std::string& note(Language language) const {
    return In(language, table_->table().note_es(), table_->table().note_en());
  }
  const std::vector<DimensionView>& dimensions() const { return dimensions_; }
  const google::protobuf::RepeatedPtrField<FigureMeasure>& measures() const {
    return table_->table().measures();
  }
  const google::protobuf::RepeatedPtrField<Chart>& charts() const { return table_->charts(); }
  int64_t row_count() const { return std::ssize(*rows_); }
  const Rows& rows() const { return *rows_; }
  // The first dimension of periods, or -1.
  int period() const { return period_; }

  // The rows, in order.
  void ForEachRow(absl::FunctionRef<void(const Row&)> visit) const {
    for (size_t i = 0; i < rows_->size(); ++i) visit((*rows_)[i]);
  }
  // What `make` makes of each code that rows have: by dimension and number.
  std::vector<std::vector<std::string>> OfEachCode(
      absl::FunctionRef<std::string(const DimensionView&, const std::string& code)> make) const;
  // Those of which `dimension` says something and all others are totals: what a chart draws.
  void ForEachRowAlong(int dimension, absl::FunctionRef<void(const Row&)> visit) const;
  // Of an id that a chart names.
  int DimensionNumber(absl::string_view id) const;
  int MeasureNumber(absl::string_view id) const;
  // What is so of codes without a row.
  Figure WithoutRow(int measure) const;

 private:
  friend class View;

  const Table* table_;
  const Rows* rows_;
  std::vector<DimensionView> dimensions_;
  int period_ = -1;
};

// Refers to what is told, which must outlive it.
class View {
 public:
  // What may not be written is REPORT_CONTENT_WRONG.
  static absl::StatusOr<View> Of(const Told& told);

  const Content& content() const { return *content_; }
  const std::vector<TableView>& tables() const { return tables_; }
  const std::string& title(Language language) const {
    return In(language, content_->title_es(), content_->title_en());
  }
  const std::string& summary(Language language) const {
    return In(language, content_->summary_es(), content_->summary_en());
  }
  // Whether some of its records are.
  bool is_generated() const {
    return content_->some_generated() || content_->record_kind() == type::v1::RECORD_KIND_GENERATED;
  }
  // In words, from the list CL_UNIT; the code itself if that has none.
  const std::string& UnitName(const std::string& unit, Language language) const;
  // When the last source was read; the report is as of then.
  google::protobuf::Timestamp LastRead() const;
  google::protobuf::Timestamp FirstRead() const;

 private:
  absl::Status Add(const Table& table, const Rows& rows);

  const Content* content_;
  std::map<absl::string_view, const FigureCodeList*> lists_;
  std::vector<TableView> tables_;
};

// "2026-11-30T05:09:44Z", with as many decimals as there are.
std::string TimeText(const google::protobuf::Timestamp& time);
// "REAL", "GENERATED".
std::string KindText(type::v1::RecordKind kind);

}  // namespace puente::gateway::reports
