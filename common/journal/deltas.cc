#include "common/journal/deltas.h"

#include "common/journal/storage.pb.h"
#include "common/sql/error.h"

namespace puente::journal {

void Deltas::Cut::Count(int measure, int64_t n) {
  if (n != 0) counts[measure] += n;
}

void Deltas::Cut::Value(int measure, int64_t value, int64_t n) {
  if (n != 0) values[{measure, value}] += n;
}

void Deltas::Count(absl::string_view cut, int measure, int64_t n) {
  if (n != 0) At(cut).Count(measure, n);
}

void Deltas::Value(absl::string_view cut, int measure, int64_t value, int64_t n) {
  if (n != 0) At(cut).Value(measure, value, n);
}

std::string Deltas::Serialize() const {
  storage::Deltas out;
  for (const auto& [name, cut] : cuts_) {
    storage::CutDelta* delta = out.add_cuts();
    delta->set_cut(name);
    for (const auto& [measure, n] : cut.counts) {
      storage::CountDelta* count = delta->add_counts();
      count->set_measure(measure);
      count->set_n(n);
    }
    for (const auto& [key, n] : cut.values) {
      storage::ValueDelta* value = delta->add_values();
      value->set_measure(key.first);
      value->set_value(key.second);
      value->set_n(n);
    }
  }
  return out.SerializeAsString();
}

absl::Status Deltas::Add(absl::string_view serialized) {
  storage::Deltas in;
  if (!in.ParseFromArray(serialized.data(), static_cast<int>(serialized.size()))) {
    return Error(sql::error::kRowCorrupt, "column"_is("journal_entry.deltas"));
  }
  for (const storage::CutDelta& delta : in.cuts()) {
    for (const auto& count : delta.counts()) Count(delta.cut(), count.measure(), count.n());
    for (const auto& value : delta.values()) {
      Value(delta.cut(), value.measure(), value.value(), value.n());
    }
  }
  return absl::OkStatus();
}

}  // namespace puente::journal
