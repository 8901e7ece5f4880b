// Sends files to a module's LoadService, as its tests do.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "puente/api/v1/load.grpc.pb.h"
#include "tests/testing/hosted.h"

namespace puente::testing {

// With the layouts of files that an agency ships.
inline config::Server WithProfiles(absl::string_view agency) {
  config::Server config;
  config.set_profiles(absl::StrCat("data/", agency, "/profiles"));
  return config;
}

inline absl::StatusOr<api::v1::LoadRecordsResponse> SendFile(
    const std::shared_ptr<grpc::Channel>& channel, const api::v1::LoadRecordsHeader& header,
    const std::string& content, size_t slice_bytes = 64 << 10, const std::string& actor = "",
    const std::string& purpose = "", const std::string& language = "") {
  grpc::ClientContext context;
  if (!language.empty()) context.AddMetadata("accept-language", language);
  if (!purpose.empty()) context.AddMetadata("puente-purpose", purpose);
  if (!actor.empty()) context.AddMetadata("puente-actor", actor);
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(120));
  api::v1::LoadRecordsResponse response;
  auto stub = api::v1::LoadService::NewStub(channel);
  const auto writer = stub->LoadRecords(&context, &response);
  api::v1::LoadRecordsRequest message;
  *message.mutable_header() = header;
  bool going = writer->Write(message);
  for (size_t at = 0; going && at < content.size(); at += slice_bytes) {
    message.set_content(content.substr(at, slice_bytes));
    going = writer->Write(message);
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return FromGrpc(status);
  return response;
}

// The acknowledgements of a load, fetched page by page.
inline absl::StatusOr<std::vector<api::v1::LoadRow>> AcknowledgementsOf(
    const std::shared_ptr<grpc::Channel>& channel, const std::string& load,
    bool refused_only = false, int page_size = 2) {
  auto stub = api::v1::LoadService::NewStub(channel);
  api::v1::ListLoadRowsRequest request;
  request.set_parent(load);
  request.set_refused_only(refused_only);
  request.set_page_size(page_size);
  std::vector<api::v1::LoadRow> rows;
  do {
    const auto page = Called(*stub, &api::v1::LoadService::Stub::ListLoadRows, request);
    if (!page.ok()) return page.status();
    rows.insert(rows.end(), page->rows().begin(), page->rows().end());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return rows;
}

// "1 TAKEN", "2 REFUSED CCT PATTERN".
inline std::vector<std::string> RowsOf(const std::shared_ptr<grpc::Channel>& channel,
                                       const std::string& load, bool refused_only = false,
                                       int page_size = 2) {
  const auto all = AcknowledgementsOf(channel, load, refused_only, page_size);
  if (!all.ok()) return {all.status().ToString()};
  std::vector<std::string> rows;
  for (const api::v1::LoadRow& row : *all) {
    std::string& text = rows.emplace_back(std::to_string(row.row()) + " " +
                                          api::v1::LoadOutcome_Name(row.outcome()).substr(13));
    for (const type::v1::RowError& error : row.errors()) {
      text += " " + error.field() + " " + error.rule();
    }
  }
  return rows;
}

}  // namespace puente::testing
