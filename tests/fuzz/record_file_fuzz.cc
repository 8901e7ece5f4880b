// Files whose rows become records: the same outcome however they are sliced, one acknowledgement a
// row in the file's order, and records whose names and identifiers are right.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "common/loading/number.h"
#include "common/loading/occurrence.h"
#include "common/loads/layout.h"
#include "common/loads/record_file.h"
#include "common/names/rfc.h"
#include "common/resource/standard.h"
#include "modules/economy/companies/resource.h"
#include "modules/education/assessments/resource.h"
#include "modules/education/awards/resource.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/enrolments/resource.h"
#include "modules/education/ids.h"
#include "modules/education/learners/registration.h"
#include "modules/education/learners/resource.h"
#include "modules/education/program_versions/resource.h"
#include "re2/re2.h"
#include "tests/fuzz/target.h"

namespace puente::loads {
namespace {

constexpr char kCompany[] =
    R"({"profile": "f", "about": "a", "collection": "companies", "columns": [
    {"column": "i", "key": "company", "prefix": "d-"}, {"column": "n", "field": "legal_name"},
    {"column": "r", "field": "rfc", "absent": ["-"]}, {"column": "c", "field": "scian_class"},
    {"column": "s", "field": "state_code"},
    {"column": "z", "field": "size", "values": {"Único": "MICRO"}}]})";
constexpr char kCampus[] = R"({"profile": "f", "about": "a", "collection": "campuses", "columns": [
    {"column": "k", "field": "cct", "key": "campus"}, {"column": "n", "field": "title_es"},
    {"column": "s", "field": "state_code"}, {"column": "m", "field": "municipality"}]})";
constexpr char kProgram[] = R"({"profile": "f", "about": "a", "collection": "programVersions",
    "columns": [
    {"column": "p", "key": "program", "part": "([^.]*)(?:\\..*)?", "otherwise": "p"},
    {"column": "v", "key": "version"}, {"column": "o", "field": "organization"},
    {"column": "n", "field": "title_es"}, {"column": "h", "field": "workload_hours"},
    {"column": "m", "field": "modality", "values": {"d": "DUAL"}},
    {"column": "r", "field": "outcomes.code"}, {"column": "e", "field": "outcomes.statement"},
    {"column": "k", "field": "outcomes.skills", "separator": "+"}]})";

struct Kind {
  const resource::Spec& spec;
  loading::Layout layout;
  loading::Profile profile;
  resource::Ids above;
  resource::internal::UntypedFileRules in_files;

  // `stated`: what rows may say besides, of verbs.
  Kind(const resource::Spec& spec, const std::string& json, resource::Ids above,
       resource::internal::UntypedFileRules rules = {}, const std::vector<const char*>& stated = {})
      : spec(spec),
        layout(LayoutOf(spec, FieldsOf(spec, stated), !rules.found_by.empty())),
        profile(loading::ParseProfile(layout, json, "fuzz").value()),
        above(std::move(above)),
        in_files(std::move(rules)) {}

  static std::vector<const google::protobuf::FieldDescriptor*> FieldsOf(
      const resource::Spec& spec, const std::vector<const char*>& names) {
    std::vector<const google::protobuf::FieldDescriptor*> fields;
    for (const char* name : names) fields.push_back(spec.type().FindFieldByName(name));
    return fields;
  }
};

// A bundled one.
std::string ProfileOf(const std::string& name) {
  std::ifstream file(std::string(PUENTE_PROFILES "/puente-") + name + ".json");
  return {std::istreambuf_iterator<char>(file), {}};
}

resource::internal::UntypedFileRules OfPersons() {
  resource::internal::UntypedFileRules rules;
  rules.check_id = &education::CheckIdOfRecord;
  return rules;
}

resource::internal::UntypedFileRules WithIds() {
  resource::internal::UntypedFileRules rules = OfPersons();
  rules.id = [](const resource::Message& record) {
    return loading::RecordId(loading::IdentityOf(record), 1);
  };
  return rules;
}

resource::internal::UntypedFileRules FoundByRows() {
  resource::internal::UntypedFileRules rules = OfPersons();
  rules.found_by = "identifier";
  rules.identity = [](const resource::Message& record) {
    return education::IdentityInFiles(static_cast<const education::v1::Learner&>(record));
  };
  return rules;
}

constexpr uint8_t kOfPersons = 0xC0;  // first bytes from here on choose among these

const Kind& KindOf(uint8_t choice) {
  static const Kind* const kinds[] = {new Kind(economy::Companies(), kCompany, {}),
                                      new Kind(education::Campuses(), kCampus, {"conalep"}),
                                      new Kind(education::ProgramVersions(), kProgram, {})};
  static const Kind* const of_persons[] = {
      new Kind(education::Learners(), ProfileOf("learners"), {"utt"}, FoundByRows()),
      new Kind(education::Enrolments(), ProfileOf("enrolments"), {"utt"}, WithIds(),
               {"end_date", "state"}),
      new Kind(education::Assessments(), ProfileOf("assessments"), {"utt"}, WithIds(),
               {"grade", "state_reason", "state"}),
      new Kind(education::Awards(), ProfileOf("awards"), {"utt"}, WithIds())};
  return choice < kOfPersons ? *kinds[choice % 3] : *of_persons[choice % 4];
}

