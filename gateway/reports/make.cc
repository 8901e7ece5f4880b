#include "gateway/reports/make.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/reports/changes.h"
#include "gateway/reports/compose.h"
#include "gateway/reports/extract.h"
#include "gateway/reports/files/changes.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/previous.h"

namespace puente::gateway::reports {
namespace {

// An answer is sent once it has this much.
constexpr size_t kEnough = 48 << 10;

std::string IdOf(const v1::Report& report) {
  return std::string(absl::StripPrefix(report.name(), "reports/"));
}

// Collects what is sent, an answer after the other.
class Answers {
 public:
  v1::ExportReportRowsResponse& open() { return open_; }
  // Of what was added to it.
  void Added(size_t bytes) {
    bytes_ += bytes;
    if (bytes_ >= kEnough) Close();
  }
  std::vector<std::string> Done() && {
    if (bytes_ > 0) Close();
    return std::move(closed_);
  }

 private:
  void Close() {
    closed_.push_back(crypto::Canonical(open_));
    open_.Clear();
    bytes_ = 0;
  }

  v1::ExportReportRowsResponse open_;
  size_t bytes_ = 0;
  std::vector<std::string> closed_;
};

// A list goes on in the next answer where it is long.
void AddList(const api::v1::FigureCodeList& list, Answers& answers) {
  api::v1::FigureCodeList* part = nullptr;
  for (const api::v1::FigureCode& code : list.codes()) {
    if (answers.open().code_lists().empty()) part = nullptr;
    if (part == nullptr) {
      part = answers.open().add_code_lists();
      part->set_code_list(list.code_list());
      part->set_title_es(list.title_es());
      part->set_title_en(list.title_en());
    }
    *part->add_codes() = code;
    answers.Added(code.ByteSizeLong());
  }
}

// Of a report that another went before; what is different from that one is said too.
absl::StatusOr<std::vector<File>> RenderChanged(sql::Session& session, const v1::Report& report,
                                                const v1::ReportDefinition& definition,
                                                Content& content, absl::Status& read) {
  const std::string id(absl::StripPrefix(report.previous(), "reports/"));
  const absl::StatusOr<Content> previous = ReadHead(session, id);
  read.Update(previous.status());
  RETURN_IF_ERROR(read);
  const auto kept = [&](const std::string& table) { return ReadRows(session, id, table, read); };
  const auto made = [&](const std::string& table) {
    return InMemory(*absl::c_find_if(content.tables(),
                                   [&](const Table& one) { return one.table().table() == table; }));
  };
  const Comparison changes{
      {*previous, kept}, {content, made}, ReplacedCodes(definition, *previous, content)};
  RETURN_IF_ERROR(SumUpChanges(changes, content));
  return Render(content, &changes);
}

}  // namespace

absl::StatusOr<Made> Make(sql::Session& session, const v1::Report& report, absl::Status& read) {
  const std::string id = IdOf(report);
  const auto kept = [&](PartKind kind, const std::string& item) {
    absl::StatusOr<std::string> whole = ReadWhole(session, {id, kind, item});
    read.Update(whole.status());
    return whole.ok() ? *std::move(whole) : std::string();
  };
  v1::ReportDefinition definition;
  const bool parsed = definition.ParseFromString(kept(PartKind::kDefinition, ""));
  RETURN_IF_ERROR(read);
  if (!parsed || definition.name().empty()) {
    return absl::DataLossError("the definition that is kept with a report is none");
  }
  Extracts extracts;
  for (const v1::ReportExtract& extract : report.extracts()) {
    const std::string file = kept(PartKind::kExtract, extract.agency());
    RETURN_IF_ERROR(read);
    if (absl::BytesToHexString(crypto::Sha256(file)) != extract.sha256()) {
      return Error(error::kReportExtractAltered, "agency"_is(extract.agency()));
    }
    ASSIGN_OR_RETURN(extracts[extract.agency()], ReadExtract(extract.agency(), file));
  }
  Made made;
  ASSIGN_OR_RETURN(made.content, Compose(report, definition, extracts));
  if (report.previous().empty()) {
    made.content.set_version(kFirstVersion);
    ASSIGN_OR_RETURN(made.files, Render(made.content));
  } else {
    ASSIGN_OR_RETURN(made.files, RenderChanged(session, report, definition, made.content, read));
  }
  std::sort(made.files.begin(), made.files.end(),
            [](const File& one, const File& other) { return one.path < other.path; });
  return made;
}

v1::ReportFile Describe(const File& file) {
  v1::ReportFile described;
  described.set_path(file.path);
  described.set_media_type(file.media_type);
  described.set_byte_count(static_cast<int64_t>(file.content.size()));
  described.set_sha256(absl::BytesToHexString(crypto::Sha256(file.content)));
  return described;
}

void Describe(const Made& made, v1::Report& report) {
  absl::Time first = absl::InfiniteFuture(), last = absl::InfinitePast();
  for (const v1::ReportExtract& extract : report.extracts()) {
    first = std::min(first, FromProto(extract.read_time()));
    last = std::max(last, FromProto(extract.read_time()));
  }
  *report.mutable_read_spread() = ToProto(last - first);
  report.set_report_version(made.content.version());
  report.clear_changes();
  if (made.content.has_changes()) *report.mutable_changes() = made.content.changes();
  report.clear_tables();
  for (const Table& table : made.content.tables()) {
    v1::ReportTableSummary& summary = *report.add_tables();
    summary.set_table(table.table().table());
    summary.set_title_es(table.table().title_es());
    summary.set_title_en(table.table().title_en());
    summary.set_row_count(table.rows_size());
  }
  report.clear_files();
  for (const File& file : made.files) *report.add_files() = Describe(file);
}

std::vector<std::string> RowAnswers(const Content& content, const Table& table) {
  Answers answers;
  *answers.open().mutable_figure_table() = table.table();
  answers.Added(table.table().ByteSizeLong());
  std::set<std::string> lists;
  for (const auto& dimension : table.table().dimensions()) lists.insert(dimension.code_list());
  for (const api::v1::FigureCodeList& list : content.code_lists()) {
    if (lists.contains(list.code_list())) AddList(list, answers);
  }
  for (const api::v1::FigureRow& row : table.rows()) {
    *answers.open().add_rows() = row;
    answers.Added(row.ByteSizeLong());
  }
  return std::move(answers).Done();
}

absl::Status Keep(journal::Transaction& tx, const std::string& report, const Made& made) {
  Content head = made.content;
  for (Table& table : *head.mutable_tables()) table.clear_rows();
  const std::string whole = crypto::Canonical(head);
  RETURN_IF_ERROR(AddParts(tx, {report, PartKind::kContent, ""}, 0, Pieces(whole, kExtractPiece)));
  for (const File& file : made.files) {
    RETURN_IF_ERROR(
        AddParts(tx, {report, PartKind::kFile, file.path}, 0, Pieces(file.content, kFilePiece)));
  }
  for (const Table& table : made.content.tables()) {
    const std::vector<std::string> answers = RowAnswers(made.content, table);
    RETURN_IF_ERROR(AddParts(tx, {report, PartKind::kRows, table.table().table()}, 0,
                             std::vector<absl::string_view>(answers.begin(), answers.end())));
  }
  return absl::OkStatus();
}

}  // namespace puente::gateway::reports
