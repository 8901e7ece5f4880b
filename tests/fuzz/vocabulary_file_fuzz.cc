// Files of vocabularies: the same outcome however they are sliced, and what is loaded is right.

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/fields/field_checker.h"
#include "common/names/pattern.h"
#include "modules/labor/loader/number.h"
#include "modules/labor/loader/vocabulary.h"
#include "modules/labor/occupations/rules.h"
#include "puente/labor/v1/occupation.pb.h"
#include "puente/labor/v1/occupation_tool.pb.h"
#include "tests/fuzz/target.h"

namespace puente::labor::loader {
namespace {

struct Outcome {
  std::string reason;
  std::vector<Term> terms;
  v1::LoadVocabularyResponse summary;
};

Outcome Load(v1::VocabularyLayout layout, absl::string_view file, size_t slice) {
  Outcome outcome;
  v1::VocabularyRelease release;
  release.set_name("vocabularyReleases/fuzz");
  release.set_source("fuzz");
  release.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  VocabularyLoader loader({.layout = layout, .release = release, .locale = Locale::kEnglish});
  absl::Status status;
  for (size_t at = 0; at < file.size() && status.ok(); at += slice) {
    status = loader.Feed(file.substr(at, slice));
  }
  if (status.ok()) status = loader.Finish();
  outcome.reason = Reason(status);
  if (!status.ok()) return outcome;
  while (std::optional<TermBatch> batch = loader.NextBatch()) {
    for (Term& term : batch->terms) outcome.terms.push_back(std::move(term));
  }
  outcome.summary = loader.Summary();
  return outcome;
}

void CheckTerm(const Term& term) {
  static const NamePattern occupations("vocabularyReleases/{r}/occupations/{o}");
  static const NamePattern tools("vocabularyReleases/{r}/tools/{t}");
  static const fields::FieldChecker fields(v1::Occupation::descriptor());
  if (term.message->GetDescriptor() == v1::Occupation::descriptor()) {
    const auto& occupation = static_cast<const v1::Occupation&>(*term.message);
    FUZZ_CHECK(occupations.Parse(occupation.name()).ok());
    FUZZ_CHECK(!occupation.label_en().empty() && !occupation.description_en().empty());
    FUZZ_CHECK(fields.Violations(occupation, "occupation").empty());
    FUZZ_CHECK(rules::CheckOccupation(occupation, "occupation").empty());
  } else {
    const auto& tool = static_cast<const v1::OccupationTool&>(*term.message);
    FUZZ_CHECK(tools.Parse(tool.name()).ok());
    FUZZ_CHECK(occupations.Parse(tool.occupation()).ok());
    FUZZ_CHECK(!tool.tool().empty() && tool.commodity_code().size() == 8);
  }
}

void CheckOutcome(const Outcome& outcome) {
  const auto& summary = outcome.summary;
  const auto loaded = static_cast<int64_t>(outcome.terms.size());
  FUZZ_CHECK(summary.read_count() == summary.rejected_count() + loaded);
  FUZZ_CHECK(summary.errors_size() + summary.more_error_count() >= summary.rejected_count());
  for (const v1::RowError& error : summary.errors()) {
    FUZZ_CHECK(error.line() > 1);
    FUZZ_CHECK(!error.rule().empty() && !error.remedy().empty());
    FUZZ_CHECK(EncodingOf(error.value()) != Encoding::kBroken);
  }
  std::set<std::string> ids;
  for (const Term& term : outcome.terms) {
    FUZZ_CHECK(ids.insert(term.id).second);
    CheckTerm(term);
  }
}

}  // namespace
}  // namespace puente::labor::loader

// The first byte says which layout it is, and how the rest is sliced.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace puente::labor::loader;
  namespace v1 = puente::labor::v1;
  if (size == 0) return 0;
  const auto layout = data[0] % 2 == 0 ? v1::VOCABULARY_LAYOUT_ONET_OCCUPATION_DATA
                                       : v1::VOCABULARY_LAYOUT_ONET_TECHNOLOGY_SKILLS;
  const absl::string_view file(reinterpret_cast<const char*>(data + 1), size - 1);
  const Outcome whole = Load(layout, file, std::max<size_t>(file.size(), 1));
  if (whole.reason.empty()) CheckOutcome(whole);
  const Outcome sliced = Load(layout, file, 1 + data[0] / 2 % 64);
  FUZZ_CHECK(sliced.reason == whole.reason);
  FUZZ_CHECK(sliced.summary.SerializeAsString() == whole.summary.SerializeAsString());
  FUZZ_CHECK(sliced.terms.size() == whole.terms.size());
  for (size_t i = 0; i < whole.terms.size(); ++i) {
    FUZZ_CHECK(sliced.terms[i].message->SerializeAsString() ==
               whole.terms[i].message->SerializeAsString());
  }
  return 0;
}
