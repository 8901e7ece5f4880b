// Somebody who calls Education, with requests as text; the ministry says why it calls.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "google/rpc/error_details.pb.h"
#include "modules/education/module.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/text.h"

namespace puente::education::testing {

inline constexpr char kMinistry[] = "agency/education";
// What the ministry has to say of each record.
inline constexpr char kProvenance[] = R"( source: "test" record_kind: RECORD_KIND_REAL )";

using ::puente::testing::Of;

class Party {
 public:
  Party(const sql::Target& database, const std::string& caller)
      : caller_(caller), hosted_(Education(), database, caller) {}

  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const std::string& request) {
    Stub stub(hosted_.channel());
    return puente::testing::Called(stub, method, Of<Request>(request), nullptr,
                                   caller_ == kMinistry ? "administration" : "");
  }

  const std::string& caller() const { return caller_; }

 private:
  const std::string caller_;
  puente::testing::HostedModule hosted_;
};

inline absl::CivilDay Today() { return LegalDay(absl::Now()); }
// "year: 2027 month: 3 day: 1" of that many days from today.
inline std::string In(int days) {
  const absl::CivilDay day = Today() + days;
  return absl::StrCat("year: ", day.year(), " month: ", day.month(), " day: ", day.day());
}
inline std::string Named(const std::string& name, const std::string& more = "") {
  return absl::StrCat("name: '", name, "' ", more);
}

// The fields at fault, each with the rule against which it is: "end_date REQUIRED".
inline std::vector<std::string> Wrong(const absl::Status& status) {
  std::vector<std::string> rules;
  const google::rpc::BadRequest bad = BadRequestOf(status);
  for (const auto& violation : bad.field_violations()) {
    rules.push_back(absl::StrCat(violation.field(), " ", violation.reason()));
  }
  return rules;
}

}  // namespace puente::education::testing
