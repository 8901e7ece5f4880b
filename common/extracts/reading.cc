#include "common/extracts/reading.h"

#include "common/context/values.h"
#include "common/extracts/code_lists.h"
#include "common/releases/telling.h"

namespace puente::extracts {

void Reading::From(const std::string& release, absl::Time time) {
  api::v1::FigureSource& source = *into_.head.add_sources();
  source.set_table(std::string(table_.name));
  source.set_release(release);
  if (time != absl::InfinitePast()) *source.mutable_release_time() = ToProto(time);
}

void Sums::Add(const std::vector<std::string>& codes, int64_t value) {
  for (size_t sums = 0; sums < size_t{1} << codes.size(); ++sums) {
    std::vector<std::string> cell = codes;
    for (size_t d = 0; d < codes.size(); ++d) {
      if ((sums >> d & 1) != 0) cell[d] = kAll;
    }
    cells_[std::move(cell)] += value;
  }
}

void Sums::Tell(Reading& reading) const {
  for (const auto& [codes, value] : cells_) reading.Add(codes, {releases::Told(value)});
}

}  // namespace puente::extracts
