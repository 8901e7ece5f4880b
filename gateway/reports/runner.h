// Makes reports, as due work: asks each agency that a definition needs for an extract, keeps what
// it sends, and makes the files of it. Every step is stored with what it did, and what an agency is
// asked for bears repetition, so that whatever dies, what is found again is gone on with.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/extracts/service.h"
#include "common/journal/write.h"
#include "gateway/compose/grpc_transport.h"
#include "puente/api/v1/figure_extract.grpc.pb.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway {

// The kinds of this work, one of the first two after the other; their key is the id of the report.
inline constexpr char kRunReport[] = "reports.run";      // until all extracts are kept
inline constexpr char kDraftReport[] = "reports.draft";  // makes the files
inline constexpr char kClearReport[] = "reports.clear";  // once it has failed or was cancelled

// Of a report that has failed or is cancelled: whoever makes its files adds nothing any more, and
// what is kept with it is taken away.
absl::Status EndParts(journal::Transaction& tx, const std::string& id);

class ReportRunner {
 public:
  // `own` makes extracts of the gateway's own records; it must outlive this. A report of which an
  // agency has not given all within `limit` has failed.
  ReportRunner(const compose::Channels& channels, const extracts::Extracts& own,
               absl::Duration limit);

  // Says how it is done; the scheduler must not outlive it.
  void Handle(calls::Host& host, due::Scheduler& due);

 private:
  // Pieces of an extract to keep, the first of which has this number.
  struct Fetched {
    int64_t first = 0;
    std::string content;
  };
  // What a slice has come to besides the state of extracts.
  struct Ahead {
    std::optional<api::v1::CreateFigureExtractRequest> own;  // to be asked for here
    std::map<std::string, Fetched> fetched;                  // by agency
  };
  // From where an extract is kept on; `ended`: up to its end.
  struct Sent {
    std::string content;
    bool ended = false;
  };

  absl::StatusOr<due::Next> Run(const due::Slice& slice);
  absl::StatusOr<due::Next> Read(const due::Slice& slice, const v1::Report& report);
  // One step ahead with an extract, if the agency lets it.
  absl::Status Step(const due::Slice& slice, const v1::Report& report, v1::ReportExtract& extract,
                    Ahead& ahead);
  absl::Status Ask(const due::Slice& slice, v1::ReportExtract& extract, Ahead& ahead);
  absl::Status Look(const due::Slice& slice, v1::ReportExtract& extract);
  absl::Status Fetch(const due::Slice& slice, const v1::Report& report, v1::ReportExtract& extract,
                     Ahead& ahead);
  // Of what another report, whose snapshot this one shares, keeps of it.
  static absl::StatusOr<Sent> KeptWith(const std::string& other, const due::Slice& slice,
                                       const v1::ReportExtract& extract);
  absl::StatusOr<Sent> SentBy(const due::Slice& slice, const v1::ReportExtract& extract);

  const extracts::Extracts& own_;
  const absl::Duration limit_;
  std::map<std::string, std::unique_ptr<api::v1::FigureExtractService::Stub>> agencies_;
};

}  // namespace puente::gateway
