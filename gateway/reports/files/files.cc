#include "gateway/reports/files/files.h"

#include <algorithm>

#include "absl/strings/escaping.h"
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

// Writes files and says what they are.
class Writer {
 public:
  explicit Writer(KeepPiece keep) : keep_(keep) {}

  absl::Status Add(std::string path, const char* media_type,
                   absl::FunctionRef<void(Output&)> write) {
    Output out(kFilePiece, [&](absl::string_view piece) { return keep_(path, piece); });
    write(out);
    RETURN_IF_ERROR(out.Finish());
    files_.push_back(
        {std::move(path), media_type, out.byte_count(), absl::BytesToHexString(out.Sha256())});
    return absl::OkStatus();
  }
  const std::vector<File>& Sorted() {
    std::sort(files_.begin(), files_.end(),
              [](const File& a, const File& b) { return a.path < b.path; });
    return files_;
  }

 private:
  KeepPiece keep_;
  std::vector<File> files_;
};

}  // namespace

absl::StatusOr<std::vector<File>> Render(const View& view, KeepPiece keep,
                                         const Comparison* changes) {
  Writer writer(keep);
  RETURN_IF_ERROR(
      writer.Add("codebook.csv", kCsv, [&](Output& out) { WriteCodebookCsv(view, out); }));
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    RETURN_IF_ERROR(writer.Add(PageName(language), kHtml,
                               [&](Output& out) { WritePage(view, language, out); }));
  }
  RETURN_IF_ERROR(
      writer.Add("structure.xml", kStructure, [&](Output& out) { WriteStructureXml(view, out); }));
  RETURN_IF_ERROR(writer.Add(kReportJson, kJson, [&](Output& out) { WriteReportJson(view, out); }));
  for (const TableView& table : view.tables()) {
    const auto add = [&](const char* ending, const char* type,
                         absl::FunctionRef<void(Output&)> write) {
      return writer.Add(absl::StrCat(table.id(), ending), type, write);
    };
    RETURN_IF_ERROR(add(".csv", kCsv, [&](Output& out) { WriteTableCsv(table, out); }));
    RETURN_IF_ERROR(add(".structurespecific.xml", kSpecific,
                        [&](Output& out) { WriteSpecificXml(view, table, {}, out); }));
    RETURN_IF_ERROR(
        add(".generic.xml", kGeneric, [&](Output& out) { WriteGenericXml(view, table, {}, out); }));
    RETURN_IF_ERROR(
        add(".sdmx.csv", kSdmxCsv, [&](Output& out) { WriteSdmxCsv(view, table, out); }));
    RETURN_IF_ERROR(
        add(".sdmx.json", kSdmxJson, [&](Output& out) { WriteSdmxJson(view, table, out); }));
  }
  if (changes != nullptr) {
    const auto add = [&](const char* path, const char* type, auto* write) -> absl::Status {
      absl::Status read;
      RETURN_IF_ERROR(writer.Add(path, type, [&](Output& out) {
        read = write(*changes, [&](absl::string_view text) { out.Append(text); });
      }));
      return read;
    };
    RETURN_IF_ERROR(add(kChangesCsv, kCsv, &WriteChangesCsv));
    RETURN_IF_ERROR(add(kChangesJson, kJson, &WriteChangesJson));
  }
  const std::vector<File> listed = writer.Sorted();
  RETURN_IF_ERROR(
      writer.Add(kManifest, kJson, [&](Output& out) { WriteManifestJson(view, listed, out); }));
  return writer.Sorted();
}

}  // namespace puente::gateway::reports
