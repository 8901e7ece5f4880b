// Code lists and dimensions that tables of several agencies have: each is told in one place, so
// that it is the same in all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/extracts/table.h"

namespace puente::extracts {

// Codes of every list.
inline constexpr char kAll[] = "_T";            // all of them
inline constexpr char kNotSaid[] = "_U";        // the records do not say
inline constexpr char kNotApplicable[] = "_Z";  // the question does not arise
inline constexpr char kOthers[] = "_O";         // the others together

inline constexpr absl::string_view kStates = "CL_STATE";  // INEGI's codes
inline constexpr absl::string_view kSectors = "CL_SCIAN_SECTOR";
inline constexpr absl::string_view kSexes = "CL_SEX";
inline constexpr absl::string_view kSkills = "CL_SKILL";  // names of the vocabulary's skills
inline constexpr absl::string_view kUnits = "CL_UNIT";

// By id.
const std::vector<CodeList>& CommonCodeLists();
// The four of every list, in their order behind the others.
const std::vector<Code>& SpecialCodes();

// In the order in which the contract numbers them.
CodeList SexList();

Dimension State();
Dimension Sector();
Dimension Sex();
Dimension Skill();
// "2026", "2026-Q3" or "2026-11".
Dimension Period(Text title);

// Of a list that is of an enum, in the order of its numbers from 1 on: the code of a number, or
// kNotSaid.
std::string CodeOf(const CodeList& list, int64_t number);

// The code, or kNotSaid for none.
std::string OrNotSaid(absl::string_view code);

}  // namespace puente::extracts
