#include "modules/economy/place_releases/service.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/releases/reading.h"
#include "common/releases/serving.h"
#include "modules/economy/errors.h"
#include "modules/economy/place_releases/tables.h"
#include "puente/economy/v1/place_release.grpc.pb.h"

namespace puente::economy {
namespace {

using ::puente::releases::Figured;
using ::puente::releases::Quarter;
using ::puente::releases::Source;
using ::puente::releases::Told;
using ::puente::releases::Untold;
using ::puente::releases::store::ToldCell;
using type::v1::MARK_MISSING;
using type::v1::MARK_SUPPRESSED;

int StageOf(const ToldCell& cell) {
  int stage = 0;
  (void)absl::SimpleAtoi(cell.key[kPlaceStage], &stage);
  return stage;
}

// The places of a state, cell by cell.
class StateWriter {
 public:
  // Before the first release everything is missing.
  StateWriter(const std::string& state_code, bool missing, v1::StatePlaces& out) : out_(out) {
    out_.set_state_code(state_code);
    *out_.mutable_offered_count() = missing ? Untold(MARK_MISSING) : Told(0);
    *out_.mutable_stay_count() = Untold(missing ? MARK_MISSING : MARK_SUPPRESSED);
  }

  // Of a quarter they are told by stage for the stays alone.
  void AddOffers(const ToldCell& cell) {
    const std::string& period = cell.key[kPlaceQuarter];
    const int state = StageOf(cell);
    if (!period.empty()) {
      if (state == 0) *PeriodOf(period).mutable_offered_count() = Told(cell.total);
      return;
    }
    if (state == 0) {
      *out_.mutable_offered_count() = Told(cell.total);
      return;
    }
    v1::OfferedSeats& offers = *out_.add_offers();
    offers.set_state(static_cast<v1::TrainingPlaceState>(state));
    *offers.mutable_seat_count() = Told(cell.total);
  }

  void AddStays(const ToldCell& cell, absl::Time as_of) {
    const std::string& period = cell.key[kPlaceQuarter];
    if (const int stage = StageOf(cell); stage != 0) {
      type::v1::StageStays& stays =
          period.empty() ? *out_.add_stages() : *PeriodOf(period).add_stages();
      stays.set_stage(static_cast<type::v1::StayStage>(stage));
      *stays.mutable_stay_count() = Told(cell.total);
    } else if (!period.empty()) {
      *PeriodOf(period).mutable_stay_count() = Told(cell.total);
    } else {
      *out_.mutable_stay_count() = Told(cell.total);
      *out_.mutable_as_of_time() = ToProto(as_of);
    }
  }

  void Finish() {
    for (auto& [name, period] : periods_) *out_.add_periods() = std::move(period);
  }

 private:
  v1::PeriodPlaces& PeriodOf(const std::string& name) {
    v1::PeriodPlaces& period = periods_[name];
    if (!period.period().empty()) return period;
    const Quarter quarter = ::puente::releases::QuarterOf(name);
    period.set_period(name);
    *period.mutable_first_date() = ToProto(quarter.first);
    *period.mutable_last_date() = ToProto(quarter.last);
    *period.mutable_offered_count() = Told(0);
    *period.mutable_stay_count() = Untold(MARK_SUPPRESSED);
    return period;
  }

  v1::StatePlaces& out_;
  std::map<std::string, v1::PeriodPlaces> periods_;
};

absl::StatusOr<v1::PlaceSummary> GetPlaceSummary(sql::Session& session, absl::CivilDay day,
                                                 const v1::GetPlaceSummaryRequest& request) {
  v1::PlaceSummary out;
  std::vector<std::string> states(request.state_codes().begin(), request.state_codes().end());
  if (states.empty()) states = {""};
  ASSIGN_OR_RETURN(const auto release,
                   ::puente::releases::ReleaseFor(session, PlaceSource(), day, request, out));
  Figured offers, stays;
  if (release) {
    const std::map<int, std::string> sector = {{kPlaceSector, request.scian_sector()}};
    ASSIGN_OR_RETURN(offers, ::puente::releases::ReadFigured(session, PlaceSource(), kOfferTable,
                                                             *release, states, sector));
    ASSIGN_OR_RETURN(stays, ::puente::releases::ReadFigured(session, PlaceSource(), kStayTable,
                                                            *release, states, sector));
  }
  for (const std::string& state : states) {
    StateWriter writer(state, !release, *out.add_states());
    for (const ToldCell& cell : offers.cells[state]) writer.AddOffers(cell);
    for (const ToldCell& cell : stays.cells[state]) {
      writer.AddStays(cell, stays.as_of.at(cell.as_of).create_time);
    }
    writer.Finish();
  }
  return out;
}

absl::StatusOr<v1::SkillPlaces> GetSkillPlaces(sql::Session& session, absl::CivilDay day,
                                               const v1::GetSkillPlacesRequest& request) {
  v1::SkillPlaces out;
  const std::vector<std::string> skills(request.skills().begin(), request.skills().end());
  ASSIGN_OR_RETURN(const auto release,
                   ::puente::releases::ReleaseFor(session, PlaceSource(), day, request, out));
  Figured seats;
  if (release) {
    ASSIGN_OR_RETURN(
        seats, ::puente::releases::ReadFigured(session, PlaceSource(), kSkillTable, *release,
                                               skills, {{kSkillState, request.state_code()}}));
  }
  for (const std::string& skill : skills) {
    type::v1::SkillCount& count = *out.add_seats();
    count.set_skill(skill);
    const std::vector<ToldCell>& cells = seats.cells[skill];
    *count.mutable_count() =
        release ? Told(cells.empty() ? 0 : cells.front().total) : Untold(MARK_MISSING);
  }
  return out;
}

absl::StatusOr<v1::ReleasePlacesResponse> ReleasePlaces(const Call&, journal::Transaction& tx,
                                                        const v1::ReleasePlacesRequest&) {
  RETURN_IF_ERROR(::puente::releases::AskFor(tx, PlaceFamily()));
  return v1::ReleasePlacesResponse();
}

absl::StatusOr<v1::PlaceRelease> GetPlaceRelease(const Call&, sql::Session& session,
                                                 const v1::GetPlaceReleaseRequest& request) {
  return ::puente::releases::GetRelease<v1::PlaceRelease>(session, PlaceSource(), request.name());
}

absl::StatusOr<v1::ListPlaceReleasesResponse> ListPlaceReleases(
    const Call& call, sql::Session& session, const v1::ListPlaceReleasesRequest& request) {
  return ::puente::releases::ListReleases<v1::ListPlaceReleasesResponse>(
      call, session, PlaceSource(), request,
      [](auto& response) -> auto& { return *response.add_place_releases(); });
}

}  // namespace

const Source& PlaceSource() {
  static const Source source{"economy", PlaceFamily(), "placeReleases/",
                             error::kPlaceReleaseNotFound};
  return source;
}

void ServePlaceReleases(calls::Host& host) {
  calls::Service& service = host.Serve<v1::PlaceReleaseService>();
  service.ReadFiguresWithToken<&GetPlaceSummary>();
  service.ReadFiguresWithToken<&GetSkillPlaces>();
  service.Mutate<&ReleasePlaces>();
  service.Read<&GetPlaceRelease>();
  service.Read<&ListPlaceReleases>();
}

}  // namespace puente::economy
