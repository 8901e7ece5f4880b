// CURPs: one that is taken has the form, is taken again as it stands, and is not taken with any
// other check digit.

#include "common/names/curp.h"
#include "common/names/state.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto parsed = puente::ParseCurp({reinterpret_cast<const char*>(data), size});
  const auto* curp = std::get_if<puente::Curp>(&parsed);
  if (curp == nullptr) {
    const auto& violation = std::get<puente::Violation>(parsed);
    FUZZ_CHECK(!violation.rule.empty() && !violation.es.empty() && !violation.en.empty());
    return 0;
  }
  FUZZ_CHECK(curp->text.size() == 18);
  FUZZ_CHECK(curp->birth_date >= absl::CivilDay(1900, 1, 1));
  FUZZ_CHECK(curp->birth_date <= absl::CivilDay(2099, 12, 31));
  FUZZ_CHECK(curp->birth_state.empty() || puente::StateName(curp->birth_state));
  std::string text = curp->text;
  const auto again = puente::ParseCurp(text);
  FUZZ_CHECK(std::holds_alternative<puente::Curp>(again));
  FUZZ_CHECK(std::get<puente::Curp>(again).text == text);
  text.back() = text.back() == '9' ? '0' : static_cast<char>(text.back() + 1);
  FUZZ_CHECK(!std::holds_alternative<puente::Curp>(puente::ParseCurp(text)));
  return 0;
}
