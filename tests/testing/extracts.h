// Extracts of figures as the gateway gets them.
#pragma once

#include <google/protobuf/util/json_util.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/crypto/digest.h"
#include "puente/api/v1/figure_extract.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::testing {

using ExtractStub = api::v1::FigureExtractService::Stub;

class Extractor {
 public:
  // `gateway` is a module whose caller is "gateway"; it must outlive this.
  explicit Extractor(HostedModule& gateway) : stub_(gateway.channel()) {}

  absl::StatusOr<api::v1::FigureExtract> Create(const std::vector<std::string>& tables,
                                                const std::string& id) {
    api::v1::CreateFigureExtractRequest request;
    request.set_figure_extract_id(id);
    request.mutable_tables()->Assign(tables.begin(), tables.end());
    return Called(stub_, &ExtractStub::CreateFigureExtract, request);
  }
  absl::StatusOr<api::v1::FigureExtract> Get(const std::string& name) {
    api::v1::GetFigureExtractRequest request;
    request.set_name(name);
    return Called(stub_, &ExtractStub::GetFigureExtract, request);
  }
  // As it is once it is not QUEUED any more.
  absl::StatusOr<api::v1::FigureExtract> Await(const std::string& name) {
    absl::StatusOr<api::v1::FigureExtract> got;
    Becomes([&] {
      got = Get(name);
      return !got.ok() || got->state() != api::v1::FIGURE_EXTRACT_STATE_QUEUED;
    });
    return got;
  }
  absl::StatusOr<std::string> Export(const std::string& name, int64_t offset = 0) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    api::v1::ExportFigureExtractRequest request;
    request.set_name(name);
    request.set_offset(offset);
    const auto reader = stub_.ExportFigureExtract(&context, request);
    std::string file;
    api::v1::ExportFigureExtractResponse message;
    while (reader->Read(&message)) {
      EXPECT_LE(message.content().size(), 64u << 10);
      file += message.content();
    }
    const grpc::Status status = reader->Finish();
    if (!status.ok()) return FromGrpc(status);
    return file;
  }
  // Makes one of these tables, and gives its file.
  absl::StatusOr<std::string> FileOf(const std::vector<std::string>& tables) {
    ASSIGN_OR_RETURN(const auto created, Create(tables, crypto::Uuid4()));
    ASSIGN_OR_RETURN(const auto extract, Await(created.name()));
    EXPECT_EQ(extract.state(), api::v1::FIGURE_EXTRACT_STATE_READY) << extract.failure_reason();
    return Export(extract.name());
  }
  ExtractStub& stub() { return stub_; }

 private:
  ExtractStub stub_;
};

// The lines of a file, as messages; each is as protobuf writes it.
inline std::vector<api::v1::FigureExtractLine> LinesOf(const std::string& file) {
  std::vector<api::v1::FigureExtractLine> lines;
  for (const absl::string_view line : absl::StrSplit(file, '\n', absl::SkipEmpty())) {
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage({line.data(), line.size()},
                                                            &lines.emplace_back())
                    .ok())
        << line;
    std::string again;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(lines.back(), &again).ok());
    EXPECT_EQ(again, line);
  }
  return lines;
}

// What a table says: by codes ("09 _T"), its figures; "-" of what is withheld.
inline std::map<std::string, std::string> RowsOf(const std::string& file,
                                                 const std::string& table) {
  std::map<std::string, std::string> rows;
  for (const api::v1::FigureExtractLine& line : LinesOf(file)) {
    if (line.row().table() != table) continue;
    std::vector<std::string> figures;
    for (const type::v1::Figure& figure : line.row().figures()) {
      figures.push_back(figure.has_value() ? absl::StrCat(figure.value()) : "-");
    }
    rows[absl::StrJoin(line.row().codes(), " ")] = absl::StrJoin(figures, " ");
  }
  return rows;
}

// Rows as a statement gives them: codes and figures, as RowsOf() does.
inline std::map<std::string, std::string> RowsBy(sql::Connection& connection,
                                                 const std::string& text) {
  std::map<std::string, std::string> rows;
  EXPECT_OK(connection.Select({"test.rows", text}, {}, nullptr, [&](const sql::Row& row) {
    rows[row.Text(0)] = row.Text(1);
    return absl::OkStatus();
  }));
  return rows;
}

// The file of an extract of these tables, as the gateway gets it from another process of the
// module.
inline std::string FileOf(const hosting::ModuleKind& kind, const sql::Target& database,
                          const std::vector<std::string>& tables,
                          const config::Server& config = {}) {
  HostedModule hosted(kind, database, "gateway", config);
  const auto file = Extractor(hosted).FileOf(tables);
  EXPECT_OK(file);
  return file.ok() ? *file : "";
}

// Whether all that is written comes to be in the counting tables.
inline bool IsCounted(sql::Connection& connection) {
  return Becomes([&] {
    return MustCount(connection,
                     "SELECT COUNT(*) FROM journal_entry AS e LEFT JOIN journal_position AS p"
                     " ON p.entry_id = e.id WHERE p.position IS NULL") == 0;
  });
}

}  // namespace puente::testing
