// Extracts of figures, made by hand, and an agency that tells them.
#pragma once

#include <google/protobuf/util/json_util.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/status/grpc_status.h"
#include "puente/api/v1/figure_extract.grpc.pb.h"
#include "tests/testing/folder.h"

namespace puente::gateway {

// The file of an extract, line by line.
class ExtractFile {
 public:
  // `released`: the table of which rows are from a release.
  explicit ExtractFile(const std::string& agency,
                       type::v1::RecordKind kind = type::v1::RECORD_KIND_GENERATED,
                       const std::string& released = "") {
    api::v1::FigureExtractLine line;
    line.mutable_head()->set_agency(agency);
    line.mutable_head()->set_record_kind(kind);
    line.mutable_head()->set_freshness_token("token");
    if (!released.empty()) {
      api::v1::FigureSource& source = *line.mutable_head()->add_sources();
      source.set_table(released);
      source.set_release("releases/1");
    }
    Add(line);
  }

  // Dimensions with their lists, "" of periods.
  ExtractFile& Table(const std::string& table,
                     const std::vector<std::pair<std::string, std::string>>& dimensions,
                     const std::vector<std::string>& measures, bool absent_is_zero = false) {
    api::v1::FigureExtractLine line;
    api::v1::FigureTable& made = *line.mutable_table();
    made.set_table(table);
    made.set_title_es("Tabla");
    made.set_title_en("Table");
    made.set_note_es("Nota de " + table + ".");
    made.set_note_en("Note of " + table + ".");
    for (const auto& [dimension, list] : dimensions) {
      api::v1::FigureDimension& one = *made.add_dimensions();
      one.set_dimension(dimension);
      one.set_title_es(dimension);
      one.set_title_en(dimension);
      one.set_code_list(list);
    }
    for (const std::string& measure : measures) {
      api::v1::FigureMeasure& one = *made.add_measures();
      one.set_measure(measure);
      one.set_title_es(measure);
      one.set_title_en(measure);
      one.set_unit("UNITS");
    }
    made.set_absent_is_zero(absent_is_zero);
    return Add(line);
  }
  ExtractFile& List(const std::string& list, const std::vector<std::string>& codes) {
    api::v1::FigureExtractLine line;
    line.mutable_code_list()->set_code_list(list);
    line.mutable_code_list()->set_title_es(list);
    line.mutable_code_list()->set_title_en(list);
    for (const std::string& code : codes) {
      api::v1::FigureCode& one = *line.mutable_code_list()->add_codes();
      one.set_code(code);
      one.set_name_es("es " + code);
      one.set_name_en("en " + code);
    }
    return Add(line);
  }
  // A figure is a count, or nothing where it is withheld.
  ExtractFile& Row(const std::string& table, const std::vector<std::string>& codes,
                   const std::vector<std::optional<int64_t>>& figures) {
    api::v1::FigureExtractLine line;
    line.mutable_row()->set_table(table);
    line.mutable_row()->mutable_codes()->Assign(codes.begin(), codes.end());
    for (const auto& figure : figures) {
      type::v1::Figure& one = *line.mutable_row()->add_figures();
      if (figure.has_value()) {
        one.set_value(*figure);
      } else {
        one.set_mark(type::v1::MARK_SUPPRESSED);
      }
    }
    return Add(line);
  }
  ExtractFile& Line(const std::string& text) {
    text_ += text + "\n";
    return *this;
  }

  const std::string& text() const { return text_; }

 private:
  ExtractFile& Add(const api::v1::FigureExtractLine& line) {
    std::string json;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(line, &json).ok());
    return Line(json);
  }

  std::string text_;
};

// An agency that tells one extract, whatever is asked for, by a server of its own.
class TellingAgency final : public api::v1::FigureExtractService::Service {
 public:
  explicit TellingAgency(std::string file) : file_(std::move(file)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address_, grpc::InsecureServerCredentials());
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~TellingAgency() {
    server_->Shutdown(std::chrono::system_clock::now());
    server_.reset();
  }

