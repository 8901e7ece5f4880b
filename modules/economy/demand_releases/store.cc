#include "modules/economy/demand_releases/store.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "modules/economy/demand_releases/content.pb.h"

namespace puente::economy::store {
namespace {

using releases::Basis;
using releases::Cell;
using releases::Content;
using releases::Earlier;
using releases::Key;
using releases::Part;
using releases::Parts;

constexpr sql::Query kParts{"economy.release.parts",
                            "SELECT content FROM demand_release_part WHERE number = ?"
                            " ORDER BY part"};
constexpr sql::Query kChanges{"economy.release.changes",
                              "SELECT gone, content FROM demand_release_change WHERE number = ?"
                              " ORDER BY part"};
constexpr sql::Query kKeys{"economy.release.keys",
                           "SELECT sector_table, state_code, skill FROM demand_cell"
                           " WHERE number = ?"};
// Named one by one, so that each is a point of the key.
constexpr char kAllStates[] =
    "'01','02','03','04','05','06','07','08','09','10','11','12','13','14','15','16','17','18','19'"
    ","
    "'20','21','22','23','24','25','26','27','28','29','30','31','32'";
constexpr char kColumns[] =
    "SELECT sector_table, state_code, skill, heads, companies, as_of, first_year, last_year,"
    " sources FROM demand_cell";
constexpr sql::BulkInsert kInsertCells{
    "economy.release.insert_cells",
    "INSERT INTO demand_cell (number, sector_table, state_code, skill, heads, companies, as_of,"
    " first_year, last_year, sources) VALUES",
    10};
constexpr sql::Query kInsertPart{
    "economy.release.insert_part",
    "INSERT INTO demand_release_part (number, part, content) VALUES (?, ?, ?)"};
constexpr sql::Query kInsertChange{
    "economy.release.insert_change",
    "INSERT INTO demand_release_change (number, part, gone, content) VALUES (?, ?, ?, ?)"};
constexpr sql::Query kInsertRelease{
    "economy.release.insert",
    "INSERT INTO demand_release (number, position, record_kind, content, create_time)"
    " VALUES (?, ?, ?, ?, ?)"};
constexpr sql::Query kForgetParts{"economy.release.forget_parts",
                                  "DELETE FROM demand_release_part WHERE number NOT IN"
                                  " (SELECT MAX(number) FROM demand_release GROUP BY record_kind)"};
constexpr sql::Query kForgetChanges{
    "economy.release.forget_changes",
    "DELETE FROM demand_release_change WHERE number NOT IN (SELECT number FROM demand_release"
    " WHERE record_kind <> ? OR number > ?)"};
constexpr sql::Query kForgetCells{
    "economy.release.forget_cells",
    "DELETE FROM demand_cell WHERE number < ? AND number >"
    " (SELECT COALESCE(MAX(number), 0) FROM demand_release WHERE number < ?)"};
constexpr sql::Query kLook{"economy.release.look",
                           "SELECT position, DATEDIFF(day, '1970-01-01') FROM demand_look"};
constexpr sql::Query kStoreLook{"economy.release.store_look",
                                "REPLACE INTO demand_look (id, position, day) VALUES (1, ?, ?)"};

ToldCell ToCell(const sql::Row& row) {
  ToldCell told;
  told.cell.key = {row.Text(0), row.Text(1), row.Text(2)};
  told.cell.heads = row.Int64(3);
  told.cell.companies = row.Int64(4);
  told.as_of = row.Int64(5);
  told.cell.first_year = static_cast<int>(row.Int64(6));
  told.cell.last_year = static_cast<int>(row.Int64(7));
  const std::string sources = row.Text(8);
  told.cell.sources = absl::StrSplit(sources, ',', absl::SkipEmpty());
  return told;
}

absl::StatusOr<std::vector<ToldCell>> Cells(sql::Session& session, const char* name,
                                            const std::string& rest,
                                            absl::Span<const sql::Value> values) {
  std::vector<ToldCell> cells;
  RETURN_IF_ERROR(
      session.Each({name, absl::StrCat(kColumns, rest)}, values, [&](const sql::Row& row) {
        cells.push_back(ToCell(row));
        return absl::OkStatus();
      }));
  return cells;
}

absl::Status AppendParts(const std::string& bytes, std::vector<Part>& parts) {
  Parts content;
  if (!content.ParseFromString(bytes))
    return Error(sql::error::kRowCorrupt, "column"_is("content"));
  for (const Parts::Part& part : content.parts()) {
    const int most = content.texts_size();
    for (const int text : {part.company(), std::max(part.group() - 1, 0), part.skill(),
                           part.state_code(), part.scian_class(), part.source()}) {
      if (text < 0 || text >= most) return Error(sql::error::kRowCorrupt, "column"_is("content"));
    }
    parts.push_back({content.texts(part.company()),
                     part.group() == 0 ? "" : content.texts(part.group() - 1),
                     content.texts(part.skill()), content.texts(part.state_code()),
                     content.texts(part.scian_class()), content.texts(part.source()), part.heads(),
                     part.first_year(), part.last_year()});
  }
  return absl::OkStatus();
}

std::string Serialize(absl::Span<const Part> parts) {
  Parts content;
  absl::flat_hash_map<std::string, int> numbers;
  const auto number = [&](const std::string& text) {
    const auto [found, fresh] = numbers.try_emplace(text, content.texts_size());
    if (fresh) content.add_texts(text);
    return found->second;
  };
  for (const Part& part : parts) {
    Parts::Part& out = *content.add_parts();
    out.set_company(number(part.company));
    if (!part.group.empty()) out.set_group(number(part.group) + 1);
    out.set_skill(number(part.skill));
    out.set_state_code(number(part.state_code));
    out.set_scian_class(number(part.scian_class));
    out.set_source(number(part.source));
    out.set_heads(part.heads);
    out.set_first_year(part.first_year);
    out.set_last_year(part.last_year);
  }
  return content.SerializeAsString();
}

absl::StatusOr<std::vector<DemandRelease>> Releases(sql::Session& session, const char* name,
                                                    absl::string_view rest,
                                                    absl::Span<const sql::Value> values) {
  const std::string text = absl::StrCat("SELECT number, position, record_kind, content, ",
                                        sql::Micros("create_time"), " FROM demand_release", rest);
  std::vector<DemandRelease> releases;
  RETURN_IF_ERROR(session.Each({name, text}, values, [&](const sql::Row& row) -> absl::Status {
    Content content;
    if (!content.ParseFromString(row.Text(3))) {
      return Error(sql::error::kRowCorrupt, "column"_is("content"));
    }
    DemandRelease& release = releases.emplace_back();
    release.number = row.Int64(0);
    release.position = row.Int64(1);
    release.record_kind = static_cast<type::v1::RecordKind>(row.Int64(2));
    for (const Content::Sector& sector : content.sectors()) {
      release.sectors[sector.name()] = {sector.prefixes().begin(), sector.prefixes().end()};
    }
    release.could_not_split = {content.could_not_split().begin(), content.could_not_split().end()};
    release.create_time = absl::FromUnixMicros(row.Int64(4));
    return absl::OkStatus();
  }));
  return releases;
}

// How often more a release has a part than another.
using Balance = std::map<Part, int>;

// Takes back what a release has otherwise than the one before.
absl::Status Undo(sql::Session& session, int64_t number, Balance& balance) {
  return session.Each(kChanges, {number}, [&](const sql::Row& row) -> absl::Status {
    std::vector<Part> parts;
    RETURN_IF_ERROR(AppendParts(row.Text(1), parts));
    for (const Part& part : parts) balance[part] += row.Int64(0) != 0 ? 1 : -1;
    return absl::OkStatus();
  });
}

// Which cells of tables count, and the values of that condition.
std::string WhereTables(const Tables& tables, std::vector<sql::Value>& values) {
  values.emplace_back(tables.number);
  sql::AppendList(tables.sectors, values);
  values.emplace_back(tables.state_code);
  return absl::StrCat(" FROM demand_cell WHERE number = ? AND sector_table IN ",
                      sql::InList(tables.sectors.size()), " AND state_code = ? AND heads > 0");
}

}  // namespace

absl::StatusOr<std::optional<DemandRelease>> ReadLastRelease(sql::Session& session) {
  ASSIGN_OR_RETURN(std::vector<DemandRelease> last,
                   Releases(session, "economy.release.last", " ORDER BY number DESC LIMIT 1", {}));
  if (last.empty()) return std::nullopt;
  return std::move(last.front());
}

absl::StatusOr<std::optional<DemandRelease>> ReadRelease(sql::Session& session, int64_t number) {
  ASSIGN_OR_RETURN(std::vector<DemandRelease> one,
                   Releases(session, "economy.release.one", " WHERE number = ?", {number}));
  if (one.empty()) return std::nullopt;
  return std::move(one.front());
}

absl::StatusOr<std::vector<DemandRelease>> ReadReleases(sql::Session& session,
                                                        type::v1::RecordKind kind, int most) {
  return Releases(session, "economy.release.of_kind",
                  " WHERE record_kind = ? ORDER BY number DESC LIMIT ?",
                  {static_cast<int>(kind), most});
}

absl::StatusOr<std::optional<DemandRelease>> ReadLastRelease(sql::Session& session,
                                                             type::v1::RecordKind kind) {
  ASSIGN_OR_RETURN(std::vector<DemandRelease> last, ReadReleases(session, kind, 1));
  if (last.empty()) return std::nullopt;
  return std::move(last.front());
}

absl::StatusOr<std::vector<DemandRelease>> ReadReleasesBefore(sql::Session& session, int64_t number,
                                                              int most) {
  return Releases(session, "economy.release.before",
                  " WHERE number < ? ORDER BY number DESC LIMIT ?", {number, most});
}

absl::StatusOr<Basis> ReadBasis(sql::Session& session, const std::vector<DemandRelease>& releases) {
  Basis basis;
  if (releases.empty()) return basis;
  RETURN_IF_ERROR(session.Each(kParts, {releases.front().number}, [&](const sql::Row& row) {
    return AppendParts(row.Text(0), basis.parts);
  }));
  Balance since;  // the release that it has come to
  for (const DemandRelease& release : releases) {
    Earlier& earlier = basis.earlier.emplace_back();
    earlier.sectors = release.sectors;
    RETURN_IF_ERROR(session.Each(kKeys, {release.number}, [&](const sql::Row& row) {
      earlier.told.insert({row.Text(0), row.Text(1), row.Text(2)});
      return absl::OkStatus();
    }));
    for (const auto& [part, more] : since) {
      if (more != 0) (more > 0 ? earlier.gone : earlier.come).push_back(part);
    }
    RETURN_IF_ERROR(Undo(session, release.number, since));
  }
  return basis;
}

absl::StatusOr<::puente::releases::ToldBefore<Cell>> ReadTold(sql::Session& session,
                                                              int64_t number) {
  ::puente::releases::ToldBefore<Cell> told;
  ASSIGN_OR_RETURN(std::vector<ToldCell> cells,
                   Cells(session, "economy.release.told", " WHERE number = ?", {number}));
  for (ToldCell& one : cells) {
    Key key = one.cell.key;
    told[std::move(key)] = {std::move(one.cell), one.as_of};
  }
  return told;
}

absl::StatusOr<std::vector<ToldCell>> ReadCells(sql::Session& session, int64_t number,
                                                const std::string& sector,
                                                const std::string& state_code,
                                                const std::vector<std::string>& skills) {
  std::vector<sql::Value> values = {number, sector, state_code};
  sql::AppendList(skills, values);
  return Cells(session, "economy.release.cells",
               absl::StrCat(" WHERE number = ? AND sector_table = ? AND state_code = ?"
                            " AND skill IN ",
                            sql::InList(skills.size())),
               values);
}

absl::StatusOr<std::vector<ToldCell>> ReadTopSkills(sql::Session& session, int64_t number,
                                                    const Key& of, int most) {
  return Cells(session, "economy.release.top_skills",
               " FORCE INDEX (by_heads) WHERE number = ? AND sector_table = ? AND state_code = ?"
               " AND skill <> '' ORDER BY heads DESC, skill DESC LIMIT ?",
               {number, of.sector, of.state_code, most});
}

absl::StatusOr<std::vector<ToldCell>> ReadSkillsAfter(sql::Session& session, int64_t number,
                                                      const Key& of, const std::string& after,
                                                      int64_t most) {
  return Cells(session, "economy.release.skills_after",
               " WHERE number = ? AND sector_table = ? AND state_code = ? AND skill > ?"
               " ORDER BY skill LIMIT ?",
               {number, of.sector, of.state_code, after, most});
}

absl::StatusOr<int64_t> CountTables(sql::Session& session, const Tables& tables) {
  if (tables.sectors.empty()) return 0;
  std::vector<sql::Value> values;
  const std::string where = WhereTables(tables, values);
  return session.Number(
      {"economy.release.tables", absl::StrCat("SELECT COUNT(DISTINCT sector_table)", where)},
      values);
}

absl::StatusOr<std::map<std::string, int64_t>> CountTablesOf(
    sql::Session& session, const Tables& tables, const std::vector<std::string>& skills) {
  std::map<std::string, int64_t> counts;
  if (tables.sectors.empty() || skills.empty()) return counts;
  std::vector<sql::Value> values;
  const std::string where = WhereTables(tables, values);
  sql::AppendList(skills, values);
  RETURN_IF_ERROR(session.Each(
      {"economy.release.tables_of", absl::StrCat("SELECT skill, COUNT(*)", where, " AND skill IN ",
                                                 sql::InList(skills.size()), " GROUP BY skill")},
      values, [&](const sql::Row& row) {
        counts[row.Text(0)] = row.Int64(1);
        return absl::OkStatus();
      }));
  return counts;
}

absl::StatusOr<std::vector<std::string>> ReadWideSkills(sql::Session& session, const Tables& tables,
                                                        int64_t least, const std::string& after,
                                                        int64_t most) {
  std::vector<std::string> skills;
  if (tables.sectors.empty()) return skills;
  std::vector<sql::Value> values;
  const std::string where = WhereTables(tables, values);
  values.insert(values.end(), {after, least, most});
  RETURN_IF_ERROR(session.Each(
      {"economy.release.wide_skills",
       absl::StrCat("SELECT skill", where,
                    " AND skill > ? GROUP BY skill HAVING COUNT(*) >= ? ORDER BY skill LIMIT ?")},
      values, [&](const sql::Row& row) {
        skills.push_back(row.Text(0));
        return absl::OkStatus();
      }));
  return skills;
}

absl::StatusOr<std::vector<ToldCell>> ReadStates(sql::Session& session, int64_t number,
                                                 const std::string& sector,
                                                 const std::vector<std::string>& skills) {
  std::vector<sql::Value> values = {number, sector};
  sql::AppendList(skills, values);
  return Cells(
      session, "economy.release.states",
      absl::StrCat(" WHERE number = ? AND sector_table = ? AND state_code IN (", kAllStates,
                   ") AND skill IN ", sql::InList(skills.size()), " ORDER BY state_code"),
      values);
}

absl::StatusOr<std::vector<ToldCell>> ReadSector(sql::Session& session, int64_t number,
                                                 const std::string& sector) {
  return Cells(session, "economy.release.sector",
               " WHERE number = ? AND sector_table = ? ORDER BY state_code, skill",
               {number, sector});
}

absl::Status StoreCells(journal::Transaction& tx, int64_t number,
                        absl::Span<const ToldCell> cells) {
  std::vector<sql::Value> values;
  values.reserve(cells.size() * kInsertCells.columns);
  for (const ToldCell& told : cells) {
    const Cell& cell = told.cell;
    for (sql::Value value :
         {sql::Value(number), sql::Value(cell.key.sector), sql::Value(cell.key.state_code),
          sql::Value(cell.key.skill), sql::Value(cell.heads), sql::Value(cell.companies),
          sql::Value(told.as_of), sql::Value(cell.first_year), sql::Value(cell.last_year),
          sql::Value(absl::StrJoin(cell.sources, ","))}) {
      values.push_back(std::move(value));
    }
  }
  return tx.InsertRows(kInsertCells, values);
}

absl::Status StoreParts(journal::Transaction& tx, int64_t number, Role role, int part,
                        absl::Span<const Part> parts) {
  if (role == Role::kBasis) {
    return tx.Execute(kInsertPart, {number, part, Serialize(parts)}).status();
  }
  return tx.Execute(kInsertChange, {number, part, role == Role::kGone, Serialize(parts)}).status();
}

absl::Status StoreRelease(journal::Transaction& tx, const DemandRelease& release, int64_t oldest) {
  Content content;
  for (const auto& [name, prefixes] : release.sectors) {
    Content::Sector& sector = *content.add_sectors();
    sector.set_name(name);
    for (const std::string& prefix : prefixes) sector.add_prefixes(prefix);
  }
  for (const std::string& name : release.could_not_split) content.add_could_not_split(name);
  const int kind = static_cast<int>(release.record_kind);
  RETURN_IF_ERROR(tx.Execute(kInsertRelease, {release.number, release.position, kind,
                                              content.SerializeAsString(), release.create_time})
                      .status());
  // Attempts since the release before have numbers between the two.
  RETURN_IF_ERROR(tx.Execute(kForgetCells, {release.number, release.number}).status());
  RETURN_IF_ERROR(tx.Execute(kForgetChanges, {kind, oldest}).status());
  return tx.Execute(kForgetParts, {}).status();
}

absl::StatusOr<Look> ReadLook(sql::Session& session) {
  Look look;
  RETURN_IF_ERROR(session.Each(kLook, {}, [&](const sql::Row& row) {
    look = {row.Int64(0), absl::CivilDay(1970, 1, 1) + row.Int64(1)};
    return absl::OkStatus();
  }));
  return look;
}

absl::Status StoreLook(journal::Transaction& tx, const Look& look) {
  const std::string day = absl::FormatCivilTime(look.day);
  return tx.Execute(kStoreLook, {look.position, day}).status();
}

}  // namespace puente::economy::store
