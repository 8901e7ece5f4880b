#include "modules/education/seat_statistics/store.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/journal/projection.h"
#include "common/resource/page.h"
#include "common/resource/resource.h"
#include "common/sql/error.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/seat_statistics/cuts.h"
#include "puente/education/v1/campus.pb.h"
#include "puente/education/v1/organization.pb.h"

namespace puente::education::seats {
namespace {

constexpr int kPublished = v1::PROGRAM_STATE_PUBLISHED;
constexpr size_t kMostSources = 20;
constexpr char kSkillPrefix[] = "skills/";

constexpr char kNewest[] =
    "WHERE program = ? AND state = ? AND record_kind = ? ORDER BY number DESC LIMIT 1";
constexpr sql::Query kRows{"education.counted_seats.rows",
                           "SELECT cycle, state, skill, seats, graduates, number, source"
                           " FROM counted_seats WHERE record_kind = ? AND program = ?"};
constexpr sql::Query kAlone{
    "education.counted_seats.alone",
    "SELECT cycle, state, skill FROM counted_seats AS counted"
    " WHERE record_kind = ? AND program = ? AND NOT EXISTS"
    " (SELECT 1 FROM counted_seats AS others FORCE INDEX (by_organization)"
    " WHERE others.record_kind = counted.record_kind"
    " AND others.organization = counted.organization AND others.cycle = counted.cycle"
    " AND others.state = counted.state AND others.skill = counted.skill"
    " AND others.program <> counted.program)"};
constexpr sql::Query kForget{"education.counted_seats.forget",
                             "DELETE FROM counted_seats WHERE record_kind = ? AND program = ?"};
constexpr sql::BulkInsert kInsert{
    "education.counted_seats.insert",
    "INSERT INTO counted_seats (record_kind, program, cycle, state, skill, organization, number,"
    " source, seats, graduates) VALUES",
    10};
constexpr sql::Query kNextProgram{
    "education.program_version.next_program",
    "SELECT COALESCE(MIN(program), '') FROM program_version WHERE program > ? AND state = ?"};

// What of a program counts.
struct Counted {
  int64_t number = 0;  // of the version; 0 for none
  std::string source;
  Amounts amounts;
};

absl::StatusOr<Counted> ReadCounted(sql::Session& session, type::v1::RecordKind kind,
                                    const std::string& program) {
  Counted counted;
  RETURN_IF_ERROR(session.Each(kRows, {static_cast<int>(kind), program}, [&](const sql::Row& row) {
    counted.amounts[{row.Text(0), row.Text(1), row.Text(2)}] = {row.Int64(3), row.Int64(4)};
    counted.number = row.Int64(5);
    counted.source = row.Text(6);
    return absl::OkStatus();
  }));
  return counted;
}

// The states of a version's campuses, by name.
absl::StatusOr<std::map<std::string, std::string>> StatesOf(sql::Session& session,
                                                            const v1::ProgramVersion& version) {
  std::set<std::string> names;
  for (const v1::ProgramSeats& seats : version.seats()) {
    if (!seats.campus().empty()) names.insert(seats.campus());
  }
  ASSIGN_OR_RETURN(const auto campuses, resource::BatchGet(session, Campuses(), names, "seats"));
  std::map<std::string, std::string> states;
  for (const v1::Campus& campus : campuses) states[campus.name()] = campus.state_code();
  return states;
}

// Whose program, of which kind.
struct Subject {
  type::v1::RecordKind kind;
  std::string program;       // id
  std::string organization;  // name
};

// Adds to `alone` the cuts in which the program counts and no other of its organization does.
absl::Status ReadAlone(sql::Session& session, const Subject& of, std::set<Key>& alone) {
  return session.Each(kAlone, {static_cast<int>(of.kind), of.program}, [&](const sql::Row& row) {
    alone.insert({row.Text(0), row.Text(1), row.Text(2)});
    return absl::OkStatus();
  });
}

// Adds to the counters what changes when `after` counts in place of `before`. Where only one of
// them counts, `alone` says whether it is the only program of its organization there.
void Change(const Subject& of, const Counted& before, const Counted& after,
            const std::set<Key>& alone, journal::Deltas& deltas) {
  std::set<Key> keys;
  for (const auto* counted : {&before, &after}) {
    for (const auto& [key, amount] : counted->amounts) keys.insert(key);
  }
  for (const Key& key : keys) {
    const auto was = before.amounts.find(key);
    const auto is = after.amounts.find(key);
    const Amount* const earlier = was == before.amounts.end() ? nullptr : &was->second;
    const Amount* const now = is == after.amounts.end() ? nullptr : &is->second;
    Count(CutOf(of.kind, key), earlier, now, alone.contains(key), deltas);
    if (earlier != nullptr) deltas.Count(SourceCut(of.kind, key, before.source), kPrograms, -1);
    if (now != nullptr) deltas.Count(SourceCut(of.kind, key, after.source), kPrograms, 1);
  }
}

absl::Status Store(journal::Transaction& tx, const Subject& of, const Counted& counted) {
  const int kind = of.kind;
  RETURN_IF_ERROR(tx.Execute(kForget, {kind, of.program}).status());
  std::vector<sql::Value> values;
  for (const auto& [key, amount] : counted.amounts) {
    for (sql::Value value :
         {sql::Value(kind), sql::Value(of.program), sql::Value(key.cycle), sql::Value(key.state),
          sql::Value(key.skill), sql::Value(of.organization), sql::Value(counted.number),
          sql::Value(counted.source), sql::Value(amount.seats), sql::Value(amount.graduates)}) {
      values.push_back(std::move(value));
    }
  }
  return values.empty() ? absl::OkStatus() : tx.InsertRows(kInsert, values);
}

absl::string_view IdOf(absl::string_view skill) {
  absl::ConsumePrefix(&skill, kSkillPrefix);
  return skill;
}

// Counts of cuts, by cut.
using ByCut = std::map<std::string, std::map<int, int64_t>>;

v1::SeatCounts CountsOf(const ByCut& counts, const std::string& cut) {
  v1::SeatCounts out;
  const auto found = counts.find(cut);
  if (found == counts.end()) return out;
  const auto at = [&](int measure) {
    const auto count = found->second.find(measure);
    return count == found->second.end() ? 0 : count->second;
  };
  out.set_seat_count(at(kSeats));
  out.set_program_count(at(kPrograms));
  out.set_organization_count(at(kOrganizations));
  out.set_graduate_count(at(kGraduates));
  out.set_graduate_program_count(at(kProgramsWithGraduates));
  return out;
}

// One list: of which kind, cycle and states, and after which skill.
struct Listing {
  type::v1::RecordKind kind;
  std::string cycle;
  std::string state;                // a code, or kAll
  std::vector<std::string> states;  // with kNone where seats without one are beside it
  std::string after;                // id
  bool whole;                       // of all skills
  size_t size;

