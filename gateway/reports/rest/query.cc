#include "gateway/reports/rest/query.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "common/status/macros.h"
#include "gateway/reports/rest/errors.h"
#include "re2/re2.h"

namespace puente::gateway::reports {
namespace {

constexpr char kPrefix[] = "/sdmx/rest/";

absl::Status Wrong(absl::string_view what, absl::string_view form) {
  return Error(error::kSdmxQueryWrong, "what"_is(what), "form"_is(form));
}

absl::Status NotImplemented(absl::string_view what) {
  return Error(error::kSdmxNotImplemented, "what"_is(what));
}

// The parameters but `format`, each at most once, none but those that are known.
absl::Status CheckParameters(const Question& question, std::initializer_list<const char*> served,
                             std::initializer_list<const char*> other) {
  for (const auto& [name, value] : question.parameters) {
    const auto is = [&, &name = name](const char* known) { return name == known; };
    if (std::any_of(other.begin(), other.end(), is)) return NotImplemented(name);
    if (name != "format" && std::none_of(served.begin(), served.end(), is)) {
      return Wrong(absl::StrCat("?", name), "startPeriod, endPeriod, detail, …");
    }
    if (question.parameters.count(name) > 1) return Wrong(absl::StrCat("?", name), "1");
  }
  return absl::OkStatus();
}

std::string ParameterOr(const Question& question, const char* name, const char* usual) {
  const auto found = question.parameters.find(name);
  return found == question.parameters.end() ? usual : found->second;
}

// The part of a path, or what stands for it where it is left out.
std::string PartOr(const std::vector<std::string>& parts, size_t at, const char* usual) {
  return parts.size() <= at || parts[at].empty() ? usual : parts[at];
}

bool IsOurs(absl::string_view agency) { return agency == "all" || agency == kAgencyId; }

absl::Status NothingFound(absl::string_view what) {
  return Error(error::kSdmxNothingFound, "what"_is(what));
}

absl::StatusOr<Artefact> KindOf(absl::string_view resource) {
  if (resource == "dataflow") return Artefact::kDataflow;
  if (resource == "datastructure") return Artefact::kDataStructure;
  if (resource == "codelist") return Artefact::kCodeList;
  if (resource == "conceptscheme") return Artefact::kConceptScheme;
  return NothingFound(resource);
}

absl::StatusOr<std::optional<Months>> PeriodParameter(const Question& question, const char* name) {
  const std::string written = ParameterOr(question, name, "");
  if (written.empty()) return std::nullopt;
  const std::optional<Months> months = MonthsOf(written);
  if (!months) return Wrong(absl::StrCat(name, "=", written), "2026, 2026-Q3, 2026-11");
  return months;
}

// Media types that a caller takes, with their weight in thousandths.
struct Taken {
  std::string type;
  int weight;
  std::string version = "";  // of the type, where one is asked for

