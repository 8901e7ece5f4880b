#include "modules/economy/skill_demand/service.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/calls/service.h"
#include "common/resource/page.h"
#include "modules/economy/demand_releases/store.h"
#include "modules/economy/demand_releases/telling.h"
#include "puente/economy/v1/skill_demand.grpc.pb.h"

namespace puente::economy {
namespace {

using store::DemandRelease;
using store::ToldCell;

// Everybody may read everything, so a page is the same whoever asks.
std::vector<absl::string_view> Binding(const v1::ListSkillDemandRequest& request,
                                       const std::string& skills) {
  return {"ListSkillDemand",
          request.sector_table(),
          request.state_code(),
          skills,
          request.transversal() ? "t" : "",
          request.after(),
          request.release()};
}

// The fewest tables that are more than half of them; in one alone nothing is transversal.
int64_t MostOf(int64_t table_count) { return std::max<int64_t>(2, table_count / 2 + 1); }

// A list of one release.
class Listing {
 public:
  Listing(const DemandRelease& release, const v1::ListSkillDemandRequest& request,
          std::string after)
      : release_(release),
        request_(request),
        after_(std::move(after)),
        size_(resource::PageSize(request.page_size())),
        tables_{release.number, Sectors(release), request.state_code()} {}

  // Fills in the page. Returns the last skill if there are more.
  absl::StatusOr<std::string> Read(sql::Session& session, v1::ListSkillDemandResponse& out) {
    *out.mutable_others() = UntoldIn(release_, request_.sector_table());
    int64_t table_count = 0;
    if (request_.transversal()) {
      ASSIGN_OR_RETURN(table_count, store::CountTables(session, tables_));
      out.set_sector_table_count(static_cast<int32_t>(table_count));
    }
    ASSIGN_OR_RETURN(std::vector<std::string> skills, NextSkills(session, table_count));
    const bool more = skills.size() > size_;
    if (more) skills.resize(size_);
    RETURN_IF_ERROR(SetFigures(session, skills, out));
    return more ? skills.back() : std::string();
  }

 private:
  static std::vector<std::string> Sectors(const DemandRelease& release) {
    std::vector<std::string> names;
    for (const auto& [name, prefixes] : release.sectors) {
      if (IsSectorTable(name)) names.push_back(name);
    }
    return names;
  }

  // One more than the page has, if there are more.
  absl::StatusOr<std::vector<std::string>> NextSkills(sql::Session& session, int64_t table_count) {
    const int64_t most = static_cast<int64_t>(size_) + 1;
    if (request_.skills_size() > 0) {
      const std::set<std::string> asked(request_.skills().begin(), request_.skills().end());
      return std::vector<std::string>(asked.upper_bound(after_), asked.end());
    }
    if (request_.transversal()) {
      return store::ReadWideSkills(session, tables_, MostOf(table_count), after_, most);
    }
    std::vector<std::string> skills;
    ASSIGN_OR_RETURN(
        const auto cells,
        store::ReadSkillsAfter(session, release_.number,
                               {request_.sector_table(), request_.state_code(), ""}, after_, most));
    for (const ToldCell& told : cells) skills.push_back(told.cell.key.skill);
    return skills;
  }

  absl::Status SetFigures(sql::Session& session, const std::vector<std::string>& skills,
                          v1::ListSkillDemandResponse& out) {
    std::vector<ToldCell> cells;
    std::map<std::string, int64_t> tables;
    if (!skills.empty()) {
      ASSIGN_OR_RETURN(cells, store::ReadCells(session, release_.number, request_.sector_table(),
                                               request_.state_code(), skills));
    }
    if (request_.transversal()) {
      ASSIGN_OR_RETURN(tables, store::CountTablesOf(session, tables_, skills));
    }
    std::map<std::string, int64_t> heads;
    for (const ToldCell& told : cells) heads[told.cell.key.skill] = told.cell.heads;
    for (const std::string& skill : skills) {
      v1::SkillDemand& demand = *out.add_skill_demand();
      demand.set_skill(skill);
      const auto told = heads.find(skill);
      *demand.mutable_head_count() = told == heads.end() ? out.others() : Told(told->second);
      if (const auto found = tables.find(skill); found != tables.end()) {
        demand.set_sector_table_count(static_cast<int32_t>(found->second));
      }
    }
    RETURN_IF_ERROR(AddOrigin(session, release_, request_.sector_table(), cells, out));
    return absl::OkStatus();
  }

  const DemandRelease& release_;
  const v1::ListSkillDemandRequest& request_;
  const std::string after_;
  const size_t size_;
  const store::Tables tables_;
};

// Before the first release.
v1::ListSkillDemandResponse NothingYet(const v1::ListSkillDemandRequest& request) {
  v1::ListSkillDemandResponse out;
  *out.mutable_others() = Untold(type::v1::MARK_MISSING);
  const std::set<std::string> asked(request.skills().begin(), request.skills().end());
  for (const std::string& skill : asked) {
    v1::SkillDemand& demand = *out.add_skill_demand();
    demand.set_skill(skill);
    *demand.mutable_head_count() = out.others();
  }
  return out;
}

absl::StatusOr<v1::ListSkillDemandResponse> ListSkillDemand(
    sql::Session& session, absl::CivilDay day, const v1::ListSkillDemandRequest& request) {
  const std::string skills = absl::StrJoin(request.skills(), ",");
  const auto binding = Binding(request, skills);
  std::vector<std::string> cursor = {request.release(), request.after()};
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(cursor, resource::ParsePageToken(binding, request.page_token(), 2));
  }
  ASSIGN_OR_RETURN(
      const Telling telling,
      ReadTelling(session, day, {request.at_least(), request.sector_table(), cursor[0]}));
  v1::ListSkillDemandResponse out;
  if (telling.release) {
    const DemandRelease& release = *telling.release;
    ASSIGN_OR_RETURN(const std::string last,
                     Listing(release, request, cursor[1]).Read(session, out));
    if (!last.empty()) {
      out.set_next_page_token(resource::MakePageToken(binding, {out.release(), last}));
    }
  } else {
    out = NothingYet(request);
  }
  out.set_record_kind(telling.kind);
  return out;
}

}  // namespace

void ServeSkillDemand(calls::Host& host) {
  host.Serve<v1::SkillDemandService>().ReadFiguresWithToken<&ListSkillDemand>();
}

}  // namespace puente::economy
