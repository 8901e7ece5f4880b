// What a chart shows, and its drawing as SVG that fits any width.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/reports/files/markup.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

struct Point {
  std::string code;
  std::string name;
  Figure figure;    // of what has no row: what its table says of that
  bool is_special;  // not stated, others
};

// The figures along one dimension, in the order in which they are shown: bars by size, what has no
// value behind them; periods by time, those between too that have no row; states by code, all of
// them.
struct ChartData {
  Chart::Kind kind;
  std::string title = "";  // "Awards, by state"
  std::string dimension;   // "State"
  std::string measure;     // "Awards"
  std::string unit;        // "awards"
  std::vector<Point> points = {};
  std::optional<Figure> total = {};  // of all together: a sum, or what else the measure is
  std::string total_name;            // "Whole country"
  int number = 0;                    // of the page, for ids
};

// A map of a dimension that has no state is drawn as bars.
ChartData DataOf(const View& view, const TableView& table, const Chart& chart, Language language,
                 int number);

// Names up to so many characters stand beside their bar where there are many bars.
inline constexpr size_t kShortName = 21;
// How many bars are drawn: as many as fit on a page. The table has all.
size_t DrawnBars(const ChartData& data);

// One to four sentences: largest, range, total, how many are hidden or missing.
std::string Sentence(const ChartData& data, Language language);

// The figure in words: "1,234", "confidential".
std::string FigureWords(const Figure& figure, Language language);
// "1,234,567", as in Mexico.
std::string Grouped(int64_t value);
// "Q3 2026", "Nov 2026", "2026"; anything else as it is.
std::string PeriodWords(const std::string& code, Language language);

// An <svg> with title and description, and its legend.
void Draw(Markup& html, const ChartData& data, Language language);

}  // namespace puente::gateway::reports
