// CURP, the key of Mexico's population register.
#pragma once

#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/status/violation.h"

namespace puente {

// Of 18 characters: initials of surnames and name, birth date, sex, state of birth, inner
// consonants, a character that tells alike persons apart, a check digit. None of these texts
// repeats any part of it.
namespace rule {
inline constexpr RuleSpec kCurpLength{
    "CURP_LENGTH", "no tiene los 18 caracteres de una CURP; escríbala completa y sin espacios.",
    "does not have the 18 characters of a CURP; write it whole and without spaces."};
inline constexpr RuleSpec kCurpCharacters{
    "CURP_CHARACTERS",
    "tiene algo que no es cifra ni letra de la A a la Z; una CURP no lleva acentos, y la Ñ es X.",
    "has something other than digits and letters from A to Z; a CURP has no accents, and Ñ is X."};
inline constexpr RuleSpec kCurpInitials{
    "CURP_INITIALS",
    "debe comenzar con cuatro letras, la segunda de ellas vocal o X; corrija las posiciones 1 a 4.",
    "must begin with four letters, the second of them a vowel or X; correct positions 1 to 4."};
inline constexpr RuleSpec kCurpBirthDate{
    "CURP_BIRTH_DATE",
    "da una fecha de nacimiento que no existe; corrija las posiciones 5 a 10 (año, mes y día), o "
    "la "
    "17 (cifra para nacidos hasta 1999, letra desde 2000).",
    "gives a birth date that does not exist; correct positions 5 to 10 (year, month and day), or "
    "17 "
    "(a digit for those born up to 1999, a letter from 2000 on)."};
inline constexpr RuleSpec kCurpSex{"CURP_SEX", "debe tener H, M o X en la posición 11; corríjala.",
                                   "must have H, M or X at position 11; correct it."};
inline constexpr RuleSpec kCurpState{"CURP_STATE",
                                     "debe tener en las posiciones 12 y 13 la clave de una "
                                     "entidad, como JC, o NE para nacidos en el "
                                     "extranjero; corríjalas.",
                                     "must have the code of a state at positions 12 and 13, such "
                                     "as JC, or NE for those born abroad; "
                                     "correct them."};
inline constexpr RuleSpec kCurpConsonants{
    "CURP_CONSONANTS", "debe tener consonantes en las posiciones 14 a 16; corríjalas.",
    "must have consonants at positions 14 to 16; correct them."};
inline constexpr RuleSpec kCurpCheckDigit{
    "CURP_CHECK_DIGIT",
    "no concuerda con su última cifra, que se calcula de las demás; revise cada carácter.",
    "does not agree with its last digit, which is computed from the others; check each character."};
}  // namespace rule

enum class Sex { kWoman, kMan, kNonBinary };

// What a CURP says.
struct Curp {
  std::string text;  // in capitals, without white space around it
  // From 1900 to 2099: whether that day has come is the caller's to ask.
  absl::CivilDay birth_date;
  Sex sex;
  std::string birth_state;  // INEGI code; "" for those born abroad
};

// The first thing that is wrong with it if it is none. Case and surrounding white space don't
// matter, nor whether its letters form one of the words that the register avoids.
std::variant<Curp, Violation> ParseCurp(absl::string_view text);

// Whether a word of a text has the form of a CURP, be its last digit right or not.
bool TellsCurp(absl::string_view text);

}  // namespace puente
