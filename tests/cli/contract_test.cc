#include "cli/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "puente/labor/v1/vacancy.pb.h"

namespace puente::cli {
namespace {

using ::testing::HasSubstr;

TEST(FindMethod, KnowsEveryServiceOfTheContract) {
  int services = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("proto/puente")) {
    if (entry.path().extension() != ".proto") continue;
    std::ifstream stream(entry.path());
    std::string package;
    for (std::string line; std::getline(stream, line);) {
      std::istringstream words(line);
      std::string first, name;
      words >> first >> name;
      if (first == "package") package = name.substr(0, name.size() - 1);
      if (first != "service") continue;
      ++services;
      const auto found = FindMethod(package + "." + name + "/NoSuchMethod");
      EXPECT_THAT(std::string(found.status().message()), HasSubstr("has no method"));
    }
  }
  EXPECT_GE(services, 11);
}

TEST(FindMethod, TakesTheServiceWithoutItsPackage) {
  const auto method = FindMethod("VacancyService/GetVacancy");
  ASSERT_TRUE(method.ok()) << method.status();
  EXPECT_EQ(MethodName(**method), "puente.labor.v1.VacancyService/GetVacancy");
  EXPECT_EQ(ServerOf(*(*method)->service()), "labor");
  EXPECT_EQ(ServerOf(*(*FindMethod("ServerService/GetServer"))->service()), "");
  EXPECT_THAT(std::string(FindMethod("NoService/X").status().message()),
              HasSubstr("puente.science.v1.TechnologyService"));
}

TEST(MessageFromJson, RefusesNamesThatAreNotThere) {
  const auto* type = labor::v1::GetVacancyRequest::descriptor();
  EXPECT_TRUE(MessageFromJson(type, R"({"name": "vacancies/a"})").ok());
  EXPECT_THAT(std::string(MessageFromJson(type, R"({"nome": "x"})").status().message()),
              HasSubstr("puente.labor.v1.GetVacancyRequest"));
}

TEST(SetRequestId, FillsOnlyWhatIsThereAndEmpty) {
  labor::v1::CloseVacancyRequest close;
  SetRequestId(close, "one");
  SetRequestId(close, "two");
  EXPECT_EQ(close.request_id(), "one");
  labor::v1::GetVacancyRequest get;
  SetRequestId(get, "one");
  EXPECT_EQ(get.ByteSizeLong(), 0u);
}

TEST(MayCall, FollowsTheMethodsOwnDeclaration) {
  const auto& close = **FindMethod("VacancyService/CloseVacancy");
  EXPECT_TRUE(MayCall(close, "supplier/portal"));
  EXPECT_FALSE(MayCall(close, "council/cce"));
}

}  // namespace
}  // namespace puente::cli
