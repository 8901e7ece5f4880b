// Awards of made-up persons, written by SQL, and releases of them.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "common/context/clock.h"
#include "common/crypto/digest.h"
#include "modules/education/module.h"
#include "puente/education/v1/award_release.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education::testing {

using ::puente::testing::Called;
using ::puente::testing::HostedModule;

// An enrolment, perhaps with what came of it.
struct Learned {
  std::string person = "";    // "p1", of persons/p1
  std::string version = "m";  // "m", of microcredentials/m/versions/1
  std::string state = "09";
  int sex = 1;
  absl::CivilDay begin{2025, 1, 6};
  int assessed_after = 20;  // days after the first; -1: no assessment
  int result_after = 4;     // days after that; -1: it is not known
  int issued_after = 3;     // days after that, or after the assessment; -1: no award
  int award_state = 1;

  absl::CivilDay assessed() const { return begin + assessed_after; }
  absl::CivilDay issued() const { return assessed() + std::max(result_after, 0) + issued_after; }
};

class Releasing : public ::testing::Test {
 protected:
  using Stub = v1::AwardReleaseService::Stub;

  Releasing()
      : target_(puente::testing::Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        ministry_(Education(), target_, "agency/education"),
        releases_(v1::AwardReleaseService::NewStub(ministry_.channel())) {}

  // Each with ids of its own: of its place among all so far.
  void Add(const std::vector<Learned>& all) {
    std::vector<std::string> learners, enrolments, assessments, awards;
    const std::string end = ", 'test', 1, NOW(6), NOW(6)";
    for (const Learned& one : all) {
      const std::string id = absl::StrCat("r", ++count_);
      const std::string name = absl::StrCat("'organizations/a/learners/", id, "'");
      const std::string version = absl::StrCat("'microcredentials/", one.version, "/versions/1'");
      const std::string who = absl::StrCat(one.sex, ", '2000-2004', '", one.state, "'");
      const auto quoted = [](absl::CivilDay day) {
        return absl::StrCat("'", absl::FormatCivilTime(day), "'");
      };
      learners.push_back(absl::StrCat("('a', '", id, "', 1, 'persons/", one.person, "', 1, '', 1, ",
                                      who, ", ''", end, ")"));
      enrolments.push_back(absl::StrCat("('a', '", id, "', 1, ", name, ", ", version, ", '', '', ",
                                        quoted(one.begin), ", 1, '', ", who, end, ")"));
      if (one.assessed_after < 0) continue;
      const bool said = one.result_after >= 0;
      assessments.push_back(
          absl::StrCat("('a', '", id, "', 1, 'organizations/a/enrolments/", id, "', ", name, ", ",
                       version, ", '', '', 'e', 'i', 2, 3, 1, ", quoted(one.assessed()), ", ",
                       said || one.issued_after >= 0 ? 2 : 1, ", '', '', ",
                       said ? quoted(one.assessed() + one.result_after) : "NULL", end, ")"));
      if (one.issued_after < 0) continue;
      const bool live = one.award_state != 3 && one.award_state != 4;
      awards.push_back(absl::StrCat(
          "('a', '", id, "', 1, 'organizations/a/assessments/", id,
          "', 'organizations/a/enrolments/", id, "', ", name, ", ", version, ", 'c', 'a', '', ",
          quoted(one.issued()), ", '', ", one.award_state, ", '', '', '', ", who, end, ", ",
          live ? absl::StrCat("'organizations/a/enrolments/", id, "'") : "NULL", ")"));
    }
    const std::string standard = ", source, record_kind, create_time, update_time";
    Insert(
        "learner (organization, id, version, person, state, duplicate_of, identifier_scheme,"
        " sex, birth_years, state_code, sealed" +
            standard + ")",
        learners);
    Insert(
        "enrolment (organization, id, version, learner, microcredential_version, program,"
        " campus, begin_date, state, state_reason, sex, birth_years, state_code" +
            standard + ")",
        enrolments);
    Insert(
        "assessment (organization, id, version, enrolment, learner, microcredential_version,"
        " certifier, centre, evaluator, instrument, supervision, identity_check, attempt,"
        " assess_date, state, grade, state_reason, result_date" +
            standard + ")",
        assessments);
    Insert(
        "award (organization, id, version, assessment, enrolment, learner,"
        " microcredential_version, certification, certifier, rvoe, issue_date, grade, state,"
        " state_reason, replaces, replaced_by, sex, birth_years, state_code" +
            standard + ", live_enrolment)",
        awards);
  }
  // So many persons alike, p0 and on, or from another number on.
  void AddMany(int count, const Learned& like, int first = 0) {
    std::vector<Learned> all(count, like);
    for (int i = 0; i < count; ++i) all[i].person = absl::StrCat("p", first + i);
    Add(all);
  }
  void Insert(const std::string& into, const std::vector<std::string>& rows) {
    if (rows.empty()) return;
    puente::testing::MustExecute(
        other_, absl::StrCat("INSERT INTO ", into, " VALUES ", absl::StrJoin(rows, ", ")));
  }
  // Takes awards back: of the enrolments of so many, from one on.
  void Revoke(int first, int count) {
    for (int i = first; i < first + count; ++i) {
      puente::testing::MustExecute(
          other_,
          absl::StrCat("UPDATE award SET state = 3, live_enrolment = NULL WHERE id = 'r", i, "'"));
    }
  }
  void AddPerson(const std::string& id, const std::string& merged_into = "") {
    puente::testing::MustExecute(
        other_, absl::StrCat("INSERT INTO person (id, version, state, merged_into,"
                             " identifier_scheme, sex, birth_years, state_code, state_reason,"
                             " sealed, source, record_kind, create_time, update_time) VALUES ('",
                             id, "', 1, 1, '", merged_into,
                             "', 1, 1, '2000-2004', '09', '', '', 'test', 1, NOW(6), NOW(6))"));
  }

  // Stays at training places of the learners of so many enrolments, from one on.
  void AddStays(int first, int count, int state = 3) {
    std::vector<std::string> stays;
    for (int i = first; i < first + count; ++i) {
      stays.push_back(
          absl::StrCat("(UUID(), 1, ", state, ", 'organizations/a', 'organizations/a/learners/r", i,
                       "', 'companies/c/trainingPlaces/p', 'companies/c', '2025-01-06',"
                       " '2025-03-06', 1, '2000-2004', '09', 'test', 1, NOW(6), NOW(6))"));
    }
    Insert(
        "place_enrolment (id, version, state, organization, learner, training_place, company,"
        " start_date, end_date, sex, birth_years, state_code, source, record_kind, create_time,"
        " update_time)",
        stays);
  }

  // Has a release made of what there is by now, if it would say anything new.
  void Release() {
    v1::ReleaseAwardsRequest ask;
    ask.set_request_id(crypto::Uuid4());
    std::string token;
    EXPECT_OK(Called(*releases_, &Stub::ReleaseAwards, ask, &token));
    v1::GetAwardSummaryRequest request;
    request.set_at_least(token);
    absl::Status status;
    EXPECT_TRUE(puente::testing::Becomes([&] {
      status = Called(*releases_, &Stub::GetAwardSummary, request).status();
      return status.ok();
    })) << status;
  }

  static std::string VersionName(const std::string& id) {
    return id.empty() ? "" : absl::StrCat("microcredentials/", id, "/versions/1");
  }
  v1::VersionAwards Awards(const std::string& version = "", const std::string& state = "",
                           int sex = 0, const std::string& release = "") {
    v1::GetAwardSummaryRequest request;
    if (!version.empty()) request.add_microcredential_versions(VersionName(version));
    request.set_state_code(state);
    request.set_sex(static_cast<v1::Sex>(sex));
    request.set_release(release);
    const auto summary = Called(*releases_, &Stub::GetAwardSummary, request);
    EXPECT_OK(summary);
    if (!summary.ok() || summary->versions_size() != 1) return {};
    EXPECT_EQ(summary->versions(0).microcredential_version(), VersionName(version));
    return summary->versions(0);
  }
  v1::VersionWaiting Waiting(const std::string& version = "", const std::string& state = "") {
    v1::GetWaitingSummaryRequest request;
    if (!version.empty()) request.add_microcredential_versions(VersionName(version));
    request.set_state_code(state);
    const auto summary = Called(*releases_, &Stub::GetWaitingSummary, request);
    EXPECT_OK(summary);
    return summary.ok() && summary->versions_size() == 1 ? summary->versions(0)
                                                         : v1::VersionWaiting();
  }
  absl::StatusOr<v1::ListAwardReleasesResponse> List(int page_size = 0,
                                                     const std::string& page_token = "") {
    v1::ListAwardReleasesRequest request;
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return Called(*releases_, &Stub::ListAwardReleases, request);
  }
  static bool Suppressed(const type::v1::Figure& figure) {
    return figure.mark() == type::v1::MARK_SUPPRESSED;
  }

  const sql::Target target_;
  sql::Connection other_;
  HostedModule ministry_;
  const std::unique_ptr<Stub> releases_;
  int count_ = 0;
};

}  // namespace puente::education::testing
