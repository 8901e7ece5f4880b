#include "modules/labor/loader/occurrence.h"

#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"

namespace puente::labor::loader {

std::string RowDigest(absl::string_view scope, absl::Span<const absl::string_view> fields) {
  // Lengths before the texts, so that no two lists of fields make the same bytes.
  std::string bytes = absl::StrCat("puente.labor.row/1\n", scope.size(), ":", scope);
  for (const absl::string_view field : fields) absl::StrAppend(&bytes, field.size(), ":", field);
  return crypto::Sha256(bytes);
}

std::string VacancyId(absl::string_view row_digest, uint32_t occurrence) {
  const std::string digest =
      crypto::Sha256(absl::StrCat("puente.labor.vacancy/1\n", row_digest, ":", occurrence));
  return absl::StrCat("v", absl::BytesToHexString(absl::string_view(digest).substr(0, 16)));
}

uint32_t Occurrences::Count(absl::string_view row_digest) {
  uint64_t key = 0;
  std::memcpy(&key, row_digest.data(), sizeof(key));
  if (seen_.contains(key)) {
    if (repeated_.size() >= kMostRepeated && !repeated_.contains(key)) return 0;
    uint32_t& count = repeated_.try_emplace(key, 1).first->second;
    return ++count;
  }
  if (seen_.size() >= kMostRows) return 0;
  seen_.insert(key);
  return 1;
}

}  // namespace puente::labor::loader
