// Tables of figures of the gateway's own records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/context/clock.h"
#include "tests/gateway/certification.h"
#include "tests/testing/extracts.h"

namespace puente::gateway {
namespace {

using testing::MustExecute;

TEST(GatewayFigureTables, CountWhatIsPublicOfDecisions) {
  const sql::Target database = testing::Database::Shared().NewSchema(Gateway().migrations);
  sql::Connection connection(database);
  MustExecute(connection,
              "INSERT IGNORE INTO certifier (id, label_es, label_en, scopes, create_time,"
              " update_time) VALUES ('a', 'Organismo', 'Body', '', NOW(6), NOW(6))");
  int number = 0;
  const auto add = [&](int kind, int state, int record_kind) {
    MustExecute(
        connection,
        absl::StrCat("INSERT IGNORE INTO decision (certifier, id, state, kind, record_kind,"
                     " create_time, update_time) VALUES ('a', 'd",
                     ++number, "', ", state, ", ", kind, ", ", record_kind, ", NOW(6), NOW(6))"));
  };
  for (const int state : {2, 4, 5}) add(v1::DECISION_KIND_CERTIFY, state, 1);
  for (const int state : {1, 3, 6}) add(v1::DECISION_KIND_CERTIFY, state, 1);
  add(v1::DECISION_KIND_RENEW, 2, 2);
  add(v1::DECISION_KIND_REJECT, 2, 1);
  const std::string file = testing::FileOf(GatewayTo(Nobody()), database, {"certifications"});
  EXPECT_EQ(testing::RowsOf(file, "certifications"),
            (std::map<std::string, std::string>{{"certifiers/a CERTIFY REAL", "3"},
                                                {"certifiers/a CERTIFY _T", "3"},
                                                {"certifiers/a RENEW GENERATED", "1"},
                                                {"certifiers/a RENEW _T", "1"},
                                                {"certifiers/a _T REAL", "3"},
                                                {"certifiers/a _T GENERATED", "1"},
                                                {"certifiers/a _T _T", "4"},
                                                {"_T CERTIFY REAL", "3"},
                                                {"_T CERTIFY _T", "3"},
                                                {"_T RENEW GENERATED", "1"},
                                                {"_T RENEW _T", "1"},
                                                {"_T _T REAL", "3"},
                                                {"_T _T GENERATED", "1"},
                                                {"_T _T _T", "4"},
                                                {"certifiers/a REJECT REAL", "-"},
                                                {"certifiers/a REJECT GENERATED", "-"},
                                                {"certifiers/a RETURN REAL", "-"},
                                                {"certifiers/a RETURN GENERATED", "-"},
                                                {"_T REJECT REAL", "-"},
                                                {"_T REJECT GENERATED", "-"},
                                                {"_T RETURN REAL", "-"},
                                                {"_T RETURN GENERATED", "-"},
                                                {"certifiers/a REJECT _T", "-"},
                                                {"certifiers/a RETURN _T", "-"},
                                                {"_T REJECT _T", "-"},
                                                {"_T RETURN _T", "-"}}));
}

// Decisions of a gateway, stored as such.
class DaysUntilCertification : public ::testing::Test {
 protected:
  DaysUntilCertification() : connection_(database_) {}

  // So many that an organization submitted on a day and that the body decided on another, late in
  // the evening of Mexico City, when it is the next day elsewhere.
  void Add(const std::string& body, const std::string& organization, int count,
           const std::string& submitted, const std::string& decided,
           int kind = v1::DECISION_KIND_CERTIFY, int state = v1::DECISION_STATE_IN_FORCE,
           const std::string& carries_over = "") {
    for (; count > 0; --count) {
      const std::string id = absl::StrCat("s", ++number_);
      MustExecute(connection_,
                  absl::StrCat("INSERT IGNORE INTO submission (certifier, id, state, organization,"
                               " record_kind, create_time, update_time) VALUES ('",
                               body, "', '", id, "', 3, '", organization, "', 1, '", submitted,
                               " 20:00:00', NOW(6))"));
      Decide(body, id, decided, kind, state, carries_over);
    }
  }
  void Decide(const std::string& body, const std::string& submission, const std::string& day,
              int kind, int state, const std::string& carries_over = "") {
    MustExecute(connection_,
                absl::StrCat("INSERT IGNORE INTO decision (certifier, id, submission, state, kind,"
                             " record_kind, carries_over, create_time, update_time) VALUES ('",
                             body, "', 'd", ++number_, "', 'certifiers/", body, "/submissions/",
                             submission, "', ", state, ", ", kind, ", 1, '", carries_over, "', '",
                             day, "' + INTERVAL 29 HOUR, NOW(6))"));
  }
  std::map<std::string, std::string> Told() {
    return testing::RowsOf(
        testing::FileOf(GatewayTo(Nobody()), database_, {"certification-waiting"}),
        "certification-waiting");
  }

