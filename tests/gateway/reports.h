// The gateway that makes reports, with two agencies that tell what a test has them tell; and those
// who ask for reports, approve and read them.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "puente/gateway/v1/report.grpc.pb.h"
#include "puente/gateway/v1/report_definition.grpc.pb.h"
#include "tests/gateway/certification.h"
#include "tests/gateway/extracts.h"
#include "tests/testing/text.h"

namespace puente::gateway {

using ReportStub = v1::ReportService::Stub;
using DefinitionStub = v1::ReportDefinitionService::Stub;

// The gateway, where these agencies answer, each by its channel, and no other.
inline hosting::ModuleKind GatewayTo(
    const std::map<std::string, std::shared_ptr<grpc::Channel>>& agencies) {
  hosting::ModuleKind kind = Gateway();
  kind.make = [agencies](const hosting::Surroundings& around) {
    const auto channel = [agencies](absl::string_view agency) {
      const auto found = agencies.find(std::string(agency));
      return found == agencies.end() ? Nobody() : found->second;
    };
    return Gateway().make({around.config, around.host, around.database, channel});
  };
  return kind;
}

// Posts by state, as Labor tells them.
inline v1::ReportDefinition PostsByState() {
  return testing::Of<v1::ReportDefinition>(R"pb(
    title_es: "Puestos"
    title_en: "Posts"
    summary_es: "Puestos por entidad."
    summary_en: "Posts by state."
    tables {
      table: "by-state"
      title_es: "Por entidad"
      title_en: "By state"
      sources { agency: "labor" table: "vacancies" measures: "POSTS" }
      dimensions: "STATE"
    })pb");
}

// Who calls the gateway, by a process of it of his own.
class ReportCaller {
 public:
  ReportCaller(const hosting::ModuleKind& gateway, const sql::Target& schema,
               const std::string& caller, std::string actor, const config::Server& config = {})
      : actor_(std::move(actor)),
        hosted_(gateway, schema, caller, config),
        stub_(v1::ReportService::NewStub(hosted_.channel())),
        definitions_(v1::ReportDefinitionService::NewStub(hosted_.channel())) {}

  std::string metrics() { return hosted_.metrics(); }

  template <class Request, class Answer>
  absl::StatusOr<Answer> Do(grpc::Status (ReportStub::*method)(grpc::ClientContext*, const Request&,
                                                               Answer*),
                            const Request& request) {
    return testing::Called(*stub_, method, request, nullptr, "", actor_);
  }
  // A verb of a report, or Get.
  template <class Request, class Answer>
  absl::StatusOr<Answer> Do(grpc::Status (ReportStub::*method)(grpc::ClientContext*, const Request&,
                                                               Answer*),
                            const std::string& name) {
    Request request;
    request.set_name(name);
    return Do(method, request);
  }

  absl::Status Define(const v1::ReportDefinition& definition, const std::string& id) {
    v1::CreateReportDefinitionRequest request;
    request.set_report_definition_id(id);
    *request.mutable_report_definition() = definition;
    request.mutable_report_definition()->set_source("test");
    request.mutable_report_definition()->set_record_kind(type::v1::RECORD_KIND_REAL);
    return testing::Called(*definitions_, &DefinitionStub::CreateReportDefinition, request)
        .status();
  }
  absl::StatusOr<v1::ReportDefinition> Redefine(const v1::UpdateReportDefinitionRequest& request) {
    return testing::Called(*definitions_, &DefinitionStub::UpdateReportDefinition, request);
  }
  absl::StatusOr<v1::Report> Ask(const std::string& id, const std::string& definition,
                                 absl::Time embargo = absl::InfinitePast(),
                                 const std::string& snapshot_of = "") {
    v1::CreateReportRequest request;
    request.set_report_id(id);
    v1::Report& report = *request.mutable_report();
    report.set_report_definition("reportDefinitions/" + definition);
    if (embargo != absl::InfinitePast()) *report.mutable_embargo_time() = ToProto(embargo);
    report.set_snapshot_of(snapshot_of);
    report.set_source("test");
    report.set_record_kind(type::v1::RECORD_KIND_REAL);
    return Do(&ReportStub::CreateReport, request);
  }
  absl::StatusOr<v1::Report> Get(const std::string& name) {
    return Do(&ReportStub::GetReport, name);
  }
  // Once it is made, or is not.
  v1::Report Await(const std::string& name,
                   const std::function<bool(const v1::Report&)>& until = nullptr) {
    absl::StatusOr<v1::Report> report;
    EXPECT_TRUE(testing::Becomes([&] {
      report = Get(name);
      if (!report.ok()) return true;
      if (until != nullptr) return until(*report);
      return report->state() != v1::REPORT_STATE_QUEUED &&
             report->state() != v1::REPORT_STATE_READING;
    }));
    EXPECT_OK(report);
    return report.ok() ? *report : v1::Report();
  }
  // The names of a list.
  std::vector<std::string> List(const std::string& filter = "") {
    v1::ListReportsRequest request;
    request.set_filter(filter);
    const auto page = Do(&ReportStub::ListReports, request);
    EXPECT_OK(page);
    std::vector<std::string> names;
    if (page.ok()) {
      for (const v1::Report& report : page->reports()) names.push_back(report.name());
    }
    return names;
  }

  // All answers of a stream, from a token on.
  absl::StatusOr<std::vector<v1::ExportReportFileResponse>> ExportFile(
      const std::string& name, const std::string& path, const std::string& token = "",
      const std::function<void()>& after_first = nullptr) {
    v1::ExportReportFileRequest request;
    request.set_name(name);
    request.set_path(path);
    request.set_resume_token(token);
    return Stream<v1::ExportReportFileResponse>(&ReportStub::ExportReportFile, request,
                                                after_first);
  }
  absl::StatusOr<std::vector<v1::ExportReportRowsResponse>> ExportRows(
      const std::string& name, const std::string& table, const std::string& token = "") {
    v1::ExportReportRowsRequest request;
    request.set_name(name);
    request.set_table(table);
    request.set_resume_token(token);
    return Stream<v1::ExportReportRowsResponse>(&ReportStub::ExportReportRows, request);
  }
  absl::StatusOr<std::string> ContentOf(const std::string& name, const std::string& path) {
    const auto answers = ExportFile(name, path);
    if (!answers.ok()) return answers.status();
    std::string content;
    for (const auto& answer : *answers) content += answer.content();
    return content;
  }

 private:
  template <class Answer, class Request>
  absl::StatusOr<std::vector<Answer>> Stream(
      std::unique_ptr<grpc::ClientReader<Answer>> (ReportStub::*method)(grpc::ClientContext*,
                                                                        const Request&),
      const Request& request, const std::function<void()>& after_first = nullptr) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    const auto reader = ((*stub_).*method)(&context, request);
    std::vector<Answer> answers;
    Answer answer;
    while (reader->Read(&answer)) {
      answers.push_back(answer);
      if (answers.size() == 1 && after_first != nullptr) after_first();
    }
    const grpc::Status status = reader->Finish();
    if (!status.ok()) return FromGrpc(status);
    return answers;
  }

  const std::string actor_;
  testing::HostedModule hosted_;
  const std::unique_ptr<ReportStub> stub_;
  const std::unique_ptr<DefinitionStub> definitions_;
};

}  // namespace puente::gateway
