#include "modules/economy/training_places/repeats.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/names/text.h"
#include "common/sql/bulk.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/economy/training_places/rules.h"

namespace puente::economy {
namespace {

// Whoever comes first leads; the row is his until the transaction ends, so that of two who write at
// the same time the other waits and sees him.
constexpr sql::BulkInsert kLead{
    "economy.place_repeats.lead",
    "INSERT INTO training_place_repeat (content, training_place, chamber) VALUES", 3,
    " ON DUPLICATE KEY UPDATE chamber = chamber"};
constexpr absl::string_view kRead =
    "SELECT content, training_place, chamber FROM training_place_repeat WHERE content IN ";
constexpr sql::Query kForget{"economy.place_repeats.forget",
                             "DELETE FROM training_place_repeat WHERE training_place = ?"};

// What repeats have in common.
std::string ContentOf(const v1::TrainingPlace& place) {
  std::vector<std::string> parts = {CompanyOfPlace(place.name()),
                                    place.state_code(),
                                    Fold(place.municipality()),
                                    place.occupation_code(),
                                    Fold(place.title_es()),
                                    absl::FormatCivilTime(ToCivilDay(place.start_date())),
                                    absl::FormatCivilTime(ToCivilDay(place.end_date()))};
  std::vector<std::string> skills(place.skills().begin(), place.skills().end());
  std::sort(skills.begin(), skills.end());
  parts.insert(parts.end(), skills.begin(), skills.end());
  return crypto::TaggedSha256("economy.training_place.content",
                              std::vector<absl::string_view>(parts.begin(), parts.end()));
}

struct Lead {
  std::string training_place;
  std::string chamber;
};

absl::StatusOr<std::map<std::string, Lead>> ReadLeads(sql::Session& session,
                                                      const std::vector<std::string>& contents) {
  std::map<std::string, Lead> leads;
  std::vector<sql::Value> values;
  sql::AppendList(contents, values);
  const std::string text = absl::StrCat(kRead, sql::InList(contents.size()));
  RETURN_IF_ERROR(
      session.Each({"economy.place_repeats.read", text}, values, [&](const sql::Row& row) {
        leads[row.Text(0)] = {row.Text(1), row.Text(2)};
        return absl::OkStatus();
      }));
  return leads;
}

}  // namespace

absl::Status JoinRepeats(journal::Transaction& tx, absl::Span<v1::TrainingPlace* const> fresh) {
  if (fresh.empty()) return absl::OkStatus();
  // In the order of contents, so that two who write many don't wait for one another.
  std::vector<std::pair<std::string, v1::TrainingPlace*>> places;
  for (v1::TrainingPlace* place : fresh) places.emplace_back(ContentOf(*place), place);
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<sql::Value> values;
  std::vector<std::string> contents;
  for (const auto& [content, place] : places) {
    values.insert(values.end(), {content, place->name(), place->chamber()});
    contents.push_back(content);
  }
  RETURN_IF_ERROR(tx.InsertRows(kLead, values));
  ASSIGN_OR_RETURN(const auto leads, ReadLeads(tx, contents));
  for (const auto& [content, place] : places) {
    const auto lead = leads.find(content);
    if (lead == leads.end() || lead->second.training_place == place->name() ||
        lead->second.chamber == place->chamber()) {
      continue;
    }
    place->set_state(v1::TRAINING_PLACE_STATE_JOINED);
    place->set_joined_into(lead->second.training_place);
  }
  return absl::OkStatus();
}

absl::Status ChangeRepeats(journal::Transaction& tx, const v1::TrainingPlace& after) {
  RETURN_IF_ERROR(tx.Execute(kForget, {after.name()}).status());
  const bool leads = after.state() == v1::TRAINING_PLACE_STATE_OPEN ||
                     after.state() == v1::TRAINING_PLACE_STATE_PAUSED;
  if (!leads) return absl::OkStatus();
  const std::string content = ContentOf(after);
  return tx.InsertRows(kLead, {content, after.name(), after.chamber()});
}

}  // namespace puente::economy
