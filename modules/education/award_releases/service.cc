#include "modules/education/award_releases/service.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/calls/service.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/releases/telling.h"
#include "common/resource/newest_first.h"
#include "common/sql/error.h"
#include "modules/education/award_releases/tables.h"
#include "modules/education/errors.h"
#include "puente/education/v1/award_release.grpc.pb.h"

namespace puente::education {
namespace {

using releases::Release;
using releases::Telling;
using releases::Told;
using releases::Untold;
using releases::store::ToldCell;

constexpr char kReleasePrefix[] = "awardReleases/";
constexpr char kAgency[] = "education";
constexpr int kDaysOfWeek = 7;

absl::StatusOr<Release> NamedRelease(sql::Session& session, const std::string& name) {
  int64_t number = 0;
  if (absl::SimpleAtoi(absl::StripPrefix(name, kReleasePrefix), &number)) {
    ASSIGN_OR_RETURN(const auto found,
                     releases::store::ReadReleasesOf(session, AwardFamily().name, {number}));
    if (!found.empty()) return found.begin()->second;
  }
  return Error(error::kAwardReleaseNotFound, "name"_is(name));
}

std::string NameOf(const Release& release) { return absl::StrCat(kReleasePrefix, release.number); }

// The figures of a table that a question is about, by version.
struct Answered {
  std::vector<std::string> versions;  // as they were asked for; "" is all
  bool missing = false;               // before the first release
  std::map<std::string, std::vector<ToldCell>> cells;
  std::map<int64_t, Release> as_of;
};

// Reads them, and says of an answer which release it is of. `others`: as of ReadCells().
template <class Request, class Answer>
absl::StatusOr<Answered> AnswerFrom(sql::Session& session, absl::CivilDay day,
                                    const Request& request, absl::string_view table,
                                    const std::map<int, std::string>& others, Answer& out) {
  Answered answered;
  ASSIGN_OR_RETURN(Telling telling,
                   releases::ReadTelling(session, kAgency, AwardFamily(), day, request.at_least()));
  if (!request.release().empty()) {
    ASSIGN_OR_RETURN(telling.release, NamedRelease(session, request.release()));
    telling.kind = telling.release->record_kind;
  }
  out.set_record_kind(telling.kind);
  const auto& versions = request.microcredential_versions();
  answered.versions = {versions.begin(), versions.end()};
  if (versions.empty()) answered.versions = {""};
  answered.missing = !telling.release;
  if (answered.missing) return answered;
  const Release& release = *telling.release;
  out.set_release(NameOf(release));
  *out.mutable_release_time() = ToProto(release.create_time);
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), releases::TokenOf(session, kAgency, release));
  const std::set<std::string> different(answered.versions.begin(), answered.versions.end());
  ASSIGN_OR_RETURN(auto cells,
                   releases::store::ReadCells(session, table, release.number,
                                              {different.begin(), different.end()}, others));
  std::set<int64_t> numbers;
  for (ToldCell& told : cells) {
    numbers.insert(told.as_of);
    answered.cells[told.key[0]].push_back(std::move(told));
  }
  ASSIGN_OR_RETURN(answered.as_of, releases::store::ReadReleasesOf(
                                       session, AwardFamily().name,
                                       std::vector<int64_t>(numbers.begin(), numbers.end())));
  for (const int64_t number : numbers) {
    if (!answered.as_of.contains(number)) {
      return Error(sql::error::kRowCorrupt, "column"_is("figure_cell.as_of"));
    }
  }
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

absl::StatusOr<v1::AwardSummary> GetAwardSummary(sql::Session& session, absl::CivilDay day,
                                                 const v1::GetAwardSummaryRequest& request) {
  v1::AwardSummary out;
  const bool any_sex = request.sex() == v1::SEX_UNSPECIFIED;
  ASSIGN_OR_RETURN(Answered answered,
                   AnswerFrom(session, day, request, kAwardTable,
                              {{kState, request.state_code()},
                               {kAwardSex, any_sex ? "" : absl::StrCat(request.sex())}},
                              out));
  for (const std::string& name : answered.versions) {
    v1::VersionAwards& version = *out.add_versions();
    version.set_microcredential_version(name);
    *version.mutable_award_count() =
        Untold(answered.missing ? type::v1::MARK_MISSING : type::v1::MARK_SUPPRESSED);
    for (const ToldCell& told : answered.cells[name]) {
      const std::string& period = told.key[kAwardQuarter];
      if (period.empty()) {
        *version.mutable_award_count() = Told(told.total);
        *version.mutable_as_of_time() = ToProto(answered.as_of[told.as_of].create_time);
        AddSteps(told, version);
        continue;
      }
      const Quarter quarter = QuarterOf(period);
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
    *version.mutable_waiting_count() =
        Untold(answered.missing ? type::v1::MARK_MISSING : type::v1::MARK_SUPPRESSED);
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

absl::Status Write(sql::Session& session, const Release& release, v1::AwardRelease& out) {
  out.set_name(NameOf(release));
  out.set_record_kind(release.record_kind);
  *out.mutable_last_date() = ToProto(release.last_date);
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), releases::TokenOf(session, kAgency, release));
  *out.mutable_create_time() = ToProto(release.create_time);
  return absl::OkStatus();
}

absl::StatusOr<v1::AwardRelease> GetAwardRelease(const Call&, sql::Session& session,
                                                 const v1::GetAwardReleaseRequest& request) {
  ASSIGN_OR_RETURN(const Release release, NamedRelease(session, request.name()));
  v1::AwardRelease out;
  RETURN_IF_ERROR(Write(session, release, out));
  return out;
}

absl::StatusOr<v1::ListAwardReleasesResponse> ListAwardReleases(
    const Call& call, sql::Session& session, const v1::ListAwardReleasesRequest& request) {
  v1::ListAwardReleasesResponse response;
  ASSIGN_OR_RETURN(const auto page,
                   resource::NewestFirst(call, request, response, [&](int64_t before, int most) {
                     return releases::store::ReadReleases(session, AwardFamily().name, before,
                                                          most);
                   }));
  for (const Release& release : page) {
    RETURN_IF_ERROR(Write(session, release, *response.add_award_releases()));
  }
  return response;
}

}  // namespace

void ServeAwardReleases(calls::Host& host) {
  calls::Service& service = host.Serve<v1::AwardReleaseService>();
  service.ReadFiguresWithToken<&GetAwardSummary>();
  service.ReadFiguresWithToken<&GetWaitingSummary>();
  service.Mutate<&ReleaseAwards>();
  service.Read<&GetAwardRelease>();
  service.Read<&ListAwardReleases>();
}

}  // namespace puente::education
