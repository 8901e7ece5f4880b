// What the four agencies say when all is well.
#pragma once

#include "puente/economy/v1/demand.pb.h"
#include "puente/economy/v1/sector_table.pb.h"
#include "puente/economy/v1/skill_demand.pb.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/education/v1/seat_statistics.pb.h"
#include "puente/labor/v1/statistics.pb.h"
#include "puente/science/v1/signal.pb.h"
#include "tests/gateway/fakes.h"
#include "tests/testing/text.h"

namespace puente {

using ::puente::testing::Of;

inline economy::v1::SectorTable Automotive() {
  return Of<economy::v1::SectorTable>(R"pb(
    name: "sectorTables/automotive"
    label_en: "Automotive"
    scian_prefixes {
      prefix: "3363"
      effective_date { year: 2024 month: 1 day: 1 }
    }
    scian_prefixes {
      prefix: "3361"
      effective_date { year: 2024 month: 1 day: 1 }
    }
    scian_prefixes {
      prefix: "4684"
      effective_date { year: 2026 month: 3 day: 3 }
    }
    etag: "1"
  )pb");
}

inline economy::v1::DemandSummary Demand() {
  return Of<economy::v1::DemandSummary>(R"pb(
    head_count { value: 340 }
    states {
      state_code: "05"
      count { value: 200 }
    }
    states {
      state_code: "09"
      count { mark: MARK_SUPPRESSED }
    }
    states {
      state_code: "19"
      count { value: 90 }
    }
    freshness_token: "economy-7"
    as_of_time { seconds: 1772452799 }
  )pb");
}

inline education::v1::SupplySummary Supply() {
  return Of<education::v1::SupplySummary>(R"pb(
    microcredential_count: 9
    could_not_split: "sector"
    freshness_token: "education-3"
    as_of_time { seconds: 1772452798 }
  )pb");
}

inline education::v1::MicrocredentialVersion Welding() {
  return Of<education::v1::MicrocredentialVersion>(R"pb(
    name: "microcredentials/welding/versions/2"
    outcomes { skills: "skills/welding" skills: "skills/english" }
    outcomes { skills: "skills/welding" skills: "skills/blueprints" }
    etag: "4"
  )pb");
}

inline labor::v1::VacancyStatistics Employment() {
  return Of<labor::v1::VacancyStatistics>(R"pb(
    vacancy_count: 120
    post_count: 500
    open_vacancy_count: 300
    open_post_count: 400
    asking_english_count: 7
    freshness_token: "labor-88"
    as_of_time { seconds: 1772452797 }
  )pb");
}

inline science::v1::SignalSummary Signals() {
  return Of<science::v1::SignalSummary>(R"pb(
    signal_count: 4
    technology_count: 2
    freshness_token: "science-2"
    as_of_time { seconds: 1772452796 }
  )pb");
}

inline economy::v1::ListSkillDemandResponse SkillDemand() {
  return Of<economy::v1::ListSkillDemandResponse>(R"pb(
    skill_demand {
      skill: "skills/english"
      head_count { value: 300 }
    }
    skill_demand {
      skill: "skills/welding"
      head_count { value: 90 }
    }
    others { mark: MARK_SUPPRESSED }
    release: "demandReleases/17"
    freshness_token: "economy-7"
    as_of_time { seconds: 1772452799 }
  )pb");
}

inline education::v1::ListSkillSeatsResponse SkillSeats() {
  return Of<education::v1::ListSkillSeatsResponse>(R"pb(
    skill_seats {
      skill: "skills/english"
      seats { seat_count: 120 program_count: 1 organization_count: 1 }
    }
    skill_seats {
      skill: "skills/plc"
      seats { seat_count: 40 program_count: 1 organization_count: 1 }
    }
    period: "2025-2026"
    freshness_token: "education-3"
    as_of_time { seconds: 1772452798 }
  )pb");
}

inline void AllWell(compose::FakeAgencies& agencies) {
  agencies.Says(Automotive());
  agencies.Says(Demand());
  agencies.Says(SkillDemand());
  agencies.Says(SkillSeats());
  agencies.Says(Supply());
  agencies.Says(Welding());
  agencies.Says(Employment());
  agencies.Says(Signals());
}

}  // namespace puente
