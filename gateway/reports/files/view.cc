#include "gateway/reports/files/view.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/names/text.h"
#include "common/status/macros.h"
#include "gateway/reports/files/errors.h"
#include "re2/re2.h"

namespace puente::gateway::reports {
namespace {

absl::Status Wrong(absl::string_view place, absl::string_view what) {
  return Error(error::kReportContentWrong, "place"_is(place), "what"_is(what));
}

absl::Status CheckId(const std::string& id, const RE2& form, absl::string_view place) {
  if (RE2::FullMatch(id, form)) return absl::OkStatus();
  return Wrong(place, absl::StrCat("\"", id, "\": ", form.pattern()));
}

// Every text of the message: what is written claims to be UTF-8.
absl::Status CheckTexts(const google::protobuf::Message& message) {
  using google::protobuf::FieldDescriptor;
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        RETURN_IF_ERROR(CheckTexts(field->is_repeated()
                                       ? reflection.GetRepeatedMessage(message, field, i)
                                       : reflection.GetMessage(message, field)));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        std::string scratch;
        const std::string& text =
            field->is_repeated()
                ? reflection.GetRepeatedStringReference(message, field, i, &scratch)
                : reflection.GetStringReference(message, field, &scratch);
        if (ReplaceNonUtf8(text) != text) return Wrong(field->full_name(), "UTF-8");
      }
    }
  }
  return absl::OkStatus();
}

const RE2& DimensionForm() {
  static const auto* form = new RE2("[A-Z][A-Z0-9_]{0,59}");
  return *form;
}

const RE2& PeriodForm() {
  static const auto* form = new RE2("[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?");
  return *form;
}

// What SDMX has in every structure.
bool IsReserved(const std::string& id) {
  return id == "MEASURE" || id == "OBS_VALUE" || id == "OBS_STATUS" || id == "CONF_STATUS" ||
         id == "UNIT_MEASURE" || id == "DATAFLOW" || id == "TIME_PERIOD";
}

bool IsReservedList(const std::string& id) {
  return id == "CL_OBS_STATUS" || id == "CL_CONF_STATUS" || absl::StartsWith(id, "CL_MEASURE_");
}

// The first row with this code.
size_t FirstWith(const Rows& rows, int dimension, uint32_t number) {
  size_t i = 0;
  while (i < rows.size() && rows[i].number(dimension) != number) ++i;
  return i;
}

absl::Status CheckRows(const TableView& table, const Rows& rows) {
  const std::vector<DimensionView>& dimensions = table.dimensions();
  const auto wrong = [&](size_t i, absl::string_view what) {
    return Wrong(absl::StrCat(table.id(), " ", i + 1), what);
  };
  if (rows.dimensions() != dimensions.size()) return wrong(0, "codes");
  if (rows.measures() != static_cast<size_t>(table.measures().size())) return wrong(0, "figures");
  for (int d = 0; d < std::ssize(dimensions); ++d) {
    const std::vector<std::string>& codes = rows.numbering(d).texts();
    for (uint32_t number = 0; number < codes.size(); ++number) {
      if (dimensions[d].Has(codes[number])) continue;
      return wrong(FirstWith(rows, d, number),
                   absl::StrCat(dimensions[d].id(), " \"", codes[number], "\""));
    }
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    const TableView::Row row = rows[i];
    for (int m = 0; m < row.figures_size(); ++m) {
      if (!row.figures(m).is_said()) return wrong(i, "figure");
    }
    if (i > 0 && row.HasCodesOf(rows[i - 1])) return wrong(i, "twice");
  }
  return absl::OkStatus();
}

absl::Status CheckCharts(const TableView& table, absl::string_view place) {
  for (const Chart& chart : table.charts()) {
    const int dimension = table.DimensionNumber(chart.dimension());
    if (dimension < 0) return Wrong(place, absl::StrCat("chart: ", chart.dimension()));
    if (table.MeasureNumber(chart.measure()) < 0) {
      return Wrong(place, absl::StrCat("chart: ", chart.measure()));
    }
    if (chart.kind() == Chart::KIND_UNSPECIFIED || !Chart::Kind_IsValid(chart.kind())) {
      return Wrong(place, "chart: kind");
    }
  }
  return absl::OkStatus();
}

}  // namespace

