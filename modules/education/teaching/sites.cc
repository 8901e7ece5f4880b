#include "modules/education/teaching/sites.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "common/names/text.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/facilities/resource.h"
#include "modules/education/ids.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/outcomes.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/seat_statistics/store.h"
#include "modules/education/teaching/rules.h"
#include "modules/education/walk.h"

namespace puente::education::teaching {
namespace {

constexpr char kFind[] = "teaching.find";
constexpr char kNewestProgram[] =
    "WHERE program = ? AND state = ? AND record_kind = ? ORDER BY number DESC LIMIT 1";
constexpr char kNewestMicrocredential[] =
    "WHERE microcredential = ? AND state = ? AND record_kind = ? ORDER BY number DESC LIMIT 1";
constexpr sql::Query kForgetVersions{"education.teaching.forget_versions",
                                     "DELETE FROM teaching_site WHERE subject = ?"
                                     " AND record_kind = ?"};
constexpr sql::Query kForgetSubject{"education.teaching.forget_subject",
                                    "DELETE FROM teaching_site WHERE subject = ?"};
constexpr sql::Query kForgetFacility{"education.teaching.forget_facility",
                                     "DELETE FROM facility_site WHERE facility = ?"};
constexpr sql::Query kFirstProgramAt{
    "education.teaching.first_program_at",
    "SELECT COALESCE(MIN(subject), '') FROM teaching_site WHERE site = ? AND kind = 1"};
constexpr sql::Query kMove{"education.teaching.move",
                           "UPDATE teaching_site SET place = CONCAT(?, site) WHERE site = ?"};
constexpr sql::BulkInsert kAdd{
    "education.teaching.add",
    "INSERT INTO teaching_site (record_kind, kind, skill, place, subject, number, site) VALUES", 7};
constexpr sql::BulkInsert kAddFacility{
    "education.teaching.add_facility",
    "INSERT INTO facility_site (record_kind, skill, state_code, municipality, room, facility,"
    " campus) VALUES",
    7};
constexpr sql::Query kNextMicrocredential{
    "education.teaching.next_microcredential",
    "SELECT COALESCE(MIN(microcredential), '') FROM microcredential_version"
    " WHERE microcredential > ? AND state = 2"};
constexpr sql::Query kNextFacility{"education.teaching.next_facility",
                                   "SELECT COALESCE(MIN(id), '') FROM facility WHERE id > ?"};

// Somewhere that something is taught.
struct Site {
  std::string name;
  std::string place;
};

Site SiteOf(const v1::Campus& campus) {
  return {campus.name(), PlaceOf(campus.state_code(), campus.municipality(), campus.name())};
}
Site SiteOf(const v1::Organization& organization) {
  return {organization.name(),
          PlaceOf(organization.state_code(), organization.municipality(), organization.name())};
}

// What is found there.
struct Subject {
  type::v1::RecordKind record_kind;
  SubjectKind kind;
  std::string name;
  std::string number;
};

template <class Skills>
absl::Status Add(journal::Transaction& tx, const Subject& subject, const Skills& skills,
                 const std::vector<Site>& sites) {
  std::vector<sql::Value> values;
  for (const std::string& skill : skills) {
    for (const Site& site : sites) {
      values.emplace_back(static_cast<int>(subject.record_kind));
      values.emplace_back(static_cast<int>(subject.kind));
      for (const std::string* text :
           {&skill, &site.place, &subject.name, &subject.number, &site.name}) {
        values.emplace_back(*text);
      }
    }
  }
  return values.empty() ? absl::OkStatus() : tx.InsertRows(kAdd, values);
}

// Those that are there, as they stay until this is stored.
absl::StatusOr<std::vector<Site>> CampusesOf(journal::Transaction& tx,
                                             const std::set<std::string>& names) {
  const std::vector<std::string> list(names.begin(), names.end());
  std::vector<Site> sites;
  if (list.empty()) return sites;
  RETURN_IF_ERROR(resource::internal::GuardEachFirst(tx, Campuses(), list));
  ASSIGN_OR_RETURN(const auto campuses, resource::FindMany(tx, Campuses(), list));
  for (const auto& [name, campus] : campuses) sites.push_back(SiteOf(campus));
  return sites;
}

// The newest version of an organization, and that. Who publishes another one of it waits.
template <class M>
struct Newest {
  M version;
  v1::Organization organization;
};
template <class M>
absl::StatusOr<std::optional<Newest<M>>> NewestOf(journal::Transaction& tx,
                                                  const resource::Resource<M>& versions,
                                                  absl::string_view newest,
                                                  const std::vector<sql::Value>& values) {
  const auto read = [&] {
    return resource::Select(tx, versions, "education.teaching.newest", newest, values);
  };
  ASSIGN_OR_RETURN(std::vector<M> found, read());
  if (found.empty() || found.front().organization().empty()) return std::nullopt;
  ASSIGN_OR_RETURN(
      v1::Organization organization,
      resource::GuardFirst(tx, Organizations(), found.front().organization(), "organization"));
  ASSIGN_OR_RETURN(found, read());  // perhaps another one by now
  return Newest<M>{std::move(found.front()), std::move(organization)};
}

// Then nothing of it is found any more.
bool HasLeft(const v1::Organization& organization) {
  return organization.state() == v1::ORGANIZATION_STATE_WITHDRAWN;
}

// Whether a facility's owner has left, who stays as it is until this is stored. Companies are
// Economy's to know.
absl::StatusOr<bool> OwnerHasLeft(journal::Transaction& tx, const v1::Facility& facility) {
  const std::optional<std::string> organization = OrganizationOfPath(facility.owner());
  if (!organization) return false;
  ASSIGN_OR_RETURN(const v1::Organization owner,
                   resource::GuardFirst(tx, Organizations(), *organization, "facility.owner"));
  return HasLeft(owner);
}

// "7" of "programs/welding/versions/7".
std::string NumberOf(const std::string& version) { return version.substr(version.rfind('/') + 1); }

std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

bool IsSamePlace(const auto& one, const auto& other) {
  return one.state_code() == other.state_code() && one.municipality() == other.municipality();
}

absl::Status Move(journal::Transaction& tx, const std::string& state_code,
                  const std::string& municipality, const std::string& site) {
  const std::string before = PlaceBefore(state_code, municipality);
  return tx.Execute(kMove, {before, site}).status();
}

template <const sql::Query& query>
absl::StatusOr<std::string> ReadText(sql::Session& session, const std::string& of) {
  std::string text;
  RETURN_IF_ERROR(session.Each(query, {of}, [&](const sql::Row& row) {
    text = row.Text(0);
    return absl::OkStatus();
  }));
  return text;
}

template <absl::Status (*find)(journal::Transaction&, const std::string&, type::v1::RecordKind)>
absl::Status FindBothKinds(journal::Transaction& tx, const std::string& name) {
  RETURN_IF_ERROR(find(tx, name, type::v1::RECORD_KIND_REAL));
  return find(tx, name, type::v1::RECORD_KIND_GENERATED);
}

// What was there before is found kind after kind.
absl::StatusOr<due::Next> FindNext(const due::Slice& slice) {
  const Walked all[] = {
      {"programs/", &seats::NextProgram, &FindBothKinds<&FindProgram>},
      {"microcredentials/", &ReadText<kNextMicrocredential>, &FindBothKinds<&FindMicrocredential>},
      {"facilities/", &ReadText<kNextFacility>, &FindFacilityNamed}};
  return WalkOn(slice, all);
}

}  // namespace

absl::Status FindProgram(journal::Transaction& tx, const std::string& program,
                         type::v1::RecordKind kind) {
  ASSIGN_OR_RETURN(const auto newest,
                   NewestOf(tx, ProgramVersions(), kNewestProgram,
                            {IdOf(program), int{v1::PROGRAM_STATE_PUBLISHED}, int{kind}}));
  if (!newest) return absl::OkStatus();
  std::set<std::string> campuses;  // none of who has left
  for (const v1::ProgramSeats& seats : newest->version.seats()) {
    const bool is_found = !seats.campus().empty() && !HasLeft(newest->organization);
    if (is_found) campuses.insert(seats.campus());
  }
  ASSIGN_OR_RETURN(const std::vector<Site> sites, CampusesOf(tx, campuses));
  RETURN_IF_ERROR(tx.Execute(kForgetVersions, {program, int{kind}}).status());
  return Add(tx, {kind, SubjectKind::kProgram, program, NumberOf(newest->version.name())},
             SkillsOf(newest->version), sites);
}

absl::Status FindMicrocredential(journal::Transaction& tx, const std::string& microcredential,
                                 type::v1::RecordKind kind) {
  ASSIGN_OR_RETURN(
      const auto newest,
      NewestOf(tx, MicrocredentialVersions(), kNewestMicrocredential,
               {IdOf(microcredential), int{v1::MICROCREDENTIAL_STATE_PUBLISHED}, int{kind}}));
  if (!newest) return absl::OkStatus();
  RETURN_IF_ERROR(tx.Execute(kForgetVersions, {microcredential, int{kind}}).status());
  if (HasLeft(newest->organization)) return absl::OkStatus();
  return Add(
      tx, {kind, SubjectKind::kMicrocredential, microcredential, NumberOf(newest->version.name())},
      SkillsOf(newest->version), {SiteOf(newest->organization)});
}

absl::Status FindFacility(journal::Transaction& tx, const v1::Facility& facility) {
  ASSIGN_OR_RETURN(const bool has_left, OwnerHasLeft(tx, facility));
  RETURN_IF_ERROR(tx.Execute(kForgetSubject, {facility.name()}).status());
  RETURN_IF_ERROR(tx.Execute(kForgetFacility, {facility.name()}).status());
  if (has_left || facility.state() != v1::FACILITY_STATE_OPEN || facility.skills().empty()) {
    return absl::OkStatus();
  }
  const std::string municipality = Fold(facility.municipality());
  std::vector<sql::Value> values;
  for (const std::string& skill : facility.skills()) {
    values.insert(values.end(),
                  {static_cast<int>(facility.record_kind()), skill, facility.state_code(),
                   municipality, -facility.capacity(), facility.name(), facility.campus()});
  }
  RETURN_IF_ERROR(tx.InsertRows(kAddFacility, values));
  if (facility.campus().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<Site> sites, CampusesOf(tx, {facility.campus()}));
  return Add(tx, {facility.record_kind(), SubjectKind::kFacility, facility.name(), "0"},
             facility.skills(), sites);
}

absl::Status FindFacilityNamed(journal::Transaction& tx, const std::string& name) {
  ASSIGN_OR_RETURN(const v1::Facility facility,
                   resource::GuardFirst(tx, Facilities(), name, "name"));
  return FindFacility(tx, facility);
}

absl::Status MoveCampus(journal::Transaction& tx, const v1::Campus& before,
                        const v1::Campus& after) {
  if (IsSamePlace(before, after)) return absl::OkStatus();
  RETURN_IF_ERROR(resource::GuardFirst(tx, Campuses(), after.name(), "campus.name").status());
  return Move(tx, after.state_code(), after.municipality(), after.name());
}

absl::Status MoveOrganization(journal::Transaction& tx, const v1::Organization& before,
                              const v1::Organization& after) {
  if (IsSamePlace(before, after)) return absl::OkStatus();
  RETURN_IF_ERROR(
      resource::GuardFirst(tx, Organizations(), after.name(), "organization.name").status());
  return Move(tx, after.state_code(), after.municipality(), after.name());
}

absl::StatusOr<std::string> FirstProgramAt(sql::Session& session, const std::string& campus) {
  return ReadText<kFirstProgramAt>(session, campus);
}

void HandleFinding(due::Scheduler& due) { due.Handle(kFind, &FindNext); }

}  // namespace puente::education::teaching
