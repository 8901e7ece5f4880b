#include "gateway/reports/changes.h"

#include <array>
#include <optional>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/macros.h"

namespace puente::gateway::reports {
namespace {

using api::v1::FigureCode;
using api::v1::FigureCodeList;
using api::v1::FigureDimension;
using api::v1::FigureMeasure;
using api::v1::FigureRow;
using api::v1::FigureTable;
using Codes = std::vector<std::string>;

class RowsInMemory final : public RowSource {
 public:
  explicit RowsInMemory(const Rows& rows) : rows_(rows) {}
  absl::StatusOr<const FigureRow*> Next() override {
    if (next_ == rows_.size()) return nullptr;
    row_.Clear();
    rows_[next_++].Into(row_);
    return &row_;
  }

 private:
  const Rows& rows_;
  size_t next_ = 0;
  FigureRow row_;
};

// Where codes that were replaced stand in rows of a table.
class Mapping {
 public:
  Mapping(const FigureTable& table, const Replaced& replaced) {
    for (int i = 0; i < table.dimensions_size(); ++i) {
      const auto found = replaced.find(table.dimensions(i).code_list());
      if (found != replaced.end()) by_dimension_[i] = &found->second;
    }
  }
  bool empty() const { return by_dimension_.empty(); }
  // With the codes of the other report; whether any is another.
  bool Map(const FigureRow& row, FigureRow& mapped) const {
    bool any = false;
    for (const auto& [place, codes] : by_dimension_) {
      const auto found = codes->find(row.codes(place));
      if (found == codes->end()) continue;
      if (!any) mapped = row;
      any = true;
      mapped.set_codes(place, found->second);
    }
    return any;
  }

 private:
  std::map<int, const std::map<std::string, std::string>*> by_dimension_;
};

Codes CodesOf(const FigureRow& row) { return {row.codes().begin(), row.codes().end()}; }

bool Precedes(const FigureRow& one, const FigureRow& other) {
  return std::lexicographical_compare(one.codes().begin(), one.codes().end(), other.codes().begin(),
                                      other.codes().end());
}

// Rows, of which those with a replaced code are left out.
class Walk {
 public:
  Walk(std::unique_ptr<RowSource> rows, const Mapping* mapping)
      : rows_(std::move(rows)), mapping_(mapping) {}
  const FigureRow* row() const { return row_; }
  absl::Status Next() {
    FigureRow ignored;
    do {
      ASSIGN_OR_RETURN(row_, rows_->Next());
    } while (row_ != nullptr && mapping_ != nullptr && mapping_->Map(*row_, ignored));
    if (row_ == nullptr) return absl::OkStatus();
    Codes codes = CodesOf(*row_);
    if (!last_.empty() && codes <= last_) return absl::DataLossError("rows that are not in order");
    last_ = std::move(codes);
    return absl::OkStatus();
  }

 private:
  const std::unique_ptr<RowSource> rows_;
  const Mapping* const mapping_;
  const FigureRow* row_ = nullptr;
  Codes last_;
};

// Of one table of both reports.
class RowComparison {
 public:
  RowComparison(const TablePair& pair, const Side& before, const Side& after,
                const Replaced& replaced, ChangeVisitor& visitor)
      : pair_(pair),
        before_(before),
        after_(after),
        mapping_(*pair.before, replaced),
        visitor_(visitor),
        aside_(2 * size_t(pair.before->dimensions_size()), pair.before->measures_size()) {}

  absl::Status Run() {
    if (!mapping_.empty()) RETURN_IF_ERROR(SetAside());
    Walk old(before_.rows(pair_.id()), mapping_.empty() ? nullptr : &mapping_);
    Walk now(after_.rows(pair_.id()), nullptr);
    RETURN_IF_ERROR(old.Next());
    RETURN_IF_ERROR(now.Next());
    while (old.row() != nullptr || now.row() != nullptr) {
      if (now.row() == nullptr || (old.row() != nullptr && Precedes(*old.row(), *now.row()))) {
        Tell(v1::REPORT_CHANGE_KIND_ROW_REMOVED, old.row(), nullptr);
        RETURN_IF_ERROR(old.Next());
        continue;
      }
      const bool mapped = TellMapped(*now.row());
      if (old.row() == nullptr || Precedes(*now.row(), *old.row())) {
        if (!mapped) Tell(v1::REPORT_CHANGE_KIND_ROW_ADDED, nullptr, now.row());
      } else {
        if (Differ(*old.row(), *now.row())) {
          Tell(v1::REPORT_CHANGE_KIND_FIGURES, old.row(), now.row());
        }
        RETURN_IF_ERROR(old.Next());
      }
      RETURN_IF_ERROR(now.Next());
    }
    for (; next_ < aside_.size(); ++next_) gone_.push_back(static_cast<uint32_t>(next_));
    for (const uint32_t at : gone_) {
      const FigureRow row = SetAsideAt(at);
      Tell(v1::REPORT_CHANGE_KIND_ROW_REMOVED, &row, nullptr);
    }
    return absl::OkStatus();
  }