bool IsSpecial(absl::string_view code) {
  return code == kTotal || code == kUnstated || code == kInapplicable || code == kOthers;
}

char StatusOf(const Figure& figure) {
  if (figure.has_value()) return 'A';
  if (figure.mark() == type::v1::MARK_SUPPRESSED) return 'Q';
  return figure.mark() == type::v1::MARK_NOT_APPLICABLE ? 'M' : 'O';
}

DimensionView::DimensionView(const FigureDimension& dimension, const FigureCodeList* list)
    : dimension_(&dimension), list_(list) {
  if (list == nullptr) return;
  for (const FigureCode& code : list->codes()) codes_.emplace(code.code(), &code);
}

bool DimensionView::Has(const std::string& code) const {
  if (is_period()) return IsSpecial(code) || RE2::FullMatch(code, PeriodForm());
  return codes_.contains(code);
}

const std::string& DimensionView::Name(const std::string& code, Language language) const {
  static const auto* special = new std::map<std::string, std::pair<std::string, std::string>>{
      {"_T", {"Total", "Total"}},
      {"_U", {"No se indica", "Not stated"}},
      {"_Z", {"No aplica", "Not applicable"}},
      {"_O", {"Otros", "Others"}}};
  if (is_period()) {
    const auto named = special->find(code);
    return named == special->end() ? code : In(language, named->second.first, named->second.second);
  }
  const auto found = codes_.find(code);
  if (found == codes_.end()) return code;
  const FigureCode& named = *found->second;
  return In(language, named.name_es(), named.name_en().empty() ? named.name_es() : named.name_en());
}

std::vector<std::vector<std::string>> TableView::OfEachCode(
    absl::FunctionRef<std::string(const DimensionView&, const std::string& code)> make) const {
  std::vector<std::vector<std::string>> made(dimensions_.size());
  for (size_t i = 0; i < dimensions_.size(); ++i) {
    for (const std::string& code : rows_->numbering(static_cast<int>(i)).texts()) {
      made[i].push_back(make(dimensions_[i], code));
    }
  }
  return made;
}

void TableView::ForEachRowAlong(int dimension, absl::FunctionRef<void(const Row&)> visit) const {
  std::vector<std::optional<uint32_t>> totals;
  for (int i = 0; i < std::ssize(dimensions_); ++i) {
    totals.push_back(rows_->numbering(i).Find(kTotal));
  }
  ForEachRow([&](const Row& row) {
    for (int i = 0; i < row.codes_size(); ++i) {
      if (i != dimension && row.number(i) != totals[i]) return;
    }
    visit(row);
  });
}

int TableView::DimensionNumber(absl::string_view id) const {
  for (size_t i = 0; i < dimensions_.size(); ++i) {
    if (dimensions_[i].id() == id) return static_cast<int>(i);
  }
  return -1;
}

int TableView::MeasureNumber(absl::string_view id) const {
  for (int i = 0; i < measures().size(); ++i) {
    if (measures()[i].measure() == id) return i;
  }
  return -1;
}

Figure TableView::WithoutRow(int measure) const {
  std::optional<Figure> figure;
  if (measure < table_->without_row_size()) figure = Figure::Of(table_->without_row(measure));
  return figure.value_or(Figure(type::v1::MARK_MISSING));
}

