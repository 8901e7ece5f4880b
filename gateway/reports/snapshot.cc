#include "gateway/reports/snapshot.h"

#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/reports/previous.h"
#include "gateway/reports/resource.h"

namespace puente::gateway::reports {
namespace {

constexpr char kField[] = "report.snapshot_of";

// What was published and withdrawn is not told again by another report.
absl::Status CheckNotTakenBack(const v1::Report& report) {
  if (report.state() != v1::REPORT_STATE_WITHDRAWN || !report.has_publish_time()) {
    return absl::OkStatus();
  }
  return Error(error::kReportSnapshotWithdrawn, "name"_is(report.name()));
}

absl::Status CheckKept(const v1::Report& report) {
  const std::string state(absl::StripPrefix(v1::ReportState_Name(report.state()), "REPORT_STATE_"));
  switch (report.state()) {
    case v1::REPORT_STATE_DRAFTED:
    case v1::REPORT_STATE_APPROVED:
    case v1::REPORT_STATE_PUBLISHED:
      return absl::OkStatus();
    case v1::REPORT_STATE_WITHDRAWN:
      return CheckNotTakenBack(report);
    case v1::REPORT_STATE_CANCELLED:
    case v1::REPORT_STATE_FAILED:
      return Error(error::kReportSnapshotGone, "name"_is(report.name()), "state"_is(state));
    default:
      return Error(error::kReportSnapshotNotKept, "name"_is(report.name()), "state"_is(state));
  }
}

// That no report says the same already that stands, or may still be published.
absl::Status CheckNew(journal::Transaction& tx, const v1::Report& report, const v1::Report& first) {
  ASSIGN_OR_RETURN(
      std::vector<v1::Report> others,
      resource::Select(tx, Reports(), "gateway.report.of_snapshot",
                       "FORCE INDEX (by_snapshot) WHERE snapshot_of = ? AND report_definition = ?"
                       " AND definition_version = ? ORDER BY create_time",
                       {first.name(), report.report_definition(), report.definition_version()}));
  if (first.report_definition() == report.report_definition() &&
      first.definition_version() == report.definition_version()) {
    others.insert(others.begin(), first);
  }
  const absl::StatusOr<std::string> last = LastStanding(tx, report.report_definition());
  RETURN_IF_ERROR(last.status());
  for (const v1::Report& other : others) {
    if (other.state() == v1::REPORT_STATE_CANCELLED || other.state() == v1::REPORT_STATE_FAILED ||
        other.state() == v1::REPORT_STATE_WITHDRAWN) {
      continue;
    }
    const bool drafted =
        other.state() == v1::REPORT_STATE_DRAFTED || other.state() == v1::REPORT_STATE_APPROVED;
    if (drafted && other.previous() != *last) continue;  // it is overtaken
    return Error(error::kReportMadeAlready, "name"_is(other.name()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ShareSnapshot(journal::Transaction& tx, const Needed& needed, v1::Report& report) {
  ASSIGN_OR_RETURN(const v1::Report named,
                   resource::Get(tx, Reports(), report.snapshot_of(), kField));
  RETURN_IF_ERROR(CheckKept(named));
  if (!named.snapshot_of().empty()) report.set_snapshot_of(named.snapshot_of());
  // Who shares it comes one after another, so that each sees what those before him have asked for.
  ASSIGN_OR_RETURN(const v1::Report first,
                   resource::GuardFirst(tx, Reports(), report.snapshot_of(), kField));
  RETURN_IF_ERROR(CheckNotTakenBack(first));
  RETURN_IF_ERROR(CheckNew(tx, report, first));
  // The same figures are not published any earlier.
  for (const v1::Report* of : {&named, &first}) {
    if (of->has_embargo_time() &&
        FromProto(of->embargo_time()) > FromProto(report.embargo_time())) {
      *report.mutable_embargo_time() = of->embargo_time();
    }
  }
  for (const auto& [agency, tables] : needed) {
    const auto extract = absl::c_find_if(
        first.extracts(),
        [&agency = agency](const v1::ReportExtract& one) { return one.agency() == agency; });
    for (const std::string& table : tables) {
      if (extract != first.extracts().end() && absl::c_linear_search(extract->tables(), table)) {
        continue;
      }
      return Error(error::kReportSnapshotLacks, "name"_is(first.name()), "agency"_is(agency),
                   "table"_is(table));
    }
    v1::ReportExtract& copied = *report.add_extracts();
    copied = *extract;
    copied.set_state(v1::REPORT_EXTRACT_STATE_READ);
    copied.clear_kept_byte_count();
  }
  return absl::OkStatus();
}

absl::Status CheckSnapshotStands(journal::Transaction& tx, const v1::Report& report) {
  if (report.snapshot_of().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::Report first,
                   resource::Guard(tx, Reports(), report.snapshot_of(), "snapshot_of"));
  return CheckNotTakenBack(first);
}

}  // namespace puente::gateway::reports
