#include "modules/education/award_releases/service.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/calls/service.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/releases/reading.h"
#include "common/releases/serving.h"
#include "modules/education/award_releases/tables.h"
#include "modules/education/errors.h"
#include "puente/education/v1/award_release.grpc.pb.h"

namespace puente::education {
namespace {

using releases::Figured;
using releases::Quarter;
using releases::Told;
using releases::store::ToldCell;

constexpr int kDaysOfWeek = 7;

// The figures of a table that a question is about, by version.
struct Answered : Figured {
  std::vector<std::string> versions;         // as they were asked for; "" is all
  std::optional<releases::Release> release;  // nothing before the first

  // What is said of a figure that is not there.
  type::v1::Figure Untold() const {
    return releases::Untold(release ? type::v1::MARK_SUPPRESSED : type::v1::MARK_MISSING);
  }
};

// Reads them, and says of an answer which release it is of. `others`: as of ReadCells().
template <class Request, class Answer>
absl::StatusOr<Answered> AnswerFrom(sql::Session& session, absl::CivilDay day,
                                    const Request& request, absl::string_view table,
                                    const std::map<int, std::string>& others, Answer& out) {
  Answered answered;
  const auto& versions = request.microcredential_versions();
  answered.versions = {versions.begin(), versions.end()};
  if (versions.empty()) answered.versions = {""};
  ASSIGN_OR_RETURN(answered.release,
                   releases::ReleaseFor(session, AwardSource(), day, request, out));
  if (!answered.release) return answered;
  ASSIGN_OR_RETURN(static_cast<Figured&>(answered),
                   releases::ReadFigured(session, AwardSource(), table, *answered.release,
                                         answered.versions, others));
  return answered;
}

void AddSteps(const ToldCell& told, v1::VersionAwards& out) {
  for (int step = v1::AWARD_STEP_ENROLMENT_TO_ASSESSMENT; step <= releases::kMostMeasures; ++step) {
    const int32_t weeks = told.medians[step - 1];
    if (weeks == releases::kNone) continue;
    v1::StepDays& days = *out.add_step_days();
    days.set_step(static_cast<v1::AwardStep>(step));
    days.set_half_within_days(weeks * kDaysOfWeek);
  }
}

// Of a version, whatever the sex of who is there.
void AddStays(const Answered& awards, const Figured& stays, v1::VersionAwards& out) {
  *out.mutable_stay_count() = awards.Untold();
  const auto cells = stays.cells.find(out.microcredential_version());
  if (cells == stays.cells.end()) return;
  for (const ToldCell& told : cells->second) {
    int stage = 0;
    if (absl::SimpleAtoi(told.key[kStayStage], &stage)) {
      type::v1::StageStays& of_stage = *out.add_stages();
      of_stage.set_stage(static_cast<type::v1::StayStage>(stage));
      *of_stage.mutable_stay_count() = Told(told.total);
    } else {
      *out.mutable_stay_count() = Told(told.total);
      *out.mutable_stay_as_of_time() = ToProto(stays.as_of.at(told.as_of).create_time);
    }
  }
}

absl::StatusOr<v1::AwardSummary> GetAwardSummary(sql::Session& session, absl::CivilDay day,
                                                 const v1::GetAwardSummaryRequest& request) {
  v1::AwardSummary out;
  const bool any_sex = request.sex() == v1::SEX_UNSPECIFIED;
  ASSIGN_OR_RETURN(Answered answered,
                   AnswerFrom(session, day, request, kAwardTable,
                              {{kState, request.state_code()},
                               {kAwardSex, any_sex ? "" : absl::StrCat(request.sex())}},
                              out));
  Figured stays;
  if (any_sex && answered.release) {
    ASSIGN_OR_RETURN(stays,
                     releases::ReadFigured(session, AwardSource(), kStayTable, *answered.release,
                                           answered.versions, {{kState, request.state_code()}}));
  }
  for (const std::string& name : answered.versions) {
    v1::VersionAwards& version = *out.add_versions();
    version.set_microcredential_version(name);
    *version.mutable_award_count() = answered.Untold();
    if (any_sex) AddStays(answered, stays, version);
    for (const ToldCell& told : answered.cells[name]) {
      const std::string& period = told.key[kAwardQuarter];
      if (period.empty()) {
        *version.mutable_award_count() = Told(told.total);
        *version.mutable_as_of_time() = ToProto(answered.as_of[told.as_of].create_time);
        AddSteps(told, version);
        continue;
      }
      const Quarter quarter = releases::QuarterOf(period);
      v1::PeriodAwards& awards = *version.add_periods();
      awards.set_period(period);
      *awards.mutable_first_date() = ToProto(quarter.first);
      *awards.mutable_last_date() = ToProto(quarter.last);
      *awards.mutable_award_count() = Told(told.total);
    }
  }
  return out;
}

absl::StatusOr<v1::WaitingSummary> GetWaitingSummary(sql::Session& session, absl::CivilDay day,
                                                     const v1::GetWaitingSummaryRequest& request) {
  v1::WaitingSummary out;
  ASSIGN_OR_RETURN(Answered answered, AnswerFrom(session, day, request, kWaitingTable,
                                                 {{kState, request.state_code()}}, out));
  for (const std::string& name : answered.versions) {
    v1::VersionWaiting& version = *out.add_versions();
    version.set_microcredential_version(name);
    *version.mutable_waiting_count() = answered.Untold();
    for (const ToldCell& told : answered.cells[name]) {
      int stage = 0;
      if (absl::SimpleAtoi(told.key[kWaitingStage], &stage)) {
        v1::WaitingStageCount& count = *version.add_stages();
        count.set_stage(static_cast<v1::WaitingStage>(stage));
        *count.mutable_waiting_count() = Told(told.total);
        continue;
      }
      *version.mutable_waiting_count() = Told(told.total);
      const absl::Time as_of = answered.as_of[told.as_of].create_time;
      *version.mutable_as_of_time() = ToProto(as_of);
      if (told.medians[0] == releases::kNone) continue;
      const int64_t weeks = WeekOf(LegalDay(as_of)) + told.medians[0] + 1;
      version.set_half_within_days(static_cast<int32_t>(weeks * kDaysOfWeek));
    }
  }
  return out;
}

absl::StatusOr<v1::ReleaseAwardsResponse> ReleaseAwards(const Call&, journal::Transaction& tx,
                                                        const v1::ReleaseAwardsRequest&) {
  RETURN_IF_ERROR(releases::AskFor(tx, AwardFamily()));
  return v1::ReleaseAwardsResponse();
}

absl::StatusOr<v1::AwardRelease> GetAwardRelease(const Call&, sql::Session& session,
                                                 const v1::GetAwardReleaseRequest& request) {
  return releases::GetRelease<v1::AwardRelease>(session, AwardSource(), request.name());
}

absl::StatusOr<v1::ListAwardReleasesResponse> ListAwardReleases(
    const Call& call, sql::Session& session, const v1::ListAwardReleasesRequest& request) {
  return releases::ListReleases<v1::ListAwardReleasesResponse>(
      call, session, AwardSource(), request,
      [](auto& response) -> auto& { return *response.add_award_releases(); });
}

}  // namespace

const releases::Source& AwardSource() {
  static const releases::Source source{"education", AwardFamily(), "awardReleases/",
                                       error::kAwardReleaseNotFound};
  return source;
}

void ServeAwardReleases(calls::Host& host) {
  calls::Service& service = host.Serve<v1::AwardReleaseService>();
  service.ReadFiguresWithToken<&GetAwardSummary>();
  service.ReadFiguresWithToken<&GetWaitingSummary>();
  service.Mutate<&ReleaseAwards>();
  service.Read<&GetAwardRelease>();
  service.Read<&ListAwardReleases>();
}

}  // namespace puente::education
