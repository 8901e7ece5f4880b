#include "common/federation/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "google/api/resource.pb.h"
#include "proto/contract_files.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente {
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
              HasSubstr("there is no service \"NoService\""));
}

// A resource of another agency is not known where it is referred to, so that no server could
// notice.
TEST(References, NameResourcesOfTheContract) {
  std::set<std::string> types;
  std::map<std::string, std::string> named;  // by the field that does
  for (const google::protobuf::FileDescriptor* file : ContractFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      const auto& message = *file->message_type(i);
      types.insert(message.options().GetExtension(google::api::resource).type());
      for (int j = 0; j < message.field_count(); ++j) {
        const auto& options = message.field(j)->options();
        named[message.field(j)->full_name()] =
            options.GetExtension(google::api::resource_reference).type();
      }
    }
  }
  size_t count = 0;
  for (const auto& [field, type] : named) {
    if (type.empty()) continue;
    ++count;
    EXPECT_THAT(types, ::testing::Contains(type)) << field;
  }
  EXPECT_GT(count, 15);
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
  EXPECT_TRUE(MayCall(close, "supplier/portal", "labor"));
  EXPECT_FALSE(MayCall(close, "council/cce", "labor"));
}

}  // namespace
}  // namespace puente
