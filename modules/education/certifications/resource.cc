#include "modules/education/certifications/resource.h"

namespace puente::education {

const resource::Resource<v1::Certification>& Certifications() {
  // It begins with RecordCertification, ACTIVE. What was decided up to the last day is recorded
  // also where that has passed by then. What was announced for a later day can be brought forward.
  static const resource::Resource<v1::Certification> certifications({
      .table = "certification",
      .lists = {{.by = {"microcredential_version"}, .index = "by_version"},
                {.by = {"certifier"}, .index = "by_certifier"},
                {.by = {"certifier", "state"}, .index = "by_state"},
                {.by = {"certifier", "state"},
                 .order = {"end_date"},
                 .index = "by_end",
                 .order_by = "end_date"},
                {.by = {"organization", "state"},
                 .order = {"end_date"},
                 .index = "by_organization",
                 .order_by = "end_date"}},
      .guarded = true,
      .states = {{.verb = "SuspendCertification",
                  .from = {v1::CERTIFICATION_STATE_ACTIVE, v1::CERTIFICATION_STATE_SUSPENDED,
                           v1::CERTIFICATION_STATE_EXPIRED},
                  .to = v1::CERTIFICATION_STATE_SUSPENDED},
                 {.verb = "ResumeCertification",
                  .from = {v1::CERTIFICATION_STATE_SUSPENDED, v1::CERTIFICATION_STATE_EXPIRED},
                  .to = v1::CERTIFICATION_STATE_ACTIVE},
                 {.verb = "WithdrawCertification",
                  .from = {v1::CERTIFICATION_STATE_ACTIVE, v1::CERTIFICATION_STATE_SUSPENDED,
                           v1::CERTIFICATION_STATE_TEACH_OUT, v1::CERTIFICATION_STATE_WITHDRAWN,
                           v1::CERTIFICATION_STATE_EXPIRED},
                  .to = v1::CERTIFICATION_STATE_WITHDRAWN},
                 {.verb = "RenewCertification",
                  .from = {v1::CERTIFICATION_STATE_ACTIVE, v1::CERTIFICATION_STATE_SUSPENDED,
                           v1::CERTIFICATION_STATE_EXPIRED}}},
  });
  return certifications;
}

}  // namespace puente::education
