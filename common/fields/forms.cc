#include "common/fields/forms.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace puente::fields {
namespace {

struct Words {
  absl::string_view pattern;
  absl::string_view es;
  absl::string_view en;
};

// Whole patterns.
constexpr Words kForms[] = {
    {"[a-z0-9]([a-z0-9-]*[a-z0-9])?",
     "de minúsculas, dígitos y guiones, con letra o dígito al principio y al final",
     "of lower-case letters, digits and hyphens, with a letter or digit at both ends"},
    {"[a-z0-9][a-z0-9-]*", "de minúsculas, dígitos y guiones",
     "of lower-case letters, digits and hyphens"},
    {"[a-z][a-z0-9]*(-[a-z0-9]+)*", "palabras en minúsculas unidas por guiones, como need-by-state",
     "lower-case words joined by hyphens, such as need-by-state"},
    {"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*",
     "palabras en mayúsculas unidas por guion bajo, como SCHOOL_CYCLE",
     "upper-case words joined by underscores, such as SCHOOL_CYCLE"},
    {"CL_[A-Z0-9_]+", "el id de una lista de códigos, como CL_STATE",
     "the id of a code list, such as CL_STATE"},
    {"[A-Z][A-Z0-9_]*", "de mayúsculas, dígitos y guion bajo",
     "of upper-case letters, digits and underscores"},
    {"[a-z0-9][a-z0-9.-]*", "de minúsculas, dígitos, puntos y guiones, como portal-del-empleo",
     "of lower-case letters, digits, dots and hyphens, such as portal-del-empleo"},
    {"[A-Za-z0-9][A-Za-z0-9.-]*", "de letras sin acento, dígitos, puntos y guiones",
     "of letters without accents, digits, dots and hyphens"},
    {"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?",
     "de letras sin acento, dígitos, puntos y guiones, con letra o dígito en ambos extremos",
     "of letters without accents, digits, dots and hyphens, with a letter or digit at both ends"},
    {"[A-Za-z0-9._-]+", "de letras sin acento, dígitos, puntos y guiones",
     "of letters without accents, digits, dots and hyphens"},
    {"[A-Za-z0-9][A-Za-z0-9./ -]*",
     "de letras sin acento, dígitos, espacios, puntos, barras y guiones",
     "of letters without accents, digits, spaces, dots, slashes and hyphens"},
    {"[A-ZÑ&0-9][A-ZÑ&0-9.-]*", "de mayúsculas, dígitos, &, puntos y guiones",
     "of upper-case letters, digits, &, dots and hyphens"},
    {"[a-z0-9-]+:[A-Za-z0-9.-]+", "un esquema, dos puntos y un valor, como cefr:B2",
     "a scheme, a colon and a value, such as cefr:B2"},
    {"0[1-9]|[12][0-9]|3[0-2]", "la clave de un estado en el INEGI, de 01 a 32",
     "the code of a state at INEGI, from 01 to 32"},
    {"[0-9]{2,6}", "una clase del SCIAN, de 2 a 6 dígitos, como 336",
     "a class of SCIAN, 2 to 6 digits, such as 336"},
    {"11|2[1-3]|31-33|43|46|48-49|5[1-6]|6[12]|7[12]|81|93",
     "un sector del SCIAN: dos dígitos, 31-33 o 48-49",
     "a sector of SCIAN: two digits, 31-33 or 48-49"},
    {"[1-9][0-9]{0,3}", "una clave del SINCO, de 1 a 4 dígitos, como 7212",
     "a code of SINCO, 1 to 4 digits, such as 7212"},
    {"[1-9][0-9]{0,5}", "un número entero desde 1, de hasta 6 dígitos",
     "a whole number from 1, up to 6 digits"},
    {"[1-9][0-9]{1,5}", "de 2 a 6 dígitos, sin cero al principio",
     "2 to 6 digits, without a zero in front"},
    {"[0-9]{2}", "de dos dígitos", "two digits"},
    {"[0-9]{8}", "de ocho dígitos", "eight digits"},
    {"[a-z]{2}", "un código de idioma de dos letras, como es",
     "a two-letter code of a language, such as es"},
    {"[A-Z]{2}", "un código de país de dos letras, como MX",
     "a two-letter code of a country, such as MX"},
    {"[a-z][A-Za-z]*", "el nombre de una colección, como vacancies",
     "the name of a collection, such as vacancies"},
    {"EC[0-9]{4}", "el código de un estándar del CONOCER, como EC0217",
     "the code of a standard of CONOCER, such as EC0217"},
    {"20[0-9]{2}-20[0-9]{2}", "un ciclo escolar, como 2026-2027",
     "a school cycle, such as 2026-2027"},
    {"20[0-9]{2}(-20[0-9]{2})?", "un año o un ciclo escolar, como 2026 o 2026-2027",
     "a year or a school cycle, such as 2026 or 2026-2027"},
    {"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", "un mes, como 2026-02", "a month, such as 2026-02"},
    {"[A-HJ-NP-Z2-9]{8}", "un código de ocho letras y dígitos",
     "a code of eight letters and digits"},
    {"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "un UUID en minúsculas", "a UUID in lower case"},
    {"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
     "un UUID de versión 4 en minúsculas", "a version 4 UUID in lower case"},
    {"[A-ZÑ&]{3}[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[A-Z0-9]{2}[0-9A]",
     "un RFC de persona moral de doce caracteres, como XXX010101XX0",
     "an RFC of a legal person of twelve characters, such as XXX010101XX0"},
    {"(0[1-9]|[12][0-9]|3[0-2])[A-Z]{3}[0-9]{4}[A-Z]",
     "una clave de centro de trabajo, como 11DCT0001A",
     "a code of a school site, such as 11DCT0001A"},
    {R"([a-z0-9_]+(\[[0-9]{1,2}\])?(\.[a-z0-9_]+(\[[0-9]{1,2}\])?)*)",
     "la ruta de un campo, como outcomes[2].statement",
     "the path of a field, such as outcomes[2].statement"},
};

// Parts of the patterns of names, the longer ones first.
constexpr std::pair<absl::string_view, absl::string_view> kParts[] = {
    {"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"},
    {"[a-z0-9]([a-z0-9-]*[a-z0-9])?", "ID"},
    {"[1-9][0-9]{0,18}", "N"},
    {"[1-9][0-9]{0,8}", "N"},
    {"[1-9][0-9]{0,5}", "N"},
};

// "programs/ID/versions/N" and its like of "(programs|microcredentials)/ID/versions/N".
std::vector<std::string> Alternatives(absl::string_view name) {
  std::vector<std::string> all;
  for (absl::string_view one : absl::StrSplit(name, '|')) all.emplace_back(one);
  if (!absl::ConsumePrefix(&name, "(")) return all;
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(name, absl::MaxSplits(')', 1));
  all.clear();
  for (absl::string_view ending : absl::StrSplit(parts.second, '|')) {
    if (!all.empty()) {
      all.emplace_back(ending);
      continue;
    }
    for (absl::string_view one : absl::StrSplit(parts.first, '|')) {
      all.push_back(absl::StrCat(one, ending));
    }
  }
  return all;
}

}  // namespace

Form FormOf(absl::string_view pattern) {
  for (const Words& form : kForms) {
    if (form.pattern == pattern) return {std::string(form.es), std::string(form.en)};
  }
  const std::vector<std::string> names = Alternatives(
      absl::StrReplaceAll(pattern, {kParts[0], kParts[1], kParts[2], kParts[3], kParts[4]}));
  // Of layouts of files, whose patterns are anybody's.
  if (absl::StrJoin(names, "").find_first_of("[](){}*+?^$\\.") != std::string::npos) {
    return {absl::StrCat("de la forma ", pattern), absl::StrCat("of the form ", pattern)};
  }
  Form form{absl::StrCat("un nombre como ", absl::StrJoin(names, " o ")),
            absl::StrCat("a name such as ", absl::StrJoin(names, " or "))};
  if (absl::StrContains(pattern, kParts[1].first)) {
    form.es += ", con ID de minúsculas, dígitos y guiones";
    form.en += ", with an ID of lower-case letters, digits and hyphens";
  }
  if (absl::StrContains(pattern, "[1-9][0-9]{0,")) {
    form.es += " y N un número";
    form.en += " and N a number";
  }
  return form;
}

}  // namespace puente::fields
