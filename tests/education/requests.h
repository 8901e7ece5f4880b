// Valid requests of Education's tests.
#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "puente/education/v1/campus.pb.h"
#include "puente/education/v1/credit_rule.pb.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/education/v1/organization.pb.h"
#include "puente/education/v1/program.pb.h"

namespace puente::education::testing {

// A public one, which is registered from the start if the ministry adds it.
inline v1::CreateOrganizationRequest NewOrganization(const std::string& id) {
  v1::CreateOrganizationRequest request;
  request.set_organization_id(id);
  v1::Organization& organization = *request.mutable_organization();
  organization.set_legal_name("Escuela");
  organization.set_kind(v1::ORGANIZATION_KIND_UNIVERSITY);
  organization.set_control(v1::ORGANIZATION_CONTROL_PUBLIC);
  organization.set_state_code("21");
  organization.set_source("organization." + id);
  organization.set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

inline v1::CreateCampusRequest NewCampus(const std::string& organization, const std::string& id) {
  v1::CreateCampusRequest request;
  request.set_parent("organizations/" + organization);
  request.set_campus_id(id);
  v1::Campus& campus = *request.mutable_campus();
  campus.set_title_es("Plantel");
  campus.set_state_code("21");
  campus.set_municipality("Cholula");
  campus.set_source("organization." + organization);
  campus.set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

// The rule that programs have unless they say otherwise.
inline v1::CreateCreditRuleRequest DefaultRule() {
  v1::CreateCreditRuleRequest request;
  request.set_credit_rule_id("default");
  v1::CreditRule& rule = *request.mutable_credit_rule();
  rule.set_label_es("Regla");
  rule.set_label_en("Rule");
  rule.set_hours_per_credit(16);
  rule.set_source("test");
  rule.set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

inline v1::CreateProgramVersionRequest NewProgram(const std::string& id, int number,
                                                  const std::string& organization) {
  v1::CreateProgramVersionRequest request;
  request.set_parent("programs/" + id);
  request.set_program_version_id(absl::StrCat(number));
  v1::ProgramVersion& version = *request.mutable_program_version();
  version.set_organization("organizations/" + organization);
  version.set_title_es("Mecatrónica");
  version.set_modality(v1::MODALITY_DUAL);
  version.set_workload_hours(18);
  v1::ProgramOutcome& outcome = *version.add_outcomes();
  outcome.set_code("ra-1");
  outcome.set_statement("Programa un PLC.");
  outcome.set_hours(18);
  version.set_source("organization." + organization);
  version.set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

inline v1::CreateMicrocredentialVersionRequest NewMicrocredential(const std::string& id,
                                                                  int number) {
  v1::CreateMicrocredentialVersionRequest request;
  request.set_parent("microcredentials/" + id);
  request.set_microcredential_version_id(absl::StrCat(number));
  v1::MicrocredentialVersion& version = *request.mutable_microcredential_version();
  version.set_title_es("Soldadura TIG");
  version.set_country_code("MX");
  version.set_awarding_body("CECATI 1");
  version.mutable_issue_date()->set_year(2026);
  version.mutable_issue_date()->set_month(9);
  version.mutable_issue_date()->set_day(1);
  v1::LearningOutcome& outcome = *version.add_outcomes();
  outcome.set_statement("Suelda lámina.");
  outcome.add_skills("skills/welding");
  outcome.set_hours(30);
  version.set_workload_hours(40);
  version.set_assessment_type(v1::ASSESSMENT_TYPE_PERFORMANCE);
  version.set_participation_form(v1::PARTICIPATION_FORM_ON_SITE);
  version.set_quality_assurance("conocer:EC0217.01");
  version.set_source("test");
  version.set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

}  // namespace puente::education::testing
