// puente.api.v1.FigureExtractService: tables of figures, and what they said at one moment
// (docs/decisions/0066). What a module has to say is its tables.
//
//   extracts_.Serve(host(), due(), FigureTables());       when the module is made
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/extracts/store.h"
#include "common/extracts/table.h"
#include "common/journal/write.h"
#include "puente/api/v1/figure_extract.pb.h"

namespace puente::extracts {

class Extracts {
 public:
  Extracts() = default;
  Extracts(const Extracts&) = delete;
  Extracts& operator=(const Extracts&) = delete;

  // Of these tables, and those that every agency has. It must outlive the server and due work.
  // Ends the process for what is wrong with a table.
  void Serve(calls::Host& host, due::Scheduler& due, Tables own);

  const Tables& tables() const { return tables_; }

 private:
  Tables tables_;  // by name
};

// What its methods do, for the gateway, which makes extracts of its own records without a call.
absl::StatusOr<api::v1::FigureExtract> CreateFigureExtract(
    const Call& call, journal::Transaction& tx, const api::v1::CreateFigureExtractRequest& request,
    const Extracts& extracts);
absl::StatusOr<api::v1::FigureExtract> GetFigureExtract(
    const Call& call, sql::Session& session, const api::v1::GetFigureExtractRequest& request);

}  // namespace puente::extracts
