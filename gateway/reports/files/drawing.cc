// Charts as SVG. Positions along the width are percentages and texts have sizes in pixels, so that
// a chart is as wide as its page and its texts stay as large as they are, on a telephone too.
#include <algorithm>
#include <array>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/names/state.h"
#include "common/names/text.h"
#include "gateway/reports/files/chart.h"
#include "gateway/reports/files/scale.h"
#include "gateway/reports/files/words.h"

namespace puente::gateway::reports {
namespace {

constexpr size_t kManyBars = 12;
constexpr size_t kManyPoints = 24;
constexpr int kClasses = 5;

std::string Percent(double part) { return absl::StrFormat("%.2f%%", part * 100); }
std::string Pixels(int pixels) { return absl::StrCat(pixels); }

class Drawing {
 public:
  Drawing(Markup& html, const ChartData& data, Language language)
      : html_(html), data_(data), language_(language) {}

  void Draw() {
    switch (data_.kind) {
      case Chart::TILES:
        DrawTiles();
        break;
      case Chart::LINES:
        DrawLines();
        break;
      default:
        DrawBars();
    }
    AddLegend();
  }

 private:
  std::string Id(const char* what) const { return absl::StrCat(what, data_.number); }
  std::string Words(const Point& point) const { return FigureWords(point.figure, language_); }
  std::string Fill(const char* what) const { return absl::StrCat("url(#", Id(what), ")"); }

  // Opens the picture: what it is called and says, and the hatching of what is confidential.
  void Open(const char* kind, int height) {
    html_
        .Open("svg", {{"class", kind},
                      {"role", "img"},
                      {"width", "100%"},
                      {"height", height > 0 ? Pixels(height) : "100%"},
                      {"aria-labelledby", absl::StrCat(Id("t"), " ", Id("d"))}})
        .Leaf("title", {{"id", Id("t")}}, data_.title)
        .Leaf("desc", {{"id", Id("d")}}, Sentence(data_, language_))
        .Open("defs")
        .Open("pattern", {{"id", Id("h")},
                          {"width", "6"},
                          {"height", "6"},
                          {"patternUnits", "userSpaceOnUse"},
                          {"patternTransform", "rotate(45)"}})
        .Open("rect", {{"width", "6"}, {"height", "6"}, {"class", "hatch-ground"}})
        .Close()
        .Open("rect", {{"width", "2"}, {"height", "6"}, {"class", "hatch-line"}})
        .Close()
        .Close()
        .Close();
  }

  void Rect(const char* kind, const std::string& x, const std::string& y, const std::string& width,
            const std::string& height, const std::string& fill = "") {
    html_.Open("rect", {{"class", kind}, {"x", x}, {"y", y}, {"width", width}, {"height", height}});
    if (!fill.empty()) html_.With("fill", fill);
    html_.Close();
  }

  void Line(const char* kind, const std::string& x1, const std::string& y1, const std::string& x2,
            const std::string& y2) {
    html_.Open("line", {{"class", kind}, {"x1", x1}, {"y1", y1}, {"x2", x2}, {"y2", y2}}).Close();
  }

  void Text(const char* kind, const std::string& x, const std::string& y, absl::string_view text,
            int right = 0) {
    html_.Open("text", {{"class", kind}, {"x", x}, {"y", y}});
    if (right != 0) html_.With("dx", Pixels(right));
    html_.Text(text).Close();
  }

  int64_t Highest() const {
    int64_t highest = 0;
    for (const Point& point : data_.points) {
      if (IsTold(point.figure)) highest = std::max(highest, point.figure.value());
    }
    return highest;
  }

