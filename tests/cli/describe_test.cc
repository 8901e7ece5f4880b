#include "cli/describe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "cli/width.h"
#include "common/federation/contract.h"
#include "common/fields/field_checker.h"
#include "console/reference/example_request.h"
#include "proto/contract_files.h"
#include "tests/cli/running.h"

namespace puente::cli {
namespace {

using google::protobuf::MethodDescriptor;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<const MethodDescriptor*> Methods() {
  std::vector<const MethodDescriptor*> methods;
  for (const auto* file : ContractFiles()) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        methods.push_back(file->service(i)->method(j));
      }
    }
  }
  return methods;
}

TEST(ExampleRequest, BreaksNoRuleOfAField) {
  EXPECT_GT(Methods().size(), 400);
  for (const MethodDescriptor* method : Methods()) {
    if (method->client_streaming()) continue;
    const std::string json = console::ExampleRequest(*method);
    const auto request = MessageFromJson(method->input_type(), json);
    ASSERT_TRUE(request.ok()) << request.status();
    const absl::Status checked = fields::FieldChecker(method->input_type()).Check(**request);
    EXPECT_TRUE(checked.ok()) << MethodName(*method) << " " << json << " " << checked;
  }
}

TEST(Describe, SaysOfEveryMethodWhatItIs) {
  for (const MethodDescriptor* method : Methods()) {
    for (const Language language : {Language::kEnglish, Language::kSpanish}) {
      const std::string text = Describe(*method, language);
      const bool spanish = language == Language::kSpanish;
      EXPECT_THAT(text,
                  AllOf(HasSubstr(method->full_name().substr(0, method->full_name().rfind('.'))),
                        HasSubstr(spanish ? "\nSOLICITUD  " : "\nREQUEST  "),
                        HasSubstr(spanish ? "\nRESPUESTA  " : "\nANSWER  ")));
    }
  }
}

TEST(Describe, SaysWhatAMethodTakes) {
  const Ran ran = RunWith({"describe", "DemandService/CreateDemandStatement"});
  EXPECT_EQ(ran.code, kOk);
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("puente.economy.v1.DemandService/CreateDemandStatement, of economy"),
                    HasSubstr("company/*, for records of its own"),
                    HasSubstr("demandStatementId: text; required; of lower-case letters"),
                    HasSubstr("of a state at INEGI"), HasSubstr("RECORD_KIND_GENERATED"),
                    HasSubstr("puente call DemandService/CreateDemandStatement '{"),
                    HasSubstr("\n  Errors: DEMAND_STATEMENT_ALREADY_EXISTS")));
  for (const absl::string_view line : absl::StrSplit(ran.out, '\n')) {
    if (absl::StrContains(line, "puente call")) continue;
    EXPECT_LE(DisplayWidth(line), 80) << line;
  }
  EXPECT_THAT(RunWith({"describe", "DemandService/CreateDemandStatement"}, "es").out,
              AllOf(HasSubstr("QUIÉN PUEDE LLAMARLO"), HasSubstr(": texto; necesario")));
  EXPECT_EQ(RunWith({"describe", "DemandService/Fly"}).code, kUsage);
}

}  // namespace
}  // namespace puente::cli
