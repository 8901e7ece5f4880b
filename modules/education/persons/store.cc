#include "modules/education/persons/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/status/macros.h"
#include "modules/education/learners/resource.h"
#include "modules/education/many.h"
#include "modules/education/persons/resource.h"
#include "modules/education/persons/rules.h"

namespace puente::education::store {
namespace {

constexpr sql::Query kDestroyed{"education.person.destroyed",
                                "SELECT COUNT(*) FROM person FORCE INDEX (by_state)"
                                " WHERE state = ? AND erase_time IS NOT NULL"};

constexpr sql::Query kSomeDestroyed{
    "education.person.some_destroyed",
    "SELECT id FROM person FORCE INDEX (by_state) WHERE state = ? AND id > ?"
    " AND erase_time IS NOT NULL ORDER BY id LIMIT ?"};

std::vector<sql::Value> NamesOf(absl::Span<const v1::Learner> learners) {
  std::vector<sql::Value> values;
  for (const v1::Learner& learner : learners) {
    values.emplace_back(absl::string_view(learner.name()));
  }
  sql::PadList(values);
  return values;
}

std::vector<std::string> NamesOf(absl::Span<const v1::Person> persons) {
  std::vector<std::string> names;
  for (const v1::Person& person : persons) names.push_back(person.name());
  return names;
}

// Reads step by step whom persons of these names were merged into.
template <class Find>
absl::StatusOr<Roots> FollowMergers(std::vector<std::string> names, const Find& find) {
  Roots roots;
  std::map<std::string, std::vector<std::string>> asked;  // by whom they have come to
  for (std::string& name : names) asked[name] = {name};
  while (!asked.empty()) {
    std::vector<std::string> step;
    for (const auto& [name, from] : asked) step.push_back(name);
    ASSIGN_OR_RETURN(const Roots found, find(step));
    std::map<std::string, std::vector<std::string>> next;
    for (const auto& [name, person] : found) {
      const bool merged = person.state() == v1::PERSON_STATE_MERGED;
      for (const std::string& from : asked.at(name)) {
        if (merged) next[person.merged_into()].push_back(from);
        if (!merged) roots[from] = person;
      }
    }
    asked = std::move(next);
  }
  return roots;
}

}  // namespace

std::string PersonName(const std::string& id) { return Persons().pattern().Format({id}); }

std::string PersonId(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::vector<personal::IdentifierHash> HashesOf(const personal::KeyStore& keys,
                                               v1::PersonIdentifierScheme scheme,
                                               const std::string& identifier) {
  return keys.Hash(SchemeId(scheme), Normalized(scheme, identifier));
}

std::vector<personal::IdentifierHash> HashesOfStated(const personal::KeyStore& keys,
                                                     const std::string& organization,
                                                     v1::PersonIdentifierScheme scheme,
                                                     const std::string& identifier) {
  return keys.Hash("stated", absl::StrCat(organization, "\n", SchemeId(scheme), "\n",
                                          Normalized(scheme, identifier)));
}

absl::StatusOr<Roots> RootsOf(sql::Session& session, std::vector<std::string> names) {
  return FollowMergers(std::move(names), [&](const std::vector<std::string>& step) {
    return resource::FindMany(session, Persons(), step);
  });
}

absl::StatusOr<Roots> GuardRoots(journal::Transaction& tx, std::vector<std::string> names) {
  return FollowMergers(std::move(names),
                       [&](const std::vector<std::string>& step) -> absl::StatusOr<Roots> {
                         RETURN_IF_ERROR(resource::internal::GuardEachFirst(tx, Persons(), step));
                         return resource::FindMany(tx, Persons(), step);
                       });
}

absl::StatusOr<std::vector<v1::Person>> GroupOf(sql::Session& session,
                                                absl::Span<const v1::Person> roots) {
  std::vector<v1::Person> group(roots.begin(), roots.end());
  for (size_t begin = 0; begin < group.size();) {
    const std::vector<std::string> into = NamesOf(absl::MakeConstSpan(group).subspan(begin));
    begin = group.size();
    ASSIGN_OR_RETURN(std::vector<v1::Person> merged,
                     resource::Select(session, Persons(), "education.person.merged",
                                      absl::StrCat("FORCE INDEX (by_merged_into) WHERE merged_into"
                                                   " IN ",
                                                   sql::InList(into.size()), " ORDER BY id"),
                                      ListOf(into)));
    for (v1::Person& person : merged) group.push_back(std::move(person));
  }
  return group;
}

absl::StatusOr<std::vector<v1::Learner>> LearnersOf(sql::Session& session,
                                                    absl::Span<const v1::Person> persons) {
  if (persons.empty()) return std::vector<v1::Learner>();
  const std::vector<std::string> names = NamesOf(persons);
  return resource::Select(session, Learners(), "education.learner.of_persons",
                          absl::StrCat("FORCE INDEX (by_person) WHERE person IN ",
                                       sql::InList(names.size()), " ORDER BY organization, id"),
                          ListOf(names));
}

absl::StatusOr<std::vector<v1::Learner>> GuardLearnersOf(journal::Transaction& tx,
                                                         absl::Span<const v1::Person> persons) {
  ASSIGN_OR_RETURN(const auto learners, LearnersOf(tx, persons));
  std::vector<std::string> names;
  for (const v1::Learner& learner : learners) names.push_back(learner.name());
  RETURN_IF_ERROR(resource::internal::GuardEachFirst(tx, Learners(), names));
  return LearnersOf(tx, persons);
}

absl::StatusOr<std::vector<std::string>> ExistingPersons(sql::Session& session,
                                                         absl::Span<const std::string> ids) {
  return resource::Existing(session, Persons(), {ids.begin(), ids.end()});
}

absl::StatusOr<int64_t> CountDestroyed(sql::Session& session) {
  return session.Number(kDestroyed, {int{v1::PERSON_STATE_DESTROYED}});
}

absl::StatusOr<std::vector<std::string>> SomeDestroyed(sql::Session& session,
                                                       const std::string& after, int most) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(session.Each(kSomeDestroyed, {int{v1::PERSON_STATE_DESTROYED}, after, most},
                               [&](const sql::Row& row) {
                                 ids.push_back(row.Text(0));
                                 return absl::OkStatus();
                               }));
  return ids;
}

absl::StatusOr<std::string> AwardSince(sql::Session& session,
                                       absl::Span<const v1::Learner> learners, absl::Time time) {
  std::string award;
  if (learners.empty()) return award;
  std::vector<sql::Value> values = NamesOf(learners);
  values.emplace_back(time);
  const std::string text = absl::StrCat(
      "SELECT CONCAT('organizations/', organization, '/awards/', id) FROM award"
      " FORCE INDEX (by_learner) WHERE learner IN ",
      sql::InList(learners.size()), " AND create_time >= ? LIMIT 1");
  RETURN_IF_ERROR(
      session.Each({"education.person.award_since", text}, values, [&](const sql::Row& row) {
        award = row.Text(0);
        return absl::OkStatus();
      }));
  return award;
}

// For as long as the rule says that was in force on the day of issue.
absl::StatusOr<std::optional<Held>> HeldLongest(sql::Session& session,
                                                absl::Span<const v1::Learner> learners) {
  std::optional<Held> held;
  if (learners.empty()) return held;
  const std::string text = absl::StrCat(
      "SELECT CONCAT('organizations/', organization, '/awards/', id), issue_date +"
      " INTERVAL (SELECT hold_days FROM award_rule WHERE begin_date <= issue_date"
      " ORDER BY begin_date DESC LIMIT 1) DAY AS until FROM award FORCE INDEX (by_learner)"
      " WHERE learner IN ",
      sql::InList(learners.size()), " HAVING until IS NOT NULL ORDER BY until DESC LIMIT 1");
  RETURN_IF_ERROR(
      session.Each({"education.person.held", text}, NamesOf(learners), [&](const sql::Row& row) {
        held = {row.Text(0), row.Day(1)};
        return absl::OkStatus();
      }));
  return held;
}

}  // namespace puente::education::store