  // A name stands above its bar, or before it where there are many and they are short, so that all
  // states fit on a printed page.
  void DrawBars() {
    const size_t count = DrawnBars(data_);
    const bool beside = count > kManyBars &&
                        std::all_of(data_.points.begin(), data_.points.end(), [](const Point& p) {
                          return CodePoints(p.name) <= kShortName;
                        });
    const int row = beside ? 22 : 42, above = beside ? 3 : 18, bar = 14;
    const Scale scale(Highest());
    const int bottom = row * static_cast<int>(count);
    Open("bars", bottom + 24);
    if (beside) {
      for (size_t i = 0; i < count; ++i) {
        Text("name", "0", Pixels(row * static_cast<int>(i) + above + 11), data_.points[i].name);
      }
    }
    // What is left of the width is for the values.
    html_.Open("svg", {{"class", "plot"},
                       {"x", beside ? "40%" : "0"},
                       {"width", beside ? "46%" : "84%"},
                       {"height", Pixels(bottom + 24)}});
    for (uint64_t tick = 0; tick <= scale.top; tick += scale.step) {
      const std::string x = Percent(scale.Part(tick));
      Line("grid", x, "0", x, Pixels(bottom));
      if (scale.IsLabelled(tick)) {
        Text(tick == 0           ? "tick from"
             : tick == scale.top ? "tick to"
                                 : "tick",
             x, Pixels(bottom + 17), Grouped(static_cast<int64_t>(tick)));
      }
    }
    for (size_t i = 0; i < count; ++i) {
      const Point& point = data_.points[i];
      const int top = row * static_cast<int>(i);
      const std::string y = Pixels(top + above), value_y = Pixels(top + above + bar - 3);
      if (!beside) AddName(point.name, Pixels(top + 14));
      if (IsTold(point.figure)) {
        const std::string width = Percent(scale.Part(point.figure.value()));
        Rect(point.is_special ? "bar other" : "bar", "0", y, width, Pixels(bar));
        Text("value", width, value_y, Words(point), 6);
      } else {
        AddMark(point.figure, "0", y, "52", Pixels(bar));
        Text("value mark", "52", value_y, Words(point), 6);
      }
    }
    html_.Close().Close();
  }

  // Above a bar, shortened where it is longer than a page is wide; the table has it whole.
  void AddName(const std::string& name, const std::string& y) {
    constexpr size_t kTelephone = 46, kPage = 96;
    if (CodePoints(name) <= kTelephone) return Text("name", "0", y, name);
    Text("name narrow", "0", y, Shortened(name, kTelephone));
    Text("name minor", "0", y, Shortened(name, kPage));
  }

  // What stands where there is no value: hatched, empty with a broken line, or nothing.
  void AddMark(const Figure& figure, const std::string& x, const std::string& y,
               const std::string& width, const std::string& height) {
    const char status = StatusOf(figure);
    if (status == 'Q') {
      Rect("confidential", x, y, width, height, Fill("h"));
    } else {
      Rect(status == 'O' ? "missing" : "inapplicable", x, y, width, height);
    }
  }

  void DrawLines() {
    constexpr int kTop = 26, kPlot = 190, kBottom = kTop + kPlot;
    std::vector<const Point*> points;
    for (const Point& point : data_.points) {
      if (!point.is_special) points.push_back(&point);
    }
    const Scale scale(Highest());
    const auto tick_text = [&](uint64_t tick) {
      const auto value = static_cast<int64_t>(tick);
      return scale.top < 1000000 ? Grouped(value) : Short(value);
    };
    // Labels of the scale stand left of the first point, on a telephone too.
    const double left = 0.05 + 0.019 * static_cast<double>(tick_text(scale.top).size());
    const auto x = [&](size_t i) {
      return points.size() < 2 ? 0.5
                               : left + (0.92 - left) * static_cast<double>(i) /
                                            static_cast<double>(points.size() - 1);
    };
    const auto y = [&](double part) { return kBottom - static_cast<int>(part * kPlot + 0.5); };
    Open("lines", kBottom + 30);
    for (uint64_t tick = 0; tick <= scale.top; tick += scale.step) {
      const int at = y(scale.Part(tick));
      Line(tick == 0 ? "base" : "grid", "0", Pixels(at), "100%", Pixels(at));
      Text("tick from", "0", Pixels(at - 4), tick_text(tick));
    }
    // Counted from the last, which is what is looked at most: up to eight, on a telephone half of
    // them.
    const size_t every = (points.size() + 7) / 8;
    const double band = std::min(0.04, 0.8 * (0.92 - left) / static_cast<double>(points.size()));
    const Point* before = nullptr;
    for (size_t i = 0; i < points.size(); before = points[i++]) {
      const Point& point = *points[i];
      if (const size_t back = points.size() - 1 - i; back % every == 0) {
        Text(points.size() <= 4 || back % (2 * every) == 0 ? "tick" : "tick minor", Percent(x(i)),
             Pixels(kBottom + 18), point.name);
      }
      if (!IsTold(point.figure)) {
        AddMark(point.figure, Percent(x(i) - band / 2), Pixels(kTop), Percent(band), Pixels(kPlot));
        continue;
      }
      if (before != nullptr && IsTold(before->figure)) {
        Line("line", Percent(x(i - 1)), Pixels(y(scale.Part(before->figure.value()))),
             Percent(x(i)), Pixels(y(scale.Part(point.figure.value()))));
      }
    }
    const std::vector<const char*> values = ValueKinds(points);
    for (size_t i = 0; i < points.size(); ++i) {
      const Point& point = *points[i];
      if (!IsTold(point.figure)) continue;
      const int at = y(scale.Part(point.figure.value()));
      // Of many points those alone that have a value, or no neighbour to which a line leads.
      const auto told = [&](size_t at) { return at < points.size() && IsTold(points[at]->figure); };
      if (points.size() <= kManyPoints || values[i] != nullptr || (!told(i - 1) && !told(i + 1))) {
        html_
            .Open("circle",
                  {{"class", "dot"}, {"cx", Percent(x(i))}, {"cy", Pixels(at)}, {"r", "4"}})
            .Close();
      }
      // The first value stays off the scale, the last on the page.
      const bool is_first = i == 0, is_last = i > 0 && i + 1 == points.size();
      if (values[i] != nullptr) {
        Text(absl::StrCat(values[i], is_first  ? " from"
                                     : is_last ? " to"
                                               : "")
                 .c_str(),
             Percent(x(i)), Pixels(at - 10), Words(point),
             is_first  ? -8
             : is_last ? 24
                       : 0);
      }
    }
    html_.Close();
  }

