#include <algorithm>
#include <limits>
#include <optional>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/employment.h"
#include "cli/format.h"
#include "cli/provenance.h"
#include "cli/vacancy_filter.h"
#include "common/context/clock.h"
#include "puente/economy/v1/sector_table.pb.h"

namespace puente::cli {
namespace {

using labor::v1::ListVacanciesRequest;
using labor::v1::ListVacanciesResponse;
using labor::v1::Vacancy;
using labor::v1::VacancyStatistics;

constexpr char kGetSectorTable[] = "puente.economy.v1.SectorTableService/GetSectorTable";
constexpr char kGetStatistics[] = "puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics";
constexpr char kList[] = "puente.labor.v1.VacancyService/ListVacancies";
constexpr int64_t kMostPage = 1000;

constexpr Label kPrefixesBelow{
    "its scianPrefixes in force go into the calls below, instead of 336",
    "sus scianPrefixes vigentes van en las llamadas de abajo, en lugar de 336"};
constexpr Label kOncePerPrefix{
    "once a prefix; record_kind is the recordKind of the answer above",
    "una vez por cada inicio; record_kind es el recordKind de la respuesta de arriba"};

constexpr Label kNoPrefixes{
    "the sector has no SCIAN prefixes in force today, so no vacancy is of it",
    "el sector no tiene hoy prefijos SCIAN vigentes; ninguna vacante es de él"};

struct Selection {
  std::string state_code;
  std::vector<std::string> prefixes;  // none: all classes
  labor::v1::Outcome verdict = labor::v1::OUTCOME_UNSPECIFIED;
  // Labor lists by sector or by verdict, not by both.
  bool filtered_here() const {
    return !prefixes.empty() && verdict != labor::v1::OUTCOME_UNSPECIFIED;
  }
};

google::type::Date Today() {
  const absl::CivilDay day = LegalDay(absl::Now());
  google::type::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

// False, with the error printed, if the sector can't be read.
bool ReadPrefixes(Session& session, const std::string& sector, std::vector<std::string>& prefixes) {
  economy::v1::GetSectorTableRequest request;
  request.set_name(SectorName(sector));
  economy::v1::SectorTable table;
  if (!session.Call("economy", kGetSectorTable, request, &table)) return false;
  prefixes = PrefixesInForce(table, Today());
  return true;
}

// How many vacancies of the figures fit the selection; nothing if the figures can't be split so.
std::optional<int64_t> CountOf(const VacancyStatistics& statistics, const Selection& selection) {
  if (!statistics.has_vacancy_count()) return std::nullopt;
  switch (selection.verdict) {
    case labor::v1::OUTCOME_PASSED:
      return statistics.quality().verdict().passed();
    case labor::v1::OUTCOME_FAILED:
      return statistics.quality().verdict().failed();
    case labor::v1::OUTCOME_UNKNOWN:
      return statistics.quality().verdict().unknown();
    default:
      return statistics.vacancy_count();
  }
}

// Adds the vacancies of one filter until there are `limit` of them. False if a call failed.
bool ReadPages(Session& session, const std::string& filter, const Selection& selection,
               int64_t limit, std::vector<Vacancy>& vacancies) {
  ListVacanciesRequest request;
  request.set_filter(filter);
  do {
    const int64_t missing = limit - static_cast<int64_t>(vacancies.size());
    if (missing <= 0) return true;
    request.set_page_size(
        static_cast<int>(selection.filtered_here() ? kMostPage : std::min(kMostPage, missing)));
    ListVacanciesResponse page;
    if (!session.Call("labor", kList, request, &page)) return false;
    for (Vacancy& vacancy : *page.mutable_vacancies()) {
      if (selection.filtered_here() && vacancy.quality().verdict() != selection.verdict) continue;
      if (static_cast<int64_t>(vacancies.size()) == limit) break;
      vacancies.push_back(std::move(vacancy));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return true;
}

std::vector<std::string> Filters(type::v1::RecordKind kind, const Selection& selection) {
  if (selection.prefixes.empty()) {
    return {VacancyFilter(kind, selection.state_code, selection.verdict, "")};
  }
  std::vector<std::string> filters;
  for (const std::string& prefix : selection.prefixes) {
    filters.push_back(
        VacancyFilter(kind, selection.state_code, labor::v1::OUTCOME_UNSPECIFIED, prefix));
  }
  return filters;
}

void PrintList(Session& session, const VacancyStatistics& statistics, const Selection& selection,
               const std::vector<Vacancy>& vacancies) {
  Printer printer = session.printer();
  PrintRecordKind(printer, statistics.record_kind());
  session.out() << VacancyTable(session.language(), vacancies).Text(0, session.options().plain);
  printer.EmptyLine();
  const std::optional<int64_t> count = CountOf(statistics, selection);
  const auto shown = static_cast<int64_t>(vacancies.size());
  if (count.has_value()) {
    printer.Line(absl::StrCat(CountText(shown), " ", printer.Say(label::kOf), " ",
                              CountText(*count), " ", printer.Say(label::kShown),
                              shown < *count ? "; " : "",
                              shown < *count ? printer.Say(label::kShowAll) : ""));
  } else {
    printer.Line(absl::StrCat(printer.Say(label::kCannotSplit), ": ",
                              printer.Say(label::kDimensionSector), " - ",
                              printer.Say(label::kNoClass)));
  }
  if (statistics.unclassified_count() > 0) {
    printer.Line(absl::StrCat(printer.Say(label::kUnclassified), ": ",
                              CountText(statistics.unclassified_count()), " (",
                              printer.Say(label::kUnclassifiedNote), ")"));
  }
  if (selection.filtered_here()) printer.Line(printer.Say(label::kFilteredHere));
  PrintPeriod(printer, statistics);
}

// With --explain: the calls in their order. What one call needs of another's answer is its most
// likely value, and a comment says so.
void ExplainList(Session& session, const ListVacanciesArgs& args, Selection selection) {
  if (!args.sector.empty()) {
    economy::v1::GetSectorTableRequest sector;
    sector.set_name(SectorName(args.sector));
    session.out() << "# " << session.Say(kPrefixesBelow) << "\n";
    session.Explain(session.client(), "economy", kGetSectorTable, sector);
    selection.prefixes = {"336"};
  }
  labor::v1::GetVacancyStatisticsRequest statistics;
  if (!selection.state_code.empty()) statistics.add_state_codes(selection.state_code);
  for (const std::string& prefix : selection.prefixes) statistics.add_scian_prefixes(prefix);
  session.Explain(session.client(), "labor", kGetStatistics, statistics);
  session.out() << "# " << session.Say(kOncePerPrefix) << "\n";
  ListVacanciesRequest list;
  list.set_filter(Filters(type::v1::RECORD_KIND_REAL, selection).front());
  list.set_page_size(static_cast<int>(args.all ? kMostPage : std::min(kMostPage, args.limit)));
  session.Explain(session.client(), "labor", kList, list);
}

}  // namespace

ExitCode ListVacancies(Session& session, const ListVacanciesArgs& args) {
  Selection selection;
  if (!ResolveState(session, args.state, selection.state_code)) return kUsage;
  selection.verdict = VerdictOf(args.verdict);
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.options().explain) {
    ExplainList(session, args, selection);
    return kOk;
  }
  if (!args.sector.empty() && !ReadPrefixes(session, args.sector, selection.prefixes)) {
    return kFailure;
  }
  // Without any all vacancies would be asked for.
  if (!args.sector.empty() && selection.prefixes.empty()) {
    session.PrintForPrograms(ListVacanciesResponse());
    session.err() << session.Say(kNoPrefixes) << "\n";
    return kOk;
  }
  labor::v1::GetVacancyStatisticsRequest request;
  if (!selection.state_code.empty()) request.add_state_codes(selection.state_code);
  for (const std::string& prefix : selection.prefixes) request.add_scian_prefixes(prefix);
  VacancyStatistics statistics;
  if (!session.Call("labor", kGetStatistics, request, &statistics)) return kFailure;
  const int64_t limit = args.all ? std::numeric_limits<int64_t>::max() : args.limit;
  std::vector<Vacancy> vacancies;
  if (statistics.record_kind() != type::v1::RECORD_KIND_UNSPECIFIED) {
    for (const std::string& filter : Filters(statistics.record_kind(), selection)) {
      if (!ReadPages(session, filter, selection, limit, vacancies)) return kFailure;
    }
  }
  if (session.options().format == Format::kTable) {
    PrintList(session, statistics, selection, vacancies);
  } else {
    ListVacanciesResponse all;
    const std::optional<int64_t> count = CountOf(statistics, selection);
    const auto shown = static_cast<int64_t>(vacancies.size());
    for (Vacancy& vacancy : vacancies) *all.add_vacancies() = std::move(vacancy);
    session.PrintForPrograms(all);
    if (shown == limit && (!count.has_value() || shown < *count)) {
      session.err() << CountText(shown)
                    << (count ? absl::StrCat(" ", session.Say(label::kOf), " ", CountText(*count))
                              : "")
                    << " " << session.Say(label::kShown) << "; " << session.Say(label::kShowAll)
                    << "\n";
    }
  }
  return kOk;
}

}  // namespace puente::cli
