#include "modules/labor/loader/occurrence.h"

#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"

namespace puente::labor::loader {
namespace {

constexpr size_t kLengthBytes = 4;

// The length (big-endian) before the text, so that no two lists of texts make the same bytes.
void AppendPart(std::string& bytes, absl::string_view part) {
  const auto size = static_cast<uint32_t>(part.size());
  for (const int shift : {24, 16, 8, 0}) bytes.push_back(static_cast<char>(size >> shift));
  bytes.append(part.data(), part.size());
}

}  // namespace

std::string RowDigest(absl::string_view scope, absl::Span<const absl::string_view> fields) {
  constexpr absl::string_view kTag = "puente.labor.row/1\n";
  size_t size = kTag.size() + kLengthBytes + scope.size();
  for (const absl::string_view field : fields) size += kLengthBytes + field.size();
  std::string bytes;
  bytes.reserve(size);
  bytes.append(kTag.data(), kTag.size());
  AppendPart(bytes, scope);
  for (const absl::string_view field : fields) AppendPart(bytes, field);
  return crypto::Sha256(bytes);
}

std::string VacancyId(absl::string_view row_digest, uint32_t occurrence) {
  const std::string digest =
      occurrence == 1
          ? std::string(row_digest)
          : crypto::Sha256(absl::StrCat("puente.labor.occurrence/1\n", row_digest, occurrence));
  return absl::StrCat("v", absl::BytesToHexString(absl::string_view(digest).substr(0, 16)));
}

uint32_t Occurrences::Count(absl::string_view row_digest) {
  uint64_t key = 0;
  std::memcpy(&key, row_digest.data(), sizeof(key));
  Table& table = tables_[key % kTables];
  if (!table.seen.contains(key)) {
    if (seen_count_ == kMostRows) return 0;
    ++seen_count_;
    table.seen.insert(key);
    return 1;
  }
  const auto found = table.repeated.find(key);
  if (found != table.repeated.end()) return ++found->second;
  if (repeated_count_ == kMostRepeated) return 0;
  ++repeated_count_;
  table.repeated.emplace(key, 2);
  return 2;
}

}  // namespace puente::labor::loader