  // How the values beside points are shown: those of the first, the last and the highest always; of
  // the others where there is room for all, on a telephone ("over") or on a wide page ("minor").
  std::vector<const char*> ValueKinds(const std::vector<const Point*>& points) const {
    size_t widest = 0, first = points.size(), last = 0, most = 0;
    for (size_t i = 0; i < points.size(); ++i) {
      if (!IsTold(points[i]->figure)) continue;
      widest = std::max(widest, Words(*points[i]).size());
      if (first == points.size()) first = last = most = i;
      last = i;
      if (points[i]->figure.value() > points[most]->figure.value()) most = i;
    }
    const size_t width = points.size() * (widest * 8 + 8);  // in pixels, about
    const size_t apart = 1 + points.size() / 6;
    std::vector<const char*> kinds(points.size());
    for (size_t i = 0; i < points.size(); ++i) {
      const bool shown =
          i == first || i == last || (i == most && i >= first + apart && i + apart <= last);
      kinds[i] = shown || width <= 250 ? "value over" : width <= 540 ? "value over minor" : nullptr;
    }
    return kinds;
  }

  struct Tile {
    absl::string_view code;
    int row, column;
    absl::string_view short_name;
  };
  static constexpr Tile kTiles[] = {
      {"02", 0, 0, "BC"},   {"26", 0, 1, "SON"},  {"08", 0, 2, "CHIH"}, {"05", 0, 3, "COAH"},
      {"19", 0, 4, "NL"},   {"03", 1, 0, "BCS"},  {"25", 1, 1, "SIN"},  {"10", 1, 2, "DGO"},
      {"32", 1, 3, "ZAC"},  {"24", 1, 4, "SLP"},  {"28", 1, 5, "TAM"},  {"18", 2, 1, "NAY"},
      {"01", 2, 2, "AGS"},  {"11", 2, 3, "GTO"},  {"22", 2, 4, "QRO"},  {"13", 2, 5, "HGO"},
      {"14", 3, 1, "JAL"},  {"16", 3, 2, "MICH"}, {"15", 3, 3, "MEX"},  {"09", 3, 4, "CDMX"},
      {"29", 3, 5, "TLAX"}, {"30", 3, 6, "VER"},  {"31", 3, 8, "YUC"},  {"06", 4, 1, "COL"},
      {"12", 4, 3, "GRO"},  {"17", 4, 4, "MOR"},  {"21", 4, 5, "PUE"},  {"27", 4, 6, "TAB"},
      {"04", 4, 7, "CAM"},  {"23", 4, 8, "QROO"}, {"20", 5, 5, "OAX"},  {"07", 5, 6, "CHIS"}};
  static constexpr int kRows = 6, kColumns = 9;

