// Which figures about seats are kept, and under which keys.
//
// The seats of a program count by school cycle, state and skill. A cut reads
// T|KIND|CYCLE|STATE|SKILL: KIND is R (real) or G (generated); CYCLE "2026-2027"; STATE an INEGI
// code, "-" for seats that name no campus, or "*" for all; SKILL the id of a skill, "-" for seats
// of a program that states none, or "*" for all, each seat once. So the skills of a cycle and a
// state are one range, by name. In each of its cuts a program counts for its source, too:
// S|KIND|CYCLE|STATE|DIGEST|SOURCE, where 16 hexadecimal digits stand for the skill, since a cut
// has at most 120 bytes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/journal/deltas.h"
#include "common/journal/projection.h"
#include "puente/education/v1/program.pb.h"

namespace puente::education::seats {

inline constexpr absl::string_view kAll = "*";
inline constexpr absl::string_view kNone = "-";

// Measures of counters. Numbers are stored: never reuse one.
inline constexpr int kSeats = 1;
inline constexpr int kPrograms = 2;
inline constexpr int kOrganizations = 3;
inline constexpr int kGraduates = 4;
inline constexpr int kProgramsWithGraduates = 5;

// The school cycle of a day, August to July: "2026-2027" from 2026-08-01 on.
std::string SchoolCycle(absl::CivilDay day);

// What a cut is about, within a kind of records.
struct Key {
  std::string cycle;
  std::string state;
  std::string skill;  // its id

  auto operator<=>(const Key&) const = default;
};

// What a program has in a cut.
struct Amount {
  int64_t seats = 0;
  int64_t graduates = 0;

  bool operator==(const Amount&) const = default;
};
using Amounts = std::map<Key, Amount>;

// In which cuts the seats of a version count, given the states of its campuses by name.
Amounts AmountsOf(const v1::ProgramVersion& version,
                  const std::map<std::string, std::string>& states);

// What changes in a cut when a program has `after` there in place of `before`; null is nothing.
// `last`: whether it is the only program of its organization there.
void Count(const std::string& cut, const Amount* before, const Amount* after, bool last,
           journal::Deltas& deltas);

std::string CutOf(type::v1::RecordKind kind, const Key& key);
// The cuts of skills, of a cycle and a state, that come after the skill of that id.
journal::CutRange SkillsAfter(type::v1::RecordKind kind, const std::string& cycle,
                              const std::string& state, absl::string_view skill);
// The id of the skill in such a cut.
std::string SkillOf(absl::string_view cut);

std::string SourceCut(type::v1::RecordKind kind, const Key& key, absl::string_view source);
// The sources in a cut: each of these ends with one.
journal::CutRange SourcesIn(type::v1::RecordKind kind, const Key& key);

}  // namespace puente::education::seats