absl::StatusOr<View> View::Of(const Told& told) {
  static const RE2 list_form("CL_[A-Z0-9_]{1,57}");
  const Content& content = told.content;
  RETURN_IF_ERROR(CheckTexts(content));
  View view;
  view.content_ = &content;
  for (const FigureCodeList& list : content.code_lists()) {
    RETURN_IF_ERROR(CheckId(list.code_list(), list_form, "code list"));
    if (IsReservedList(list.code_list())) return Wrong("code list", list.code_list());
    if (!view.lists_.emplace(list.code_list(), &list).second) {
      return Wrong(list.code_list(), "twice");
    }
    absl::flat_hash_map<absl::string_view, int> seen;
    for (const FigureCode& code : list.codes()) {
      if (code.code().empty()) return Wrong(list.code_list(), "\"\"");
      if (++seen[code.code()] > 1) return Wrong(list.code_list(), code.code());
    }
  }
  for (int i = 0; i < content.tables_size(); ++i) {
    RETURN_IF_ERROR(view.Add(content.tables(i), told.rows[i]));
  }
  return view;
}

absl::Status View::Add(const Table& table, const Rows& rows) {
  static const RE2 table_form("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  const std::string& id = table.table().table();
  RETURN_IF_ERROR(CheckId(id, table_form, "table"));
  // Its file would be another one.
  if (id == "codebook" || id == "changes") return Wrong("table", id);
  for (const TableView& other : tables_) {
    if (other.id() == id) return Wrong(id, "twice");
  }
  TableView view;
  view.table_ = &table;
  view.rows_ = &rows;
  for (const FigureDimension& dimension : table.table().dimensions()) {
    RETURN_IF_ERROR(CheckId(dimension.dimension(), DimensionForm(), id));
    const bool is_time = dimension.code_list().empty() && view.period_ < 0;
    if (view.DimensionNumber(dimension.dimension()) >= 0 ||
        (IsReserved(dimension.dimension()) &&
         !(is_time && dimension.dimension() == "TIME_PERIOD"))) {
      return Wrong(id, dimension.dimension());
    }
    const FigureCodeList* list = nullptr;
    if (!dimension.code_list().empty()) {
      const auto found = lists_.find(dimension.code_list());
      if (found == lists_.end()) return Wrong(id, dimension.code_list());
      list = found->second;
    } else if (is_time) {
      view.period_ = static_cast<int>(view.dimensions_.size());
    }
    view.dimensions_.emplace_back(dimension, list);
  }
  for (int i = 0; i < view.measures().size(); ++i) {
    const std::string& measure = view.measures()[i].measure();
    RETURN_IF_ERROR(CheckId(measure, DimensionForm(), id));
    if (view.MeasureNumber(measure) != i) return Wrong(id, measure);
  }
  RETURN_IF_ERROR(CheckCharts(view, id));
  RETURN_IF_ERROR(CheckRows(view, rows));
  tables_.push_back(std::move(view));
  return absl::OkStatus();
}

const std::string& View::UnitName(const std::string& unit, Language language) const {
  const auto list = lists_.find(kUnits);
  if (list == lists_.end()) return unit;
  for (const FigureCode& code : list->second->codes()) {
    if (code.code() == unit) return In(language, code.name_es(), code.name_en());
  }
  return unit;
}

namespace {

bool Before(const google::protobuf::Timestamp& a, const google::protobuf::Timestamp& b) {
  return std::pair(a.seconds(), a.nanos()) < std::pair(b.seconds(), b.nanos());
}

}  // namespace

google::protobuf::Timestamp View::LastRead() const {
  google::protobuf::Timestamp last;
  for (const Source& source : content_->sources()) {
    if (Before(last, source.read_time())) last = source.read_time();
  }
  return last;
}

google::protobuf::Timestamp View::FirstRead() const {
  google::protobuf::Timestamp first = LastRead();
  for (const Source& source : content_->sources()) {
    if (Before(source.read_time(), first)) first = source.read_time();
  }
  return first;
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ",
                          absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()),
                          absl::UTCTimeZone());
}

std::string KindText(type::v1::RecordKind kind) {
  return std::string(absl::StripPrefix(type::v1::RecordKind_Name(kind), "RECORD_KIND_"));
}

}  // namespace puente::gateway::reports
