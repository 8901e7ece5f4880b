#include "tests/bench/versions.h"

#include "modules/education/module.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "tests/bench/process.h"
#include "tests/testing/hosted.h"

namespace puente::bench {

void PublishVersion(const sql::Target& education, const std::vector<std::string>& skills) {
  using education::v1::MicrocredentialService;
  testing::HostedModule hosted(education::Education(), education, "agency/education");
  const auto stub = MicrocredentialService::NewStub(hosted.channel());
  education::v1::CreateMicrocredentialVersionRequest create;
  create.set_parent("microcredentials/template");
  create.set_microcredential_version_id("1");
  auto& version = *create.mutable_microcredential_version();
  version.set_title_es("Soldadura");
  version.set_country_code("MX");
  version.set_awarding_body("Instituto");
  version.mutable_issue_date()->set_year(2026);
  version.mutable_issue_date()->set_month(1);
  version.mutable_issue_date()->set_day(1);
  version.add_outcomes()->set_statement("Suelda.");
  for (const std::string& skill : skills) version.mutable_outcomes(0)->add_skills(skill);
  version.set_workload_hours(40);
  version.set_assessment_type(education::v1::ASSESSMENT_TYPE_PERFORMANCE);
  version.set_participation_form(education::v1::PARTICIPATION_FORM_ON_SITE);
  version.set_quality_assurance("Interna");
  version.set_source("bench");
  version.set_record_kind(type::v1::RECORD_KIND_REAL);
  Must(testing::Called(*stub, &MicrocredentialService::Stub::CreateMicrocredentialVersion, create));
  education::v1::PublishMicrocredentialVersionRequest publish;
  publish.set_name("microcredentials/template/versions/1");
  Must(testing::Called(*stub, &MicrocredentialService::Stub::PublishMicrocredentialVersion,
                       publish));
}

}  // namespace puente::bench
