// Update masks: one without faults is applied, touches nothing of the server's, and is idempotent.

#include "absl/strings/str_split.h"
#include "common/context/behavior.h"
#include "common/fields/mask.h"
#include "google/protobuf/util/message_differencer.h"
#include "puente/education/v1/program.pb.h"
#include "tests/fuzz/target.h"

namespace {

using google::protobuf::util::MessageDifferencer;
using puente::education::v1::ProgramVersion;

ProgramVersion Sample(const char* text, int number) {
  ProgramVersion version;
  version.set_name("programs/p/versions/1");
  version.set_organization(text);
  version.set_title_es(text);
  version.set_credits_e4(number);
  version.set_etag(text);
  version.add_outcomes()->set_code(text);
  version.mutable_create_time()->set_seconds(number);
  version.add_seats()->set_seats(number);
  return version;
}

}  // namespace

// The input is paths, one a line.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  google::protobuf::FieldMask mask;
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  if (!input.empty()) {
    for (const absl::string_view path : absl::StrSplit(input, '\n')) {
      mask.add_paths(std::string(path));
    }
  }
  const auto faults = puente::fields::CheckMask(mask, *ProgramVersion::descriptor());
  for (const puente::Violation& fault : faults) FUZZ_CHECK(fault.es.size() < 400);
  if (!faults.empty()) return 0;
  static const ProgramVersion before = Sample("before", 1), incoming = Sample("incoming", 2);
  ProgramVersion after = before;
  puente::fields::ApplyMask(incoming, mask, after);
  for (int i = 0; i < ProgramVersion::descriptor()->field_count(); ++i) {
    const auto* field = ProgramVersion::descriptor()->field(i);
    if (!puente::IsOfServer(*field)) continue;
    MessageDifferencer differencer;
    FUZZ_CHECK(differencer.CompareWithFields(before, after, {field}, {field}));
  }
  ProgramVersion again = after;
  puente::fields::ApplyMask(incoming, mask, again);
  FUZZ_CHECK(MessageDifferencer::Equals(after, again));
  return 0;
}
