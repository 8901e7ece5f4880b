#include "modules/education/coverage/store.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "common/resource/page.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/organizations/resource.h"

namespace puente::education::coverage {
namespace {

constexpr char kSectorPrefix[] = "sectorTables/";

constexpr sql::Query kRead{"education.certification_coverage.read",
                           "SELECT number, level, state, sector, certified, since"
                           " FROM certification_coverage"
                           " WHERE record_kind = ? AND microcredential = ?"};
constexpr sql::Query kPut{
    "education.certification_coverage.put",
    "REPLACE INTO certification_coverage"
    " (record_kind, microcredential, number, level, state, sector, certified, since)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr sql::Query kDrop{
    "education.certification_coverage.drop",
    "DELETE FROM certification_coverage WHERE record_kind = ? AND microcredential = ?"};
constexpr sql::Query kForget{
    "education.uncertified_version.forget",
    "DELETE FROM uncertified_version WHERE record_kind = ? AND microcredential = ?"};
constexpr sql::BulkInsert kInsert{
    "education.uncertified_version.insert",
    "INSERT INTO uncertified_version"
    " (record_kind, level, state, sector, since, microcredential, number) VALUES",
    7};
constexpr sql::Query kPage{"education.uncertified_version.page",
                           "SELECT asked.since, asked.microcredential, asked.number, counted.state"
                           " FROM uncertified_version AS asked"
                           " JOIN certification_coverage AS counted"
                           " USING (record_kind, microcredential) WHERE asked.record_kind = ?"
                           " AND asked.level = ? AND asked.state = ? AND asked.sector = ?"
                           " AND (asked.since > ?"
                           " OR (asked.since = ? AND asked.microcredential > ?))"
                           " ORDER BY asked.since, asked.microcredential LIMIT ?"};

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }
// Adds to the counters, n times.
void Count(type::v1::RecordKind kind, const Counted& counted, int n, journal::Deltas& deltas) {
  const auto add = [&](const std::string& cut) {
    deltas.Count(cut, kPublished, n);
    if (!counted.certified) deltas.Count(cut, kUncertified, n);
  };
  add(CellCut(kind, counted.cell));
  for (const Cell& asked : WaysToAsk(counted.cell)) add(AskedCut(kind, asked));
}

v1::CertificationCounts CountsOf(const std::map<int, int64_t>& measures) {
  const auto at = [&](int measure) {
    const auto found = measures.find(measure);
    return found == measures.end() ? 0 : found->second;
  };
  v1::CertificationCounts counts;
  counts.set_published_count(at(kPublished));
  counts.set_uncertified_count(at(kUncertified));
  return counts;
}

std::string ValueOf(const std::string& part) { return part == kNone ? "" : part; }
std::string SectorOf(const std::string& part) {
  return part == kNone ? "" : absl::StrCat(kSectorPrefix, part);
}

std::string OrAll(absl::string_view asked) { return std::string(asked.empty() ? kAll : asked); }

// One page: those that are not certified, in their order.
struct Row {
  absl::CivilDay since;
  std::string microcredential;
  std::string name;   // of the version
  std::string state;  // its cell's
};
absl::StatusOr<std::vector<Row>> ReadPage(sql::Session& session, type::v1::RecordKind kind,
                                          const Cell& asked, const std::vector<std::string>& after,
                                          int64_t most) {
  std::vector<Row> rows;
  RETURN_IF_ERROR(session.Each(
      kPage,
      {int{kind}, asked.level, asked.state, asked.sector, after[0], after[0], after[1], most},
      [&](const sql::Row& row) {
        rows.push_back({row.Day(0), row.Text(1),
                        absl::StrCat("microcredentials/", row.Text(1), "/versions/", row.Int64(2)),
                        row.Text(3)});
        return absl::OkStatus();
      }));
  return rows;
}

absl::Status Describe(sql::Session& session, absl::CivilDay day, const std::vector<Row>& rows,
                      v1::ListUncertifiedVersionsResponse& out) {
  std::vector<std::string> names;
  for (const Row& row : rows) names.push_back(row.name);
  ASSIGN_OR_RETURN(const auto versions,
                   resource::BatchGet(session, MicrocredentialVersions(), names, "versions"));
  for (size_t i = 0; i < rows.size(); ++i) {
    const v1::MicrocredentialVersion& version = versions[i];
    v1::UncertifiedVersion& told = *out.add_uncertified_versions();
    told.set_microcredential_version(version.name());
    told.set_title_es(version.title_es());
    told.set_title_en(version.title_en());
    told.set_organization(version.organization());
    told.set_level(version.level());
    told.set_state_code(ValueOf(rows[i].state));
    told.set_sector_table(version.sector_table());
    *told.mutable_competence_standards() = version.competence_standards();
    *told.mutable_since_date() = ToProto(rows[i].since);
    told.set_wait_days(static_cast<int32_t>(day - rows[i].since));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<Counted>> ReadCounted(sql::Session& session, type::v1::RecordKind kind,
                                                   const std::string& microcredential) {
  std::optional<Counted> counted;
  RETURN_IF_ERROR(session.Each(kRead, {int{kind}, microcredential}, [&](const sql::Row& row) {
    counted = Counted{
        row.Int64(0), {row.Text(1), row.Text(2), row.Text(3)}, row.Int64(4) != 0, row.Day(5)};
    return absl::OkStatus();
  }));
  return counted;
}

absl::Status Store(journal::Transaction& tx, type::v1::RecordKind kind,
                   const std::string& microcredential, const std::optional<Counted>& before,
                   const std::optional<Counted>& after) {
  if (before == after) return absl::OkStatus();
  RETURN_IF_ERROR(tx.Execute(kForget, {int{kind}, microcredential}).status());
  if (before.has_value()) Count(kind, *before, -1, tx.deltas());
  if (!after.has_value()) return tx.Execute(kDrop, {int{kind}, microcredential}).status();
  RETURN_IF_ERROR(tx.Execute(kPut, {int{kind}, microcredential, after->number, after->cell.level,
                                    after->cell.state, after->cell.sector, after->certified,
                                    Text(after->since)})
                      .status());
  Count(kind, *after, 1, tx.deltas());
  if (after->certified) return absl::OkStatus();
  const std::vector<Cell> ways = WaysToAsk(after->cell);
  std::vector<sql::Value> values;
  for (const Cell& asked : ways) {
    for (sql::Value value :
         {sql::Value(int{kind}), sql::Value(asked.level), sql::Value(asked.state),
          sql::Value(asked.sector), sql::Value(Text(after->since)), sql::Value(microcredential),
          sql::Value(after->number)}) {
      values.push_back(std::move(value));
    }
  }
  return tx.InsertRows(kInsert, values);
}

absl::StatusOr<v1::ListCertificationCoverageResponse> ListCells(
    sql::Session& session, type::v1::RecordKind kind,
    const v1::ListCertificationCoverageRequest& request) {
  const std::vector<absl::string_view> binding = {"ListCertificationCoverage"};
  std::vector<std::string> after = {""};
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(after, resource::ParsePageToken(binding, request.page_token(), after.size()));
  }
  const size_t size = resource::PageSize(request.page_size());
  ASSIGN_OR_RETURN(
      std::vector<std::string> cuts,
      journal::ReadFirstCuts(session, kPublished, CellsAfter(kind, after[0]), size + 1));
  const bool more = cuts.size() > size;
  if (more) cuts.pop_back();
  const std::string all = AskedCut(kind, {std::string(kAll), std::string(kAll), std::string(kAll)});
  std::vector<journal::CutRange> ranges = {{all, ""}};
  for (const std::string& cut : cuts) ranges.push_back({cut, ""});
  ASSIGN_OR_RETURN(auto counts, journal::ReadCountsByCut(session, ranges));
  v1::ListCertificationCoverageResponse out;
  *out.mutable_total() = CountsOf(counts[all]);
  for (const std::string& cut : cuts) {
    const Cell cell = CellOf(cut);
    v1::CertificationCoverage& told = *out.add_certification_coverages();
    told.set_level(ValueOf(cell.level));
    told.set_state_code(ValueOf(cell.state));
    told.set_sector_table(SectorOf(cell.sector));
    *told.mutable_counts() = CountsOf(counts[cut]);
  }
  if (more) out.set_next_page_token(resource::MakePageToken(binding, {cuts.back()}));
  return out;
}

absl::StatusOr<v1::ListUncertifiedVersionsResponse> ListUncertified(
    sql::Session& session, absl::CivilDay day, type::v1::RecordKind kind,
    const v1::ListUncertifiedVersionsRequest& request) {
  const std::vector<absl::string_view> binding = {"ListUncertifiedVersions", request.level(),
                                                  request.state_code(), request.sector_table()};
  std::vector<std::string> after = {"0001-01-01", ""};
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(after, resource::ParsePageToken(binding, request.page_token(), after.size()));
  }
  const Cell asked{OrAll(request.level()), OrAll(request.state_code()),
                   OrAll(absl::StripPrefix(request.sector_table(), kSectorPrefix))};
  const size_t size = resource::PageSize(request.page_size());
  ASSIGN_OR_RETURN(std::vector<Row> rows,
                   ReadPage(session, kind, asked, after, static_cast<int64_t>(size) + 1));
  const bool more = rows.size() > size;
  if (more) rows.pop_back();
  v1::ListUncertifiedVersionsResponse out;
  RETURN_IF_ERROR(Describe(session, day, rows, out));
  const std::string cut = AskedCut(kind, asked);
  ASSIGN_OR_RETURN(auto counts, journal::ReadCountsByCut(session, {{cut, ""}}));
  *out.mutable_counts() = CountsOf(counts[cut]);
  if (more) {
    out.set_next_page_token(
        resource::MakePageToken(binding, {Text(rows.back().since), rows.back().microcredential}));
  }
  return out;
}

}  // namespace puente::education::coverage
