// The layout of a file of records, declared in JSON, so that another layout is a file and not code:
//
//   {"profile": "portal-empleo-2020", "about": "...", "delimiter": ",", "quote": "\"",
//    "columns": [
//      {"column": "isodate", "field": "offer_date", "format": "YYYY-MM-DD"},
//      {"column": "salary", "field": "monthly_wage", "decimal_mark": ".", "group_mark": ","},
//      {"column": "hours", "field": "minutes_a_day", "unit": "hours"},
//      {"column": "contract", "field": "contract_kind", "values": {"Temporal": "FIXED_TERM"},
//       "absent": ["No especificado"]},
//      {"column": "monday", "ignored": "days_worked counts it"}]}
//
// Fields are those of the record that a column may state (Layout); what else a column says depends
// on the field (conversion.h). Any column may have
//   "absent"      texts that mean that nothing is stated (an empty text always does, except in
//                 required fields)
//   "part"        what of the text is read: an expression for all of it, with one group
//   "otherwise"   what stands for an empty text
//   "prefix"      what is put before a text that is not empty
//   "optional"    true: the file may be without it, if it states a key alone or what a verb says
// A column of the file that the profile does not name is ignored, as one that it names as "ignored"
// with the reason.
//
// Where records have keys, a column may have, besides a field, a key or neither,
//   "only"        texts of which it has one where a row is of what the profile is of: rows with
//                 another are left out, which is no error
//
// Where there are layouts for several kinds of records, "collection": "campuses" says of which the
// file is. Where records have keys, a column may state one, besides a field or alone
// ("key": "campus"), several may state one key, and several fields may be parts of one column. A
// field "outcomes.code" is one of an element of a list: each row then states one element, and
// rows with one key that follow each other are one record.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/loading/conversion.h"
#include "re2/re2.h"

namespace puente::loading {

// What files of one kind of record may state.
struct Layout {
  const google::protobuf::Descriptor* type = nullptr;
  std::vector<Target> targets;
  // What profiles call the record's own number in its source, which is not a field of it; "" if
  // records of this kind have none.
  absl::string_view own_number = {};
  // What profiles call the kind of record; "" where a folder has profiles of one kind alone.
  std::string collection = {};
  // The ids in the record's name, as its pattern calls them, if rows say them.
  std::vector<std::string> keys = {};
  // Whether they are those above the record alone, whose own id no row says.
  bool above_alone = false;
};
using Layouts = absl::Span<const Layout>;

// What of a column's text is read.
struct Reading {
  std::shared_ptr<const RE2> part;  // null: all of it
  std::string otherwise;
  std::string prefix;

  // Null, or what is wrong with the text.
  Wrong Read(absl::string_view text, std::string& out) const;
};

struct Column {
  std::string name;
  std::optional<Reading> reading;                            // none: the text as it is
  const google::protobuf::FieldDescriptor* list = nullptr;   // of which `field` is an element's
  const google::protobuf::FieldDescriptor* field = nullptr;  // null: it states a key or nothing
  bool optional = false;                                     // the file may be without it
  int key = -1;                                  // of the layout's keys; 0: the record's own number
  bool required = false;                         // the contract demands it
  absl::flat_hash_set<std::string> absent;       // by Fold(text)
  absl::flat_hash_set<std::string> only;         // by Fold(text); empty: any
  std::shared_ptr<const Conversion> conversion;  // null without a field
};

// Immutable; safe to share between threads.
struct Profile {
  std::string id;
  const Layout* layout = nullptr;
  char delimiter = ',';
  char quote = '"';
  std::vector<Column> columns;  // those that are converted, in the profile's order
  // Of which each row states an element; null where a row is a record.
  const google::protobuf::FieldDescriptor* list = nullptr;
};

// The first column that states a field; "" if none does.
std::string ColumnOf(const Profile& profile, absl::string_view field);

// INVALID_PROFILE with the place in the file (`file` is for the message alone) of the first thing
// that is unknown, missing, repeated or of the wrong type. The layouts must outlive the profile.
absl::StatusOr<Profile> ParseProfile(Layouts layouts, absl::string_view json,
                                     absl::string_view file);
inline absl::StatusOr<Profile> ParseProfile(const Layout& layout, absl::string_view json,
                                            absl::string_view file) {
  return ParseProfile(absl::MakeConstSpan(&layout, 1), json, file);
}

// By id, which is the file's name without its ending. A file that is wrong keeps nobody from the
// others: its INVALID_PROFILE is in its place.
using Profiles = std::map<std::string, absl::StatusOr<Profile>>;
// Those of a folder, every *.json of it; what is wrong is logged too. INVALID_PROFILE if the folder
// can't be read.
absl::StatusOr<Profiles> ReadProfiles(Layouts layouts, const std::string& folder);
// PROFILE_NOT_FOUND, which lists those known, or what is wrong with it. As long-lived as
// `profiles`.
absl::StatusOr<const Profile*> FindProfile(const Profiles& profiles, const std::string& id);

}  // namespace puente::loading
