#include "common/loads/service.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/calls/service.h"
#include "common/identity/spiffe.h"
#include "common/loads/errors.h"
#include "common/loads/layout.h"
#include "common/loads/store.h"
#include "common/loads/upload.h"
#include "common/resource/newest_first.h"
#include "puente/api/v1/load.grpc.pb.h"
#include "schema/loads.h"

namespace puente::loads {
namespace {

// A person whom others know takes somewhat other steps than somebody new: a file of one row answers
// alike. Of many rows that differ alike, how long they take together does tell.
constexpr absl::Duration kAnswersEvery = absl::Milliseconds(10);

const NamePattern& LoadPattern() {
  static const auto* const pattern = new NamePattern("loads/{load}");
  return *pattern;
}

// Whose loads the caller may see: "" for all.
std::string Visible(const Call& call, const calls::Host& host) {
  return call.caller.path == identity::ServerPath(host.options().agency) ? "" : call.caller.path;
}

// What is another's is not told from what is not there.
absl::StatusOr<std::pair<std::string, api::v1::Load>> FindVisible(const Call& call,
                                                                  sql::Session& session,
                                                                  const calls::Host& host,
                                                                  const std::string& name,
                                                                  absl::string_view field) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, LoadPattern().Parse(name, field));
  ASSIGN_OR_RETURN(std::optional<store::Kept> found, store::Find(session, ids.front()));
  const std::string visible = Visible(call, host);
  if (!found || (!visible.empty() && found->load.caller() != visible)) {
    return Error(error::kLoadNotFound, "name"_is(name));
  }
  return std::make_pair(ids.front(), std::move(found->load));
}

absl::StatusOr<api::v1::Load> GetLoad(const Call& call, sql::Session& session,
                                      const api::v1::GetLoadRequest& request,
                                      const calls::Host& host) {
  ASSIGN_OR_RETURN(auto found, FindVisible(call, session, host, request.name(), "name"));
  return std::move(found.second);
}

absl::StatusOr<api::v1::ListLoadsResponse> ListLoads(const Call& call, sql::Session& session,
                                                     const api::v1::ListLoadsRequest& request,
                                                     const calls::Host& host) {
  api::v1::ListLoadsResponse response;
  ASSIGN_OR_RETURN(auto page,
                   resource::NewestFirst(call, request, response, [&](int64_t before, int most) {
                     return store::List(session, Visible(call, host), before, most);
                   }));
  for (store::Kept& kept : page) *response.add_loads() = std::move(kept.load);
  return response;
}

absl::StatusOr<api::v1::ListLoadRowsResponse> ListLoadRows(
    const Call& call, sql::Session& session, const api::v1::ListLoadRowsRequest& request,
    const calls::Host& host) {
  ASSIGN_OR_RETURN(const auto found, FindVisible(call, session, host, request.parent(), "parent"));
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, request.parent(),
                                                  request.refused_only() ? "refused" : ""};
  int64_t behind = 0;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 1));
    if (!absl::SimpleAtoi(cursor[0], &behind)) return Error(resource::error::kInvalidPageToken);
  }
  ASSIGN_OR_RETURN(const std::vector<api::v1::LoadRow> rows,
                   store::ReadRows(session, found.first, behind, request.refused_only(),
                                   resource::PageSize(request.page_size())));
  api::v1::ListLoadRowsResponse response;
  if (rows.empty()) return response;
  const int64_t last = rows.back().row();
  response.mutable_rows()->Assign(rows.begin(), rows.end());
  ASSIGN_OR_RETURN(const auto more,
                   store::ReadRows(session, found.first, last, request.refused_only(), 1));
  if (!more.empty()) {
    response.set_next_page_token(resource::MakePageToken(binding, {absl::StrCat(last)}));
  }
  return response;
}

}  // namespace

void Loads::Serve(calls::Host& host, std::vector<resource::RecordWriter> writers) {
  writers_ = std::move(writers);
  for (const resource::RecordWriter& writer : writers_) {
    layouts_.push_back(
        LayoutOf(writer.spec(), writer.verb_fields(), !writer.in_files().found_by.empty()));
  }
  calls::Service& service = host.Serve<api::v1::LoadService>();
  service.Upload<LoadRecords>(host, *this);
  if (absl::c_any_of(writers_, [](const auto& writer) { return writer.spec().personal(); })) {
    host.MethodOf(api::v1::LoadRecordsRequest::descriptor()).answers_every = kAnswersEvery;
  }
  service.Read<&GetLoad>(host);
  service.Read<&ListLoads>(host);
  service.Read<&ListLoadRows>(host);
}

absl::Status Loads::ReadProfiles(const std::string& folder) {
  if (folder.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(profiles_, loading::ReadProfiles(layouts_, folder));
  return absl::OkStatus();
}

std::vector<sql::Migration> WithLoads(const std::vector<sql::Migration>& own) {
  std::vector<sql::Migration> migrations = schema::loads();
  migrations.insert(migrations.end(), own.begin(), own.end());
  return migrations;
}

}  // namespace puente::loads
