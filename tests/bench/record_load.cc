#include "tests/bench/record_load.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "tests/bench/process.h"
#include "tests/bench/site.h"
#include "tests/testing/database.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

// A page's worth of rows are asked for at a time.
constexpr int64_t kRowsTogether = 100'000;

// Those rows that follow the first `begin`, in this order.
void WriteInserts(const sql::Target& stored, const std::string& table, const std::string& order,
                  int64_t begin, int64_t count, int64_t rows, std::ofstream& file) {
  Site& site = Site::Shared();
  const std::string values = absl::StrJoin(
      site.Columns(stored, table), ", ", [](std::string* out, const std::string& column) {
        absl::StrAppend(out, "IFNULL(QUOTE(", column, "), 'NULL')");
      });
  for (const int64_t end = begin + count; begin < end; begin += kRowsTogether) {
    const std::vector<std::string> some =
        site.Texts(stored, absl::StrCat("SELECT CONCAT('(', CONCAT_WS(',', ", values,
                                        "), ')') FROM ", table, " ORDER BY ", order, " LIMIT ",
                                        begin, ", ", std::min(kRowsTogether, end - begin)));
    for (size_t i = 0; i < some.size(); ++i) {
      if (i % rows == 0) file << "INSERT INTO " << table << " VALUES ";
      file << some[i] << ((i + 1) % rows == 0 || i + 1 == some.size() ? ";\n" : ",");
    }
  }
}

void SetGlobal(const char* variable, int64_t bytes) {
  Site::Shared().Execute(Site::Shared().EmptySchema(),
                         absl::StrCat("SET GLOBAL ", variable, " = ", bytes));
}

}  // namespace

Buffers::Buffers(int64_t gigabytes) {
  SetGlobal("innodb_buffer_pool_size", gigabytes << 30);
  SetGlobal("innodb_log_file_size", gigabytes << 29);
}

Buffers::~Buffers() {
  SetGlobal("innodb_buffer_pool_size", 128LL << 20);
  SetGlobal("innodb_log_file_size", 96LL << 20);
}

double SecondsOf(const std::function<void()>& work) {
  const absl::Time start = absl::Now();
  work();
  return absl::ToDoubleSeconds(absl::Now() - start);
}

RecordUpload::RecordUpload(const std::shared_ptr<grpc::Channel>& channel,
                           const api::v1::LoadRecordsHeader& header, const std::string& columns,
                           const std::string& actor)
    : stub_(api::v1::LoadService::NewStub(channel)) {
  if (!actor.empty()) context_.AddMetadata("puente-actor", actor);
  writer_ = stub_->LoadRecords(&context_, &response_);
  api::v1::LoadRecordsRequest request;
  *request.mutable_header() = header;
  open_ = writer_->Write(request);
  Send(columns);
}

void RecordUpload::Send(const std::string& text) {
  constexpr size_t kSlice = 64 << 10;
  api::v1::LoadRecordsRequest request;
  for (size_t at = 0; open_ && at < text.size(); at += kSlice) {
    request.set_content(text.substr(at, kSlice));
    open_ = writer_->Write(request);
  }
}

api::v1::Load RecordUpload::End() {
  writer_->WritesDone();
  const grpc::Status status = writer_->Finish();
  if (!status.ok()) Die("the load failed: " + status.error_message());
  return response_.load();
}

double InsertByClient(const sql::Target& stored, const std::string& table, const std::string& order,
                      int64_t rows) {
  return InsertPartsByClient(stored, table, order, rows, 1).front();
}

std::vector<double> InsertPartsByClient(const sql::Target& stored, const std::string& table,
                                        const std::string& order, int64_t rows, int parts) {
  Site& site = Site::Shared();
  sql::Connection connection(stored);
  const int64_t all = testing::MustCount(connection, absl::StrCat("SELECT COUNT(*) FROM ", table));
  const sql::Target database = site.EmptySchema();
  site.Execute(database, absl::StrCat("CREATE TABLE ", table, " LIKE ", stored.schema, ".", table));
  std::vector<double> seconds;
  for (int part = 0; part < parts; ++part) {
    const int64_t begin = all * part / parts, end = all * (part + 1) / parts;
    const std::string path = site.folder() / (table + ".sql");
    std::ofstream file(path);
    WriteInserts(stored, table, order, begin, end - begin, rows, file);
    file.close();
    seconds.push_back(SecondsOf([&] { site.ExecuteByClient(database, "SOURCE " + path); }));
    std::filesystem::remove(path);
  }
  sql::Connection inserted(database);
  if (testing::MustCount(inserted, absl::StrCat("SELECT COUNT(*) FROM ", table)) != all) {
    Die("not every row was inserted");
  }
  site.Drop(database);
  return seconds;
}

Pair LastAndFirst(const std::shared_ptr<grpc::Channel>& channel, const sql::Target& database,
                  const api::v1::LoadRecordsHeader& header, const std::string& columns,
                  const Tenths& tenths) {
  RecordUpload upload(channel, header, columns, tenths.actor);
  sql::Connection connection(database);  // one alone, which the load hardly feels
  std::vector<double> rates;
  for (int64_t stored = 0; stored < 10 * tenths.rows; stored += tenths.rows) {
    const std::string tenth = tenths.make(1 + stored, tenths.rows);
    const std::string select =
        absl::StrCat("SELECT COUNT(*) FROM record_load WHERE row_count = ", stored + tenths.rows);
    rates.push_back(
        static_cast<double>(tenths.rows) / SecondsOf([&] {
          upload.Send(tenth);
          if (!testing::Becomes([&] { return testing::MustCount(connection, select) > 0; },
                                absl::Minutes(10))) {
            Die("the rows were not stored");
          }
        }));
  }
  if (upload.End().taken_count() != 10 * tenths.rows) Die("not every row was taken");
  Say(absl::StrCat("by tenth: ", absl::StrJoin(rates, ", "), " rows/s"));
  return {rates.back(), rates.front()};
}

}  // namespace puente::bench
