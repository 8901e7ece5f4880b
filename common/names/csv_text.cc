#include "common/names/csv_text.h"

#include "absl/strings/str_cat.h"

namespace puente {
namespace {

bool RunsAsFormula(absl::string_view text) {
  return !text.empty() && absl::string_view("=+-@\t\r").find(text[0]) != absl::string_view::npos;
}

}  // namespace

void AppendCsvText(std::string& out, absl::string_view text) {
  const absl::string_view guard = RunsAsFormula(text) ? "'" : "";
  if (text.find_first_of(",\"\r\n") == text.npos) {
    absl::StrAppend(&out, guard, text);
    return;
  }
  absl::StrAppend(&out, "\"", guard);
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  out.push_back('"');
}

}  // namespace puente
