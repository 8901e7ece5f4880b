#include "modules/education/awards/resource.h"

namespace puente::education {

const resource::Resource<v1::Award>& Awards() {
  static const resource::Resource<v1::Award> awards({
      .table = "award",
      .states = {{.verb = "CreateAward", .to = v1::AWARD_STATE_ISSUED},
                 {.verb = "UpdateAward",
                  .from = {v1::AWARD_STATE_ISSUED, v1::AWARD_STATE_SUSPENDED,
                           v1::AWARD_STATE_REVOKED}},
                 {.verb = "SuspendAward",
                  .from = {v1::AWARD_STATE_ISSUED},
                  .to = v1::AWARD_STATE_SUSPENDED},
                 {.verb = "ResumeAward",
                  .from = {v1::AWARD_STATE_SUSPENDED},
                  .to = v1::AWARD_STATE_ISSUED},
                 {.verb = "RevokeAward",
                  .from = {v1::AWARD_STATE_ISSUED},
                  .to = v1::AWARD_STATE_REVOKED}},
  });
  return awards;
}

}  // namespace puente::education
