// Passed assessments by the thousand, for what is made of them.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/education/awarding.h"

namespace puente::education::testing {

// Statements that store a learner, an enrolment in the published version and a passed assessment
// each, below organization a, with ids s-1, ….
inline std::vector<std::string> Earned(int64_t count) {
  const std::string rest = absl::StrCat(", 'test', 1, NOW(6), NOW(6) FROM seq_1_to_", count);
  return {absl::StrCat("INSERT INTO learner (organization, id, version, person, state, duplicate_of,"
                       " identifier_scheme, sex, birth_years, state_code, sealed, source,"
                       " record_kind, create_time, update_time) SELECT 'a', CONCAT('s-', seq), 1,"
                       " '', 1, '', 1, 1, '2000-2004', '21', ''",
                       rest),
          absl::StrCat("INSERT INTO enrolment (organization, id, version, learner,"
                       " microcredential_version, program, campus, begin_date, state, state_reason,"
                       " sex, birth_years, state_code, goes_on, source, record_kind, create_time,"
                       " update_time) SELECT 'a', CONCAT('s-', seq), 1,"
                       " CONCAT('organizations/a/learners/s-', seq), '",
                       kVersion, "', '', '', '", absl::FormatCivilTime(InDays(-30)),
                       "', 1, '', 1, '2000-2004', '21', 1", rest),
          absl::StrCat("INSERT INTO assessment (organization, id, version, enrolment, learner,"
                       " microcredential_version, certifier, centre, evaluator, instrument,"
                       " supervision, identity_check, attempt, assess_date, state, grade,"
                       " state_reason, source, record_kind, create_time, update_time) SELECT 'a',"
                       " CONCAT('s-', seq), 1, CONCAT('organizations/a/enrolments/s-', seq),"
                       " CONCAT('organizations/a/learners/s-', seq), '",
                       kVersion, "', '', '', 'e', 'i', 2, 3, 1, '",
                       absl::FormatCivilTime(InDays(-10)), "', 2, '9', ''", rest)};
}

}  // namespace puente::education::testing