  // Of "*/*", "text/*" and a whole type: the last is what the caller says most precisely.
  int precision() const { return type == "*/*" ? 0 : absl::EndsWith(type, "/*") ? 1 : 2; }
};

std::vector<Taken> ReadAccept(const std::string& accept) {
  std::vector<Taken> all;
  for (const absl::string_view part : absl::StrSplit(accept, ',')) {
    const std::vector<std::string> pieces = absl::StrSplit(part, ';');
    Taken taken{absl::AsciiStrToLower(absl::StripAsciiWhitespace(pieces[0])), 1000};
    if (taken.type.empty()) continue;
    for (size_t i = 1; i < pieces.size(); ++i) {
      const absl::string_view piece = absl::StripAsciiWhitespace(pieces[i]);
      double weight = 0;
      if (absl::StartsWithIgnoreCase(piece, "q=") && absl::SimpleAtod(piece.substr(2), &weight)) {
        taken.weight = weight >= 0 && weight <= 1 ? static_cast<int>(weight * 1000) : 0;
      } else if (absl::StartsWithIgnoreCase(piece, "version=")) {
        taken.version = std::string(piece.substr(8));
      }
    }
    all.push_back(std::move(taken));
  }
  if (all.empty()) all.push_back({"*/*", 1000});
  return all;
}

// Whether "1.0.0" is asked for: also as "1.0", and as the draft by which SDMX-JSON was known.
bool IsVersion(absl::string_view asked, absl::string_view ours) {
  absl::ConsumeSuffix(&asked, "-wd");
  return asked.empty() || absl::StartsWith(absl::StrCat(ours, "."), absl::StrCat(asked, "."));
}

// Names of each format, the best first: what comes first is served where several are as welcome.
struct FormatNames {
  Format format;
  const char* media_type;
  std::vector<absl::string_view> accepted;
  absl::string_view parameter;
};

const std::vector<FormatNames>& Formats() {
  static const auto* formats = new std::vector<FormatNames>{
      {Format::kSpecific,
       "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
       {"application/vnd.sdmx.structurespecificdata+xml",
        "application/vnd.sdmx.structurespecifictimeseriesdata+xml", "application/xml", "text/xml",
        "*/*", "application/*"},
       "structurespecificdata"},
      {Format::kGeneric,
       "application/vnd.sdmx.genericdata+xml;version=2.1",
       {"application/vnd.sdmx.genericdata+xml", "application/vnd.sdmx.generictimeseriesdata+xml",
        "*/*", "application/*"},
       "genericdata"},
      {Format::kCsv,
       "application/vnd.sdmx.data+csv;version=1.0.0",
       {"application/vnd.sdmx.data+csv", "text/csv", "text/*", "*/*", "application/*"},
       "csvdata"},
      {Format::kJson,
       "application/vnd.sdmx.data+json;version=1.0.0",
       {"application/vnd.sdmx.data+json", "application/json", "*/*", "application/*"},
       "jsondata"},
      {Format::kStructure,
       "application/vnd.sdmx.structure+xml;version=2.1",
       {"application/vnd.sdmx.structure+xml", "application/xml", "text/xml", "*/*",
        "application/*"},
       "structure"},
  };
  return *formats;
}

// How welcome a format is: as the most precise of what is said of it.
int WeightOf(const FormatNames& names, const std::vector<Taken>& taken) {
  const absl::string_view media_type = names.media_type;
  const absl::string_view version = media_type.substr(media_type.find('=') + 1);
  int precision = -1, weight = 0;
  for (const Taken& each : taken) {
    if (each.precision() < precision || !IsVersion(each.version, version) ||
        std::find(names.accepted.begin(), names.accepted.end(), each.type) ==
            names.accepted.end()) {
      continue;
    }
    weight = each.precision() > precision ? each.weight : std::max(weight, each.weight);
    precision = each.precision();
  }
  return weight;
}

// Periods of a year that a letter and a number name: "2026-T2".
struct PeriodUnit {
  char letter;
  int count, months;
};
constexpr PeriodUnit kPeriodUnits[] = {
    {'A', 1, 12}, {'S', 2, 6}, {'T', 3, 4}, {'Q', 4, 3}, {'M', 12, 1}};

Months MonthsOf(absl::CivilDay first, absl::CivilDay last) {
  const auto month = [](absl::CivilDay day) {
    return static_cast<int>(day.year()) * 12 + day.month() - 1;
  };
  return {month(first), month(last)};
}

// Of a letter and a number; weeks are those of ISO 8601, the first of which has 4 January.
std::optional<Months> MonthsOf(int year, char letter, int number) {
  if (letter == 'D') {
    const absl::CivilDay day = absl::CivilDay(year, 1, 1) + (number - 1);
    if (number < 1 || day.year() != year) return std::nullopt;
    return MonthsOf(day, day);
  }
  if (letter == 'W') {
    if (number < 1 || number > 53) return std::nullopt;
    const absl::CivilDay monday =
        absl::PrevWeekday(absl::CivilDay(year, 1, 5), absl::Weekday::monday) + 7 * (number - 1);
    return MonthsOf(monday, monday + 6);
  }
  for (const PeriodUnit& unit : kPeriodUnits) {
    if (unit.letter != letter) continue;
    if (number < 1 || number > unit.count) return std::nullopt;
    const int first = year * 12 + unit.months * (number - 1);
    return Months{first, first + unit.months - 1};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Months> MonthsOf(absl::string_view period) {
  // A year, a letter and a number, or a month, with its day and the time of that.
  static const RE2 form(
      "([0-9]{4})(?:-([ASTQMWD])([0-9]{1,3})|-(0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])"
      "(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?)?)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?");
  int year = 0, number = 0;
  std::string letter, of_letter, month;
  if (!RE2::FullMatch({period.data(), period.size()}, form, &year, &letter, &of_letter, &month)) {
    return std::nullopt;
  }
  if (absl::SimpleAtoi(of_letter, &number)) return MonthsOf(year, letter[0], number);
  if (absl::SimpleAtoi(month, &number)) return MonthsOf(year, 'M', number);
  return MonthsOf(year, 'A', 1);
}

std::optional<std::vector<std::string>> PartsOf(absl::string_view path) {
  if (!absl::ConsumePrefix(&path, kPrefix)) return std::nullopt;
  absl::ConsumeSuffix(&path, "/");
  return std::vector<std::string>(absl::StrSplit(path, '/'));
}

absl::StatusOr<StructureQuery> ReadStructureQuery(const std::vector<std::string>& parts,
                                                  const Question& question) {
  StructureQuery query;
  ASSIGN_OR_RETURN(query.kind, KindOf(parts[0]));
  RETURN_IF_ERROR(CheckParameters(question, {"detail", "references"}, {}));
  // An item of a list, such as a code.
  if (parts.size() > 4) return NotImplemented(absl::StrCat("/", parts[4]));
  if (!IsOurs(PartOr(parts, 1, "all"))) return NothingFound(parts[1]);
  const std::string ids = PartOr(parts, 2, "all");
  if (ids != "all") query.ids = absl::StrSplit(ids, '+');
  query.version = PartOr(parts, 3, "latest");
  if (ParameterOr(question, "detail", "full") != "full") return NotImplemented("?detail");
  const std::string references = ParameterOr(question, "references", "none");
  if (references == "children") {
    query.references = StructureQuery::kChildren;
  } else if (references == "descendants" || references == "all") {
    query.references = StructureQuery::kDescendants;
  } else if (references != "none") {
    return NotImplemented(absl::StrCat("?references=", references));
  }
  return query;
}

absl::StatusOr<DataQuery> ReadDataQuery(const std::vector<std::string>& parts,
                                        const Question& question) {
  RETURN_IF_ERROR(CheckParameters(
      question, {"startPeriod", "endPeriod", "detail", "dimensionAtObservation"},
      {"updatedAfter", "firstNObservations", "lastNObservations", "includeHistory"}));
  DataQuery query;
  if (parts.size() < 2 || parts[1].empty() || parts.size() > 4) {
    return Wrong(absl::StrCat("/", parts.back()), "/data/FLOW/KEY/PROVIDER");
  }
  const std::vector<std::string> flow = absl::StrSplit(parts[1], ',');
  if (flow.size() > 3) return Wrong(parts[1], "AGENCY,FLOW,VERSION");
  if (flow.size() > 1 && !IsOurs(flow[0])) return NothingFound(parts[1]);
  query.flow = flow.size() == 1 ? flow[0] : flow[1];
  query.version = flow.size() == 3 ? flow[2] : "latest";
  if (const std::string key = PartOr(parts, 2, "all"); key != "all") {
    for (const absl::string_view part : absl::StrSplit(key, '.')) {
      std::set<std::string> ids;
      if (!part.empty()) ids = absl::StrSplit(part, '+');
      query.key.push_back(std::move(ids));
    }
  }
  if (!IsOurs(PartOr(parts, 3, "all"))) return NothingFound(parts[3]);
  ASSIGN_OR_RETURN(query.start, PeriodParameter(question, "startPeriod"));
  ASSIGN_OR_RETURN(query.end, PeriodParameter(question, "endPeriod"));
  if (query.start && query.end && query.start->first > query.end->last) {
    return Wrong("startPeriod", "≤ endPeriod");
  }
  const std::string detail = ParameterOr(question, "detail", "full");
  static const std::map<std::string, DataOptions::Detail> kDetails = {
      {"full", DataOptions::kFull},
      {"dataonly", DataOptions::kDataOnly},
      {"serieskeysonly", DataOptions::kSeriesKeysOnly},
      {"nodata", DataOptions::kNoData}};
  const auto found = kDetails.find(detail);
  if (found == kDetails.end()) {
    return Wrong(absl::StrCat("detail=", detail), "full, dataonly, serieskeysonly, nodata");
  }
  query.detail = found->second;
  query.along = ParameterOr(question, "dimensionAtObservation", "");
  return query;
}

bool IsOtherResource(absl::string_view resource) {
  static constexpr absl::string_view kOthers[] = {"actualconstraint",
                                                  "agencyscheme",
                                                  "allowedconstraint",
                                                  "availableconstraint",
                                                  "categorisation",
                                                  "categoryscheme",
                                                  "contentconstraint",
                                                  "dataconsumerscheme",
                                                  "dataproviderscheme",
                                                  "hierarchicalcodelist",
                                                  "metadata",
                                                  "metadataflow",
                                                  "metadatastructure",
                                                  "organisationscheme",
                                                  "organisationunitscheme",
                                                  "process",
                                                  "provisionagreement",
                                                  "reportingtaxonomy",
                                                  "schema",
                                                  "structure",
                                                  "structureset"};
  return std::find(std::begin(kOthers), std::end(kOthers), resource) != std::end(kOthers);
}

absl::StatusOr<Format> FormatOf(const Question& question, bool data) {
  const auto is_of_data = [](const FormatNames& names) {
    return names.format != Format::kStructure;
  };
  std::string all;
  if (const auto asked = question.parameters.find("format"); asked != question.parameters.end()) {
    for (const FormatNames& names : Formats()) {
      if (is_of_data(names) != data) continue;
      if (names.parameter == asked->second) return names.format;
      absl::StrAppend(&all, all.empty() ? "" : ", ", names.parameter);
    }
    return Error(error::kSdmxNotAcceptable, "what"_is(asked->second), "form"_is(all));
  }
  const std::vector<Taken> taken = ReadAccept(question.accept);
  const FormatNames* best = nullptr;
  int best_weight = 0;
  for (const FormatNames& names : Formats()) {
    if (is_of_data(names) != data) continue;
    absl::StrAppend(&all, all.empty() ? "" : ", ", names.media_type);
    if (const int weight = WeightOf(names, taken); weight > best_weight) {
      best = &names;
      best_weight = weight;
    }
  }
  if (best != nullptr) return best->format;
  return Error(error::kSdmxNotAcceptable, "what"_is(question.accept), "form"_is(all));
}

std::string MediaTypeOf(Format format) {
  for (const FormatNames& names : Formats()) {
    if (names.format == format) return names.media_type;
  }
  return "";
}

}  // namespace puente::gateway::reports
