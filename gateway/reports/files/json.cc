#include "gateway/reports/files/json.h"

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/context/version.h"
#include "common/crypto/digest.h"
#include "gateway/reports/files/changes.h"
#include "gateway/reports/files/words.h"

namespace puente::gateway::reports {
namespace {

using nlohmann::ordered_json;

// By which rules content becomes files; another number where the same content is written otherwise.
constexpr char kFileRules[] = "report-files/1";

ordered_json Texts(const std::string& es, const std::string& en) {
  return {{"es", es}, {"en", en}};
}

// What both documents begin with.
ordered_json Head(const View& view) {
  const Content& content = view.content();
  ordered_json head;
  head["report"] = content.report();
  head["version"] = content.version();
  if (!content.previous().empty()) {
    head["previous"] = {{"report", content.previous()},
                        {"version", content.changes().previous_version()},
                        {"level", LevelName(content.changes().level())}};
  }
  head["definition"] = content.definition();
  head["definition_version"] = content.definition_version();
  head["title"] = Texts(content.title_es(), content.title_en());
  head["record_kind"] = KindText(content.record_kind());
  return head;
}

ordered_json Sources(const Content& content) {
  ordered_json sources = ordered_json::array();
  for (const Source& source : content.sources()) {
    sources.push_back({{"agency", source.agency()},
                       {"extract", source.extract()},
                       {"read_time", TimeText(source.read_time())},
                       {"freshness_token", source.freshness_token()},
                       {"sha256", source.sha256()},
                       {"byte_count", source.byte_count()}});
  }
  return sources;
}

ordered_json CodeList(const FigureCodeList& list) {
  ordered_json codes = ordered_json::array();
  for (const FigureCode& code : list.codes()) {
    codes.push_back({{"code", code.code()}, {"es", code.name_es()}, {"en", code.name_en()}});
  }
  return {{"code_list", list.code_list()},
          {"title", Texts(list.title_es(), list.title_en())},
          {"codes", codes}};
}

// All of a table but its rows.
ordered_json TableHead(const TableView& table) {
  ordered_json head = {
      {"table", table.id()},
      {"title", Texts(table.title(Language::kSpanish), table.title(Language::kEnglish))},
      {"note", Texts(table.note(Language::kSpanish), table.note(Language::kEnglish))}};
  head["dimensions"] = ordered_json::array();
  for (const DimensionView& dimension : table.dimensions()) {
    head["dimensions"].push_back(
        {{"dimension", dimension.id()},
         {"title", Texts(dimension.title(Language::kSpanish), dimension.title(Language::kEnglish))},
         {"code_list",
          dimension.is_period() ? ordered_json() : ordered_json(dimension.list()->code_list())}});
  }
  head["measures"] = ordered_json::array();
  for (const FigureMeasure& measure : table.measures()) {
    head["measures"].push_back({{"measure", measure.measure()},
                                {"title", Texts(measure.title_es(), measure.title_en())},
                                {"unit", measure.unit()}});
  }
  return head;
}

// Writes rows by what can be said of their codes and measures once: a tree for each row would take
// more time than all else.
class RowWriter {
 public:
  explicit RowWriter(const TableView& table)
      : codes_(table.OfEachCode([](const DimensionView& dimension, const std::string& code) {
          return absl::StrCat(ordered_json(dimension.id()).dump(), ":", ordered_json(code).dump());
        })) {
    for (const FigureMeasure& measure : table.measures()) {
      measures_.push_back(absl::StrCat(ordered_json(measure.measure()).dump(), ":{\"value\":"));
    }
  }

  // {"codes":{"STATE":"09"},"figures":{"HEADS":{"value":12,"status":"A"}}}
  void Append(const TableView::Row& row, std::string& out) const {
    out.append("{\"codes\":{");
    for (int i = 0; i < row.codes_size(); ++i) {
      absl::StrAppend(&out, i == 0 ? "" : ",", codes_[i][row.number(i)]);
    }
    out.append("},\"figures\":{");
    for (int i = 0; i < row.figures_size(); ++i) {
      const Figure figure = row.figures(i);
      absl::StrAppend(&out, i == 0 ? "" : ",", measures_[i]);
      if (IsTold(figure)) {
        absl::StrAppend(&out, figure.value());
      } else {
        out.append("null");
      }
      out.append(",\"status\":\"");
      out.push_back(StatusOf(figure));
      out.append("\"}");
    }
    out.append("}}");
  }

 private:
  const std::vector<std::vector<std::string>> codes_;  // by dimension and number
  std::vector<std::string> measures_;
};

// The members of an object, without its end, so that others can follow.
std::string Opened(const ordered_json& object) {
  std::string text = object.dump();
  text.pop_back();
  return text;
}

}  // namespace

void WriteReportJson(const View& view, Output& out) {
  ordered_json head = Head(view);
  head["summary"] = Texts(view.summary(Language::kSpanish), view.summary(Language::kEnglish));
  head["sources"] = Sources(view.content());
  head["statuses"] = ordered_json::array();
  for (const StatusWords& status : kStatuses) {
    head["statuses"].push_back({{"status", std::string(1, status.letter)},
                                {"es", absl::StrCat(status.name.es, ": ", status.meaning.es)},
                                {"en", absl::StrCat(status.name.en, ": ", status.meaning.en)}});
  }
  head["code_lists"] = ordered_json::array();
  for (const FigureCodeList& list : view.content().code_lists()) {
    head["code_lists"].push_back(CodeList(list));
  }
  out.Append(absl::StrCat(Opened(head), ",\n\"tables\":["));
  const char* before_table = "\n";
  for (const TableView& table : view.tables()) {
    out.Append(absl::StrCat(before_table, Opened(TableHead(table)), ",\"rows\":["));
    const RowWriter rows(table);
    const char* before_row = "\n";
    std::string text;
    table.ForEachRow([&](const TableView::Row& row) {
      if (out.failed()) return;
      text = before_row;
      rows.Append(row, text);
      out.Append(text);
      before_row = ",\n";
    });
    out.Append("]}");
    before_table = ",\n";
  }
  out.Append("]}\n");
}

void WriteManifestJson(const View& view, absl::Span<const File> files, Output& out) {
  const auto hex = [](absl::string_view bytes) {
    return absl::BytesToHexString(crypto::Sha256(bytes));
  };
  ordered_json manifest = Head(view);
  manifest["software"] = absl::StrCat("puente/", Version());
  manifest["file_rules"] = kFileRules;
  manifest["sources"] = Sources(view.content());
  if (!view.content().sources().empty()) {
    manifest["first_read_time"] = TimeText(view.FirstRead());
    manifest["last_read_time"] = TimeText(view.LastRead());
  }
  manifest["code_lists"] = ordered_json::array();
  for (const FigureCodeList& list : view.content().code_lists()) {
    manifest["code_lists"].push_back({{"code_list", list.code_list()},
                                      {"code_count", list.codes_size()},
                                      {"sha256", hex(CodeList(list).dump())}});
  }
  manifest["files"] = ordered_json::array();
  for (const File& file : files) {
    manifest["files"].push_back({{"path", file.path},
                                 {"media_type", file.media_type},
                                 {"byte_count", file.byte_count},
                                 {"sha256", file.sha256}});
  }
  manifest["signatures"] = ordered_json::array();
  out.Append(manifest.dump(1) + "\n");
}

}  // namespace puente::gateway::reports
