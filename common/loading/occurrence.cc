#include "common/loading/occurrence.h"

#include <cstring>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "common/loading/errors.h"

namespace puente::loading {

std::string IdentityOf(const google::protobuf::Message& stated) {
  return crypto::TaggedSha256("puente.record/1",
                              {stated.GetDescriptor()->full_name(), crypto::Canonical(stated)});
}

std::string IdentityOf(absl::Span<const absl::string_view> scope, absl::string_view number) {
  std::vector<absl::string_view> parts(scope.begin(), scope.end());
  parts.push_back(number);
  return crypto::TaggedSha256("puente.record.number/1", parts);
}

std::string RecordId(absl::string_view identity, uint32_t occurrence) {
  const std::string digest = occurrence == 1
                                 ? std::string(identity)
                                 : crypto::TaggedSha256("puente.record.occurrence/1",
                                                        {identity, absl::StrCat(occurrence)});
  return absl::BytesToHexString(absl::string_view(digest).substr(0, 16));
}

bool IsRecordId(absl::string_view id) {
  return id.size() == 32 && absl::c_all_of(id, [](char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

uint32_t Occurrences::Count(absl::string_view identity) {
  uint64_t key = 0;
  std::memcpy(&key, identity.data(), sizeof(key));
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

absl::Status Occurrences::TooLarge() const {
  if (repeated_count_ < kMostRepeated) {
    return Error(error::kFileTooLarge, "limit"_is(kMostRows));
  }
  return Error(error::kFileTooLarge, "limit"_is(kMostRepeated));
}

}  // namespace puente::loading
