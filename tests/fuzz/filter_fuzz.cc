// Filters and orders of lists: what is accepted is declared, and becomes no SQL but through
// parameters.

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/resource/filter.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/fuzz/target.h"

namespace {

using puente::resource::FilterField;
using puente::resource::Spec;

const Spec& TestSpec() {
  using Kind = FilterField::Kind;
  constexpr puente::ErrorSpec kError{"FUZZ", absl::StatusCode::kNotFound, "test", "$name", "$name"};
  static const auto* spec = new Spec(
      {.type = puente::resource::TypeOf<puente::labor::v1::Vacancy>(),
       .table = "vacancy",
       .pattern = puente::NamePattern("vacancies/{vacancy}"),
       .id_columns = {"id"},
       .columns = {"state_code", "scian_class"},
       .filters = {{"state", "state", Kind::kEnum, puente::labor::v1::VacancyState_descriptor()},
                   {"state_code", "state_code"},
                   {"scian_class", "scian_class", Kind::kPrefix}},
       .lists = {{{}, {{"id"}}, "PRIMARY"},
                 {{"state"}, {{"id"}}, "a"},
                 {{"state"}, {{"offer_date", true}, {"id"}}, "b", "offer_date desc"},
                 {{"state_code", "state"}, {{"id"}}, "c"},
                 {{"scian_class"}, {{"scian_class"}, {"id"}}, "d"}},
       .not_found = kError,
       .already_exists = kError});
  return *spec;
}

}  // namespace

// The input is a filter and, after a line break, an order.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t end = input.find('\n');
  const absl::string_view filter = input.substr(0, end);
  const absl::string_view order = end == input.npos ? absl::string_view() : input.substr(end + 1);
  const auto terms = puente::resource::ParseFilter(filter);
  const auto matched = puente::resource::MatchFilter(TestSpec(), filter, order);
  if (!terms.ok()) FUZZ_CHECK(!matched.ok());
  if (!matched.ok()) {
    const std::string reason = puente::Reason(matched.status());
    FUZZ_CHECK(reason == "INVALID_FILTER" || reason == "INVALID_ORDER_BY");
    return 0;
  }
  FUZZ_CHECK(terms->size() == matched->shape->fields.size());
  FUZZ_CHECK(matched->values.size() == static_cast<size_t>(absl::c_count(matched->where, '?')));
  // Nothing of the caller's is in the text but names that were declared.
  for (const char c : matched->where) {
    FUZZ_CHECK(absl::ascii_isalnum(c) || absl::StrContains("_ =?<>", c));
  }
  return 0;
}
