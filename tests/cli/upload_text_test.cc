#include "cli/upload_text.h"

#include <gmock/gmock.h>

#include <sstream>

#include "puente/labor/v1/vacancy.pb.h"
#include "tests/cli/fits.h"

namespace puente::cli {
namespace {

using ::testing::HasSubstr;

TEST(UploadText, FitsATerminalWhateverIsWrongWithARow) {
  labor::v1::LoadVacanciesResponse response;
  response.set_read_count(1'000'000);
  response.set_rejected_count(1);
  type::v1::RowError& error = *response.add_errors();
  error.set_line(1'000'000);
  error.set_field("descripcion_de_actividades_del_puesto");
  error.set_value(std::string(200, 'x'));
  error.set_rule("SALARY_ABOVE_CEILING");
  error.set_remedy(
      "must be at most one million pesos a month before taxes; write the amount without thousands "
      "separators and check whether it was given for a year");
  std::ostringstream out;
  Printer printer(out, Language::kEnglish, /*plain=*/true);
  Print(printer, response, /*stored=*/true);
  EXPECT_THAT(out.str(), HasSubstr("SALARY_ABOVE_CEILING"));
  EXPECT_THAT(out.str(), HasSubstr("given for a year"));
  ExpectFits(out.str());
}

}  // namespace
}  // namespace puente::cli
