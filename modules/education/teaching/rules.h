// In which order sites are found, and when programs are taught there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "puente/education/v1/program.pb.h"
#include "puente/education/v1/teaching.pb.h"

namespace puente::education::teaching {

// Where a site is, as one text whose bytes are in the order of states, municipalities and names.
std::string PlaceBefore(absl::string_view state_code, absl::string_view municipality);
std::string PlaceOf(absl::string_view state_code, absl::string_view municipality,
                    absl::string_view site);
// The site of such a place.
std::string SiteOf(absl::string_view place);

// Places from `first` up to but not including `end`, which are equally near.
struct PlaceRange {
  v1::SiteNearness nearness = v1::SITE_NEARNESS_UNSPECIFIED;
  std::string first, end;
};
// All that may be found, in order, none of it twice.
std::vector<PlaceRange> RangesOf(const v1::FindTeachingRequest& request);

struct Days {
  absl::CivilDay first, last;
};
// A calendar year, or a school cycle, August to July.
Days DaysOf(absl::string_view period);

// The seats of a version at a campus in periods that are not over, by their first days.
std::vector<v1::ProgramSeats> SeatsAt(const v1::ProgramVersion& version, absl::string_view campus,
                                      absl::CivilDay today);
// The first day of the first period that begins on a day or later.
std::optional<absl::CivilDay> NextStart(const std::vector<v1::ProgramSeats>& seats,
                                        absl::CivilDay day);

}  // namespace puente::education::teaching
