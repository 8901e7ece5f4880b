#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

#include <functional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/reports/files/chart.h"
#include "gateway/reports/files/scale.h"
#include "tests/gateway/report_files/rendered.h"
#include "tests/gateway/report_files/samples.h"

namespace puente::gateway::reports {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A page as libxml2's HTML parser reads it.
class Parsed {
 public:
  explicit Parsed(const std::string& html) {
    htmlParserCtxtPtr context = htmlNewParserCtxt();
    xmlSetStructuredErrorFunc(this, &Parsed::Note);
    document_ = htmlCtxtReadMemory(context, html.data(), static_cast<int>(html.size()), nullptr,
                                   "UTF-8", HTML_PARSE_NONET);
    xmlSetStructuredErrorFunc(nullptr, nullptr);
    htmlFreeParserCtxt(context);
  }
  ~Parsed() { xmlFreeDoc(document_); }

  // But for elements of HTML 5, which libxml2 does not know.
  const std::vector<std::string>& errors() const { return errors_; }

  void ForEachElement(const std::function<void(xmlNodePtr)>& visit) const {
    Walk(xmlDocGetRootElement(document_), visit);
  }
  std::vector<xmlNodePtr> All(const std::string& name) const {
    std::vector<xmlNodePtr> found;
    ForEachElement([&](xmlNodePtr node) {
      if (Name(node) == name) found.push_back(node);
    });
    return found;
  }
  static std::string Name(xmlNodePtr node) { return reinterpret_cast<const char*>(node->name); }
  static std::string Attribute(xmlNodePtr node, const char* name) {
    xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
    const std::string text = value == nullptr ? "" : reinterpret_cast<const char*>(value);
    xmlFree(value);
    return text;
  }
  static std::string Text(xmlNodePtr node) {
    xmlChar* content = xmlNodeGetContent(node);
    const std::string text = reinterpret_cast<const char*>(content);
    xmlFree(content);
    return text;
  }

 private:
  static void Note(void* self, xmlErrorPtr error) {
    if (error->code == XML_HTML_UNKNOWN_TAG) return;
    static_cast<Parsed*>(self)->errors_.push_back(error->message);
  }
  static void Walk(xmlNodePtr node, const std::function<void(xmlNodePtr)>& visit) {
    for (; node != nullptr; node = node->next) {
      if (node->type != XML_ELEMENT_NODE) continue;
      visit(node);
      Walk(node->children, visit);
    }
  }

