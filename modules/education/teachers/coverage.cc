#include "modules/education/teachers/coverage.h"

#include <bit>
#include <string>
#include <utility>
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
constexpr absl::string_view kBeforeAsked =
    "SELECT place, COUNT(*), COALESCE(SUM(hours >= ?), 0) FROM (SELECT STRAIGHT_JOIN"
    " asked.place AS place, p.of_organization AS organization, COALESCE(SUM(r.hours), 0) AS hours"
    " FROM (";
constexpr absl::string_view kAsked =
    "SELECT ? AS place, CAST(? AS BINARY) AS program, CAST(? AS BINARY) AS skill,"
    " CAST(? AS BINARY) AS organization";
constexpr absl::string_view kAfterAsked =
    ") AS asked JOIN teacher_program p ON p.element = asked.program"
    " JOIN teacher t ON t.organization = p.of_organization AND t.id = p.of_id"
    " LEFT JOIN teacher_training r FORCE INDEX (that_counts)"
    " ON r.teacher = CONCAT('organizations/', p.of_organization, '/teachers/', p.of_id)"
    " AND r.skill = asked.skill AND r.state = 1 AND r.end_date BETWEEN ? AND ?"
    " WHERE t.state = 1 AND (asked.organization = '' OR p.of_organization = asked.organization)"
    " GROUP BY asked.place, p.of_organization, p.of_id) AS one GROUP BY place, organization";
constexpr size_t kAskedAtATime = 64;

using Shares = std::vector<std::vector<TeacherShare>>;  // in the order of what is asked

absl::Status ReadShares(sql::Session& session, const v1::TeacherRule& rule, absl::CivilDay today,
                        absl::Span<const v1::GetTeacherCoverageRequest> asked, Shares& shares) {
  const std::string first = absl::FormatCivilTime(FirstDayThatCounts(rule, today)),
                    last = absl::FormatCivilTime(today);
  std::vector<sql::Value> values = {rule.hours_needed()};
  std::string text(kBeforeAsked);
  const size_t before = shares.size();
  // Few different texts: as many as there are powers of two. What fills one up is of no program.
  for (size_t i = 0; i < std::bit_ceil(asked.size()); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : " UNION ALL ", kAsked);
    const bool fills_up = i >= asked.size();
    values.emplace_back(before + i);
    values.emplace_back(fills_up ? "" : absl::string_view(asked[i].program()));
    values.emplace_back(fills_up ? "" : absl::string_view(asked[i].skill()));
    values.emplace_back(fills_up ? ""
                                 : absl::StripPrefix(asked[i].organization(), "organizations/"));
  }
  absl::StrAppend(&text, kAfterAsked);
  values.insert(values.end(), {first, last});
  shares.resize(before + asked.size());
  return session.Each({"education.teacher_coverage.read", text}, values, [&](const sql::Row& row) {
    shares[row.Int64(0)].push_back(
        {static_cast<int>(row.Int64(1)), static_cast<int>(row.Int64(2))});
    return absl::OkStatus();
  });
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
    ASSIGN_OR_RETURN(auto told, CoverageOf(call, snapshot, rule, today, {&request, 1}));
    Answer& answer = told.front();
    answer.set_teacher_rule(rule.name());
    *answer.mutable_day() = ToProto(today);
    ASSIGN_OR_RETURN(*answer.mutable_freshness_token(), journal::HeadToken(snapshot, "education"));
    return std::move(answer);
  });
}

absl::StatusOr<std::vector<Answer>> CoverageOf(
    const Call& call, sql::Session& session, const v1::TeacherRule& rule, absl::CivilDay today,
    absl::Span<const v1::GetTeacherCoverageRequest> asked) {
  Shares shares;
  for (size_t i = 0; i < asked.size(); i += kAskedAtATime) {
    RETURN_IF_ERROR(ReadShares(session, rule, today, asked.subspan(i, kAskedAtATime), shares));
  }
  std::vector<Answer> answers;
  for (size_t i = 0; i < asked.size(); ++i) {
    answers.push_back(TellCoverage(shares[i], MayKnowAll(call, asked[i].organization())));
  }
  return answers;
}

}  // namespace puente::education
