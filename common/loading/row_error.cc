#include "common/loading/row_error.h"

#include "absl/strings/str_cat.h"
#include "common/loading/number.h"

namespace puente::loading {
namespace {

constexpr size_t kMostShown = 80;  // characters of a wrong value

}  // namespace

std::string CutValue(absl::string_view value) {
  std::string shown;
  size_t count = 0;
  while (!value.empty() && count < kMostShown) {
    const size_t size = Utf8Size(value);
    if (size == 0) {
      absl::StrAppend(&shown, "\uFFFD");  // a byte that is no UTF-8
      value.remove_prefix(1);
    } else {
      absl::StrAppend(&shown, value.substr(0, size));
      value.remove_prefix(size);
    }
    ++count;
  }
  return shown;
}

type::v1::RowError MakeRowError(int64_t line, absl::string_view field, absl::string_view value,
                                const Violation& wrong, Locale locale) {
  type::v1::RowError error;
  error.set_line(line);
  error.set_field(CutValue(field));
  error.set_value(CutValue(value));
  error.set_rule(std::string(wrong.rule));
  error.set_remedy(std::string(locale == Locale::kSpanish ? wrong.es : wrong.en));
  return error;
}

}  // namespace puente::loading
