// What is answered to a question in SDMX's REST form: a pure function of what is published.
#pragma once

#include <string>

#include "gateway/reports/rest/published.h"
#include "gateway/reports/rest/query.h"

namespace puente::gateway::reports {

struct Answer {
  int status = 200;  // of HTTP
  std::string media_type;
  std::string body;
};

// Structures: dataflow, datastructure, codelist, conceptscheme, each as
// /sdmx/rest/KIND/AGENCY/ID/VERSION?references=. Data: /sdmx/rest/data/FLOW/KEY/PROVIDER with
// startPeriod, endPeriod, detail and dimensionAtObservation. Errors are SDMX messages.
Answer AnswerTo(const PublishedReports& reports, const Question& question);

// An error as SDMX writes it, in both languages.
Answer ErrorAnswer(const absl::Status& error);

}  // namespace puente::gateway::reports
