// Need and teaching side by side, for people.
#pragma once

#include "cli/printer.h"
#include "puente/gateway/v1/council.pb.h"

namespace puente::cli {

// Adds the page after those that are there. What a section says of itself is that of the first
// page, unless a later one lacks it.
void AddPage(gateway::v1::ListSkillGapsResponse& page, gateway::v1::ListSkillGapsResponse& all);

// In the order in which people read it: the largest difference first, then what has none, by name.
void SortGaps(gateway::v1::ListSkillGapsResponse& gaps);

// The figure, or its hole in words. Zero is "none".
std::string GapText(const gateway::v1::GapFigure& figure, Language language);

// The whole list. The request says what was asked for.
void Print(Printer& printer, const gateway::v1::ListSkillGapsRequest& request,
           const gateway::v1::ListSkillGapsResponse& gaps);

// Of what period seats are, how many there are in all, and where they come from.
void PrintSeatsOf(Printer& printer, const education::v1::ListSkillSeatsResponse& seats);

// What is taught of some skills, by skill.
void Print(Printer& printer, const gateway::v1::SkillSeatsSection& section, bool digest);

}  // namespace puente::cli
