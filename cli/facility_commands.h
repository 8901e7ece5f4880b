// Commands of facilities, whose owner is a company or a school, and of the teachers of schools.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.h"

namespace puente::cli {

// The kind of a new facility of which none is written.
inline constexpr char kUsualFacility[] = "workshop";

struct FacilityArgs {
  std::string name;  // of the facility, the booking or the agreement
  std::string kind;
  std::string title;
  std::string title_en;
  std::string campus;  // by id
  std::string state;
  std::string municipality;
  std::vector<std::string> skills;
  std::vector<std::string> weekdays;  // "monday"
  std::vector<std::string> closed;    // "2027-12-24" or "2027-12-24..2028-01-06"
  std::string from;                   // "2027-01-31"
  std::string until;
  std::string time;  // "08:00-10:00"
  int32_t seats = 0;
  std::string purpose;  // "teacher-training"
  std::string version;  // of a microcredential
  std::string guest;    // an organization, by its id
  int32_t hours = 0;    // a week
  std::string answer;
  bool hosted = false;
};
// One's own, or those of a state or for a skill.
ExitCode Facilities(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityAdd(Session& session, Party party, const FacilityArgs& args);
// Of what is written there, and nothing else.
ExitCode FacilityChange(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityPause(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityOpen(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityClose(Session& session, Party party, const FacilityArgs& args);
// Which seats are free, when.
ExitCode FacilityFree(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityBook(Session& session, Party party, const FacilityArgs& args);
// What one has booked, or what is booked of one's own.
ExitCode FacilityBookings(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityCancel(Session& session, Party party, const FacilityArgs& args);
// Offers a facility to a school.
ExitCode FacilityShare(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityShares(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityAnswer(Session& session, Party party, const FacilityArgs& args);
ExitCode FacilityUnshare(Session& session, Party party, const FacilityArgs& args);

struct TeacherArgs {
  std::string teacher;
  std::string program;
  std::string skill;
  std::string organization;
  bool all = false;
};
ExitCode SchoolTeachers(Session& session, const TeacherArgs& args);
ExitCode SchoolTrainings(Session& session, const TeacherArgs& args);
// Which share of a program's teachers is up to date in a skill.
ExitCode SchoolCoverage(Session& session, const TeacherArgs& args);

}  // namespace puente::cli