  const sql::Target database_ = testing::Database::Shared().NewSchema(Gateway().migrations);
  sql::Connection connection_;
  int number_ = 0;
};

TEST_F(DaysUntilCertification, AreToldOfManyByManyAlone) {
  for (const char* organization : {"o1", "o2", "o3", "o4"}) {
    Add("told", organization, 3, "2025-01-01", "2025-01-11");
    Add("told", organization, 3, "2025-02-01", "2025-04-02");
    Add("told", organization, 3, "2025-07-01", "2025-07-02");
  }
  Add("told", "o4", 1, "2025-01-01", "2025-03-31");  // still March in Mexico City
  // Too few: the total would tell them.
  for (const char* organization : {"o1", "o2", "o3"}) {
    Add("small", organization, 3, "2025-01-01", "2025-01-05");
  }
  // By too few organizations, each; together by enough, but each of the two bodies would subtract
  // its own from a total.
  Add("b", "o1", 4, "2025-04-01", "2025-04-03");
  Add("b", "o2", 6, "2025-04-01", "2025-04-03");
  Add("c", "o3", 2, "2025-05-01", "2025-05-31");
  Add("c", "o4", 2, "2025-05-01", "2025-05-31");
  // Most of them one organization's.
  Add("b", "o1", 17, "2025-07-01", "2025-07-11");
  for (const char* organization : {"o2", "o3", "o4"}) {
    Add("b", organization, 1, "2025-07-01", "2025-07-11");
  }
  // Too few by each of four bodies; whoever of them subtracts its own is left with twelve by four.
  for (const char* body : {"w", "x", "y", "z"}) {
    for (const char* organization : {"o1", "o2", "o3", "o4"}) {
      Add(body, organization, 1, "2025-10-01", "2025-10-06");
    }
  }
  EXPECT_EQ(Told(), (std::map<std::string, std::string>{
                        {"certifiers/told 2025-Q1 REAL", "13 209"},  // 12 x 10 + 89
                        {"certifiers/small 2025-Q1 REAL", "- -"},
                        {"_T 2025-Q1 REAL", "- -"},
                        {"certifiers/told 2025-Q2 REAL", "12 720"},
                        {"certifiers/b 2025-Q2 REAL", "- -"},
                        {"certifiers/c 2025-Q2 REAL", "- -"},
                        {"_T 2025-Q2 REAL", "- -"},
                        {"certifiers/told 2025-Q3 REAL", "12 12"},
                        {"certifiers/b 2025-Q3 REAL", "- -"},
                        {"_T 2025-Q3 REAL", "- -"},
                        {"certifiers/w 2025-Q4 REAL", "- -"},
                        {"certifiers/x 2025-Q4 REAL", "- -"},
                        {"certifiers/y 2025-Q4 REAL", "- -"},
                        {"certifiers/z 2025-Q4 REAL", "- -"},
                        {"_T 2025-Q4 REAL", "16 80"}}));
}

TEST_F(DaysUntilCertification, AreNotMostlyOneOrganizations) {
  Add("a", "o1", 4, "2025-03-01", "2025-03-02");
  Add("a", "o2", 3, "2025-03-01", "2025-03-02");
  Add("a", "o3", 2, "2025-03-01", "2025-03-02");
  Add("a", "o4", 1, "2024-01-01", "2025-03-02");  // one in ten, and nearly all of the days
  EXPECT_EQ(Told(), (std::map<std::string, std::string>{{"certifiers/a 2025-Q1 REAL", "- -"},
                                                        {"_T 2025-Q1 REAL", "- -"}}));
}

// The second and the third largest know their own parts.
TEST_F(DaysUntilCertification, AreNotNearlyAllOfThreeOrganizations) {
  Add("a", "o1", 4, "2025-01-01", "2025-03-01");
  Add("a", "o2", 3, "2025-01-01", "2025-02-01");
  Add("a", "o3", 3, "2025-01-01", "2025-02-01");
  Add("a", "o4", 1, "2025-02-01", "2025-02-02");  // of the days next to none
  Add("a", "o1", 30, "2025-04-01", "2025-04-11");
  Add("a", "o2", 6, "2025-04-01", "2025-04-11");
  Add("a", "o3", 6, "2025-04-01", "2025-04-11");
  Add("a", "o4", 1, "2025-04-01", "2025-05-21");  // of the submissions next to none
  EXPECT_EQ(Told(), (std::map<std::string, std::string>{{"certifiers/a 2025-Q1 REAL", "- -"},
                                                        {"_T 2025-Q1 REAL", "- -"},
                                                        {"certifiers/a 2025-Q2 REAL", "- -"},
                                                        {"_T 2025-Q2 REAL", "- -"}}));
}

TEST_F(DaysUntilCertification, AreOfWhatWasReviewedAndCertified) {
  for (const char* organization : {"o1", "o2", "o3", "o4"}) {
    Add("a", organization, 3, "2025-01-01", "2025-01-11");
  }
  // An appeal led to another certification later: the first one counts.
  Decide("a", "s1", "2025-02-20", v1::DECISION_KIND_CERTIFY, v1::DECISION_STATE_IN_FORCE);
  Decide("a", "s1", "2025-02-21", v1::DECISION_KIND_SUSPEND, v1::DECISION_STATE_IN_FORCE);
  Add("a", "o1", 1, "2025-01-01", "2025-01-21", v1::DECISION_KIND_REJECT);
  Add("a", "o1", 1, "2025-01-01", "2025-01-21", v1::DECISION_KIND_CERTIFY,
      v1::DECISION_STATE_NOT_RECORDED);
  Add("a", "o1", 1, "2025-01-01", "2025-01-01", v1::DECISION_KIND_CERTIFY,
      v1::DECISION_STATE_IN_FORCE, "certifications/c");
  const std::string today = absl::FormatCivilTime(LegalDay(absl::Now()));
  Add("a", "o1", 10, "2025-01-01", today);  // the quarter goes on
  EXPECT_EQ(Told(), (std::map<std::string, std::string>{{"certifiers/a 2025-Q1 REAL", "12 120"},
                                                        {"_T 2025-Q1 REAL", "12 120"}}));
}

}  // namespace
}  // namespace puente::gateway
