#include "gateway/reports/make.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
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
#include "gateway/reports/resource.h"

namespace puente::gateway::reports {
namespace {

// An answer is sent once it has this much.
constexpr size_t kEnough = 48 << 10;

// Hands on what is sent, an answer after the other.
class Answers {
 public:
  explicit Answers(absl::FunctionRef<absl::Status(absl::string_view)> take) : take_(take) {}

  v1::ExportReportRowsResponse& open() { return open_; }
  // Of what was added to it. After an error nothing more is handed on.
  void Added(size_t bytes) {
    bytes_ += bytes;
    if (bytes_ >= kEnough) Close();
  }
  absl::Status Finish() {
    if (bytes_ > 0) Close();
    return status_;
  }
  bool failed() const { return !status_.ok(); }

 private:
  void Close() {
    if (status_.ok()) status_ = take_(crypto::Canonical(open_));
    open_.Clear();
    bytes_ = 0;
  }

  const absl::FunctionRef<absl::Status(absl::string_view)> take_;
  v1::ExportReportRowsResponse open_;
  size_t bytes_ = 0;
  absl::Status status_;
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

// What is kept, read and digested piece by piece; an altered one is used for nothing, and said to
// be altered whatever else is wrong with it.
absl::StatusOr<Extract> ReadKept(sql::Session& session, const std::string& id,
                                 const v1::ReportExtract& extract, size_t most_bytes,
                                 Workshop& workshop, absl::Status& stored) {
  crypto::Sha256Stream digest;
  int64_t number = 0;
  const auto next = [&]() -> absl::StatusOr<std::string> {
    stored.Update(workshop.Pause());
    RETURN_IF_ERROR(stored);
    absl::StatusOr<std::vector<std::string>> part =
        ReadParts(session, {id, PartKind::kExtract, extract.agency()}, number++, 1);
    stored.Update(part.status());
    RETURN_IF_ERROR(part.status());
    if (part->empty()) return "";
    digest.Add(part->front());
    return std::move(part->front());
  };
  absl::StatusOr<Extract> read = ReadExtract(extract.agency(), next, most_bytes);
  RETURN_IF_ERROR(stored);
  while (!read.ok()) {
    ASSIGN_OR_RETURN(const std::string rest, next());
    if (rest.empty()) break;
  }
  if (absl::BytesToHexString(digest.Digest()) != extract.sha256()) {
    return Error(error::kReportExtractAltered, "agency"_is(extract.agency()));
  }
  return read;
}

// Rests as its rows are walked over, and ends with the first error of whatever is stored.
class PacedRows final : public RowSource {
 public:
  PacedRows(std::unique_ptr<RowSource> rows, Workshop& workshop, absl::Status& stored)
      : rows_(std::move(rows)), workshop_(workshop), stored_(stored) {}
  absl::StatusOr<const api::v1::FigureRow*> Next() override {
    if (count_++ % kRowsBetweenPauses == 0) stored_.Update(workshop_.Pause());
    RETURN_IF_ERROR(stored_);
    return rows_->Next();
  }

