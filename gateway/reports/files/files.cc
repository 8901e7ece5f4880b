#include "gateway/reports/files/files.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "gateway/reports/files/changes.h"
#include "gateway/reports/files/csv.h"
#include "gateway/reports/files/json.h"
#include "gateway/reports/files/page.h"
#include "gateway/reports/files/sdmx.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {
namespace {

constexpr char kCsv[] = "text/csv; charset=utf-8; header=present";
constexpr char kJson[] = "application/json";
constexpr char kHtml[] = "text/html; charset=utf-8";
constexpr char kStructure[] = "application/vnd.sdmx.structure+xml;version=2.1";
constexpr char kSpecific[] = "application/vnd.sdmx.structurespecificdata+xml;version=2.1";
constexpr char kGeneric[] = "application/vnd.sdmx.genericdata+xml;version=2.1";
constexpr char kSdmxCsv[] = "application/vnd.sdmx.data+csv;version=1.0.0";
constexpr char kSdmxJson[] = "application/vnd.sdmx.data+json;version=1.0.0";

}  // namespace

absl::StatusOr<std::vector<File>> Render(const Content& content, const Comparison* changes) {
  ASSIGN_OR_RETURN(const View view, View::Of(content));
  std::vector<File> files;
  files.push_back({"codebook.csv", kCsv, CodebookCsv(view)});
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    files.push_back({PageName(language), kHtml, Page(view, language)});
  }
  files.push_back({"structure.xml", kStructure, StructureXml(view)});
  files.push_back({kReportJson, kJson, ReportJson(view)});
  for (const TableView& table : view.tables()) {
    const auto add = [&](const char* ending, const char* type, std::string bytes) {
      files.push_back({absl::StrCat(table.id(), ending), type, std::move(bytes)});
    };
    add(".csv", kCsv, TableCsv(table));
    add(".structurespecific.xml", kSpecific, StructureSpecificXml(view, table));
    add(".generic.xml", kGeneric, GenericXml(view, table));
    add(".sdmx.csv", kSdmxCsv, SdmxCsv(view, table));
    add(".sdmx.json", kSdmxJson, SdmxJson(view, table));
  }
  if (changes != nullptr) {
    const auto add = [&](const char* path, const char* type, auto* write) -> absl::Status {
      File file{path, type, ""};
      RETURN_IF_ERROR(write(*changes, [&](absl::string_view text) {
        file.content.append(text.data(), text.size());
      }));
      files.push_back(std::move(file));
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(add(kChangesCsv, kCsv, &WriteChangesCsv));
    RETURN_IF_ERROR(add(kChangesJson, kJson, &WriteChangesJson));
  }
  const auto by_path = [](const File& a, const File& b) { return a.path < b.path; };
  std::sort(files.begin(), files.end(), by_path);
  files.push_back({kManifest, kJson, ManifestJson(view, files)});
  std::sort(files.begin(), files.end(), by_path);
  return files;
}

std::string WithByteOrderMark(absl::string_view csv) { return absl::StrCat("\xEF\xBB\xBF", csv); }

}  // namespace puente::gateway::reports
