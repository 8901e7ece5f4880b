#include "common/extracts/service.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/errors.h"
#include "common/extracts/lines.h"
#include "common/extracts/making.h"
#include "common/extracts/quality.h"
#include "common/names/pattern.h"
#include "common/resource/page.h"
#include "common/telemetry/mistake.h"
#include "puente/api/v1/figure_extract.grpc.pb.h"

namespace puente::extracts {
namespace {

using api::v1::FigureExtract;

// Of one message of an export.
constexpr size_t kMessageBytes = 64 << 10;

const NamePattern& ExtractPattern() {
  static const auto* const pattern = new NamePattern("figureExtracts/{figure_extract}");
  return *pattern;
}

// Its id too.
absl::StatusOr<std::pair<std::string, FigureExtract>> FindNamed(sql::Session& session,
                                                                const std::string& name) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, ExtractPattern().Parse(name));
  ASSIGN_OR_RETURN(std::optional<FigureExtract> found, store::Find(session, ids.front()));
  if (!found) return Error(error::kFigureExtractNotFound, "name"_is(name));
  return std::make_pair(std::move(ids.front()), *std::move(found));
}

absl::StatusOr<api::v1::ListFigureTablesResponse> ListFigureTables(
    const Call& call, sql::Session&, const api::v1::ListFigureTablesRequest& request,
    const Extracts& extracts) {
  const std::vector<absl::string_view> binding = {call.method, call.caller.path};
  std::string after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 1));
    after = cursor[0];
  }
  api::v1::ListFigureTablesResponse response;
  for (const Table& table : extracts.tables().tables) {
    if (table.name <= after) continue;
    if (response.tables_size() == resource::PageSize(request.page_size())) {
      response.set_next_page_token(
          resource::MakePageToken(binding, {response.tables().rbegin()->table()}));
      break;
    }
    *response.add_tables() = AsContract(table);
  }
  return response;
}

// A chunk of the file a slice.
class FileExport final : public calls::Slicer<api::v1::ExportFigureExtractResponse> {
 public:
  explicit FileExport(const api::v1::ExportFigureExtractRequest& request) : request_(request) {}

  absl::Status Next(const Call&, sql::Session& session,
                    calls::Sink<api::v1::ExportFigureExtractResponse>& sink) override {
    if (id_.empty()) RETURN_IF_ERROR(Begin(session));
    ASSIGN_OR_RETURN(const std::string content, store::ReadContent(session, id_, offset_));
    for (size_t i = 0; i < content.size(); i += kMessageBytes) {
      api::v1::ExportFigureExtractResponse response;
      response.set_content(content.substr(i, kMessageBytes));
      sink.Send(response);
    }
    offset_ += static_cast<int64_t>(content.size());
    if (offset_ >= byte_count_) {
      sink.Close();
      return absl::OkStatus();
    }
    return content.empty() ? Gone() : absl::OkStatus();  // while it was sent
  }

 private:
  absl::Status Gone() const { return Error(error::kFigureExtractGone, "name"_is(request_.name())); }

  absl::Status Begin(sql::Session& session) {
    ASSIGN_OR_RETURN(auto found, FindNamed(session, request_.name()));
    if (found.second.state() == api::v1::FIGURE_EXTRACT_STATE_GONE) return Gone();
    if (found.second.state() != api::v1::FIGURE_EXTRACT_STATE_READY) {
      return Error(error::kFigureExtractNotReady, "name"_is(request_.name()),
                   "state"_is(api::v1::FigureExtractState_Name(found.second.state())));
    }
    id_ = std::move(found.first);
    byte_count_ = found.second.byte_count();
    offset_ = request_.offset();
    return absl::OkStatus();
  }

  const api::v1::ExportFigureExtractRequest& request_;
  std::string id_;
  int64_t byte_count_ = 0;
  int64_t offset_ = 0;
};

