// Agencies that hold as much as a country has: what companies need and what learners were awarded,
// as if it had been written long ago, and what is released of it. Vacancies: vacancy_calls.h.
#pragma once

#include <memory>
#include <string>

#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/education/v1/award_release.grpc.pb.h"
#include "tests/bench/process.h"
#include "tests/bench/site.h"

namespace puente::bench {

// An Economy with so many statements that count, of generated records, fifty a company, over
// fifteen sector tables. Their release has been asked for.
class FilledEconomy {
 public:
  explicit FilledEconomy(int64_t statements);

  // The id of a sector table, in turn.
  static std::string Sector(int64_t i);
  // The freshness token of a release that has looked.
  std::string AskForRelease() const;
  bool IsReleased(const std::string& asked) const;
  void AwaitRelease(const std::string& asked) const;
  void AwaitRelease() const { AwaitRelease(asked_); }

  const int64_t companies;  // c0, c1, …
  const sql::Target database;
  const std::unique_ptr<Process> process;
  const std::string address;

 private:
  const std::unique_ptr<economy::v1::DemandService::Stub> demand_;
  std::string asked_;
};

// An Education with so many awards that hold, of generated records, two a learner, of 100
// organizations and 300 versions, issued in the three years before this quarter. Their release has
// been asked for.
class FilledEducation {
 public:
  explicit FilledEducation(int64_t awards);

  void AwaitRelease() const;

  const sql::Target database;
  const std::unique_ptr<Process> process;
  const std::string address;

 private:
  const std::unique_ptr<education::v1::AwardReleaseService::Stub> awards_;
  std::string asked_;
};

}  // namespace puente::bench