struct Outcome {
  std::string reason;
  std::vector<Stated> stated;
};

Outcome Read(const Kind& kind, absl::string_view file, size_t slice) {
  FileOptions options{.profile = &kind.profile,
                      .spec = &kind.spec,
                      .in_files = kind.in_files,
                      .above = kind.above,
                      .base = kind.spec.NewMessage(),
                      .locale = Locale::kEnglish};
  RecordFile records(std::move(options));
  Outcome outcome;
  absl::Status status;
  for (size_t at = 0; at < file.size() && status.ok(); at += slice) {
    status = records.Feed(file.substr(at, slice));
  }
  if (status.ok()) status = records.Finish();
  outcome.reason = Reason(status);
  if (!status.ok()) return outcome;
  while (std::optional<StatedBatch> batch = records.NextBatch()) {
    for (Stated& stated : batch->records) outcome.stated.push_back(std::move(stated));
  }
  return outcome;
}

void CheckRow(const Kind& kind, const Stated& stated, const api::v1::LoadRow& row) {
  FUZZ_CHECK(row.line() > 1);
  FUZZ_CHECK((row.outcome() == api::v1::LOAD_OUTCOME_REFUSED) == (stated.record == nullptr));
  FUZZ_CHECK(row.errors().empty() == (stated.record != nullptr));
  for (const type::v1::RowError& error : row.errors()) {
    FUZZ_CHECK(error.line() == row.line() && !error.rule().empty() && !error.remedy().empty());
    FUZZ_CHECK(loading::EncodingOf(error.value()) != loading::Encoding::kBroken);
    FUZZ_CHECK(error.value().empty() || !kind.spec.personal());
    FUZZ_CHECK(kind.in_files.check_id == nullptr || !kind.in_files.check_id(error.value()));
  }
}

// Of those that have them: an RFC of a legal entity, a CCT.
void CheckIdentifiers(const resource::Message& record) {
  static const RE2 rfc("[A-ZÑ&]{3}[0-9]{6}[A-Z0-9]{3}");
  static const RE2 cct("(0[1-9]|[12][0-9]|3[0-2])[A-Z]{3}[0-9]{4}[A-Z]");
  for (const auto& [name, form] : {std::make_pair("rfc", &rfc), std::make_pair("cct", &cct)}) {
    if (record.GetDescriptor()->FindFieldByName(name) == nullptr) continue;
    const std::string value = resource::standard::Get(record, name);
    FUZZ_CHECK(value.empty() || RE2::FullMatch(value, *form));
    RfcCheckDigitFits(value);  // of anything
  }
}

void CheckOutcome(const Kind& kind, const Outcome& outcome) {
  std::set<std::string> names;
  const bool found_by_rows = !kind.in_files.found_by.empty();
  int64_t last = 0;
  for (const Stated& stated : outcome.stated) {
    FUZZ_CHECK(!stated.rows.empty());
    for (const api::v1::LoadRow& row : stated.rows) {
      FUZZ_CHECK(row.row() == ++last);
      CheckRow(kind, stated, row);
      FUZZ_CHECK(row.name().empty() || !found_by_rows);
    }
    if (stated.record == nullptr) continue;
    const std::string name = resource::standard::Name(*stated.record);
    FUZZ_CHECK(names.insert(found_by_rows ? kind.in_files.identity(*stated.record) : name).second);
    FUZZ_CHECK(found_by_rows ? name == "organizations/utt/learners/-"
                             : kind.spec.pattern().Parse(name).ok());
    CheckIdentifiers(*stated.record);
  }
}

bool Same(const Stated& a, const Stated& b) {
  if ((a.record == nullptr) != (b.record == nullptr) || a.rows.size() != b.rows.size())
    return false;
  for (size_t i = 0; i < a.rows.size(); ++i) {
    if (a.rows[i].SerializeAsString() != b.rows[i].SerializeAsString()) return false;
  }
  return a.record == nullptr || a.record->SerializeAsString() == b.record->SerializeAsString();
}

}  // namespace
}  // namespace puente::loads

// The first byte says which records and how the rest is sliced.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace puente::loads;
  if (size == 0) return 0;
  const Kind& kind = KindOf(data[0]);
  const absl::string_view file(reinterpret_cast<const char*>(data + 1), size - 1);
  const Outcome whole = Read(kind, file, std::max<size_t>(file.size(), 1));
  if (whole.reason.empty()) CheckOutcome(kind, whole);
  const Outcome sliced = Read(kind, file, 1 + data[0] / 3 % 64);
  FUZZ_CHECK(sliced.reason == whole.reason && sliced.stated.size() == whole.stated.size());
  for (size_t i = 0; i < whole.stated.size(); ++i) {
    FUZZ_CHECK(Same(sliced.stated[i], whole.stated[i]));
  }
  return 0;
}
