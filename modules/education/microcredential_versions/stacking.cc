#include "modules/education/microcredential_versions/stacking.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "modules/education/credit_rules/resource.h"
#include "modules/education/credit_rules/rules.h"
#include "modules/education/errors.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/microcredential_versions/rules.h"

namespace puente::education {
namespace {

// What one version may lead to, over how many steps: what a mutation reads is bounded by it.
constexpr size_t kMostReached = 100;
constexpr size_t kMostSteps = 10;

constexpr sql::BulkInsert kInsertEdges{
    "education.stacking_edge.insert",
    "INSERT INTO stacking_edge (microcredential, stacks_on, number) VALUES", 3};
// All who publish what stacks write this row, so one comes after the other.
constexpr sql::Query kGuard{
    "education.stacking.guard",
    "INSERT INTO stacking (id, guard) VALUES (1, 1) ON DUPLICATE KEY UPDATE guard = guard + 1"};

using Names = std::vector<std::string>;
struct Edge {
  std::string from, to;
};
using Edges = std::vector<Edge>;
// What stacks on what, of these names that were just reached.
using Next = absl::FunctionRef<absl::StatusOr<Edges>(const Names& fresh)>;
// By which of the names that it began with each was reached first.
using Reached = std::map<std::string, std::string>;

absl::Status TooLarge(const v1::MicrocredentialVersion& version) {
  return Error(error::kStackTooLarge, "name"_is(version.name()), "most"_is(kMostReached),
               "steps"_is(kMostSteps));
}

// All that is reached from these names, with them.
absl::StatusOr<Reached> Reach(const v1::MicrocredentialVersion& version, Names fresh, Next next) {
  Reached reached;
  for (const std::string& name : fresh) reached.emplace(name, name);
  for (size_t step = 1; !fresh.empty(); ++step) {
    if (step > kMostSteps || reached.size() > kMostReached) return TooLarge(version);
    ASSIGN_OR_RETURN(const Edges edges, next(fresh));
    fresh.clear();
    for (const Edge& edge : edges) {
      const std::string& first = reached.at(edge.from);
      if (reached.emplace(edge.to, first).second) fresh.push_back(edge.to);
    }
  }
  return reached;
}

// "welding" of "microcredentials/welding/versions/1".
absl::StatusOr<std::string> MicrocredentialOf(const std::string& version, absl::string_view field) {
  ASSIGN_OR_RETURN(const Names ids, MicrocredentialVersions().pattern().Parse(version, field));
  return ids.front();
}

absl::StatusOr<Names> StacksOn(const v1::MicrocredentialVersion& version) {
  Names names;
  const auto add = [&](const auto& versions, absl::string_view field) -> absl::Status {
    for (int i = 0; i < versions.size(); ++i) {
      ASSIGN_OR_RETURN(names.emplace_back(),
                       MicrocredentialOf(versions[i], absl::StrCat("microcredential_version.",
                                                                   field, "[", i, "]")));
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(add(version.parts(), "parts"));
  RETURN_IF_ERROR(add(version.prerequisites(), "prerequisites"));
  return names;
}

absl::StatusOr<Edges> EdgesOf(sql::Session& session, const Names& microcredentials) {
  std::vector<sql::Value> values;
  sql::AppendList(microcredentials, values);
  const std::string text = absl::StrCat(
      "SELECT DISTINCT microcredential, stacks_on FROM stacking_edge"
      " WHERE microcredential IN ",
      sql::InList(microcredentials.size()), " ORDER BY microcredential, stacks_on");
  Edges edges;
  RETURN_IF_ERROR(
      session.Each({"education.stacking_edge.select", text}, values, [&](const sql::Row& row) {
        edges.push_back({row.Text(0), row.Text(1)});
        return absl::OkStatus();
      }));
  return edges;
}

}  // namespace

absl::Status AddUp(sql::Session& session, v1::MicrocredentialVersion& version) {
  int64_t hours = version.workload_hours();
  const auto add_parts = [&](const Names& names) -> absl::StatusOr<Edges> {
    ASSIGN_OR_RETURN(const auto parts, resource::BatchGet(session, MicrocredentialVersions(), names,
                                                          "microcredential_version.parts"));
    Edges edges;
    for (const v1::MicrocredentialVersion& part : parts) {
      hours += part.workload_hours();
      for (const std::string& name : part.parts()) edges.push_back({part.name(), name});
    }
    return edges;
  };
  RETURN_IF_ERROR(
      Reach(version, {version.parts().begin(), version.parts().end()}, add_parts).status());
  version.set_total_hours(static_cast<int32_t>(hours));
  version.clear_credits_e4();
  if (version.credit_rule().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto rule, resource::Get(session, CreditRules(), version.credit_rule(),
                                                  "microcredential_version.credit_rule"));
  version.set_credits_e4(CreditsE4(hours, rule.hours_per_credit()));
  return absl::OkStatus();
}

absl::Status CheckNoCircle(sql::Session& session, const v1::MicrocredentialVersion& version) {
  ASSIGN_OR_RETURN(const std::string own, MicrocredentialOf(version.name(), "name"));
  ASSIGN_OR_RETURN(Names names, StacksOn(version));
  ASSIGN_OR_RETURN(const Reached reached, Reach(version, std::move(names), [&](const Names& fresh) {
                     return EdgesOf(session, fresh);
                   }));
  const auto back = reached.find(own);
  if (back == reached.end()) return absl::OkStatus();
  return Error(error::kStackingCircle, "name"_is(version.name()),
               "other"_is(absl::StrCat("microcredentials/", back->second)));
}

absl::Status CheckNoCircleAlone(journal::Transaction& tx,
                                const v1::MicrocredentialVersion& version) {
  if (!Stacks(version)) return absl::OkStatus();
  RETURN_IF_ERROR(tx.Execute(kGuard, {}).status());
  return CheckNoCircle(tx, version);
}

absl::Status InsertEdges(journal::Transaction& tx, const v1::MicrocredentialVersion& version) {
  if (!Stacks(version)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Names ids, MicrocredentialVersions().pattern().Parse(version.name()));
  ASSIGN_OR_RETURN(const Names names, StacksOn(version));
  std::vector<sql::Value> values;
  for (const std::string& name : names) {
    for (const std::string& value : {ids[0], name, ids[1]}) values.emplace_back(std::string(value));
  }
  return tx.InsertRows(kInsertEdges, values);
}

}  // namespace puente::education