 private:
  static constexpr size_t kRowsBetweenPauses = 256;
  const std::unique_ptr<RowSource> rows_;
  Workshop& workshop_;
  absl::Status& stored_;
  size_t count_ = 0;
};

// Two versions, of which the later one is in memory; content of both must outlive it.
Comparison Compared(sql::Session& session, const v1::ReportDefinition& definition,
                    const Content& previous, const Told& told, Workshop& workshop,
                    absl::Status& stored) {
  const auto kept = [&](const std::string& table) {
    return std::make_unique<PacedRows>(ReadRows(session, previous.report(), table, stored),
                                       workshop, stored);
  };
  const auto made = [&](const std::string& table) {
    const auto found = absl::c_find_if(
        told.content.tables(), [&](const Table& one) { return one.table().table() == table; });
    return std::make_unique<PacedRows>(InMemory(told.rows[found - told.content.tables().begin()]),
                                       workshop, stored);
  };
  return {
      {previous, kept}, {told.content, made}, ReplacedCodes(definition, previous, told.content)};
}

// Of what was made before the one that it has. Else it grows from the highest that was ever
// published, so that no version is used twice although reports are withdrawn; where none stands
// nobody has compared them, and it is another one.
absl::StatusOr<std::string> VersionOf(sql::Session& session, const v1::Report& report,
                                      const Content& previous, const Content& content) {
  if (!report.report_version().empty()) return report.report_version();
  const v1::ReportVersionLevel level =
      content.has_changes() ? content.changes().level() : v1::REPORT_VERSION_LEVEL_MAJOR;
  if (level == v1::REPORT_VERSION_LEVEL_SAME) return previous.version();
  ASSIGN_OR_RETURN(const std::string highest, HighestVersion(session, report.report_definition()));
  return NextVersion(highest, level);
}

// As a report names it.
v1::ReportFile Described(const File& file) {
  v1::ReportFile described;
  described.set_path(file.path);
  described.set_media_type(file.media_type);
  described.set_byte_count(file.byte_count);
  described.set_sha256(file.sha256);
  return described;
}

}  // namespace

absl::StatusOr<Made> Make(sql::Session& session, const v1::Report& report, Workshop& workshop,
                          absl::Status& stored) {
  const std::string id = ReportId(report.name());
  const absl::StatusOr<std::string> kept = ReadWhole(session, {id, PartKind::kDefinition, ""});
  stored.Update(kept.status());
  RETURN_IF_ERROR(stored);
  v1::ReportDefinition definition;
  if (!definition.ParseFromString(*kept) || definition.name().empty()) {
    return absl::DataLossError("the definition that is kept with a report is none");
  }
  // What was made before this was asked for can be made again, whatever bounds there are now.
  const bool again = !report.report_version().empty();
  Told told;
  {
    Extracts extracts;
    size_t room = again ? std::numeric_limits<size_t>::max() : kMostRowBytes;
    for (const v1::ReportExtract& extract : report.extracts()) {
      ASSIGN_OR_RETURN(Extract read, ReadKept(session, id, extract, room, workshop, stored));
      room -= RowBytes(read);
      extracts.emplace(extract.agency(), std::move(read));
    }
    ASSIGN_OR_RETURN(told, Compose(report, definition, extracts));
    if (!again) RETURN_IF_ERROR(CheckTold(told));
  }
  Content previous;
  std::optional<Comparison> changes;
  if (!report.previous().empty()) {
    absl::StatusOr<Content> head = ReadHead(session, ReportId(report.previous()));
    stored.Update(head.status());
    RETURN_IF_ERROR(stored);
    previous = *std::move(head);
    changes.emplace(Compared(session, definition, previous, told, workshop, stored));
    RETURN_IF_ERROR(SumUpChanges(*changes, told.content));
  }
  absl::StatusOr<std::string> version = VersionOf(session, report, previous, told.content);
  stored.Update(version.status());
  RETURN_IF_ERROR(stored);
  told.content.set_version(*std::move(version));
  ASSIGN_OR_RETURN(const View view, View::Of(told));
  const auto keeping = [&](PartKind kind, const std::string& item, absl::string_view piece) {
    absl::Status status = workshop.Add(kind, item, piece);
    stored.Update(status);
    return status;
  };
  const std::string head = crypto::Canonical(told.content);
  for (const absl::string_view piece : Pieces(head, kExtractPiece)) {
    RETURN_IF_ERROR(keeping(PartKind::kContent, "", piece));
  }
  for (const TableView& table : view.tables()) {
    RETURN_IF_ERROR(RowAnswers(told.content, table, [&](absl::string_view piece) {
      return keeping(PartKind::kRows, table.id(), piece);
    }));
  }
  Made made;
  ASSIGN_OR_RETURN(made.files, Render(
                                   view,
                                   [&](const std::string& path, absl::string_view piece) {
                                     return keeping(PartKind::kFile, path, piece);
                                   },
                                   changes ? &*changes : nullptr));
  for (const TableView& table : view.tables()) made.row_counts.push_back(table.row_count());
  made.content = std::move(told.content);
  return made;
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
  for (int i = 0; i < made.content.tables_size(); ++i) {
    const api::v1::FigureTable& table = made.content.tables(i).table();
    v1::ReportTableSummary& summary = *report.add_tables();
    summary.set_table(table.table());
    summary.set_title_es(table.title_es());
    summary.set_title_en(table.title_en());
    summary.set_row_count(made.row_counts[i]);
    summary.set_record_kind(made.content.record_kind());
  }
  report.clear_files();
  for (const File& file : made.files) *report.add_files() = Described(file);
}

absl::Status RowAnswers(const Content& content, const TableView& table,
                        absl::FunctionRef<absl::Status(absl::string_view)> take) {
  Answers answers(take);
  *answers.open().mutable_figure_table() = table.head();
  answers.Added(table.head().ByteSizeLong());
  std::set<std::string> lists;
  for (const auto& dimension : table.head().dimensions()) lists.insert(dimension.code_list());
  for (const api::v1::FigureCodeList& list : content.code_lists()) {
    if (lists.contains(list.code_list())) AddList(list, answers);
  }
  for (size_t i = 0; i < table.rows().size() && !answers.failed(); ++i) {
    api::v1::FigureRow& said = *answers.open().add_rows();
    table.rows()[i].Into(said);
    answers.Added(said.ByteSizeLong());
  }
  return answers.Finish();
}

}  // namespace puente::gateway::reports
