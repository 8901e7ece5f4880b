// Filters and orders of lists: what is accepted is declared, and becomes no SQL but through
// parameters.

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/resource/filter.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/fuzz/target.h"

namespace {

using puente::labor::v1::Vacancy;

const puente::resource::Resource<Vacancy>& Vacancies() {
  static const puente::resource::Resource<Vacancy> vacancies({
      .table = "vacancy",
      .lists = {{.by = {"state"}, .index = "a"},
                {.by = {"state"},
                 .order = {"offer_date desc"},
                 .index = "b",
                 .order_by = "offer_date desc"},
                {.by = {"state_code", "state"}, .index = "c"},
                {.by = {"scian_class*"}, .index = "d"}},
  });
  return vacancies;
}

}  // namespace

// The input is a filter and, after a line break, an order.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t end = input.find('\n');
  const absl::string_view filter = input.substr(0, end);
  const absl::string_view order = end == input.npos ? absl::string_view() : input.substr(end + 1);
  const auto terms = puente::resource::ParseFilter(filter);
  const auto matched = puente::resource::MatchFilter(Vacancies(), filter, order);
  if (!terms.ok()) FUZZ_CHECK(!matched.ok());
  if (!matched.ok()) {
    const std::string reason = puente::Reason(matched.status());
    FUZZ_CHECK(reason == "INVALID_FILTER" || reason == "INVALID_ORDER_BY");
    return 0;
  }
  FUZZ_CHECK(terms->size() == matched->list->fields.size());
  FUZZ_CHECK(matched->values.size() == static_cast<size_t>(absl::c_count(matched->where, '?')));
  // Nothing of the caller's is in the text but names that were declared.
  for (const char c : matched->where) {
    FUZZ_CHECK(absl::ascii_isalnum(c) || absl::StrContains("_ =?<>", c));
  }
  return 0;
}