std::unique_ptr<calls::Slicer<api::v1::ExportFigureExtractResponse>> ExportFigureExtract(
    const api::v1::ExportFigureExtractRequest& request) {
  return std::make_unique<FileExport>(request);
}

void CheckTable(const Tables& tables, const Table& table) {
  for (const Dimension& dimension : table.dimensions) {
    const auto is_it = [&](const CodeList& list) { return list.id == dimension.code_list; };
    if (!dimension.code_list.empty() && absl::c_none_of(CommonCodeLists(), is_it) &&
        absl::c_none_of(tables.code_lists, is_it)) {
      telemetry::Mistake("a table of figures has a list that there is not", table.name);
    }
  }
  const auto& units =
      *absl::c_find_if(CommonCodeLists(), [](const CodeList& list) { return list.id == kUnits; });
  for (const Measure& measure : table.measures) {
    if (absl::c_none_of(units.codes, [&](const Code& code) { return code.code == measure.unit; })) {
      telemetry::Mistake("a table of figures has a unit that there is not", table.name);
    }
  }
  if (table.read == nullptr) telemetry::Mistake("nothing reads a table of figures", table.name);
}

}  // namespace

absl::StatusOr<FigureExtract> CreateFigureExtract(
    const Call& call, journal::Transaction& tx, const api::v1::CreateFigureExtractRequest& request,
    const Extracts& extracts) {
  const std::set<std::string> asked(request.tables().begin(), request.tables().end());
  for (const std::string& name : asked) {
    if (FindTable(extracts.tables(), name) == nullptr) {
      return Error(error::kFigureTableNotFound, "name"_is(name));
    }
  }
  FigureExtract extract;
  extract.set_name(ExtractPattern().Format({request.figure_extract_id()}));
  ASSIGN_OR_RETURN(const auto found, store::Find(tx, request.figure_extract_id()));
  if (found) {
    if (std::equal(asked.begin(), asked.end(), found->tables().begin(), found->tables().end())) {
      return *found;
    }
    return Error(error::kFigureExtractExists, "name"_is(extract.name()),
                 "tables"_is(absl::StrJoin(found->tables(), ", ")));
  }
  extract.set_state(api::v1::FIGURE_EXTRACT_STATE_QUEUED);
  extract.mutable_tables()->Assign(asked.begin(), asked.end());
  *extract.mutable_create_time() = ToProto(call.start);
  RETURN_IF_ERROR(store::Add(tx, request.figure_extract_id(), extract));
  RETURN_IF_ERROR(due::Schedule(tx, {kTask, request.figure_extract_id(), ""}));
  return extract;
}

absl::StatusOr<FigureExtract> GetFigureExtract(const Call&, sql::Session& session,
                                               const api::v1::GetFigureExtractRequest& request) {
  ASSIGN_OR_RETURN(auto found, FindNamed(session, request.name()));
  return std::move(found.second);
}

void Extracts::Serve(calls::Host& host, due::Scheduler& due, Tables own) {
  tables_ = std::move(own);
  Tables quality = RecordQuality();
  absl::c_move(quality.tables, std::back_inserter(tables_.tables));
  absl::c_move(quality.code_lists, std::back_inserter(tables_.code_lists));
  absl::c_sort(tables_.tables,
               [](const Table& one, const Table& other) { return one.name < other.name; });
  for (const Table& table : tables_.tables) CheckTable(tables_, table);
  due.Handle(
      kTask,
      [this, &host](const due::Slice& slice) {
        return MakeExtract(host.journal(), slice, tables_);
      },
      due::Scheduler::Lane::kLong, kLongest);
  due.HandleStanding(kForgetting, &ForgetOldest);
  calls::Service& service = host.Serve<api::v1::FigureExtractService>();
  service.Read<&ListFigureTables>(*this);
  service.Mutate<&CreateFigureExtract>(*this);
  service.Read<&GetFigureExtract>();
  service.Stream<&ExportFigureExtract>();
}

}  // namespace puente::extracts