  htmlDocPtr document_;
  std::vector<std::string> errors_;
};

// Both languages of both samples.
void ForEachPage(const std::function<void(const std::string& html, const Parsed& page)>& visit) {
  for (const Content& content : {TrickyContent(), CountryContent()}) {
    const Rendered rendered(content);
    for (const char* const name : {"report.es.html", "report.en.html"}) {
      SCOPED_TRACE(absl::StrCat(content.report(), " ", name));
      visit(rendered[name], Parsed(rendered[name]));
    }
  }
}

TEST(ReportPage, IsParsedWithoutErrorsAndHasNoScriptAndNoNetwork) {
  ForEachPage([](const std::string& html, const Parsed& page) {
    EXPECT_THAT(page.errors(), IsEmpty());
    page.ForEachElement([](xmlNodePtr node) {
      EXPECT_THAT((std::vector<std::string>{"script", "iframe", "object", "embed", "link", "base",
                                            "img", "form", "foreignObject"}),
                  Not(Contains(Parsed::Name(node))));
      for (xmlAttrPtr attribute = node->properties; attribute != nullptr;
           attribute = attribute->next) {
        const std::string name = reinterpret_cast<const char*>(attribute->name);
        EXPECT_FALSE(absl::StartsWith(name, "on")) << name;
        EXPECT_NE(name, "style");
        EXPECT_NE(name, "src");
      }
    });
    for (const char* const outside : {"http://", "https://", "@import", "javascript:", "url(h"}) {
      EXPECT_THAT(html, Not(HasSubstr(outside)));
    }
    for (xmlNodePtr link : page.All("a")) {
      const std::string target = Parsed::Attribute(link, "href");
      EXPECT_EQ(target.find_first_of("/:"), std::string::npos) << target;
    }
  });
}

TEST(ReportPage, ShowsTextsAsTheyAre) {
  const Rendered rendered(TrickyContent());
  const Parsed page(rendered["report.en.html"]);
  EXPECT_EQ(Parsed::Text(page.All("h1").at(0)), "<script>alert('x')</script> & things");
  std::vector<std::string> names;
  for (xmlNodePtr cell : page.All("th")) names.push_back(Parsed::Text(cell));
  EXPECT_THAT(names, Contains("</svg><script>"));
  EXPECT_THAT(names, Contains("مرحبا"));
}

TEST(ReportPage, HasWhatReadersOfScreensNeed) {
  ForEachPage([](const std::string& html, const Parsed& page) {
    EXPECT_THAT(Parsed::Attribute(page.All("html").at(0), "lang"), testing::AnyOf("es-MX", "en"));
    EXPECT_EQ(page.All("h1").size(), 1u);
    EXPECT_EQ(page.All("main").size(), 1u);
    EXPECT_EQ(Parsed::Attribute(page.All("a").at(0), "href"), "#content");
    // Headings go down one step at a time.
    int level = 0;
    std::map<std::string, int> ids;
    page.ForEachElement([&](xmlNodePtr node) {
      const std::string name = Parsed::Name(node);
      if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
        EXPECT_LE(name[1] - '0', level + 1) << Parsed::Text(node);
        level = name[1] - '0';
      }
      if (const std::string id = Parsed::Attribute(node, "id"); !id.empty()) ++ids[id];
    });
    for (const auto& [id, count] : ids) EXPECT_EQ(count, 1) << id;
    int pictures = 0;
    for (xmlNodePtr picture : page.All("svg")) {
      if (Parsed::Attribute(picture, "role") != "img") continue;  // a part of one
      ++pictures;
      const std::string labels = Parsed::Attribute(picture, "aria-labelledby");
      const size_t space = labels.find(' ');
      EXPECT_EQ(ids[labels.substr(0, space)], 1);
      EXPECT_EQ(ids[labels.substr(space + 1)], 1);
    }
    EXPECT_GT(pictures, 1);
    EXPECT_GE(page.All("table").size(), static_cast<size_t>(pictures));
    EXPECT_EQ(page.All("caption").size(), page.All("table").size());
    for (xmlNodePtr heading : page.All("th")) {
      EXPECT_THAT(Parsed::Attribute(heading, "scope"), testing::AnyOf("col", "row"));
    }
  });
}

TEST(ReportPage, SaysWhenItsRecordsAreGenerated) {
  EXPECT_THAT(Rendered(CountryContent())["report.es.html"], HasSubstr("Muestra generada"));
  EXPECT_THAT(Rendered(CountryContent())["report.en.html"], HasSubstr("Generated sample"));
  EXPECT_THAT(Rendered(TrickyContent())["report.es.html"], Not(HasSubstr("Muestra generada")));
}

