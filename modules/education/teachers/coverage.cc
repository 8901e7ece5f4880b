#include "modules/education/teachers/coverage.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/journal/projection.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "common/sql/row.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/teacher_rules/rules.h"
#include "modules/education/teacher_rules/service.h"
#include "modules/education/teachers/resource.h"
#include "modules/education/teachers/rules.h"

namespace puente::education {
namespace {

using Answer = v1::GetTeacherCoverageResponse;

// Counted when it is asked, so that it is right on every day without anybody writing it: by the
// teachers of one program, some thousands at most, and for each by an index that holds what is
// summed. ACTIVE and RECORDED are state 1.
constexpr absl::string_view kOfProgram =
    "SELECT COUNT(*), COALESCE(SUM(hours >= ?), 0) FROM (SELECT p.of_organization AS organization,"
    " (SELECT COALESCE(SUM(r.hours), 0) FROM teacher_training r FORCE INDEX (that_counts)"
    " WHERE r.teacher = CONCAT('organizations/', p.of_organization, '/teachers/', p.of_id)"
    " AND r.skill = ?"
    " AND r.state = 1 AND r.end_date BETWEEN ? AND ?) AS hours"
    " FROM teacher_program p JOIN teacher t ON t.organization = p.of_organization"
    " AND t.id = p.of_id WHERE p.element = ? AND t.state = 1";

absl::StatusOr<std::vector<TeacherShare>> ReadShares(sql::Session& session,
                                                     const v1::GetTeacherCoverageRequest& request,
                                                     const v1::TeacherRule& rule,
                                                     absl::CivilDay today) {
  std::vector<TeacherShare> shares;
  const std::string first = absl::FormatCivilTime(FirstDayThatCounts(rule, today)),
                    last = absl::FormatCivilTime(today);
  std::vector<sql::Value> values = {rule.hours_needed(), request.skill(), first, last,
                                    request.program()};
  std::string text(kOfProgram);
  if (!request.organization().empty()) {
    absl::StrAppend(&text, " AND p.of_organization = ?");
    values.emplace_back(absl::StripPrefix(request.organization(), "organizations/"));
  }
  absl::StrAppend(&text, ") AS one GROUP BY organization");
  RETURN_IF_ERROR(
      session.Each({"education.teacher_coverage.read", text}, values, [&](const sql::Row& row) {
        shares.push_back({static_cast<int>(row.Int64(0)), static_cast<int>(row.Int64(1))});
        return absl::OkStatus();
      }));
  return shares;
}

bool MayKnowAll(const Call& call, const std::string& organization) {
  if (resource::IsOfItsAgency(call, Teachers())) return true;
  return call.caller.kind() == "organization" &&
         organization == absl::StrCat("organizations/", call.caller.id());
}

}  // namespace

absl::StatusOr<Answer> GetTeacherCoverage(const Call& call, sql::Session& session,
                                          const v1::GetTeacherCoverageRequest& request) {
  const absl::CivilDay today = LegalDay(call.start);
  return session.Snapshot<Answer>([&](sql::Session& snapshot) -> absl::StatusOr<Answer> {
    if (!request.organization().empty()) {
      RETURN_IF_ERROR(
          resource::Get(snapshot, Organizations(), request.organization(), "organization")
              .status());
    }
    ASSIGN_OR_RETURN(const v1::TeacherRule rule, TeacherRuleOn(snapshot, today));
    ASSIGN_OR_RETURN(const auto shares, ReadShares(snapshot, request, rule, today));
    Answer answer = TellCoverage(shares, MayKnowAll(call, request.organization()));
    answer.set_teacher_rule(rule.name());
    *answer.mutable_day() = ToProto(today);
    ASSIGN_OR_RETURN(*answer.mutable_freshness_token(), journal::HeadToken(snapshot, "education"));
    return answer;
  });
}

}  // namespace puente::education
