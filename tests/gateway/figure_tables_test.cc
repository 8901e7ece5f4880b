// Tables of figures of the gateway's own records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
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
                                                {"_T RETURN GENERATED", "-"}}));
}

}  // namespace
}  // namespace puente::gateway
