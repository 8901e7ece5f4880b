// LoadRecords: a file becomes batches, each stored in one transaction with the acknowledgements of
// its rows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/calls/upload.h"
#include "common/loads/record_file.h"
#include "common/loads/service.h"
#include "puente/api/v1/load.pb.h"

namespace puente::loads {

class LoadRecords final
    : public calls::Uploader<api::v1::LoadRecordsRequest, api::v1::LoadRecordsResponse> {
 public:
  LoadRecords(calls::Host& host, const Loads& loads) : host_(host), loads_(loads) {}

  absl::Status Consume(const Call& call, sql::Session& session,
                       const api::v1::LoadRecordsRequest& message) override;
  absl::StatusOr<api::v1::LoadRecordsResponse> Finish(const Call& call,
                                                      sql::Session& session) override;

 private:
  absl::Status Begin(const Call& call, const api::v1::LoadRecordsHeader& header);
  absl::StatusOr<FileOptions> OptionsOf(const Call& call, const api::v1::LoadRecordsHeader& header);
  absl::Status TakeBatches(const Call& call, sql::Session& session);
  // A digest of what is loaded, which would confirm a guess of what is personal: of that a keyed
  // one.
  std::string Guarded(std::string digest) const;
  // Stores a batch, anew without those that were refused as long as some are.
  absl::Status StoreBatch(const Call& call, sql::Session& session, StatedBatch& batch);
  // Writes what is not refused yet, and says how many rows came to what. If a record is refused now
  // that is said in `refused`, with an error that gives the transaction up.
  absl::StatusOr<api::v1::Load> Write(const Call& call, journal::Transaction& tx,
                                      StatedBatch& batch, bool& refused);
  // Adds to the load, in the transaction that stores its rows.
  absl::Status AddToLoad(const Call& call, journal::Transaction& tx, const api::v1::Load& more);
  // Stores that the whole file has come.
  absl::Status StoreEnd(const Call& call, sql::Session& session);

  calls::Host& host_;
  const Loads& loads_;
  std::optional<resource::RecordWriter> writer_;
  std::optional<RecordFile> file_;
  const loading::Profile* profile_ = nullptr;
  // That each record states, in its row or with all of the file.
  std::vector<const google::protobuf::FieldDescriptor*> fields_;
  std::string request_id_;
  journal::WritePath::Mode mode_ = journal::WritePath::Mode::kStore;
  std::string id_;      // of the load
  api::v1::Load load_;  // as far as it has come
  api::v1::LoadRecordsResponse response_;
};

}  // namespace puente::loads