 private:
  // Rows with a replaced code are elsewhere in the other's order.
  absl::Status SetAside() {
    const std::unique_ptr<RowSource> rows = before_.rows(pair_.id());
    while (true) {
      ASSIGN_OR_RETURN(const FigureRow* row, rows->Next());
      if (row == nullptr) break;
      FigureRow mapped;
      if (!mapping_.Map(*row, mapped)) continue;
      mapped.mutable_codes()->MergeFrom(row->codes());
      if (!Fits(mapped) || !aside_.Add(mapped)) return absl::DataLossError("rows that are none");
    }
    aside_.Sort();
    return absl::OkStatus();
  }
  bool Fits(const FigureRow& row) const {
    return row.codes_size() == static_cast<int>(aside_.dimensions()) &&
           row.figures_size() == static_cast<int>(aside_.measures());
  }
  // As it was.
  FigureRow SetAsideAt(size_t at) const {
    FigureRow row;
    aside_[at].Into(row);
    row.mutable_codes()->DeleteSubrange(0, row.codes_size() / 2);
    return row;
  }
  // Below 0 if the codes that it has now come before those of the other.
  static int Order(const Rows::Row& aside, const FigureRow& now) {
    int order = 0;
    for (int i = 0; i < now.codes_size() && order == 0; ++i) {
      order = aside.codes(i).compare(now.codes(i));
    }
    return order;
  }

  // Whether rows with replaced codes have become this one, which comes after all that were asked.
  bool TellMapped(const FigureRow& now) {
    for (; next_ < aside_.size() && Order(aside_[next_], now) < 0; ++next_) {
      gone_.push_back(static_cast<uint32_t>(next_));
    }
    bool any = false;
    for (; next_ < aside_.size() && Order(aside_[next_], now) == 0; ++next_) {
      any = true;
      const FigureRow row = SetAsideAt(next_);
      Tell(v1::REPORT_CHANGE_KIND_ROW_MAPPED, &row, &now);
    }
    return any;
  }

  bool Differ(const FigureRow& old, const FigureRow& now) const {
    return !absl::c_all_of(pair_.measures, [&](const std::pair<int, int>& places) {
      return SameFigure(old.figures(places.first), now.figures(places.second));
    });
  }

  void Tell(v1::ReportChangeKind kind, const FigureRow* before, const FigureRow* after) {
    visitor_.SeeRow(pair_, {kind, before, after});
  }

  const TablePair& pair_;
  const Side& before_;
  const Side& after_;
  const Mapping mapping_;
  ChangeVisitor& visitor_;
  Rows aside_;                  // each by the codes that it has now, then by those that it had
  size_t next_ = 0;             // of these: all before have been told, or are gone
  std::vector<uint32_t> gone_;  // of these, told behind all others
};

class Walker {
 public:
  Walker(const Side& before, const Side& after, const Replaced& replaced, ChangeVisitor& visitor)
      : before_(before), after_(after), replaced_(replaced), visitor_(visitor) {}

  absl::Status Run() {
    CompareReport();
    for (const Table& table : after_.content.tables()) {
      const Table* old = Find(before_.content, table.table().table());
      if (old == nullptr) {
        visitor_.See({v1::REPORT_CHANGE_KIND_TABLE_ADDED, table.table().table(), ""});
      } else {
        RETURN_IF_ERROR(CompareTable(*old, table));
      }
    }
    for (const Table& table : before_.content.tables()) {
      if (Find(after_.content, table.table().table()) == nullptr) {
        visitor_.See({v1::REPORT_CHANGE_KIND_TABLE_REMOVED, table.table().table(), ""});
      }
    }
    return absl::OkStatus();
  }

 private:
  static const Table* Find(const Content& content, const std::string& id) {
    const auto found = absl::c_find_if(content.tables(),
                                       [&](const Table& one) { return one.table().table() == id; });
    return found == content.tables().end() ? nullptr : &*found;
  }

  // Of the tables that the other has as well.
  static std::string Order(const Content& content, const Content& other) {
    std::string order;
    for (const Table& table : content.tables()) {
      const std::string& id = table.table().table();
      if (Find(other, id) != nullptr) absl::StrAppend(&order, order.empty() ? "" : " ", id);
    }
    return order;
  }

