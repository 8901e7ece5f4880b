#include "modules/education/seat_statistics/service.h"

#include "absl/strings/str_cat.h"
#include "common/agency/counted_kinds.h"
#include "common/calls/service.h"
#include "common/status/violation.h"
#include "modules/education/errors.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/program_versions/rules.h"
#include "modules/education/seat_statistics/store.h"
#include "puente/education/v1/seat_statistics.grpc.pb.h"

namespace puente::education {
namespace {

constexpr char kCount[] = "seats.count";

absl::StatusOr<v1::ListSkillSeatsResponse> ListSkillSeats(
    sql::Session& snapshot, absl::CivilDay day, const v1::ListSkillSeatsRequest& request) {
  if (!IsPeriod(request.period())) {
    return InvalidFields({Against(rule::kPeriodNoYear).At("period")});
  }
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                   agency::CountedKind(snapshot, ProgramVersions(), day));
  return seats::List(snapshot, day, kind, request);
}

// A program a slice; `progress` is the id of the one before.
absl::StatusOr<due::Next> CountNext(const due::Slice& slice) {
  ASSIGN_OR_RETURN(const std::string id, seats::NextProgram(slice.session, slice.task.progress));
  if (id.empty()) return due::Next::Done();
  return due::Next::Now(id).Writing([id](journal::Transaction& tx) -> absl::Status {
    for (const auto kind : {type::v1::RECORD_KIND_REAL, type::v1::RECORD_KIND_GENERATED}) {
      RETURN_IF_ERROR(seats::CountProgram(tx, absl::StrCat("programs/", id), kind));
    }
    return absl::OkStatus();
  });
}

}  // namespace

void ServeSeatStatistics(calls::Host& host, due::Scheduler& due) {
  host.Serve<v1::SeatStatisticsService>().ReadFigures<&ListSkillSeats>();
  due.Handle(kCount, &CountNext);
}

}  // namespace puente::education