  void DrawTiles() {
    FindClasses();
    Open("tiles", 0);
    for (const Tile& tile : kTiles) {
      const Point& point =
          *std::find_if(data_.points.begin(), data_.points.end(),
                        [&](const Point& other) { return other.code == tile.code; });
      html_.Open("svg", {{"x", Percent(static_cast<double>(tile.column) / kColumns)},
                         {"y", Percent(static_cast<double>(tile.row) / kRows)},
                         {"width", Percent(0.96 / kColumns)},
                         {"height", Percent(0.94 / kRows)}});
      html_.Leaf("title", absl::StrCat(point.name, ": ", Words(point)));
      if (IsTold(point.figure)) {
        const int shade = ClassOf(point.figure.value());
        Rect(absl::StrCat("tile c", shade).c_str(), "0", "0", "100%", "100%");
        Label(tile, shade > 3 ? "on-dark" : "on-light", Short(point.figure.value()));
      } else {
        AddMark(point.figure, "1", "1", "97%", "96%");
        if (StatusOf(point.figure) == 'Q') Rect("label-ground", "14%", "30%", "72%", "40%");
        Label(tile, "on-light", "");
      }
      html_.Close();
    }
    html_.Close();
  }

  void Label(const Tile& tile, const char* ground, const std::string& value) {
    Text(absl::StrCat("state ", ground).c_str(), "50%", value.empty() ? "58%" : "38%",
         tile.short_name);
    if (!value.empty()) Text(absl::StrCat("value ", ground).c_str(), "50%", "80%", value);
  }

  // Classes of about as many states each, so that one large state does not leave all others alike.
  void FindClasses() {
    std::vector<int64_t> values;
    for (const Point& point : data_.points) {
      if (IsTold(point.figure) && point.figure.value() > 0 && StateName(point.code)) {
        values.push_back(point.figure.value());
      }
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    const size_t classes = std::min<size_t>(kClasses, values.size());
    for (size_t i = 0; i < classes; ++i) {
      const size_t begin = i * values.size() / classes;
      const size_t end = (i + 1) * values.size() / classes;
      // Few classes are spread over all shades.
      const int shade = classes == 1 ? 3 : 1 + static_cast<int>(i * (kClasses - 1) / (classes - 1));
      ranges_.push_back({values[begin], values[end - 1], shade});
    }
  }

  int ClassOf(int64_t value) const {
    for (const Range& range : ranges_) {
      if (value >= range.first && value <= range.last) return range.shade;
    }
    return 0;
  }

  void AddSwatch(const std::string& kind, const std::string& text) {
    html_.Open("li").Open("span", {{"class", absl::StrCat("swatch ", kind)}}).Close();
    html_.Text(text).Close();
  }

  // Shades, and those marks that the picture has.
  void AddLegend() {
    const auto has = [&](char status) {
      return std::any_of(data_.points.begin(), data_.points.end(),
                         [&](const Point& point) { return StatusOf(point.figure) == status; });
    };
    const bool marks = has('Q') || has('O') || has('M');
    const bool tiles = data_.kind == Chart::TILES;
    if (!marks && !tiles) return;
    html_.Open("ul", {{"class", "legend"}});
    if (tiles) {
      const bool zero = std::any_of(data_.points.begin(), data_.points.end(), [](const Point& p) {
        return IsTold(p.figure) && p.figure.value() <= 0 && StateName(p.code);
      });
      if (zero) AddSwatch("c0", "0");
      for (const Range& range : ranges_) {
        AddSwatch(absl::StrCat("c", range.shade),
                  range.first == range.last
                      ? Grouped(range.first)
                      : absl::StrCat(Grouped(range.first), "–", Grouped(range.last)));
      }
    }
    static constexpr std::pair<char, const char*> kMarks[] = {
        {'Q', "confidential"}, {'O', "missing"}, {'M', "inapplicable"}};
    for (const auto& [status, kind] : kMarks) {
      if (has(status)) AddSwatch(kind, std::string(In(language_, WordsOf(status).name)));
    }
    html_.Close();
  }

  struct Range {
    int64_t first, last;
    int shade;
  };

  Markup& html_;
  const ChartData& data_;
  const Language language_;
  std::vector<Range> ranges_;
};

}  // namespace

void Draw(Markup& html, const ChartData& data, Language language) {
  Drawing(html, data, language).Draw();
}

}  // namespace puente::gateway::reports
