// puente.education.v1.DualPlanService, and the due work that begins, resumes and ends plans.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/resource/record_writer.h"
#include "common/sql/connection.h"

namespace puente::education {

class ServedDualPlans {
 public:
  // It must outlive the server. In the database tries of codes are counted beside their calls.
  ServedDualPlans(calls::Host& host, due::Scheduler& due, const sql::Target& database);
  ServedDualPlans(const ServedDualPlans&) = delete;
  ServedDualPlans& operator=(const ServedDualPlans&) = delete;

 private:
  const sql::Target database_;
  const resource::RecordWriter writer_;
};

}  // namespace puente::education