  void Text(const std::string& table, const std::string& item, const std::string& before,
            const std::string& after) {
    if (before == after) return;
    visitor_.See({v1::REPORT_CHANGE_KIND_TEXT, table, item, before, after});
  }
  // Of what has a title in both languages.
  template <class Titled>
  void Titles(const std::string& table, const std::string& item, const Titled& before,
              const Titled& after) {
    Text(table, absl::StrCat(item, "title.es"), before.title_es(), after.title_es());
    Text(table, absl::StrCat(item, "title.en"), before.title_en(), after.title_en());
  }

  void CompareReport() {
    const Content &old = before_.content, &now = after_.content;
    if (old.record_kind() != now.record_kind()) {
      visitor_.See({v1::REPORT_CHANGE_KIND_RECORD_KIND, "", "record_kind",
                    type::v1::RecordKind_Name(old.record_kind()),
                    type::v1::RecordKind_Name(now.record_kind())});
    }
    Titles("", "", old, now);
    Text("", "summary.es", old.summary_es(), now.summary_es());
    Text("", "summary.en", old.summary_en(), now.summary_en());
    Text("", "tables", Order(old, now), Order(now, old));
    for (const FigureCodeList& list : now.code_lists()) {
      const auto found = absl::c_find_if(old.code_lists(), [&](const FigureCodeList& one) {
        return one.code_list() == list.code_list();
      });
      if (found != old.code_lists().end()) CompareNames(*found, list);
    }
  }

  // Which codes there are rows say: a list here has those of the rows alone.
  void CompareNames(const FigureCodeList& old, const FigureCodeList& now) {
    Titles("", absl::StrCat(now.code_list(), "."), old, now);
    std::map<absl::string_view, const FigureCode*> by_code;
    for (const FigureCode& code : old.codes()) by_code[code.code()] = &code;
    for (const FigureCode& code : now.codes()) {
      const auto found = by_code.find(code.code());
      if (found == by_code.end()) continue;
      const std::string item = absl::StrCat(now.code_list(), ".", code.code());
      Text("", absl::StrCat(item, ".es"), found->second->name_es(), code.name_es());
      Text("", absl::StrCat(item, ".en"), found->second->name_en(), code.name_en());
    }
  }

  absl::Status CompareTable(const Table& old, const Table& now) {
    const FigureTable &before = old.table(), &after = now.table();
    Titles(after.table(), "", before, after);
    Text(after.table(), "note.es", before.note_es(), after.note_es());
    Text(after.table(), "note.en", before.note_en(), after.note_en());
    TablePair pair{&before, &after, {}};
    const bool same_dimensions = CompareDimensions(before, after);
    CompareMeasures(before, after, pair);
    CompareCharts(old, now);
    if (!same_dimensions) return absl::OkStatus();
    return RowComparison(pair, before_, after_, replaced_, visitor_).Run();
  }

  // Rows and keys have their codes in this order, each of its list.
  bool CompareDimensions(const FigureTable& before, const FigureTable& after) {
    const auto keys = [](const FigureTable& table) {
      std::string keys;
      for (const FigureDimension& one : table.dimensions()) {
        absl::StrAppend(&keys, keys.empty() ? "" : " ", one.dimension(),
                        one.code_list().empty() ? "" : ":", one.code_list());
      }
      return keys;
    };
    const std::string old = keys(before), now = keys(after);
    if (old != now) {
      visitor_.See({v1::REPORT_CHANGE_KIND_DIMENSIONS, after.table(), "dimensions", old, now});
      return false;
    }
    for (int i = 0; i < after.dimensions_size(); ++i) {
      Titles(after.table(), absl::StrCat(after.dimensions(i).dimension(), "."),
             before.dimensions(i), after.dimensions(i));
    }
    return true;
  }

  void CompareMeasures(const FigureTable& before, const FigureTable& after, TablePair& pair) {
    const auto place = [](const FigureTable& table, const std::string& id) {
      const auto found = absl::c_find_if(
          table.measures(), [&](const FigureMeasure& one) { return one.measure() == id; });
      return found == table.measures().end() ? -1
                                             : static_cast<int>(found - table.measures().begin());
    };
    const std::string& table = after.table();
    bool moved = false;
    for (int i = 0; i < after.measures_size(); ++i) {
      const FigureMeasure& now = after.measures(i);
      const int found = place(before, now.measure());
      if (found < 0) {
        visitor_.See({v1::REPORT_CHANGE_KIND_MEASURE_ADDED, table, now.measure(), "", now.unit()});
        continue;
      }
      const FigureMeasure& old = before.measures(found);
      Titles(table, absl::StrCat(now.measure(), "."), old, now);
      if (old.unit() != now.unit()) {
        visitor_.See({v1::REPORT_CHANGE_KIND_UNIT, table, now.measure(), old.unit(), now.unit()});
        continue;
      }
      moved = moved || (!pair.measures.empty() && pair.measures.back().first > found);
      pair.measures.emplace_back(found, i);
    }
    for (const FigureMeasure& old : before.measures()) {
      if (place(after, old.measure()) >= 0) continue;
      visitor_.See({v1::REPORT_CHANGE_KIND_MEASURE_REMOVED, table, old.measure(), old.unit(), ""});
    }
    if (moved) visitor_.See({v1::REPORT_CHANGE_KIND_TEXT, table, "measures"});
  }

