// Records from a file, each row acknowledged, beside a client's inserts of the same rows.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/sql/connection.h"
#include "puente/api/v1/load.grpc.pb.h"
#include "tests/bench/measure.h"

namespace puente::bench {

double SecondsOf(const std::function<void()>& work);

// A file under way.
class RecordUpload {
 public:
  // As an actor, if one is named.
  RecordUpload(const std::shared_ptr<grpc::Channel>& channel,
               const api::v1::LoadRecordsHeader& header, const std::string& columns,
               const std::string& actor = "");

  void Send(const std::string& text);
  api::v1::Load End();

 private:
  const std::unique_ptr<api::v1::LoadService::Stub> stub_;
  grpc::ClientContext context_;
  api::v1::LoadRecordsResponse response_;
  std::unique_ptr<grpc::ClientWriter<api::v1::LoadRecordsRequest>> writer_;
  bool open_ = true;
};

// How long a client takes to insert the rows of a table that are stored, in an order ("id"), into
// an empty table of the same columns and keys: `rows` an insert, each a transaction of its own.
double InsertByClient(const sql::Target& stored, const std::string& table, const std::string& order,
                      int64_t rows);
// The same in so many parts of as many rows, one after the other: how long each takes.
std::vector<double> InsertPartsByClient(const sql::Target& stored, const std::string& table,
                                        const std::string& order, int64_t rows, int parts);

// While it is there: as much as an agency gives a database that holds a million records, or ten
// (docs/operations.md). They and their indexes are several times the 128 MB of a server that nobody
// has set.
class Buffers {
 public:
  explicit Buffers(int64_t gigabytes = 2);
  ~Buffers();
  Buffers(const Buffers&) = delete;
  Buffers& operator=(const Buffers&) = delete;
};

struct Tenths {
  int64_t rows = 0;  // of each
  std::function<std::string(int64_t first, int64_t count)> make;
  std::string actor;
};
// Tenths of one file, each sent once the one before is stored: the rates of the last and the first.
Pair LastAndFirst(const std::shared_ptr<grpc::Channel>& channel, const sql::Target& database,
                  const api::v1::LoadRecordsHeader& header, const std::string& columns,
                  const Tenths& tenths);

}  // namespace puente::bench
