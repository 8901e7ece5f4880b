#include "cli/employment.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/bounds.h"
#include "cli/format.h"
#include "cli/provenance.h"

namespace puente::cli {
namespace {

using labor::v1::OutcomeCounts;
using labor::v1::VacancyStatistics;

void AddComponent(Table& table, const std::string& name, const OutcomeCounts& counts) {
  const int64_t whole = counts.passed() + counts.failed() + counts.unknown();
  table.Add({name, CountText(counts.passed()), ShareText(counts.passed(), whole),
             CountText(counts.failed()), ShareText(counts.failed(), whole),
             CountText(counts.unknown()), ShareText(counts.unknown(), whole)});
}

// "words (numbers)"
std::string RuleText(const std::string& words, const std::string& numbers) {
  return numbers.empty() ? words : absl::StrCat(words, " (", numbers, ")");
}

void PrintRules(Printer& printer, const VacancyStatistics& statistics,
                const labor::v1::Standards& standards) {
  const Language language = printer.language();
  Table rules({{""}, {""}});
  rules.Add({printer.Say(label::kWage),
             RuleText(printer.Say(label::kRuleWage), WageBounds(standards, statistics, language))});
  rules.Add({printer.Say(label::kContract), printer.Say(label::kRuleContract)});
  rules.Add({printer.Say(label::kHours), RuleText(printer.Say(label::kRuleHours),
                                                  HoursBounds(standards, statistics, language))});
  rules.Add({printer.Say(label::kRest), printer.Say(label::kRuleRest)});
  rules.Add({printer.Say(label::kVerdict), printer.Say(label::kRuleVerdict)});
  printer.Print(rules);
}

void PrintQuality(Printer& printer, const VacancyStatistics& statistics) {
  printer.EmptyLine();
  printer.Line(absl::StrCat(printer.Say(label::kQuality), " ", statistics.rule_set(), " (",
                            printer.Say(label::kQualityOwn), ")"));
  Table table({{""},
               {printer.Say(label::kPassed), Column::kRight},
               {"", Column::kRight},
               {printer.Say(label::kFailed), Column::kRight},
               {"", Column::kRight},
               {printer.Say(label::kUnknown), Column::kRight},
               {"", Column::kRight}});
  const labor::v1::QualityCounts& quality = statistics.quality();
  AddComponent(table, printer.Say(label::kWage), quality.wage());
  AddComponent(table, printer.Say(label::kContract), quality.contract());
  AddComponent(table, printer.Say(label::kHours), quality.hours());
  AddComponent(table, printer.Say(label::kRest), quality.rest());
  AddComponent(table, printer.Say(label::kVerdict), quality.verdict());
  printer.Print(table);
}

// "of 10,173 that state one"
std::string OfThoseThat(Printer& printer, int64_t count, const Label& state) {
  return absl::StrCat(printer.Say(label::kOf), " ", CountText(count), " ", printer.Say(state));
}

// A count with its share of the vacancies that state what it is about; where none does, 0 would
// say something.
std::vector<std::string> StatedCount(Printer& printer, const Label& name, int64_t count,
                                     int64_t stating, const Label& state) {
  if (stating == 0) return {printer.Say(name), printer.Say(label::kNotStated)};
  return {printer.Say(name), CountText(count),
          absl::StrCat(ShareText(count, stating), " ", OfThoseThat(printer, stating, state))};
}

std::vector<std::string> MedianWage(Printer& printer, const VacancyStatistics& statistics) {
  if (!statistics.has_median_monthly_wage()) {
    return {printer.Say(label::kMedianWage), printer.Say(label::kNotStated)};
  }
  return {printer.Say(label::kMedianWage), MoneyText(statistics.median_monthly_wage()),
          OfThoseThat(printer, statistics.wage_count(), label::kThatStateWage)};
}

// How many are open, by which terms; or that it is not known, and of which sources.
std::vector<std::string> OpenVacancies(Printer& printer, const VacancyStatistics& statistics) {
  const std::string name =
      absl::StrCat(printer.Say(label::kOpenOn), " ", DateText(statistics.open_date()));
  if (!statistics.has_open_vacancy_count()) {
    return {name, printer.Say(label::kUnknown),
            absl::StrCat(printer.Say(label::kNoOfferTerm), " ",
                         absl::StrJoin(statistics.open_unknown_sources(), ", "))};
  }
  std::vector<std::string> parts = {
      absl::StrCat(printer.Say(label::kPosts), ": ", CountText(statistics.open_post_count()))};
  for (const labor::v1::OfferTerm& term : statistics.offer_terms()) {
    parts.push_back(
        absl::StrCat(term.vacancy_source(), ": ", OpennessText(term, printer.language())));
  }
  return {name, CountText(statistics.open_vacancy_count()), absl::StrJoin(parts, "; ")};
}

void PrintFacts(Printer& printer, const VacancyStatistics& statistics) {
  std::vector<std::vector<std::string>> facts = {
      {printer.Say(label::kVacancies), CountText(statistics.vacancy_count())},
      {printer.Say(label::kPosts), CountText(statistics.post_count())},
      OpenVacancies(printer, statistics)};
  if (statistics.unclassified_count() > 0) {
    facts.push_back({printer.Say(label::kUnclassified), CountText(statistics.unclassified_count()),
                     printer.Say(label::kUnclassifiedNote)});
  }
  facts.push_back(MedianWage(printer, statistics));
  facts.push_back(StatedCount(printer, label::kEnglish, statistics.asking_english_count(),
                              statistics.language_count(), label::kThatStateLanguages));
  facts.push_back(StatedCount(printer, label::kHoursSuspect, statistics.hours_suspect_count(),
                              statistics.hours_count(), label::kThatStateHours));
  if (statistics.hours_count() > 0) {
    absl::StrAppend(&facts.back().back(), ", ", printer.Say(label::kHoursSuspectNote));
  }
  printer.Print(facts);
}

// ", in 2 of 25 months" where some months of the period have no offers, else "".
std::string GapsText(Printer& printer, const VacancyStatistics& statistics) {
  const google::type::Date& first = statistics.first_offer_date();
  const google::type::Date& last = statistics.last_offer_date();
  const int whole = (last.year() - first.year()) * 12 + last.month() - first.month() + 1;
  if (statistics.offer_months_size() >= whole) return "";
  return absl::StrCat(", ", printer.Say(label::kIn), " ", CountText(statistics.offer_months_size()),
                      " ", printer.Say(label::kOf), " ", CountText(whole), " ",
                      printer.Say(label::kMonths));
}

std::string HoursAWeek(Language language, const labor::v1::Vacancy& vacancy) {
  if (vacancy.minutes_a_day() == 0 || vacancy.days_a_week() == 0) {
    return std::string(In(language, label::kNotStated));
  }
  return MinutesText(int64_t{vacancy.minutes_a_day()} * vacancy.days_a_week());
}

std::string ComponentText(Language language, const std::string& component) {
  if (component == "wage") return std::string(In(language, label::kWage));
  if (component == "contract") return std::string(In(language, label::kContract));
  if (component == "hours") return std::string(In(language, label::kHours));
  if (component == "rest") return std::string(In(language, label::kRest));
  return component;
}

}  // namespace

std::string OpennessText(const labor::v1::OfferTerm& term, Language language) {
  switch (term.openness()) {
    case labor::v1::OFFER_OPENNESS_UNTIL_CLOSED:
      return std::string(In(language, label::kUntilClosed));
    case labor::v1::OFFER_OPENNESS_FOR_DAYS:
      return absl::StrCat(CountText(term.days()), " ", In(language, label::kForDays));
    case labor::v1::OFFER_OPENNESS_NEVER:
      return std::string(In(language, label::kNever));
    default:
      return std::string(In(language, label::kUnknown));
  }
}

void PrintPeriod(Printer& printer, const VacancyStatistics& statistics) {
  if (statistics.has_first_offer_date()) {
    printer.Line(absl::StrCat(
        printer.Say(label::kOffersOf), " ",
        PeriodText(statistics.first_offer_date(), statistics.last_offer_date(), printer.language()),
        GapsText(printer, statistics), ", ", printer.Say(label::kNotAllJobs)));
  }
  const std::string source =
      SourceText(printer.language(), statistics.record_kind(), statistics.sources());
  if (!source.empty()) printer.Line(source);
}

void Body(Printer& printer, const VacancyStatistics& statistics,
          const labor::v1::Standards* standards) {
  PrintRecordKind(printer, statistics.record_kind());
  if (!statistics.has_vacancy_count()) {
    printer.Line(absl::StrCat(printer.Say(label::kCannotSplit), ": ",
                              printer.Say(label::kDimensionSector), " - ",
                              printer.Say(label::kNoClass)));
    printer.Print(std::vector<std::vector<std::string>>{
        {printer.Say(label::kUnclassified), CountText(statistics.unclassified_count())}});
  } else {
    PrintCouldNotSplit(printer, statistics.could_not_split());
    PrintFacts(printer, statistics);
    PrintQuality(printer, statistics);
    PrintRules(printer, statistics, standards != nullptr ? *standards : labor::v1::Standards());
  }
  printer.EmptyLine();
  PrintPeriod(printer, statistics);
}

void Print(Printer& printer, const labor::v1::Vacancy& vacancy,
           const labor::v1::QualityVerdict& verdict) {
  const Language language = printer.language();
  printer.Heading(absl::StrCat(verdict.vacancy(), ": ", OutcomeText(verdict.verdict(), language),
                               " (", verdict.rule_set(), ")"));
  if (!vacancy.name().empty()) {
    PrintRecordKind(printer, vacancy.record_kind());
    std::vector<std::string> parts = {vacancy.offer()};
    if (!vacancy.municipality().empty()) parts.push_back(vacancy.municipality());
    parts.push_back(StateText(vacancy.state_code()));
    parts.push_back(
        absl::StrCat(printer.Say(label::kOffered), " ", DateText(vacancy.offer_date())));
    parts.push_back(absl::StrCat(printer.Say(label::kSource), ": ", vacancy.source()));
    printer.Line(absl::StrJoin(parts, "; "));
  }
  Table table({{printer.Say(label::kComponent)},
               {printer.Say(label::kFound)},
               {printer.Say(label::kValue)},
               {printer.Say(label::kBound)},
               {printer.Say(label::kSource)}});
  for (const labor::v1::QualityComponent& component : verdict.components()) {
    table.Add({ComponentText(language, component.component()),
               OutcomeText(component.outcome(), language), component.value(), component.bound(),
               component.source()});
  }
  printer.Print(table);
  printer.EmptyLine();
  printer.Line(absl::StrCat(printer.Say(label::kVerdict), ": ", printer.Say(label::kRuleVerdict),
                            "; ", printer.Say(label::kQualityOwn)));
}

Table VacancyTable(Language language, const std::vector<labor::v1::Vacancy>& vacancies) {
  const auto say = [&](const Label& label) { return std::string(In(language, label)); };
  Table table({{say(label::kVacancy)},
               {say(label::kOffered)},
               {say(label::kState), Column::kLeft, 20},
               {say(label::kMunicipality), Column::kLeft, 24},
               {say(label::kMonthlyWage), Column::kRight},
               {say(label::kContract)},
               {say(label::kWeek), Column::kRight},
               {say(label::kVerdict)},
               {say(label::kOffer), Column::kLeft, 40}});
  for (const labor::v1::Vacancy& vacancy : vacancies) {
    table.Add(
        {LastId(vacancy.name()), DateText(vacancy.offer_date()),
         absl::StrCat(vacancy.state_code(), " ", StateText(vacancy.state_code())),
         vacancy.municipality().empty() ? say(label::kNotStated) : vacancy.municipality(),
         vacancy.has_monthly_wage() ? MoneyText(vacancy.monthly_wage()) : say(label::kNotStated),
         ContractText(vacancy.contract_kind(), language), HoursAWeek(language, vacancy),
         OutcomeText(vacancy.quality().verdict(), language), vacancy.offer()});
  }
  return table;
}

}  // namespace puente::cli