  std::string Cut(absl::string_view where, absl::string_view skill) const {
    return CutOf(kind, {cycle, std::string(where), std::string(skill)});
  }
};

// The ids of the skills that come next in a list, one more than its size if there are more.
absl::StatusOr<std::set<std::string>> NextSkills(sql::Session& session, const Listing& list,
                                                 const v1::ListSkillSeatsRequest& request) {
  std::set<std::string> skills;
  for (const std::string& asked : request.skills()) {
    if (IdOf(asked) > list.after) skills.emplace(IdOf(asked));
  }
  if (request.skills_size() == 0) {
    for (const std::string& state : list.states) {
      ASSIGN_OR_RETURN(const auto cuts,
                       journal::ReadFirstCuts(session, kPrograms,
                                              SkillsAfter(list.kind, list.cycle, state, list.after),
                                              list.size + 1));
      for (const std::string& cut : cuts) skills.insert(SkillOf(cut));
    }
  }
  while (skills.size() > list.size + 1) skills.erase(std::prev(skills.end()));
  return skills;
}

// Of the whole list, on whatever page: of all seats, or those of the skills asked for.
absl::Status SetSources(sql::Session& session, const Listing& list,
                        const v1::ListSkillSeatsRequest& request, v1::ListSkillSeatsResponse& out) {
  std::set<std::string> skills;
  for (const std::string& asked : request.skills()) skills.emplace(IdOf(asked));
  if (skills.empty()) skills.emplace(kAll);
  std::vector<journal::CutRange> ranges;
  for (const std::string& skill : skills) {
    for (const std::string& state : list.states) {
      ranges.push_back(SourcesIn(list.kind, {list.cycle, state, skill}));
    }
  }
  ASSIGN_OR_RETURN(const auto sources,
                   journal::ReadEnds(session, kPrograms, ranges, kMostSources + 1));
  for (const std::string& source : sources) {
    out.set_more_sources(out.sources_size() == kMostSources);
    if (!out.more_sources()) out.add_sources(source);
  }
  return absl::OkStatus();
}

absl::Status SetFigures(sql::Session& session, const Listing& list,
                        const std::set<std::string>& skills, v1::ListSkillSeatsResponse& out) {
  const std::string total = list.Cut(list.state, kAll);
  const std::string without_skill = list.Cut(list.state, kNone);
  const std::string without_state = list.Cut(kNone, kAll);
  std::vector<journal::CutRange> ranges;
  if (list.whole) ranges = {{total, ""}, {without_skill, ""}, {without_state, ""}};
  for (const std::string& skill : skills) {
    for (const std::string& state : list.states) ranges.push_back({list.Cut(state, skill), ""});
  }
  ASSIGN_OR_RETURN(const ByCut counts, journal::ReadCountsByCut(session, ranges));
  if (list.whole) {
    *out.mutable_total() = CountsOf(counts, total);
    *out.mutable_without_skill() = CountsOf(counts, without_skill);
    *out.mutable_without_state() = CountsOf(counts, without_state);
  }
  for (const std::string& skill : skills) {
    v1::SkillSeats& seats = *out.add_skill_seats();
    seats.set_skill(absl::StrCat(kSkillPrefix, skill));
    *seats.mutable_seats() = CountsOf(counts, list.Cut(list.state, skill));
    if (list.state == kAll) continue;
    seats.set_seats_without_state(CountsOf(counts, list.Cut(kNone, skill)).seat_count());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CountProgram(journal::Transaction& tx, const std::string& program,
                          type::v1::RecordKind kind) {
  const std::string id(absl::StripPrefix(program, "programs/"));
  const auto read = [&] {
    return resource::Select(tx, ProgramVersions(), "education.program_version.newest", kNewest,
                            {id, kPublished, static_cast<int>(kind)});
  };
  ASSIGN_OR_RETURN(auto newest, read());
  if (newest.empty()) return absl::OkStatus();
  const Subject of{kind, id, newest.front().organization()};
  ASSIGN_OR_RETURN(const v1::Organization owner,
                   resource::GuardFirst(tx, Organizations(), of.organization, "organization"));
  ASSIGN_OR_RETURN(newest, read());  // perhaps another one by now
  ASSIGN_OR_RETURN(const auto ids, ProgramVersions().pattern().Parse(newest.front().name()));
  ASSIGN_OR_RETURN(const Counted before, ReadCounted(tx, kind, id));
  Counted after;  // none of who has withdrawn
  const bool counts = owner.state() != v1::ORGANIZATION_STATE_WITHDRAWN;
  if (counts && !absl::SimpleAtoi(ids[1], &after.number)) {
    return Error(sql::error::kRowCorrupt, "column"_is("number"));
  }
  if (after.number == before.number) return absl::OkStatus();
  if (counts) {
    after.source = newest.front().source();
    ASSIGN_OR_RETURN(const auto states, StatesOf(tx, newest.front()));
    after.amounts = AmountsOf(newest.front(), states);
  }
  std::set<Key> alone;
  RETURN_IF_ERROR(ReadAlone(tx, of, alone));
  RETURN_IF_ERROR(Store(tx, of, after));
  RETURN_IF_ERROR(ReadAlone(tx, of, alone));
  Change(of, before, after, alone, tx.deltas());
  return absl::OkStatus();
}

absl::StatusOr<std::string> NextProgram(sql::Session& session, const std::string& id) {
  std::string next;
  RETURN_IF_ERROR(session.Each(kNextProgram, {id, kPublished}, [&](const sql::Row& row) {
    next = row.Text(0);
    return absl::OkStatus();
  }));
  return next;
}

absl::StatusOr<type::v1::Figure> SeatsIn(sql::Session& session, type::v1::RecordKind kind,
                                         const std::string& cycle) {
  const std::string cut = CutOf(kind, {cycle, std::string(kAll), std::string(kAll)});
  ASSIGN_OR_RETURN(const ByCut counts, journal::ReadCountsByCut(session, {{cut, ""}}));
  const v1::SeatCounts seats = CountsOf(counts, cut);
  type::v1::Figure figure;
  if (seats.program_count() > 0) {
    figure.set_value(seats.seat_count());
  } else {
    figure.set_mark(type::v1::MARK_MISSING);
  }
  return figure;
}

absl::StatusOr<v1::ListSkillSeatsResponse> List(sql::Session& session, absl::CivilDay day,
                                                type::v1::RecordKind kind,
                                                const v1::ListSkillSeatsRequest& request) {
  const std::string skills = absl::StrJoin(request.skills(), ",");
  // Everybody may read everything, so a page is the same whoever asks.
  const std::vector<absl::string_view> binding = {"ListSkillSeats", request.state_code(),
                                                  request.period(), skills, request.after()};
  std::vector<std::string> cursor = {request.period(), std::string(IdOf(request.after()))};
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(cursor, resource::ParsePageToken(binding, request.page_token(), 2));
  }
  Listing list;
  list.kind = kind;
  list.cycle = cursor[0].empty() ? SchoolCycle(day) : cursor[0];
  list.after = cursor[1];
  list.whole = request.skills().empty();
  list.size = resource::PageSize(request.page_size());
  list.state = request.state_code().empty() ? std::string(kAll) : request.state_code();
  list.states = {list.state};
  if (list.state != kAll) list.states.emplace_back(kNone);
  v1::ListSkillSeatsResponse out;
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), journal::HeadToken(session, "education"));
  out.set_record_kind(kind);
  out.set_period(list.cycle);
  ASSIGN_OR_RETURN(std::set<std::string> page, NextSkills(session, list, request));
  const bool more = page.size() > list.size;
  while (page.size() > list.size) page.erase(std::prev(page.end()));
  RETURN_IF_ERROR(SetFigures(session, list, page, out));
  RETURN_IF_ERROR(SetSources(session, list, request, out));
  if (more) out.set_next_page_token(resource::MakePageToken(binding, {list.cycle, *page.rbegin()}));
  return out;
}

}  // namespace puente::education::seats
