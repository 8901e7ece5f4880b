// Labor's figures and verdicts as text.
#pragma once

#include "cli/printer.h"
#include "puente/labor/v1/offer_term.pb.h"
#include "puente/labor/v1/quality.pb.h"
#include "puente/labor/v1/standards.pb.h"
#include "puente/labor/v1/statistics.pb.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::cli {

// The figures of a set of vacancies, with the rules that judge them in words; with `standards`, if
// not null, also the rules' numbers in the months and wage zones of the offers.
void Body(Printer& printer, const labor::v1::VacancyStatistics& statistics,
          const labor::v1::Standards* standards = nullptr);

// "offers of 1-31 August 2020, not all jobs", in how many of the period's months if not in all, and
// where the records come from.
void PrintPeriod(Printer& printer, const labor::v1::VacancyStatistics& statistics);

// How long offers stay open: "until closed", "30 days", "never, an archive".
std::string OpennessText(const labor::v1::OfferTerm& term, Language language);

// A verdict with every component's value, bound and source. `vacancy` says what was judged.
void Print(Printer& printer, const labor::v1::Vacancy& vacancy,
           const labor::v1::QualityVerdict& verdict);

// Vacancies, one a row, for people.
Table VacancyTable(Language language, const std::vector<labor::v1::Vacancy>& vacancies);

}  // namespace puente::cli
