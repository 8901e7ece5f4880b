#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <functional>

#include "absl/strings/match.h"
#include "common/fields/field_checker.h"
#include "common/fields/rules.h"
#include "common/status/error.h"
#include "google/rpc/error_details.pb.h"
#include "puente/api/v1/options.pb.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/labor/v1/skill.pb.h"
#include "puente/labor/v1/statistics.pb.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/testing/status.h"

namespace puente::fields {
namespace {

using labor::v1::CreateVacancyRequest;
using labor::v1::Vacancy;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

CreateVacancyRequest Welder() {
  CreateVacancyRequest request;
  const bool parsed = google::protobuf::TextFormat::ParseFromString(
      R"pb(
        vacancy_id: "welder-1"
        vacancy {
          offer: "Soldador/a en Juárez"
          offer_date { year: 2020 month: 8 day: 3 }
          state_code: "08"
          monthly_wage { currency_code: "MXN" units: 7495 nanos: 890000000 }
          minutes_a_day: 480
          languages { language_code: "en" level: LANGUAGE_LEVEL_BASIC }
          skills: "skills/welding"
          source: "portal-del-empleo"
          record_kind: RECORD_KIND_REAL
        }
        request_id: "0d9f2c41-93f4-4f5e-8d7b-6a1f0c2b3d4e"
      )pb",
      &request);
  if (!parsed) std::abort();
  return request;
}

// "field RULE" of each violation.
std::vector<std::string> Violations(const absl::Status& status) {
  google::rpc::BadRequest bad;
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  if (payload) bad.ParseFromString(std::string(*payload));
  std::vector<std::string> found;
  for (const auto& violation : bad.field_violations()) {
    found.push_back(violation.field() + " " + violation.reason());
  }
  return found;
}

std::vector<std::string> Check(google::protobuf::Message& request) {
  return Violations(FieldChecker(request.GetDescriptor()).Check(request));
}

TEST(Fields, AsTheyShouldBeAreLetIn) {
  CreateVacancyRequest request = Welder();
  EXPECT_THAT(Check(request), IsEmpty());
}

TEST(Fields, ThatAreRequiredEnumsAreSaid) {
  labor::v1::CloseVacancyRequest request;
  request.set_name("vacancies/w");
  EXPECT_THAT(Check(request), ElementsAre("reason REQUIRED"));
}

TEST(Fields, ComeWithWhatElseIsWrong) {
  CreateVacancyRequest request = Welder();
  request.mutable_vacancy()->clear_offer();
  const auto refused = FieldChecker(request.GetDescriptor())
                           .Check(request, {Against(rule::kRequired).At("vacancy.source"),
                                            Against(rule::kUuid4).At("vacancy.offer")});
  EXPECT_THAT(Violations(refused), ElementsAre("vacancy.offer REQUIRED", "vacancy.source REQUIRED"))
      << "one at a place";
}

TEST(Fields, EachRuleIsEnforced) {
  struct Case {
    const char* name;
    std::function<void(CreateVacancyRequest&)> spoil;
    const char* violation;
  };
  for (const Case& c : std::vector<Case>{
           {"a required message", [](auto& r) { r.clear_vacancy(); }, "vacancy REQUIRED"},
           {"a required text", [](auto& r) { r.mutable_vacancy()->clear_offer(); },
            "vacancy.offer REQUIRED"},
           {"a required date", [](auto& r) { r.mutable_vacancy()->clear_offer_date(); },
            "vacancy.offer_date REQUIRED"},
           {"an enum value that there is not",
            [](auto& r) {
              r.mutable_vacancy()->set_contract_kind(static_cast<labor::v1::ContractKind>(99));
            },
            "vacancy.contract_kind UNKNOWN_VALUE"},
           {"above the largest", [](auto& r) { r.mutable_vacancy()->set_minutes_a_day(1441); },
            "vacancy.minutes_a_day TOO_LARGE"},
           {"below the smallest", [](auto& r) { r.mutable_vacancy()->set_minutes_a_day(-1); },
            "vacancy.minutes_a_day TOO_SMALL"},
           {"a text too long by one character",
            [](auto& r) {
              std::string offer;
              for (int i = 0; i < 501; ++i) offer += "ñ";
              r.mutable_vacancy()->set_offer(offer);
            },
            "vacancy.offer TOO_LONG"},
           {"a text that tells a CURP",
            [](auto& r) { r.mutable_vacancy()->set_offer("De Juárez (boxw310820hnerxn08)."); },
            "vacancy.offer CURP_IN_TEXT"},
           {"a text of another form", [](auto& r) { r.mutable_vacancy()->set_state_code("33"); },
            "vacancy.state_code PATTERN"},
           {"a form that fits only in part",
            [](auto& r) { r.mutable_vacancy()->set_state_code("099"); },
            "vacancy.state_code PATTERN"},
           {"a control character", [](auto& r) { r.mutable_vacancy()->set_offer("a\x01z"); },
            "vacancy.offer TEXT"},
           {"a control character beyond ASCII",
            [](auto& r) { r.mutable_vacancy()->set_offer("a\xC2\x85z"); }, "vacancy.offer TEXT"},
           {"text that turns what follows",
            [](auto& r) { r.mutable_vacancy()->set_offer("a\u202Ez"); }, "vacancy.offer TEXT"},
           {"text with nothing to see",
            [](auto& r) { r.mutable_vacancy()->set_offer(" \u200B\u00AD "); },
            "vacancy.offer TEXT"},
           {"bytes that are no UTF-8", [](auto& r) { r.mutable_vacancy()->set_offer("a\xffz"); },
            "vacancy.offer TEXT"},
           {"an element of a list",
            [](auto& r) { r.mutable_vacancy()->add_skills("skills/Bad Id"); },
            "vacancy.skills[1] PATTERN"},
           {"an empty element", [](auto& r) { r.mutable_vacancy()->add_skills(""); },
            "vacancy.skills[1] REQUIRED"},
           {"a field of a message in a list",
            [](auto& r) { r.mutable_vacancy()->add_languages()->set_language_code("eng"); },
            "vacancy.languages[1].language_code PATTERN"},
           {"an enum of a message in a list",
            [](auto& r) {
              auto* language = r.mutable_vacancy()->add_languages();
              language->set_language_code("fr");
              language->set_level(static_cast<labor::v1::LanguageLevel>(7));
            },
            "vacancy.languages[1].level UNKNOWN_VALUE"},
           {"too many elements",
            [](auto& r) {
              for (int i = 0; i < 20; ++i) r.mutable_vacancy()->add_languages();
            },
            "vacancy.languages TOO_MANY"},
           {"a UUID of another version",
            [](auto& r) { r.set_request_id("0d9f2c41-93f4-1f5e-8d7b-6a1f0c2b3d4e"); },
            "request_id UUID4"},
           {"a UUID without hyphens",
            [](auto& r) { r.set_request_id("0d9f2c4193f44f5e8d7b6a1f0c2b3d4e"); },
            "request_id UUID4"}}) {
    SCOPED_TRACE(c.name);
    CreateVacancyRequest request = Welder();
    c.spoil(request);
    EXPECT_THAT(Check(request), ElementsAre(c.violation));
  }
}

TEST(Fields, AtTheirBoundsAreLetIn) {
  CreateVacancyRequest request = Welder();
  std::string offer;
  for (int i = 0; i < 500; ++i) offer += "ñ";
  request.mutable_vacancy()->set_offer(offer);
  request.mutable_vacancy()->set_minutes_a_day(1440);
  request.clear_request_id();
  while (request.vacancy().languages_size() < 20) {
    const char second = static_cast<char>('a' + request.vacancy().languages_size());
    request.mutable_vacancy()->add_languages()->set_language_code({'x', second});
  }
  EXPECT_THAT(Check(request), IsEmpty());
}

TEST(Fields, ViolationsComeTogetherInOrder) {
  CreateVacancyRequest request = Welder();
  request.set_vacancy_id("Bad Id");
  request.mutable_vacancy()->clear_offer();
  request.mutable_vacancy()->set_days_a_week(8);
  request.set_request_id("x");
  EXPECT_THAT(Check(request), ElementsAre("vacancy_id PATTERN", "vacancy.offer REQUIRED",
                                          "vacancy.days_a_week TOO_LARGE", "request_id UUID4"));
}

constexpr RuleSpec kDull{"DULL", "es aburrido.", "is dull."};
constexpr RuleSpec kRepeated{"REPEATED", "se repite.", "is repeated."};
constexpr RuleSpec kTooManyForTheDay{"TOO_MANY_FOR_THE_DAY", "son demasiados.", "are too many."};

TEST(Fields, RulesOfTheDomainComeWithThemUnlessTheyAreConsequences) {
  FieldChecker checker(CreateVacancyRequest::descriptor());
  checker.set_rules([](const google::protobuf::Message& request) -> std::vector<Violation> {
    const auto& vacancy = static_cast<const CreateVacancyRequest&>(request).vacancy();
    if (vacancy.skills_size() < 2) return {};
    return {Against(kDull).At("vacancy.offer"), Against(kRepeated).At("vacancy.skills[1]"),
            Against(kTooManyForTheDay).At("vacancy.post_count").Reading({"vacancy.offer_date"})};
  });
  CreateVacancyRequest request = Welder();
  EXPECT_OK(checker.Check(request));
  request.mutable_vacancy()->add_skills("skills/pipes");
  request.mutable_vacancy()->clear_offer();
  EXPECT_THAT(Violations(checker.Check(request)),
              ElementsAre("vacancy.offer REQUIRED", "vacancy.skills[1] REPEATED",
                          "vacancy.post_count TOO_MANY_FOR_THE_DAY"));
  request.mutable_vacancy()->mutable_offer_date()->set_day(32);
  EXPECT_THAT(Violations(checker.Check(request)),
              ElementsAre("vacancy.offer REQUIRED", "vacancy.offer_date DATE",
                          "vacancy.skills[1] REPEATED"));
}

TEST(Fields, ThatMustBeUniqueAreComparedInTheirList) {
  CreateVacancyRequest request = Welder();
  request.mutable_vacancy()->add_skills("skills/pipes");
  request.mutable_vacancy()->add_skills("skills/welding");
  request.mutable_vacancy()->add_languages()->set_language_code("en");
  EXPECT_THAT(Check(request),
              ElementsAre("vacancy.languages[1].language_code UNIQUE", "vacancy.skills[2] UNIQUE"));
  request.mutable_vacancy()->set_skills(0, "Skills/Welding");
  EXPECT_THAT(Check(request), ElementsAre("vacancy.skills[0] PATTERN",
                                          "vacancy.languages[1].language_code UNIQUE"));
}

TEST(Fields, ThatAreDatesComeNoEarlierThanDeclared) {
  economy::v1::DemandStatement statement;
  const FieldChecker checker(economy::v1::DemandStatement::descriptor());
  const auto rules = [&] {
    std::vector<std::string> found;
    for (const Violation& violation : checker.Violations(statement, "s")) {
      if (absl::EndsWith(violation.field, "_date")) {
        found.push_back(violation.field + " " + std::string(violation.rule));
      }
    }
    return found;
  };
  const auto day = [](int year, int day) {
    google::type::Date date;
    date.set_year(year);
    date.set_month(5);
    date.set_day(day);
    return date;
  };
  *statement.mutable_start_date() = day(2026, 5);
  *statement.mutable_end_date() = day(2026, 5);
  EXPECT_THAT(rules(), IsEmpty()) << "one day is a period";
  *statement.mutable_end_date() = day(2026, 4);
  EXPECT_THAT(rules(), ElementsAre("s.end_date NOT_BEFORE"));
  *statement.mutable_start_date() = day(2026, 40);
  EXPECT_THAT(rules(), ElementsAre("s.start_date DATE")) << "a consequence is left out";
}

TEST(Fields, OutputOnlyOnesAreIgnored) {
  CreateVacancyRequest request = Welder();
  request.mutable_vacancy()->set_supplier("supplier/somebody-else");
  request.mutable_vacancy()->set_state(static_cast<labor::v1::VacancyState>(77));
  request.mutable_vacancy()->set_etag("\xff");
  EXPECT_THAT(Check(request), IsEmpty());
  EXPECT_EQ(request.vacancy().supplier(), "");
  EXPECT_EQ(request.vacancy().state(), labor::v1::VACANCY_STATE_UNSPECIFIED);
  EXPECT_EQ(request.vacancy().offer(), "Soldador/a en Juárez");
}

TEST(Fields, FreeTextIsNormalizedAndOtherTextIsNot) {
  CreateVacancyRequest request = Welder();
  request.mutable_vacancy()->set_offer(" Soldador en Leo\u0301n\n");  // decomposed
  request.mutable_vacancy()->mutable_languages(0)->set_certificate("\tTOEFL ");
  EXPECT_THAT(Check(request), IsEmpty());
  EXPECT_EQ(request.vacancy().offer(), "Soldador en León");
  EXPECT_EQ(request.vacancy().languages(0).certificate(), "TOEFL");
  request.mutable_vacancy()->set_offer(" \t");
  request.set_vacancy_id("welder-1 ");
  EXPECT_THAT(Check(request), ElementsAre("vacancy_id PATTERN", "vacancy.offer REQUIRED"));
}

TEST(Fields, TextOfAnUpdateIsNormalizedBeforeItIsPutIn) {
  labor::v1::UpdateSkillRequest request;
  request.mutable_skill()->set_name("skills/a");
  request.mutable_skill()->set_label_es(" Leo\u0301n ");
  EXPECT_THAT(Check(request), IsEmpty());
  EXPECT_EQ(request.skill().label_es(), "León");
}

TEST(Fields, ListsOfTextsAreChecked) {
  labor::v1::GetVacancyStatisticsRequest request;
  request.add_state_codes("09");
  request.add_state_codes("9");
  EXPECT_THAT(Check(request), ElementsAre("state_codes[1] PATTERN"));
}

TEST(Dates, AreWholeDaysOfTheCalendar) {
  struct Case {
    const char* name;
    int year, month, day;
    bool good;
  };
  for (const Case& c : std::vector<Case>{{"a day", 2020, 8, 31, true},
                                         {"leap day", 2020, 2, 29, true},
                                         {"no leap year", 2021, 2, 29, false},
                                         {"a hundred years", 1900, 2, 29, false},
                                         {"four hundred years", 2000, 2, 29, true},
                                         {"day 31 of April", 2020, 4, 31, false},
                                         {"no day", 2020, 8, 0, false},
                                         {"no month", 2020, 0, 1, false},
                                         {"month 13", 2020, 13, 1, false},
                                         {"no year", 0, 8, 1, false},
                                         {"negative", 2020, -8, 1, false},
                                         {"before the first year", 1899, 12, 31, false},
                                         {"the last year", 2200, 12, 31, true},
                                         {"after the last year", 2201, 1, 1, false}}) {
    SCOPED_TRACE(c.name);
    CreateVacancyRequest request = Welder();
    auto* date = request.mutable_vacancy()->mutable_offer_date();
    date->set_year(c.year);
    date->set_month(c.month);
    date->set_day(c.day);
    if (c.good) {
      EXPECT_THAT(Check(request), IsEmpty());
    } else {
      EXPECT_THAT(Check(request), ElementsAre("vacancy.offer_date DATE"));
    }
  }
}

TEST(Money, IsInWholeCentavosOfPesos) {
  struct Case {
    const char* name;
    const char* currency;
    int64_t units;
    int nanos;
    const char* rule;  // "" means let in
  };
  for (const Case& c :
       std::vector<Case>{{"centavos", "MXN", 6000, 990'000'000, ""},
                         {"nothing", "MXN", 0, 0, ""},
                         {"a centavo", "MXN", 0, 10'000'000, ""},
                         {"a debt", "MXN", -5, -10'000'000, ""},
                         {"another currency", "USD", 6000, 0, "CURRENCY"},
                         {"no currency", "", 6000, 0, "CURRENCY"},
                         {"half a centavo", "MXN", 6000, 5'000'000, "MONEY"},
                         {"a nano", "MXN", 6000, 1, "MONEY"},
                         {"a whole unit of nanos", "MXN", 6000, 1'000'000'000, "MONEY"},
                         {"signs that differ", "MXN", 1, -10'000'000, "MONEY"},
                         {"signs that differ, the other way", "MXN", -1, 10'000'000, "MONEY"},
                         {"more than an int64 of centavos", "MXN", INT64_MAX / 100, 0, "TOO_LARGE"},
                         {"the largest int64", "MXN", INT64_MAX, 0, "TOO_LARGE"},
                         {"the smallest int64", "MXN", INT64_MIN, 0, "TOO_SMALL"}}) {
    SCOPED_TRACE(c.name);
    CreateVacancyRequest request = Welder();
    auto* money = request.mutable_vacancy()->mutable_monthly_wage();
    money->set_currency_code(c.currency);
    money->set_units(c.units);
    money->set_nanos(c.nanos);
    if (*c.rule == '\0') {
      EXPECT_THAT(Check(request), IsEmpty());
    } else {
      EXPECT_THAT(Check(request), ElementsAre(std::string("vacancy.monthly_wage ") + c.rule));
    }
  }
}

// Nobody would compare it.
TEST(FieldsDeathTest, UniqueOutsideAListEndsTheProcess) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("unique.proto");
  auto* field = file.add_message_type()->add_field();
  file.mutable_message_type(0)->set_name("Plan");
  field->set_name("scheme");
  field->set_number(1);
  field->set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
  field->mutable_options()->MutableExtension(api::v1::rules)->set_unique(true);
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  const auto* type = pool.BuildFile(file)->message_type(0);
  EXPECT_DEATH(FieldChecker{type}, "unique is for lists");
  field->set_label(google::protobuf::FieldDescriptorProto::LABEL_REPEATED);
  google::protobuf::DescriptorPool another(google::protobuf::DescriptorPool::generated_pool());
  FieldChecker checker(another.BuildFile(file)->message_type(0));
}

TEST(Fields, AreOneOfTheValuesDeclared) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("one_of.proto");
  auto* field = file.add_message_type()->add_field();
  file.mutable_message_type(0)->set_name("Plan");
  field->set_name("scheme");
  field->set_number(1);
  field->set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
  auto* rules = field->mutable_options()->MutableExtension(api::v1::rules);
  rules->add_one_of("mnc");
  rules->add_one_of("cefr");
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  google::protobuf::DynamicMessageFactory factory;
  const auto* type = pool.BuildFile(file)->message_type(0);
  const std::unique_ptr<google::protobuf::Message> plan(factory.GetPrototype(type)->New());
  const auto checked = [&](const char* scheme) {
    plan->GetReflection()->SetString(plan.get(), type->field(0), scheme);
    return Check(*plan);
  };
  EXPECT_THAT(checked(""), IsEmpty());
  EXPECT_THAT(checked("cefr"), IsEmpty());
  EXPECT_THAT(checked("CEFR"), ElementsAre("scheme ONE_OF"));
  EXPECT_THAT(checked("conocer"), ElementsAre("scheme ONE_OF"));
}

TEST(UnknownFields, AreDroppedAtEveryDepth) {
  CreateVacancyRequest request = Welder();
  const std::string clean = request.SerializeAsString();
  Vacancy& vacancy = *request.mutable_vacancy();
  for (google::protobuf::Message* message : std::vector<google::protobuf::Message*>{
           &request, &vacancy, vacancy.mutable_offer_date(), vacancy.mutable_monthly_wage(),
           vacancy.mutable_languages(0)}) {
    message->GetReflection()->MutableUnknownFields(message)->AddLengthDelimited(9999, "later");
  }
  ASSERT_NE(request.SerializeAsString(), clean);
  EXPECT_THAT(Check(request), IsEmpty());
  EXPECT_EQ(request.SerializeAsString(), clean);
}

}  // namespace
}  // namespace puente::fields
