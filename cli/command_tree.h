// The program's commands, their options, and which of them was chosen.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "cli/commands.h"
#include "cli/dual_commands.h"
#include "cli/facility_commands.h"
#include "cli/journal_commands.h"
#include "cli/placement_commands.h"
#include "cli/report_commands.h"

namespace puente::cli {

using Command = std::function<ExitCode(Session&)>;

// What was chosen. Arguments must live until the command runs.
struct Chosen {
  Command command;
  OverviewArgs overview;
  GapsArgs gaps;
  TraceArgs trace;
  LineArgs line;
  SchoolArgs school;
  LearnerArgs learner;
  AwardFiguresArgs award_figures;
  PlaceFiguresArgs place_figures;
  CompanyArgs company;
  FindingArgs finding;
  RegisterArgs body_register;
  ChainArgs chain;
  PlaceArgs place;
  DualArgs dual;
  FacilityArgs facility;
  TeacherArgs teacher;
  PlacementArgs placement;
  JournalArgs journal;
  ReportArgs report;
  ScheduleArgs report_schedule;
  DecisionArgs decision;
  LoadVacanciesArgs load;
  LoadFileArgs file;
  LoadsArgs loads;
  LoadOccupationsArgs occupations;
  ListVacanciesArgs list;
  VacancyFiguresArgs figures;
  OfferTermArgs term;
  CountArgs count;
  ConsoleArgs console;
  std::string name;
  std::string reason;
  std::string json = "{}";
  std::string server;
};

// A command that can be chosen; options of the program may follow it.
CLI::App* Add(CLI::App& parent, const std::string& name, const std::string& about, Chosen& chosen,
              Command command);
CLI::App& AddGroup(CLI::App& app, const std::string& name, const std::string& about);

// All of the program's (app.cc).
void AddCommands(CLI::App& app, Chosen& chosen);

// What parties do between a need and a certified version (line_commands.cc): of bodies below
// `certify`, of companies and schools below the program.
void AddCertification(CLI::App& certify, Chosen& chosen);
void AddCompany(CLI::App& app, Chosen& chosen);
void AddSchool(CLI::App& app, Chosen& chosen);
void AddAwards(CLI::App& app, Chosen& chosen);
// The places that a company, or a chamber for it, offers to learners; and what schools reserve of
// them (place_commands.cc).
void AddOffers(CLI::App& company, Chosen& chosen);
void AddReservations(CLI::App& school, Chosen& chosen);
// What companies and schools do alike, below each's group: dual education (dual_commands.cc), and
// facilities (facility_commands.cc), with the teachers of schools.
void AddDual(CLI::App& parent, Party party, Chosen& chosen);
void AddFacilities(CLI::App& parent, Party party, Chosen& chosen);
void AddTeachers(CLI::App& school, Chosen& chosen);
// Who could teach something, and who teaches it (commands/feasibility.cc).
void AddFeasible(CLI::App& council, Chosen& chosen);
void AddSchools(CLI::App& company, Chosen& chosen);
// Reports (report_commands.cc); the group, for what else there is of them.
CLI::App& AddReports(CLI::App& app, Chosen& chosen);
// Of the reports (commands/report_verify.cc).
void AddVerify(CLI::App& report, Chosen& chosen);
// Journals (journal_commands.cc).
void AddJournal(CLI::App& app, Chosen& chosen);
// Of schools (placement_commands.cc).
void AddPlacementRequests(CLI::App& school, Chosen& chosen);

}  // namespace puente::cli
