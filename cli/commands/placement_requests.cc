// Learners whom a school has asked to place: what became of each, and of each row of a file.
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/commands.h"
#include "cli/placement_commands.h"
#include "cli/placement_tables.h"
#include "puente/api/v1/load.pb.h"
#include "puente/education/v1/placement_request.pb.h"

namespace puente::cli {
namespace {

constexpr char kList[] = "puente.education.v1.PlacementRequestService/ListPlacementRequests";
constexpr char kBatchGet[] =
    "puente.education.v1.PlacementRequestService/BatchGetPlacementRequests";
constexpr char kListRows[] = "puente.api.v1.LoadService/ListLoadRows";
constexpr int kPage = 1000;

using education::v1::BatchGetPlacementRequestsRequest;
using education::v1::BatchGetPlacementRequestsResponse;
using education::v1::ListPlacementRequestsRequest;
using education::v1::ListPlacementRequestsResponse;

// Of the rows that were taken, as many at a time as can be asked for.
bool ReadRequests(Session& session, const api::v1::ListLoadRowsResponse& rows,
                  ListPlacementRequestsResponse* all) {
  BatchGetPlacementRequestsRequest request;
  for (int i = 0; i < rows.rows_size(); ++i) {
    if (rows.rows(i).outcome() != api::v1::LOAD_OUTCOME_REFUSED) {
      request.add_names(rows.rows(i).name());
    }
    const bool last = i + 1 == rows.rows_size();
    if (request.names().empty() || (request.names_size() < kPage && !last)) continue;
    BatchGetPlacementRequestsResponse page;
    if (!session.Call("education", kBatchGet, request, &page)) return false;
    all->mutable_placement_requests()->MergeFrom(page.placement_requests());
    request.clear_names();
  }
  return true;
}

ExitCode ListOfLoad(Session& session, const std::string& load) {
  api::v1::ListLoadRowsRequest request;
  request.set_parent(LoadName(load));
  request.set_page_size(kPage);
  if (session.Explains("education", kListRows, request)) return kOk;
  api::v1::ListLoadRowsResponse rows;
  if (!session.CallForAll("education", kListRows, request, &rows)) return kFailure;
  ListPlacementRequestsResponse requests;
  if (!ReadRequests(session, rows, &requests)) return kFailure;
  RequestsByName by_name;
  for (const auto& one : requests.placement_requests()) by_name[one.name()] = one;
  session.PrintList(requests, TableOfRequestedRows(session.language(), rows.rows(), by_name));
  return kOk;
}

}  // namespace

ExitCode SchoolRequests(Session& session, const PlacementArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  if (!args.load.empty()) return ListOfLoad(session, args.load);
  ListPlacementRequestsRequest request;
  request.set_parent(SchoolOf(session));
  if (request.parent().empty()) return kUsage;
  if (!args.state.empty()) {
    request.set_filter(absl::StrCat(
        "state = ", absl::StrReplaceAll(absl::AsciiStrToUpper(args.state), {{"-", "_"}})));
  }
  request.set_page_size(kPage);
  if (session.Explains("education", kList, request)) return kOk;
  ListPlacementRequestsResponse all;
  if (!session.CallForAll("education", kList, request, &all)) return kFailure;
  session.PrintList(all, TableOfRequests(session.language(), all.placement_requests()));
  return kOk;
}

}  // namespace puente::cli
