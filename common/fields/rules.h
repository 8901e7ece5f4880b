// Rules of values that all agencies share: of fields, of update masks, and of what files bring.
#pragma once

#include "common/status/violation.h"

namespace puente::rule {

inline constexpr RuleSpec kRequired{"REQUIRED", "es obligatorio; complételo.",
                                    "is required; fill it in."};
inline constexpr RuleSpec kTooMany{"TOO_MANY",
                                   "tiene más de $most elementos; quite los que sobran.",
                                   "has more than $most elements; remove some."};
inline constexpr RuleSpec kText{
    "TEXT", "debe ser texto visible en UTF-8, sin caracteres de control; corríjalo.",
    "must be visible text in UTF-8, without control characters; correct it."};
inline constexpr RuleSpec kTooLong{"TOO_LONG", "tiene más de $most caracteres; acórtelo.",
                                   "has more than $most characters; shorten it."};
inline constexpr RuleSpec kCurpInText{
    "CURP_IN_TEXT",
    "no puede llevar una CURP, pues se guarda y se lee como texto; nombre el registro de la "
    "persona.",
    "must not have a CURP in it, since it is kept and read as text; name the person's record."};
inline constexpr RuleSpec kOneOf{"ONE_OF", "debe ser uno de: $values.", "must be one of: $values."};
// In words (forms.h).
inline constexpr RuleSpec kPattern{"PATTERN", "debe ser $form_es.", "must be $form_en."};
inline constexpr RuleSpec kUuid4{"UUID4", "debe ser un UUID de versión 4.",
                                 "must be a version 4 UUID."};
inline constexpr RuleSpec kUnknownValue{"UNKNOWN_VALUE",
                                        "no admite el valor $value; use uno del contrato.",
                                        "does not accept the value $value; use one of the "
                                        "contract's."};
inline constexpr RuleSpec kTooSmall{"TOO_SMALL", "debe ser al menos $least.",
                                    "must be at least $least."};
inline constexpr RuleSpec kTooLarge{"TOO_LARGE", "debe ser como máximo $most.",
                                    "must be at most $most."};
inline constexpr RuleSpec kDate{"DATE",
                                "debe ser una fecha completa del calendario, de 1900 a 2200.",
                                "must be a complete calendar date, from 1900 to 2200."};
inline constexpr RuleSpec kCurrency{"CURRENCY", "debe estar en MXN.", "must be in MXN."};
inline constexpr RuleSpec kMoney{
    "MONEY",
    "debe expresarse en centavos enteros, con nanos menores que una unidad y del mismo signo.",
    "must be in whole centavos, with nanos of less than one unit and of the same sign."};
inline constexpr RuleSpec kUnique{"UNIQUE", "repite el valor de $earlier; quite uno de los dos.",
                                  "repeats the value of $earlier; remove one of the two."};
inline constexpr RuleSpec kNotBefore{"NOT_BEFORE",
                                     "no puede ser anterior a $other; corrija una de las fechas.",
                                     "must not be before $other; correct one of the dates."};

// Of changes.
inline constexpr RuleSpec kImmutable{
    "IMMUTABLE", "no puede cambiar una vez creado el recurso; quítelo de update_mask.",
    "cannot change once the resource exists; leave it out of update_mask."};

// Of where records come from, for those who are not the agency that keeps them.
inline constexpr RuleSpec kNotYourSource{
    "NOT_YOUR_SOURCE", "no es una fuente suya; las suyas son: $sources. Vacío indica la primera.",
    "is not a source of yours; yours are: $sources. Empty means the first."};
inline constexpr RuleSpec kNoSource{
    "NO_SOURCE",
    "no puede ser $source, que es demasiado largo; pida a quienes operan Puente que inscriban una "
    "fuente suya.",
    "can't be $source, which is too long; ask Puente's operators to register a source of yours."};

// Of update_mask.
inline constexpr RuleSpec kNotAlone{"NOT_ALONE", "tiene rutas además de \"*\"; quítelas.",
                                    "has paths besides \"*\"; remove them."};
inline constexpr RuleSpec kUnknownPath{"UNKNOWN_PATH",
                                       "tiene \"$path\", que no es un campo de $type; corríjala.",
                                       "has \"$path\", which is not a field of $type; correct it."};
inline constexpr RuleSpec kOverlap{"OVERLAP",
                                   "tiene \"$path\", que está dentro de \"$outer\"; quite una.",
                                   "has \"$path\", which is within \"$outer\"; remove one."};

}  // namespace puente::rule
