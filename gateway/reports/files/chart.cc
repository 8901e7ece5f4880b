#include "gateway/reports/files/chart.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/names/state.h"
#include "common/names/text.h"
#include "gateway/reports/files/words.h"

namespace puente::gateway::reports {
namespace {

bool IsPlain(const Point& point) { return !point.is_special; }

// "State" → "state"; "SCIAN sector" stays.
std::string AsFollowing(std::string title) {
  if (title.size() > 1 && absl::ascii_islower(static_cast<unsigned char>(title[1]))) {
    title[0] = absl::ascii_tolower(static_cast<unsigned char>(title[0]));
  }
  return title;
}

// Told first, the largest first; then what is withheld, missing, not applicable (Q, O, M); special
// codes last of all.
bool BarBefore(const Point& a, const Point& b) {
  const auto rank = [](const Point& point) {
    const bool told = IsTold(point.figure);
    return std::tuple(point.is_special, !told, told ? 0 : -StatusOf(point.figure));
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (IsTold(a.figure) && a.figure.value() != b.figure.value()) {
    return a.figure.value() > b.figure.value();
  }
  return a.code < b.code;
}

std::vector<Point> StatePoints(std::vector<Point> points, const Figure& without_row) {
  std::vector<Point> states;
  for (const FederalState& state : FederalStates()) {
    const auto found = std::find_if(points.begin(), points.end(),
                                    [&](const Point& point) { return point.code == state.code; });
    if (found != points.end()) {
      states.push_back(*found);
    } else {
      states.push_back({std::string(state.code), std::string(state.name), without_row, false});
    }
  }
  for (Point& point : points) {
    if (!StateName(point.code)) states.push_back(std::move(point));
  }
  return states;
}

// "2026", "2026-Q4", "2026-12": the period after it, of the same length.
std::string PeriodAfter(const std::string& code) {
  int year = 0, part = 0;
  (void)absl::SimpleAtoi(code.substr(0, 4), &year);
  if (code.size() == 4) return absl::StrCat(absl::Dec(year + 1, absl::kZeroPad4));
  const bool is_quarter = code[5] == 'Q';
  (void)absl::SimpleAtoi(code.substr(is_quarter ? 6 : 5), &part);
  if (++part > (is_quarter ? 4 : 12)) ++year, part = 1;
  const std::string start = absl::StrCat(absl::Dec(year, absl::kZeroPad4), is_quarter ? "-Q" : "-");
  return is_quarter ? absl::StrCat(start, part)
                    : absl::StrCat(start, absl::Dec(part, absl::kZeroPad2));
}

// With the periods between the first and the last that have no row, where all are of one length and
// no record is centuries off.
std::vector<Point> PeriodPoints(std::vector<Point> points, const Figure& without_row,
                                Language language) {
  constexpr size_t kMostPeriods = 600;
  std::vector<Point> all;
  for (const Point& point : points) {
    if (!IsPlain(point)) continue;
    if (!all.empty()) {
      const std::string& before = all.back().code;
      if (before.size() != point.code.size() ||
          absl::StrContains(before, 'Q') != absl::StrContains(point.code, 'Q')) {
        return points;
      }
      for (std::string code = PeriodAfter(before); code < point.code; code = PeriodAfter(code)) {
        if (all.size() == kMostPeriods) return points;
        all.push_back({code, PeriodWords(code, language), without_row, false});
      }
    }
    all.push_back(point);
  }
  for (Point& point : points) {
    if (!IsPlain(point)) all.push_back(std::move(point));
  }
  return all;
}

}  // namespace

ChartData DataOf(const View& view, const TableView& table, const Chart& chart, Language language,
                 int number) {
  const int along = table.DimensionNumber(chart.dimension());
  const int measure = table.MeasureNumber(chart.measure());
  const DimensionView& dimension = table.dimensions()[along];
  const FigureMeasure& counted = table.measures()[measure];
  ChartData data{.kind = chart.kind(),
                 .dimension = dimension.title(language),
                 .measure = In(language, counted.title_es(), counted.title_en()),
                 .unit = AsFollowing(view.UnitName(counted.unit(), language)),
                 .total_name = dimension.Name(std::string(kTotal), language),
                 .number = number};
  data.title = absl::StrCat(data.measure, language == Language::kSpanish ? ", por " : ", by ",
                            AsFollowing(data.dimension));
  bool has_state = false;
  table.ForEachRowAlong(along, [&](const TableView::Row& row) {
    const std::string& code = row.codes(along);
    if (code == kTotal) {
      data.total = row.figures(measure);
      return;
    }
    const std::string& name = dimension.Name(code, language);
    data.points.push_back({code, dimension.is_period() ? PeriodWords(name, language) : name,
                           row.figures(measure), IsSpecial(code)});
    has_state |= StateName(code).has_value();
  });
  if (data.kind == Chart::TILES && !has_state) data.kind = Chart::BARS;
  const Figure without_row = table.WithoutRow(measure);
  switch (data.kind) {
    case Chart::BARS:
      std::sort(data.points.begin(), data.points.end(), BarBefore);
      break;
    case Chart::TILES:
      data.points = StatePoints(std::move(data.points), without_row);
      break;
    default:
      std::stable_sort(data.points.begin(), data.points.end(), [](const Point& a, const Point& b) {
        return std::tie(a.is_special, a.code) < std::tie(b.is_special, b.code);
      });
      if (dimension.is_period()) {
        data.points = PeriodPoints(std::move(data.points), without_row, language);
      }
  }
  return data;
}

size_t DrawnBars(const ChartData& data) {
  constexpr size_t kTall = 20, kLow = 34;
  const bool low = std::all_of(data.points.begin(), data.points.end(), [](const Point& point) {
    return CodePoints(point.name) <= kShortName;
  });
  return std::min(data.points.size(), low ? kLow : kTall);
}

std::string Grouped(int64_t value) {
  std::string text = absl::StrCat(value);
  for (int at = static_cast<int>(text.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3) {
    text.insert(static_cast<size_t>(at), ",");
  }
  return text;
}

std::string FigureWords(const Figure& figure, Language language) {
  if (IsTold(figure)) return Grouped(figure.value());
  return std::string(In(language, WordsOf(StatusOf(figure)).name));
}

std::string PeriodWords(const std::string& code, Language language) {
  static constexpr Words kMonths[] = {{"ene", "Jan"}, {"feb", "Feb"}, {"mar", "Mar"},
                                      {"abr", "Apr"}, {"may", "May"}, {"jun", "Jun"},
                                      {"jul", "Jul"}, {"ago", "Aug"}, {"sep", "Sep"},
                                      {"oct", "Oct"}, {"nov", "Nov"}, {"dic", "Dec"}};
  if (code.size() != 7 || code[4] != '-') return code;
  const std::string year = code.substr(0, 4);
  if (code[5] == 'Q') {
    return absl::StrCat(language == Language::kSpanish ? "T" : "Q", code.substr(6), " ", year);
  }
  const int month = (code[5] - '0') * 10 + (code[6] - '0');
  if (month < 1 || month > 12) return code;
  return absl::StrCat(In(language, kMonths[month - 1]), " ", year);
}

namespace {

// A name within a sentence. One that is written from right to left, or says that what follows is,
// must not turn the rest of the sentence around.
std::string Within(const std::string& name) {
  const bool latin = std::all_of(name.begin(), name.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0xCE; });
  return latin ? name : absl::StrCat("\u2068", name, "\u2069");
}

// "12 a, 3 b" of what is not told; "" where all is.
std::string NotTold(const ChartData& data, Language language) {
  std::vector<std::string> parts;
  for (const StatusWords& status : kStatuses) {
    if (status.letter == 'A') continue;
    const auto count =
        std::count_if(data.points.begin(), data.points.end(),
                      [&](const Point& point) { return StatusOf(point.figure) == status.letter; });
    if (count > 0)
      parts.push_back(
          absl::StrCat(count, " ", In(language, count == 1 ? status.name : status.several)));
  }
  return absl::StrJoin(parts, ", ");
}

// What is said of told points that aren't special, of which there is one at least.
std::string Extremes(const ChartData& data, std::vector<const Point*> told, Language language) {
  const bool es = language == Language::kSpanish;
  const auto value = [](const Point* point) { return point->figure.value(); };
  const auto less = [&](const Point* a, const Point* b) { return value(a) < value(b); };
  const Point* const most = *std::max_element(told.begin(), told.end(), less);
  const Point* const least = *std::min_element(told.begin(), told.end(), less);
  const std::string highest = Grouped(value(most)), lowest = Grouped(value(least));
  if (told.size() == 1) {
    return absl::StrCat(es ? "Solo se publica una cifra: " : "Only one figure is told: ",
                        Within(most->name), ", ", highest, " ", data.unit, ".");
  }
  if (value(most) == value(least)) {
    return absl::StrCat(es ? "Las " : "All ", told.size(),
                        es ? " cifras publicadas son " : " figures told are ", highest, " ",
                        data.unit, ".");
  }
  if (data.kind == Chart::LINES) {
    return absl::StrCat(
        es ? "De " : "From ", told.front()->name, es ? " a " : " to ", told.back()->name,
        es ? " pasa de " : " it goes from ", Grouped(value(told.front())), es ? " a " : " to ",
        Grouped(value(told.back())), " ", data.unit, es ? "; lo más alto es " : "; the highest is ",
        highest, " (", most->name, es ? ") y lo más bajo " : "), the lowest ", lowest, " (",
        least->name, ").");
  }
  const auto ties = std::count_if(told.begin(), told.end(),
                                  [&](const Point* point) { return value(point) == value(most); });
  std::string first =
      absl::StrCat(es ? "El valor más alto es el de " : "The highest is ", Within(most->name));
  if (ties > 1) {
    absl::StrAppend(&first, es ? ", como el de " : ", as are ", ties - 1, es ? " más" : " more");
  }
  return absl::StrCat(first, ": ", highest, " ", data.unit, ". ", es ? "Las " : "The ", told.size(),
                      es ? " cifras publicadas van de " : " figures told range from ", lowest,
                      es ? " a " : " to ", highest, ".");
}

}  // namespace

std::string Sentence(const ChartData& data, Language language) {
  const bool es = language == Language::kSpanish;
  std::vector<const Point*> told;
  for (const Point& point : data.points) {
    if (IsPlain(point) && IsTold(point.figure)) told.push_back(&point);
  }
  std::string text = told.empty()
                         ? std::string(es ? "No se publica ninguna cifra." : "No figure is told.")
                         : Extremes(data, told, language);
  if (data.total.has_value()) {
    absl::StrAppend(&text,
                    es ? " En conjunto: " : " Altogether: ", FigureWords(*data.total, language));
    if (IsTold(*data.total)) absl::StrAppend(&text, " ", data.unit);
    absl::StrAppend(&text, ".");
  }
  if (const std::string hidden = NotTold(data, language); !hidden.empty()) {
    absl::StrAppend(&text, es ? " Sin cifra: " : " Without a figure: ", hidden, ".");
  } else if (!told.empty()) {
    absl::StrAppend(&text, es ? " No falta ninguna." : " None is missing.");
  }
  if (data.kind == Chart::BARS && DrawnBars(data) < data.points.size()) {
    absl::StrAppend(&text, es ? " Se dibujan " : " The first ", DrawnBars(data),
                    es ? "; el cuadro sigue." : " are drawn; the table goes on.");
  }
  return text;
}

}  // namespace puente::gateway::reports
