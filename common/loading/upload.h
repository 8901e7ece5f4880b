// The upload of a file of records: a header, then content; it becomes chunks, each durable by
// itself. Strict loading is two uploads: the first with validate_only answers a check, the second
// gives it back.
//
// A check is the file's digest and that of each chunk as it would be stored, so that a strict load
// compares a chunk before it stores it and the server remembers nothing between the two uploads.
//
// The header has the fields profile, request_id, validate_only and check; the response those that
// Loader::Summary() sets, loaded_count, unchanged_count, freshness_token and check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/calls/upload.h"
#include "common/crypto/digest.h"
#include "common/loading/chunk.h"
#include "common/loading/errors.h"
#include "common/loading/loader.h"

namespace puente::loading {

// What an agency says of it: how a header is loaded, and how records are stored.
template <class Request, class Response, class Record>
class RecordUpload : public calls::Uploader<Request, Response> {
 public:
  using Header = std::decay_t<decltype(std::declval<Request>().header())>;

  explicit RecordUpload(calls::Host& host) : host_(host) {}

  absl::Status Consume(const Call& call, sql::Session& session, const Request& message) final {
    if (message.has_header() == loader_.has_value()) return Error(error::kUploadIncomplete);
    if (message.has_header()) return Begin(call, session, message.header());
    RETURN_IF_ERROR(loader_->Feed(message.content()));
    return TakeBatches(call, session);
  }

  absl::StatusOr<Response> Finish(const Call& call, sql::Session& session) final {
    if (!loader_) return Error(error::kUploadIncomplete);
    RETURN_IF_ERROR(loader_->Finish());
    const auto is_good = [](const Response& file) {
      return file.rejected_count() == 0 && !file.truncated();
    };
    Response response = loader_->template Summary<Response>();
    if (!expected_.empty() && !is_good(response)) return FileChanged();
    RETURN_IF_ERROR(Expect(0, response.content_digest()));
    RETURN_IF_ERROR(TakeBatches(call, session));
    response = loader_->template Summary<Response>();  // with what the last batch made of it
    response.set_loaded_count(loaded_);
    response.set_unchanged_count(unchanged_);
    response.set_freshness_token(freshness_);
    if (validate_only_ && is_good(response)) {
      response.set_check(response.content_digest() + digests_);
    }
    if (!validate_only_ && loaded_ > 0) SetLoad(response);
    return response;
  }

 protected:
  virtual absl::StatusOr<LoadOptions<Record>> Prepare(const Call& call, sql::Session& session,
                                                      const Header& header) = 0;
  // What becomes of a batch, of which the rest is stored already.
  struct Outcome {
    size_t fresh = 0;                // not stored yet
    std::vector<size_t> contradict;  // the places of those whose number is that of something else
  };
  virtual absl::StatusOr<Outcome> Look(sql::Session& session, const Batch<Record>& batch) = 0;
  // Names what the upload has stored.
  virtual void SetLoad(Response& response) const = 0;
  // The same, and stores those that are fresh.
  virtual absl::StatusOr<Outcome> StoreNew(const Call& call, journal::Transaction& tx,
                                           Batch<Record>& batch) = 0;

 private:
  absl::Status Begin(const Call& call, sql::Session& session, const Header& header) {
    ASSIGN_OR_RETURN(LoadOptions<Record> options, Prepare(call, session, header));
    request_id_ = absl::AsciiStrToLower(header.request_id());
    validate_only_ = header.validate_only();
    expected_ = header.check();
    loader_.emplace(std::move(options));
    return absl::OkStatus();
  }

  // Takes the batches that are full.
  absl::Status TakeBatches(const Call& call, sql::Session& session) {
    while (std::optional<Batch<Record>> batch = loader_->NextBatch()) {
      RETURN_IF_ERROR(CheckOrStore(call, session, *batch));
    }
    return absl::OkStatus();
  }

  absl::Status CheckOrStore(const Call& call, sql::Session& session, Batch<Record>& batch) {
    const std::string digest = DigestOf(
        batch.records, [](const Record& record) -> const auto& { return record; });
    RETURN_IF_ERROR(Expect(batch.number, digest));
    if (validate_only_) digests_ += digest;
    const auto size = static_cast<int64_t>(batch.records.size());
    ASSIGN_OR_RETURN(const Response done,
                     validate_only_ ? Check(session, batch) : Store(call, session, batch, digest));
    loaded_ += done.loaded_count();
    unchanged_ += size - done.loaded_count() - done.errors_size();
    for (const type::v1::RowError& error : done.errors()) {
      loader_->Reject(static_cast<size_t>(error.line()), Against(rule::kNumberStoredOtherwise));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<Response> Check(sql::Session& session, const Batch<Record>& batch) {
    ASSIGN_OR_RETURN(const Outcome outcome, Look(session, batch));
    return DoneOf(outcome);
  }

  absl::StatusOr<Response> Store(const Call& call, sql::Session& session, Batch<Record>& batch,
                                 const std::string& digest) {
    const auto store = [&](journal::Transaction& tx) -> absl::StatusOr<Response> {
      ASSIGN_OR_RETURN(const Outcome outcome, StoreNew(call, tx, batch));
      if (!expected_.empty() && !outcome.contradict.empty()) return FileChanged();
      return DoneOf(outcome);
    };
    return StoreChunk<Response>(host_, call, session, {request_id_, batch.number, digest},
                                freshness_, store);
  }

  // As a line an error has the place in the batch: what comes again may stand on other lines.
  static Response DoneOf(const Outcome& outcome) {
    Response done;
    done.set_loaded_count(static_cast<int64_t>(outcome.fresh));
    for (const size_t place : outcome.contradict) {
      done.add_errors()->set_line(static_cast<int64_t>(place));
    }
    return done;
  }

  // FILE_CHANGED unless `digest` is the n-th of the check, counted from 0; OK without a check.
  absl::Status Expect(int64_t n, absl::string_view digest) const {
    if (expected_.empty()) return absl::OkStatus();
    const size_t at = static_cast<size_t>(n) * crypto::kDigestBytes;
    return absl::ClippedSubstr(expected_, at, crypto::kDigestBytes) == digest ? absl::OkStatus()
                                                                              : FileChanged();
  }
  absl::Status FileChanged() const { return Error(error::kFileChanged, "loaded"_is(loaded_)); }

  calls::Host& host_;
  std::optional<Loader<Record>> loader_;
  std::string request_id_;
  bool validate_only_ = false;
  std::string expected_;  // the check that was given
  std::string digests_;   // of the batches so far, if this is to become a check
  int64_t loaded_ = 0;
  int64_t unchanged_ = 0;
  std::string freshness_;
};

}  // namespace puente::loading