TEST(ReportPage, SaysWhereItComesFrom) {
  const std::string page = Rendered(TrickyContent())["report.es.html"];
  EXPECT_THAT(page, HasSubstr("30 de noviembre de 2026, 05:09 UTC"));
  EXPECT_THAT(page, HasSubstr("education:77"));
  EXPECT_THAT(page, HasSubstr("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
  EXPECT_THAT(page, HasSubstr("1,234,567"));
}

// The sentences of a page's charts.
std::vector<std::string> Sentences(const Content& content, const char* page) {
  const Rendered rendered(content);
  const Parsed parsed(rendered[page]);
  std::vector<std::string> sentences;
  for (xmlNodePtr node : parsed.All("p")) {
    if (Parsed::Attribute(node, "class") == "says") sentences.push_back(Parsed::Text(node));
  }
  return sentences;
}

TEST(ReportPage, EachChartSaysWhatItShows) {
  EXPECT_THAT(
      Sentences(TrickyContent(), "report.es.html"),
      ElementsAre(
          "El valor más alto es el de \u2068\xE2\x80\xAE"
          "مرحبا\u2069: 31 constancias. Las 2 cifras publicadas van de 0 a 31. En conjunto: "
          "2,434,568 constancias. Sin cifra: 1 reservada, 1 no aplica.",
          "De T2 2026 a T3 2026 pasa de 1,234,567 a 1,200,001 constancias; lo más alto es "
          "1,234,567 (T2 2026) y lo más bajo 1,200,001 (T3 2026). En conjunto: 2,434,568 "
          "constancias. No falta ninguna."));
  Content content = TrickyContent();
  for (api::v1::FigureRow& row : *content.mutable_tables(0)->mutable_rows()) {
    row.mutable_figures(0)->set_mark(type::v1::MARK_SUPPRESSED);
  }
  EXPECT_THAT(Sentences(content, "report.en.html")[0],
              "No figure is told. Altogether: confidential. Without a figure: 5 confidential.");
}

TEST(ReportPage, NoTwoIdsAreTheSameWhateverTablesAreCalled) {
  for (const char* const id : {"content", "reading", "contents", "sources", "files", "f1", "t1"}) {
    Content content = CountryContent();
    content.mutable_tables(0)->mutable_table()->set_table(id);
    const Rendered rendered(content);
    const Parsed page(rendered["report.en.html"]);
    std::set<std::string> ids;
    page.ForEachElement([&](xmlNodePtr node) {
      const std::string own = Parsed::Attribute(node, "id");
      if (own.empty()) return;
      EXPECT_TRUE(ids.insert(own).second) << id << " " << own;
    });
    EXPECT_TRUE(ids.contains(absl::StrCat("table-", id)));
  }
}

TEST(ReportPage, AStateWithoutARowIsMissingAndNotZero) {
  Content content = CountryContent();
  auto* rows = content.mutable_tables(0)->mutable_rows();
  for (int i = 0; i < rows->size(); ++i) {
    if ((*rows)[i].codes(1) == "14") rows->DeleteSubrange(i--, 1);
  }
  const Rendered rendered(content);
  const Parsed page(rendered["report.en.html"]);
  std::vector<std::string> titles;
  for (xmlNodePtr node : page.All("title")) titles.push_back(Parsed::Text(node));
  EXPECT_THAT(titles, Contains("Jalisco: missing"));
  EXPECT_THAT(titles, Contains("Nayarit: 0"));
  EXPECT_THAT(titles, Contains("Colima: confidential"));
}

TEST(ReportPage, AStateWithoutARowIsWhatItsTableSaysOfThat) {
  for (const bool is_zero : {true, false}) {
    Content content = CountryContent();
    Table& table = *content.mutable_tables(0);
    auto* rows = table.mutable_rows();
    for (int i = 0; i < rows->size(); ++i) {
      if ((*rows)[i].codes(1) == "14") rows->DeleteSubrange(i--, 1);
    }
    for (int i = 0; i < table.table().measures_size(); ++i) {
      (is_zero ? *Figure::OfValue(0) : Figure(type::v1::MARK_SUPPRESSED))
          .Into(*table.add_without_row());
    }
    const Rendered rendered(content);
    const Parsed page(rendered["report.en.html"]);
    std::vector<std::string> titles;
    for (xmlNodePtr node : page.All("title")) titles.push_back(Parsed::Text(node));
    EXPECT_THAT(titles, Contains(is_zero ? "Jalisco: 0" : "Jalisco: confidential"));
  }
}

// A line of these periods, in their order.
std::vector<std::string> Line(const std::vector<std::string>& periods, bool absent_is_zero) {
  Content content;
  content.set_report("line");
  content.set_version("1.0.0");
  Table& table = *content.add_tables();
  table.mutable_table()->set_table("line");
  table.mutable_table()->add_dimensions()->set_dimension("PERIOD");
  table.mutable_table()->add_measures()->set_measure("N");
  for (const std::string& period : periods) {
    api::v1::FigureRow& row = *table.add_rows();
    row.add_codes(period);
    row.add_figures()->set_value(5);
  }
  if (absent_is_zero) table.add_without_row()->set_value(0);
  Chart& chart = *table.add_charts();
  chart.set_kind(Chart::LINES);
  chart.set_dimension("PERIOD");
  chart.set_measure("N");
  const Told told = ToldOf(content);
  const auto view = View::Of(told);
  if (!view.ok()) return {view.status().ToString()};
  const ChartData data =
      DataOf(*view, view->tables()[0], told.content.tables(0).charts(0), Language::kEnglish, 1);
  std::vector<std::string> points;
  for (const Point& point : data.points) {
    points.push_back(absl::StrCat(point.code, " ", FigureWords(point.figure, Language::kEnglish)));
  }
  return points;
}

TEST(ReportPage, ALineHasThePeriodsBetweenThatHaveNoRow) {
  EXPECT_THAT(Line({"2025-11", "2026-02", "_U"}, true),
              ElementsAre("2025-11 5", "2025-12 0", "2026-01 0", "2026-02 5", "_U 5"));
  EXPECT_THAT(Line({"2025-Q3", "2026-Q1"}, false),
              ElementsAre("2025-Q3 5", "2025-Q4 missing", "2026-Q1 5"));
  EXPECT_THAT(Line({"2025", "2027"}, true), ElementsAre("2025 5", "2026 0", "2027 5"));
  // Periods of several lengths, and a record that is centuries off.
  EXPECT_THAT(Line({"2025", "2027-01"}, true), ElementsAre("2025 5", "2027-01 5"));
  EXPECT_THAT(Line({"0026-01", "2026-01"}, true), ElementsAre("0026-01 5", "2026-01 5"));
}

TEST(ReportPage, ScalesBeginAtZeroAndEndAboveWhatTheyShow) {
  for (const int64_t highest :
       {int64_t{-5}, int64_t{0}, int64_t{1}, int64_t{7}, int64_t{10}, int64_t{12044},
        int64_t{99999}, std::numeric_limits<int64_t>::max() / 2,
        std::numeric_limits<int64_t>::max()}) {
    const Scale scale(highest);
    EXPECT_GE(scale.top, static_cast<uint64_t>(std::max<int64_t>(highest, 1))) << highest;
    EXPECT_EQ(scale.top % scale.step, 0u);
    EXPECT_LE(scale.top / scale.step, 5u) << highest;
    EXPECT_LE(scale.Part(highest), 1);
    EXPECT_GE(scale.Part(highest), 0);
  }
  EXPECT_EQ(Scale(12044).top, 15000u);
}

TEST(ReportPage, WhatHasToFitIsShortened) {
  EXPECT_EQ(Short(9999), "9,999");
  EXPECT_EQ(Short(56400), "56k");
  EXPECT_EQ(Short(1260000), "1.2M");
  EXPECT_EQ(Short(3000000000), "3G");
  EXPECT_EQ(Short(-12345678), "-12,345,678");
  EXPECT_EQ(Shortened("añil", 4), "añil");
  EXPECT_EQ(Shortened("añiles", 4), "añi…");
}

TEST(ReportPage, NumbersAndPeriodsAreWrittenAsInMexico) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
  EXPECT_EQ(Grouped(-1000), "-1,000");
  EXPECT_EQ(Grouped(-100), "-100");
  EXPECT_EQ(Grouped(std::numeric_limits<int64_t>::min()), "-9,223,372,036,854,775,808");
  EXPECT_EQ(PeriodWords("2026-Q3", Language::kSpanish), "T3 2026");
  EXPECT_EQ(PeriodWords("2026-01", Language::kSpanish), "ene 2026");
  EXPECT_EQ(PeriodWords("2026-12", Language::kEnglish), "Dec 2026");
  EXPECT_EQ(PeriodWords("2026", Language::kEnglish), "2026");
}

}  // namespace
}  // namespace puente::gateway::reports
