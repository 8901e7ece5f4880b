#include "modules/education/organizations/leaving.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/education/coverage/service.h"
#include "modules/education/seat_statistics/store.h"
#include "modules/education/teaching/sites.h"
#include "modules/education/walk.h"

namespace puente::education {
namespace {

constexpr char kLeave[] = "organizations.leave";
constexpr sql::Query kNextProgram{"education.leaving.next_program",
                                  "SELECT COALESCE(MIN(program), '') FROM program_version"
                                  " WHERE organization = ? AND program > ?"};
constexpr sql::Query kNextMicrocredential{
    "education.leaving.next_microcredential",
    "SELECT COALESCE(MIN(microcredential), '') FROM microcredential_version"
    " WHERE organization = ? AND microcredential > ?"};
constexpr sql::Query kNextFacility{
    "education.leaving.next_facility",
    "SELECT COALESCE(MIN(id), '') FROM facility WHERE owner = ? AND id > ?"};

// Of an owner, after an id.
auto Next(const sql::Query& query, const std::string& owner) {
  return
      [query, owner](sql::Session& session, const std::string& id) -> absl::StatusOr<std::string> {
        std::string next;
        RETURN_IF_ERROR(session.Each(query, {owner, id}, [&](const sql::Row& row) {
          next = row.Text(0);
          return absl::OkStatus();
        }));
        return next;
      };
}

absl::Status LeaveProgram(journal::Transaction& tx, const std::string& program) {
  for (const auto kind : {type::v1::RECORD_KIND_REAL, type::v1::RECORD_KIND_GENERATED}) {
    RETURN_IF_ERROR(seats::CountProgram(tx, program, kind));
    RETURN_IF_ERROR(teaching::FindProgram(tx, program, kind));
  }
  return absl::OkStatus();
}

absl::Status LeaveMicrocredential(journal::Transaction& tx, const std::string& microcredential) {
  for (const auto kind : {type::v1::RECORD_KIND_REAL, type::v1::RECORD_KIND_GENERATED}) {
    RETURN_IF_ERROR(teaching::FindMicrocredential(tx, microcredential, kind));
  }
  return coverage::CountSoon(tx, microcredential);
}

absl::StatusOr<due::Next> Leave(const due::Slice& slice) {
  const std::string name = absl::StrCat("organizations/", slice.task.key),
                    path = absl::StrCat("organization/", slice.task.key);
  const Walked offered[] = {
      {"programs/", Next(kNextProgram, name), &LeaveProgram},
      {"microcredentials/", Next(kNextMicrocredential, name), &LeaveMicrocredential},
      {"facilities/", Next(kNextFacility, path), &teaching::FindFacilityNamed}};
  return WalkOn(slice, offered);
}

}  // namespace

absl::Status LeaveSoon(journal::Transaction& tx, const std::string& organization) {
  const std::string id(absl::StripPrefix(organization, "organizations/"));
  return due::Schedule(tx, {kLeave, id, ""});
}

void HandleLeaving(due::Scheduler& due) { due.Handle(kLeave, &Leave); }

}  // namespace puente::education