  void CompareCharts(const Table& old, const Table& now) {
    const bool same = absl::c_equal(old.charts(), now.charts(), [](const Chart& a, const Chart& b) {
      return a.kind() == b.kind() && a.dimension() == b.dimension() && a.measure() == b.measure();
    });
    if (!same) visitor_.See({v1::REPORT_CHANGE_KIND_TEXT, now.table().table(), "charts"});
  }

  const Side& before_;
  const Side& after_;
  const Replaced& replaced_;
  ChangeVisitor& visitor_;
};

using VersionParts = std::array<int64_t, 3>;

// Nothing of what is no version.
std::optional<VersionParts> PartsOf(absl::string_view version) {
  VersionParts parts;
  const std::vector<absl::string_view> texts = absl::StrSplit(version, '.');
  if (texts.size() != parts.size()) return std::nullopt;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!absl::SimpleAtoi(texts[i], &parts[i])) return std::nullopt;
  }
  return parts;
}

std::map<std::string, std::set<std::string>> CodesByList(const Content& content) {
  std::map<std::string, std::set<std::string>> codes;
  for (const FigureCodeList& list : content.code_lists()) {
    for (const FigureCode& code : list.codes()) codes[list.code_list()].insert(code.code());
  }
  return codes;
}

}  // namespace

std::unique_ptr<RowSource> InMemory(const Rows& rows) {
  return std::make_unique<RowsInMemory>(rows);
}

Replaced ReplacedCodes(const v1::ReportDefinition& definition, const Content& before,
                       const Content& after) {
  Replaced replaced;
  auto old = CodesByList(before), now = CodesByList(after);
  for (const v1::ReportReplacedCode& one : definition.replaced_codes()) {
    const auto& codes = now[one.code_list()];
    if (old[one.code_list()].contains(one.code()) && !codes.contains(one.code()) &&
        codes.contains(one.replaced_by())) {
      replaced[one.code_list()][one.code()] = one.replaced_by();
    }
  }
  return replaced;
}

absl::Status Comparison::Show(ChangeVisitor& visitor) const {
  return Walker(before, after, replaced, visitor).Run();
}

bool SameFigure(const type::v1::Figure& one, const type::v1::Figure& other) {
  return one.has_value() == other.has_value() && one.value() == other.value() &&
         one.mark() == other.mark();
}

v1::ReportVersionLevel LevelOf(v1::ReportChangeKind kind) {
  switch (kind) {
    case v1::REPORT_CHANGE_KIND_TABLE_ADDED:
    case v1::REPORT_CHANGE_KIND_MEASURE_ADDED:
    case v1::REPORT_CHANGE_KIND_ROW_ADDED:
      return v1::REPORT_VERSION_LEVEL_MINOR;
    case v1::REPORT_CHANGE_KIND_FIGURES:
    case v1::REPORT_CHANGE_KIND_TEXT:
      return v1::REPORT_VERSION_LEVEL_PATCH;
    default:
      return v1::REPORT_VERSION_LEVEL_MAJOR;
  }
}

bool VersionPrecedes(absl::string_view one, absl::string_view other) {
  return PartsOf(one) < PartsOf(other);
}

std::string NextVersion(absl::string_view previous, v1::ReportVersionLevel level) {
  std::optional<VersionParts> parts = PartsOf(previous);
  if (!parts) return kFirstVersion;
  auto& [major, minor, patch] = *parts;
  if (level == v1::REPORT_VERSION_LEVEL_MAJOR) {
    parts = {major + 1, 0, 0};
  } else if (level == v1::REPORT_VERSION_LEVEL_MINOR) {
    parts = {major, minor + 1, 0};
  } else if (level == v1::REPORT_VERSION_LEVEL_PATCH) {
    ++patch;
  }
  return absl::StrCat(major, ".", minor, ".", patch);
}

}  // namespace puente::gateway::reports
