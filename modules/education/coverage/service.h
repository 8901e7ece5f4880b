// puente.education.v1.CertificationCoverageService.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/journal/write.h"

namespace puente::education::coverage {

// Has it counted soon whether the newest published version of a microcredential is certified; `of`
// is the name of it, or of a version of it. After every change of either.
absl::Status CountSoon(journal::Transaction& tx, absl::string_view of);

void Serve(calls::Host& host, due::Scheduler& due);

}  // namespace puente::education::coverage
