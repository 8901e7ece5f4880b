#include "modules/education/accesses/store.h"

#include <algorithm>
#include <tuple>

#include "absl/algorithm/container.h"
#include "common/sql/error.h"
#include "common/status/macros.h"
#include "puente/journal/v1/entry.pb.h"

namespace puente::education::store {
namespace {

constexpr sql::Query kOfRecord{
    "education.access.of_record",
    "SELECT entry, canonical FROM personal_access JOIN journal_entry ON id = entry"
    " WHERE record = ? AND entry <= ? ORDER BY entry DESC LIMIT ?"};

v1::Access AccessOf(const std::string& record, const journal::v1::Entry& entry) {
  v1::Access access;
  access.set_record(record);
  const auto& read = entry.has_chunk() ? entry.chunk().read() : entry.change().read();
  access.set_kind(absl::c_linear_search(read, record) ? v1::ACCESS_KIND_READ
                                                      : v1::ACCESS_KIND_CHANGED);
  *access.mutable_time() = entry.time();
  access.set_method(entry.method());
  access.set_caller(entry.caller());
  access.set_delegate(entry.delegate());
  access.set_actor(entry.actor());
  access.set_purpose(entry.purpose());
  return access;
}

// The last entry first; of one entry, by the records' names.
bool IsBefore(const Accessed& one, const Accessed& other) {
  return std::tie(other.entry, one.access.record()) < std::tie(one.entry, other.access.record());
}

}  // namespace

absl::StatusOr<std::vector<Accessed>> AccessesTo(sql::Session& session,
                                                 absl::Span<const std::string> records,
                                                 const Accessed& before, int most) {
  std::vector<Accessed> found;
  for (const std::string& record : records) {
    RETURN_IF_ERROR(session.Each(
        kOfRecord, {record, before.entry, most + 1}, [&](const sql::Row& row) -> absl::Status {
          journal::v1::Entry entry;
          if (!entry.ParseFromString(row.Text(1))) {
            return Error(sql::error::kRowCorrupt, "column"_is("canonical"));
          }
          found.push_back({row.Int64(0), AccessOf(record, entry)});
          return absl::OkStatus();
        }));
  }
  std::erase_if(found, [&](const Accessed& one) { return !IsBefore(before, one); });
  std::sort(found.begin(), found.end(), &IsBefore);
  if (found.size() > static_cast<size_t>(most)) found.resize(most);
  return found;
}

}  // namespace puente::education::store
