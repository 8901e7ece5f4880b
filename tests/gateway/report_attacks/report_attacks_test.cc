// What is hidden in releases is found in no report either, by whoever knows all that several
// reports of several releases say, and what is his own: reports of random definitions over random
// countries.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/reports/compose.h"
#include "tests/common/disclosure/attacker.h"
#include "tests/common/disclosure/countries.h"
#include "tests/common/disclosure/history.h"
#include "tests/gateway/extracts.h"
#include "tests/gateway/read_extract.h"
#include "tests/gateway/report_files/rendered.h"
#include "tests/testing/status.h"

namespace puente::gateway::reports {
namespace {

using disclosure::Contribution;
using disclosure::FoundBetween;
using disclosure::FoundIn;
using disclosure::Grid;
using disclosure::History;
using disclosure::Numbers;
using disclosure::Rule;
using disclosure::Successor;
using disclosure::Sum;
using ::testing::IsEmpty;

constexpr int kDimensions = 3;
const char* const kIds[kDimensions] = {"SECTOR", "STATE", "SKILL"};
constexpr char kTotal[] = "_T";

std::string CodeOf(int group) { return group == 0 ? kTotal : absl::StrCat("c", group); }
int GroupOf(absl::string_view code) {
  int group = 0;
  EXPECT_TRUE(code == kTotal || absl::SimpleAtoi(code.substr(1), &group)) << code;
  return group;
}

std::vector<std::string> CodesOf(const Grid& grid, int64_t cell) {
  const Numbers groups = grid.GroupsOf(cell);
  std::vector<std::string> codes;
  for (int d = 0; d < kDimensions; ++d) codes.push_back(CodeOf(groups[d]));
  return codes;
}

// Whether its codes are public by themselves, so that it is a row also where it is withheld.
bool IsMarked(const Grid& grid, int64_t cell) { return grid.GroupsOf(cell)[2] == 0; }

ExtractFile Begun(const std::string& agency, const std::string& table, const std::string& measure,
                  const Grid& grid, bool absent_is_zero) {
  ExtractFile file(agency, type::v1::RECORD_KIND_GENERATED, absent_is_zero ? "" : table);
  file.Table(table, {{"SECTOR", "CL_SECTOR"}, {"STATE", "CL_STATE"}, {"SKILL", "CL_SKILL"}},
             {measure}, absent_is_zero);
  for (int d : {0, 2, 1}) {  // by id
    std::vector<std::string> codes;
    for (int group = 0; group < grid.dimensions()[d].group_count(); ++group) {
      if (grid.dimensions()[d].Asked(group)) codes.push_back(CodeOf(group));
    }
    file.List(absl::StrCat("CL_", kIds[d]), codes);
  }
  return file;
}

// What an agency tells of companies: what a release tells.
std::string Released(const Successor& release) {
  const Grid& grid = release.basis.grid();
  ExtractFile file = Begun("economy", "demand", "HEADS", grid, false);
  for (int64_t cell = 0; cell < grid.cell_count(); ++cell) {
    if (release.pattern.told.contains(cell)) {
      const Sum* const sum = release.basis.Find(cell);
      file.Row("demand", CodesOf(grid, cell), {sum == nullptr ? 0 : sum->total});
    } else if (grid.Asked(cell) && IsMarked(grid, cell)) {
      file.Row("demand", CodesOf(grid, cell), {std::nullopt});
    }
  }
  return file.text();
}

// What another one tells of what is public: a row for some cells, 0 where there is none.
std::string Public(const Grid& grid, std::mt19937& random) {
  ExtractFile file = Begun("education", "teaching", "SEATS", grid, true);
  for (int64_t cell = 0; cell < grid.cell_count(); ++cell) {
    if (!grid.Asked(cell) || (grid.Stars(cell) < 3 && random() % 3 == 0)) continue;
    file.Row("teaching", CodesOf(grid, cell), {static_cast<int64_t>(random() % 50)});
  }
  return file.text();
}

// One table: some dimensions, perhaps some codes of one, perhaps beside what is public.
v1::ReportDefinition Definition(const Grid& grid, std::mt19937& random) {
  v1::ReportDefinition definition;
  definition.set_name("reportDefinitions/random");
  definition.set_definition_version(1);
  definition.set_title_es("Informe");
  definition.set_title_en("Report");
  v1::ReportTable& table = *definition.add_tables();
  table.set_table("random");
  table.set_title_es("Tabla");
  table.set_title_en("Table");
  std::vector<int> kept;
  while (kept.empty()) {
    for (int d = 0; d < kDimensions; ++d) {
      if (random() % 2 == 0) kept.push_back(d);
    }
  }
  std::shuffle(kept.begin(), kept.end(), random);
  for (const int d : kept) table.add_dimensions(kIds[d]);
  if (random() % 2 == 0) {
    const int d = kept[random() % kept.size()];
    v1::ReportCodes& codes = *table.add_codes();
    codes.set_dimension(kIds[d]);
    for (int group = 0; group < grid.dimensions()[d].group_count(); ++group) {
      if (random() % 2 == 0 || codes.codes().empty()) codes.add_codes(CodeOf(group));
    }
  }
  const auto add = [&](const char* agency, const char* of, const char* measure) {
    v1::ReportTableSource& source = *table.add_sources();
    source.set_agency(agency);
    source.set_table(of);
    source.add_measures(measure);
  };
  if (random() % 2 == 0) add("education", "teaching", "SEATS");
  add("economy", "demand", "HEADS");
  if (table.sources_size() == 1 && random() % 2 == 0) add("education", "teaching", "SEATS");
  return definition;
}

// What a file says of people: by cell, with its status.
struct Said {
  char status = 0;
  int64_t value = 0;
};
using Says = std::map<int64_t, Said>;

// By the agencies' extracts; nothing where a report can't be made of them.
std::optional<std::string> CsvOf(const v1::ReportDefinition& definition, const Extracts& extracts) {
  v1::Report report;
  report.set_name("reports/random");
  report.set_report_version("1.0.0");
  const absl::StatusOr<Told> told = Compose(report, definition, extracts);
  if (!told.ok()) {
    // Nothing is told of it at all.
    EXPECT_THAT(told, testing::HasReason("REPORT_NO_TOTAL"));
    return std::nullopt;
  }
  return Rendered(*told)["random.csv"];
}

Says Read(const std::string& csv, const Grid& grid) {
  const std::vector<std::string> lines = absl::StrSplit(csv, '\n', absl::SkipEmpty());
  const std::vector<std::string> head = absl::StrSplit(lines.at(0), ',');
  Says says;
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> fields = absl::StrSplit(lines[i], ',');
    EXPECT_EQ(fields.size(), head.size());
    Numbers groups = {};
    Said said;
    for (size_t column = 0; column < head.size(); ++column) {
      for (int d = 0; d < kDimensions; ++d) {
        if (head[column] == kIds[d]) groups[d] = GroupOf(fields[column]);
      }
      if (head[column] == "HEADS" && !fields[column].empty()) {
        EXPECT_TRUE(absl::SimpleAtoi(fields[column], &said.value)) << lines[i];
      }
      if (head[column] == "HEADS_status") said.status = fields[column].at(0);
    }
    says[grid.CellOf(groups)] = said;
  }
  return says;
}

// That no more is said of a cell than its release tells. Returns those of which a figure is said.
absl::flat_hash_set<int64_t> ToldBy(const Says& says, const Successor& release) {
  absl::flat_hash_set<int64_t> told;
  for (const auto& [cell, said] : says) {
    const Sum* const sum = release.basis.Find(cell);
    if (release.pattern.told.contains(cell)) {
      EXPECT_EQ(said.status, 'A');
      EXPECT_EQ(said.value, sum == nullptr ? 0 : sum->total);
      told.insert(cell);
    } else {
      // The same whether somebody is there or nobody, and whether it has a row or not.
      EXPECT_EQ(said.status, 'Q') << cell;
      EXPECT_EQ(said.value, 0);
    }
  }
  return told;
}

TEST(ReportAttacks, NobodyFindsWhatReleasesHide) {
  const int cases = std::getenv("PUENTE_LONG") != nullptr ? 1000 : 100;
  int64_t figures = 0, hidden = 0;
  for (int seed = 0; seed < cases; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 random(seed);
    const disclosure::Table country = disclosure::Country(
        seed,
        {.sectors = 2, .atoms = 3, .states = 3, .skills = 3, .companies = 30 + seed % 4 * 30});
    const Grid& grid = country.grid();
    History history(disclosure::First(country));
    history.Add(disclosure::MonthAfter(country.contributions(), {}, 30, random));
    std::vector<v1::ReportDefinition> definitions;
    for (int i = 0; i < 4; ++i) definitions.push_back(Definition(grid, random));
    std::vector<absl::flat_hash_set<int64_t>> told;  // of each release, by all reports
    for (const Successor& release : history.releases()) {
      Extracts extracts;
      ASSERT_OK_AND_ASSIGN(extracts["economy"], ReadPieces("economy", Released(release)));
      ASSERT_OK_AND_ASSIGN(extracts["education"], ReadPieces("education", Public(grid, random)));
      auto& by_all = told.emplace_back();
      for (const v1::ReportDefinition& definition : definitions) {
        const std::optional<std::string> csv = CsvOf(definition, extracts);
        if (!csv) continue;
        const Says says = Read(*csv, grid);
        const auto by_this = ToldBy(says, release);
        by_all.insert(by_this.begin(), by_this.end());
        hidden += std::ssize(says) - std::ssize(by_this);
      }
      figures += std::ssize(by_all);
      const auto& all = release.basis.contributions();
      for (const std::set<int32_t>& knows :
           {std::set<int32_t>(), {all[random() % all.size()].contributor}}) {
        EXPECT_THAT(FoundIn(release.basis, by_all, Rule(), knows), IsEmpty());
      }
    }
    const Successor &last = history.releases()[0], &first = history.releases()[1];
    EXPECT_THAT(FoundBetween(first.basis, told[1], last.basis, told[0], Rule(), {}), IsEmpty());
  }
  EXPECT_GT(figures, 10 * cases);
  EXPECT_GT(hidden, 10 * cases);
}

// The attacker finds what reports would tell if they added up what is told beside what is hidden.
TEST(ReportAttacks, AreFoundWhereSumsAreMade) {
  int found = 0;
  for (int seed = 0; seed < 10; ++seed) {
    const Successor release = disclosure::First(disclosure::Country(seed, {.companies = 60}));
    auto told = release.pattern.told;
    for (const auto& [cell, sum] : release.basis.sums()) {
      if (release.basis.grid().Asked(cell) && release.basis.grid().Stars(cell) == 2) {
        told.insert(cell);
      }
    }
    found += !FoundIn(release.basis, told, Rule(), {}).empty();
  }
  EXPECT_GT(found, 0);
}

}  // namespace
}  // namespace puente::gateway::reports