  std::shared_ptr<grpc::Channel> channel() {
    return grpc::CreateChannel(address_, grpc::InsecureChannelCredentials());
  }
  // From now on this is what it tells. Not while a report is made.
  void Tell(std::string file) {
    Set([&](TellingAgency& self) { self.file_ = std::move(file); });
  }
  // From now on this is when it has read what it tells.
  void ReadAt(absl::Time time) {
    Set([&](TellingAgency& self) { self.read_time_ = time; });
  }
  // From now on its extracts are not ready.
  void Hold() {
    Set([](TellingAgency& self) { self.held_ = true; });
  }
  void LetGo() {
    Set([](TellingAgency& self) { self.held_ = false; });
  }
  // Sends something else than it says.
  void Alter() {
    Set([](TellingAgency& self) { self.altered_ = true; });
  }
  // Says that its files have so many bytes, whatever they have.
  void Claim(int64_t byte_count) {
    Set([&](TellingAgency& self) { self.claim_ = byte_count; });
  }
  void Refuse(absl::Status with) {
    Set([&](TellingAgency& self) { self.refusal_ = std::move(with); });
  }
  // How often each extract was asked for.
  std::map<std::string, int> asked() {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }
  int exports() {
    absl::MutexLock lock(&mutex_);
    return exports_;
  }

  grpc::Status CreateFigureExtract(grpc::ServerContext*,
                                   const api::v1::CreateFigureExtractRequest* request,
                                   api::v1::FigureExtract* extract) override {
    absl::MutexLock lock(&mutex_);
    if (!refusal_.ok()) return ToGrpc(refusal_, Locale::kSpanish);
    ++asked_[request->figure_extract_id()];
    extract->set_name("figureExtracts/" + request->figure_extract_id());
    extract->set_state(api::v1::FIGURE_EXTRACT_STATE_QUEUED);
    return grpc::Status::OK;
  }
  grpc::Status GetFigureExtract(grpc::ServerContext*,
                                const api::v1::GetFigureExtractRequest* request,
                                api::v1::FigureExtract* extract) override {
    absl::MutexLock lock(&mutex_);
    extract->set_name(request->name());
    extract->set_state(held_ ? api::v1::FIGURE_EXTRACT_STATE_QUEUED
                             : api::v1::FIGURE_EXTRACT_STATE_READY);
    if (held_) return grpc::Status::OK;
    *extract->mutable_read_time() = ToProto(read_time_);
    extract->set_freshness_token("token");
    extract->set_sha256(absl::BytesToHexString(crypto::Sha256(file_)));
    extract->set_byte_count(claim_.value_or(static_cast<int64_t>(file_.size())));
    return grpc::Status::OK;
  }
  grpc::Status ExportFigureExtract(
      grpc::ServerContext*, const api::v1::ExportFigureExtractRequest* request,
      grpc::ServerWriter<api::v1::ExportFigureExtractResponse>* stream) override {
    std::string sent;
    {
      absl::MutexLock lock(&mutex_);
      sent = file_;
      ++exports_;
      if (altered_) sent.back() = ' ';
    }
    api::v1::ExportFigureExtractResponse response;
    for (size_t at = static_cast<size_t>(request->offset()); at < sent.size();
         at += response.content().size()) {
      response.set_content(sent.substr(at, 60'000));  // unlike what the gateway keeps
      if (!stream->Write(response)) break;
    }
    return grpc::Status::OK;
  }

 private:
  template <class Change>
  void Set(Change change) {
    absl::MutexLock lock(&mutex_);
    change(*this);
  }

  std::string file_;
  const testing::Folder own_;
  const std::string address_ = "unix:" + (own_.path() / "socket").string();
  absl::Mutex mutex_;
  absl::Time read_time_ = absl::FromUnixSeconds(1'790'000'000);
  bool held_ = false;
  bool altered_ = false;
  std::optional<int64_t> claim_;
  int exports_ = 0;
  absl::Status refusal_;
  std::map<std::string, int> asked_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace puente::gateway
