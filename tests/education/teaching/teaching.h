// Where skills are taught, as its tests ask for it.
#pragma once

#include <string>
#include <vector>

#include "puente/education/v1/teaching.grpc.pb.h"
#include "tests/education/teaching/schools.h"

namespace puente::education::testing {

inline constexpr char kNear[] = " near_state_code: '11' near_municipality: 'LEON'";
inline constexpr char kMeans[] = " with_means: true";

class Teaching : public ::testing::Test {
 protected:
  static std::string Skills(const std::vector<std::string>& skills) {
    std::string text;
    for (const std::string& skill : skills) absl::StrAppend(&text, " skills: 'skills/", skill, "'");
    return text;
  }
  absl::StatusOr<v1::FindTeachingResponse> Ask(const std::string& text,
                                               const std::string& caller = "council/cce") {
    return schools.As(caller).Ask(&v1::TeachingService::Stub::FindTeaching, text);
  }
  v1::FindTeachingResponse Page(const std::string& text,
                                const std::string& caller = "council/cce") {
    const auto page = Ask(text, caller);
    EXPECT_OK(page);
    return page.value_or(v1::FindTeachingResponse());
  }
  // "a" of a campus, "a!" of an organization at its seat; of all pages of so many.
  std::vector<std::string> Found(const std::string& text, int page_size = 50) {
    std::vector<std::string> ids;
    std::string token;
    do {
      const auto page =
          Page(absl::StrCat(text, " page_size: ", page_size, " page_token: '", token, "'"));
      EXPECT_LE(page.sites_size(), page_size);
      for (const v1::TeachingSite& site : page.sites()) {
        const std::string& name = site.has_campus() ? site.campus().name() : site.organization();
        ids.push_back(absl::StrCat(name.substr(name.rfind('/') + 1), site.has_campus() ? "" : "!"));
      }
      token = page.next_page_token();
    } while (!token.empty());
    return ids;
  }

  const sql::Target database =
      puente::testing::Database::Shared().NewSchema(Education().migrations);
  sql::Connection other{database};
  Schools schools{database};
};

}  // namespace puente::education::testing
