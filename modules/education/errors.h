// What Education answers besides the errors that all servers and all resources share.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"
#include "modules/education/dual_errors.h"

namespace puente::education::error {

inline constexpr ErrorSpec kMicrocredentialVersionNotDraft{
    "MICROCREDENTIAL_VERSION_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión de microcredencial $name está en $state y ya no puede cambiar; cree la siguiente.",
    "Microcredential version $name is $state and can no longer change; create the next one."};
inline constexpr ErrorSpec kStackingCircle{
    "STACKING_CIRCLE", absl::StatusCode::kFailedPrecondition, "education.puente",
    "$name no puede apoyarse en $other, que a su vez se apoya en la misma microcredencial; quite "
    "sus "
    "versiones de parts y prerequisites.",
    "$name can't stack on $other, which stacks on the same microcredential in turn; remove its "
    "versions from parts and prerequisites."};
inline constexpr ErrorSpec kStackTooLarge{
    "STACK_TOO_LARGE", absl::StatusCode::kFailedPrecondition, "education.puente",
    "$name lleva por parts y prerequisites a más de $most, o por más de $steps pasos; únalas en "
    "menos.",
    "$name leads by parts and prerequisites to more than $most others, or over more than $steps "
    "steps; join them into fewer."};
inline constexpr ErrorSpec kProgramVersionNotDraft{
    "PROGRAM_VERSION_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión de programa $name está en $state y ya no puede cambiar; cree la siguiente.",
    "Program version $name is $state and can no longer change; create the next one."};
inline constexpr ErrorSpec kCertificationOverlaps{
    "CERTIFICATION_OVERLAPS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "$certifier ya certifica $version con $other, del $start al $end, y hay días comunes; elija "
    "otros días, o renueve o retire esa certificación.",
    "$certifier already certifies $version by $other, from $start to $end, and days are in both; "
    "choose other days, or renew or withdraw that certification."};
inline constexpr ErrorSpec kCertificationEnded{
    "CERTIFICATION_ENDED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La certificación $name terminó el $end y ya no puede cambiar; presente la versión otra vez a "
    "la entidad certificadora.",
    "Certification $name ended on $end and can no longer change; submit the version to the body "
    "anew."};
inline constexpr ErrorSpec kCertifierLeft{
    "CERTIFIER_LEFT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "$certifier dejó de certificar el $day y ya no registra certificaciones; acuda a otro "
    "organismo.",
    "$certifier left on $day and records no certification any more; go to another body."};
inline constexpr ErrorSpec kRvoeOverlaps{
    "RVOE_OVERLAPS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "$program ya tiene en $campus el RVOE $other, con días comunes; termine ese antes o corrija "
    "las "
    "fechas.",
    "$program has the RVOE $other at $campus already, with days in both; end that one before, or "
    "correct the dates."};
inline constexpr ErrorSpec kCampusHasRvoe{
    "CAMPUS_HAS_RVOE", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El plantel $name tiene el RVOE $rvoe y no se puede borrar; consérvelo, pues ahí se estudió "
    "con "
    "validez.",
    "Campus $name has the RVOE $rvoe and can't be deleted; keep it, since studies there were "
    "recognized."};

inline constexpr ErrorSpec kCampusHasPrograms{
    "CAMPUS_HAS_PROGRAMS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El plantel $name está en la última versión publicada de $program y no se puede borrar; "
    "publique antes una versión sin él.",
    "Campus $name is in the newest published version of $program and can't be deleted; publish a "
    "version without it before."};
inline constexpr ErrorSpec kCampusHasEnrolments{
    "CAMPUS_HAS_ENROLMENTS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "En el plantel $name se cursa o cursó $enrolment y no se puede borrar; consérvelo.",
    "Campus $name can't be deleted, since $enrolment was or is taken there; keep it."};
inline constexpr ErrorSpec kEnrolmentOverlaps{
    "ENROLMENT_OVERLAPS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "$learner ya cursa $version con $other; use esa inscripción, o conclúyala o dela de baja "
    "antes.",
    "$learner already learns $version by $other; use that enrolment, or complete or withdraw it "
    "before."};
inline constexpr ErrorSpec kEnrolmentAwarded{
    "ENROLMENT_AWARDED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "En la inscripción $name se apoya $award y ya no puede cambiar así; revoque antes ese "
    "otorgamiento.",
    "$award rests on enrolment $name, which can no longer change so; revoke that award before."};
inline constexpr ErrorSpec kAssessmentAttemptTaken{
    "ASSESSMENT_ATTEMPT_TAKEN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El intento $attempt de $enrolment ya es $other; numere este como $next.",
    "Attempt $attempt of $enrolment is $other already; number this one $next."};
inline constexpr ErrorSpec kAssessmentToCome{
    "ASSESSMENT_TO_COME", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La evaluación $name es el $day y aún no puede tener resultado; délo desde ese día, o corrija "
    "assess_date.",
    "Assessment $name is on $day and can't have a result yet; give it from that day on, or correct "
    "assess_date."};
inline constexpr ErrorSpec kAwardRuleBeginTaken{
    "AWARD_RULE_BEGIN_TAKEN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "Desde el $day ya vale $other; elija otro día para la regla nueva.",
    "$other counts from $day on already; choose another day for the new rule."};
inline constexpr ErrorSpec kAwardOfEnrolmentExists{
    "AWARD_OF_ENROLMENT_EXISTS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "De $enrolment ya se otorgó $other; corríjalo con CorrectAward, o revóquelo antes.",
    "$other was awarded for $enrolment already; correct it with CorrectAward, or revoke it "
    "before."};
inline constexpr ErrorSpec kAwardDecidedByAgency{
    "AWARD_DECIDED_BY_AGENCY", absl::StatusCode::kPermissionDenied, "education.puente",
    "La dependencia suspendió o revocó $name, y solo ella lo reanuda, corrige o vuelve a otorgar; "
    "pídaselo a ella.",
    "The agency suspended or revoked $name, and it alone resumes, corrects or awards it anew; ask "
    "it to."};
inline constexpr ErrorSpec kAwardNotCertified{
    "AWARD_NOT_CERTIFIED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "$version no tiene certificación que valga el $day en el estado $state para quien comenzó el "
    "$begin; otorgue con fecha de un día certificado, o pida a un organismo que la certifique.",
    "$version has no certification that holds on $day in state $state for who began on $begin; "
    "issue on a day that is certified, or ask a body to certify it."};
inline constexpr ErrorSpec kAwardWithoutRvoe{
    "AWARD_WITHOUT_RVOE", absl::StatusCode::kFailedPrecondition, "education.puente",
    "$program no tiene en $campus un RVOE que ampare a quien comenzó el $begin y concluye el $day; "
    "registre el RVOE, o corrija la inscripción.",
    "$program has no RVOE at $campus for who began on $begin and finishes on $day; record the "
    "RVOE, "
    "or correct the enrolment."};
inline constexpr ErrorSpec kAwardTooSoon{"AWARD_TOO_SOON", absl::StatusCode::kFailedPrecondition,
                                         "education.puente",
                                         "$enrolment comenzó el $begin, y $rule pide al menos "
                                         "$days días hasta otorgar; otorgue desde el "
                                         "$first, o corrija la inscripción.",
                                         "$enrolment began on $begin, and $rule asks for at least "
                                         "$days days before an award; issue from "
                                         "$first on, or correct the enrolment."};
inline constexpr ErrorSpec kAwardReleaseNotFound{
    "AWARD_RELEASE_NOT_FOUND", absl::StatusCode::kNotFound, "education.puente",
    "No hay una publicación de otorgamientos $name; pida la lista, o no nombre ninguna para leer "
    "la última.",
    "There is no release of awards $name; list them, or name none to read the last one."};
inline constexpr ErrorSpec kLearnerRegistered{
    "LEARNER_REGISTERED", absl::StatusCode::kAlreadyExists, "education.puente",
    "La institución ya tiene a esta persona como $name; úselo en vez de registrarla otra vez.",
    "The institution has this person as $name already; use that in the place of another."};
inline constexpr ErrorSpec kLookupsTooMany{
    "LOOKUPS_TOO_MANY", absl::StatusCode::kResourceExhausted, "education.puente",
    "$actor ya buscó $limit identificadores en un minuto; espere, o cargue un archivo si son "
    "muchos.",
    "$actor has looked up $limit identifiers within a minute; wait, or load a file if they are "
    "many."};
inline constexpr ErrorSpec kMergerSettled{
    "MERGER_SETTLED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La unión de $name ya no se puede deshacer: después de ella se registró $what. Revoque lo que "
    "se otorgó a quien no era; pasar un estudiante de una persona a otra aún no es posible.",
    "The merger of $name can no longer be undone: $what was recorded after it. Revoke what was "
    "awarded to the wrong person; moving a learner from one person to another is not possible "
    "yet."};
inline constexpr ErrorSpec kIdentifierCorrected{
    "IDENTIFIER_CORRECTED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La dependencia corrigió el identificador con que se registró a $name; pida a esa persona el "
    "correcto y dé ese. Si ahora es de otra persona, pida a la dependencia que la registre.",
    "The agency corrected the identifier with which $name was registered; ask that person for the "
    "right one and give that. If it is another person's now, ask the agency to register him or "
    "her."};
inline constexpr ErrorSpec kPersonHeld{
    "PERSON_HELD", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La ley conserva el otorgamiento $award hasta el $day, y con él a $name; repita después.",
    "The law keeps award $award until $day, and with it $name; repeat it after that."};
inline constexpr ErrorSpec kAssessmentOfBody{
    "ASSESSMENT_OF_BODY", absl::StatusCode::kPermissionDenied, "education.puente",
    "La evaluación $name la hace $certifier: solo esa entidad, o la dependencia, la cambia y dice "
    "su resultado; usted nombra los planes duales en que se apoya.",
    "Assessment $name is made by $certifier: that body alone, or the agency, changes it and says "
    "its result; you name the dual plans on which it rests."};

inline constexpr ErrorSpec kCampusHasFacilities{
    "CAMPUS_HAS_FACILITIES", absl::StatusCode::kFailedPrecondition, "education.puente",
    "En el plantel $name está la instalación $facility: no se puede borrar ni pasar a otro estado; "
    "consérvelo, o quite antes el plantel de la instalación, o ciérrela.",
    "Facility $facility is at campus $name, which can neither be deleted nor move to another "
    "state; keep it as it is, or take the campus out of the facility or close that before."};
inline constexpr ErrorSpec kFacilityBooked{
    "FACILITY_BOOKED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La instalación $name tiene la reserva $booking, con el día $day, que ya no sería posible; "
    "cancélela antes o, si ya empezó, espere a que termine; o cambie la instalación de otro modo.",
    "Facility $name has the booking $booking, with day $day, which would be possible no more; "
    "cancel it before or, if it has begun, wait until it is over; or change the facility in "
    "another way."};
inline constexpr ErrorSpec kFacilityFull{
    "FACILITY_FULL", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La instalación $name no tiene $seats lugares libres el $day a las $time: quedan $free. Elija "
    "otra hora o menos lugares; GetFacilityUse dice cuáles quedan.",
    "Facility $name does not have $seats seats free on $day at $time: $free are left. Choose "
    "another time or fewer seats; GetFacilityUse says which are left."};
inline constexpr ErrorSpec kFacilityNotShared{
    "FACILITY_NOT_SHARED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La instalación $name no es de $booker, ni hay un convenio de uso en vigor del $first al "
    "$last; pida uno a su titular.",
    "Facility $name is not $booker's, and no sharing agreement is in force from $first to $last; "
    "ask its owner for one."};
inline constexpr ErrorSpec kWeeklyMinutesUsed{
    "WEEKLY_MINUTES_USED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "Con esta reserva serían $minutes minutos en la semana del $week, y $name permite $most; "
    "reserve menos, o en otra semana.",
    "With this booking there would be $minutes minutes in the week of $week, and $name allows "
    "$most; book less, or in another week."};
inline constexpr ErrorSpec kBookingBegun{
    "BOOKING_BEGUN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La reserva $name comenzó el $day a las $time y ya no se puede cancelar; cancele antes las "
    "siguientes.",
    "Booking $name began on $day at $time and can no longer be cancelled; cancel the next ones "
    "before."};
inline constexpr ErrorSpec kSharingOverlaps{
    "SHARING_OVERLAPS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La instalación $name ya se comparte con $guest por $other, y hay días comunes; elija otros "
    "días, o termine ese convenio antes.",
    "Facility $name is shared with $guest by $other already, and days are in both; choose other "
    "days, or end that agreement before."};
inline constexpr ErrorSpec kSharingOver{
    "SHARING_OVER", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El convenio de uso $name terminó el $day y ya no se puede aceptar; pida otro.",
    "Sharing agreement $name ended on $day and can no longer be accepted; ask for another."};
inline constexpr ErrorSpec kTeacherRuleBeginTaken{
    "TEACHER_RULE_BEGIN_TAKEN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "Desde el $day ya vale $other; elija otro día para la regla nueva.",
    "$other counts from $day on already; choose another day for the new rule."};
inline constexpr ErrorSpec kTeacherRuleMissing{
    "TEACHER_RULE_MISSING", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El $day no vale ninguna regla docente; pida a la dependencia que registre una.",
    "No teacher rule counts on $day; ask the agency to record one."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kMicrocredentialVersionNotDraft,
                                            &kStackingCircle,
                                            &kStackTooLarge,
                                            &kProgramVersionNotDraft,
                                            &kCertificationOverlaps,
                                            &kCertificationEnded,
                                            &kCertifierLeft,
                                            &kRvoeOverlaps,
                                            &kCampusHasRvoe,
                                            &kCampusHasPrograms,
                                            &kCampusHasEnrolments,
                                            &kEnrolmentOverlaps,
                                            &kEnrolmentAwarded,
                                            &kAssessmentAttemptTaken,
                                            &kAssessmentToCome,
                                            &kAwardRuleBeginTaken,
                                            &kAwardOfEnrolmentExists,
                                            &kAwardDecidedByAgency,
                                            &kAwardNotCertified,
                                            &kAwardWithoutRvoe,
                                            &kAwardTooSoon,
                                            &kAssessmentOfBody,
                                            &kAwardReleaseNotFound,
                                            &kLearnerRegistered,
                                            &kLookupsTooMany,
                                            &kMergerSettled,
                                            &kIdentifierCorrected,
                                            &kPersonHeld,
                                            &kDualAgreementOver,
                                            &kDualAgreementHasPlans,
                                            &kMinorLimitBeginTaken,
                                            &kDualPlanOverlaps,
                                            &kDualPlanFollowed,
                                            &kDualLearnerTooYoung,
                                            &kDualCodeWrong,
                                            &kDualCodeSpent,
                                            &kDualChangeOpen,
                                            &kDualChangeNone,
                                            &kDualChangeOwn,
                                            &kDualChangeNotOwn,
                                            &kDualMinutesConfirmed,
                                            &kDualMinutesOverPlan,
                                            &kDualDayFull,
                                            &kDualWeekFull,
                                            &kHourEntryOwn,
                                            &kHourEntryNotOwn,
                                            &kCampusHasFacilities,
                                            &kFacilityBooked,
                                            &kFacilityFull,
                                            &kFacilityNotShared,
                                            &kWeeklyMinutesUsed,
                                            &kBookingBegun,
                                            &kSharingOverlaps,
                                            &kSharingOver,
                                            &kTeacherRuleBeginTaken,
                                            &kTeacherRuleMissing};

}  // namespace puente::education::error

namespace puente::education::rule {

inline constexpr RuleSpec kHoursOverWorkload{
    "HOURS_OVER_WORKLOAD",
    "suman $hours horas, más que las $workload de la carga de trabajo; corrija unas u otra.",
    "add up to $hours hours, more than the workload of $workload; correct one or the other."};
inline constexpr RuleSpec kPeriodNoYear{
    "PERIOD_NO_YEAR", "debe ir de un año al siguiente, como todo ciclo escolar.",
    "must run from one year to the next, as a school cycle does."};
inline constexpr RuleSpec kPassport{
    "PASSPORT", "debe llevar las dos letras del país, dos puntos y el número: FR:12AB34567.",
    "must have the country's two letters, a colon and the number: FR:12AB34567."};
inline constexpr RuleSpec kOtherIdentifier{
    "OTHER_IDENTIFIER",
    "debe llevar el nombre del registro, dos puntos y el número: unhcr:1234567.",
    "must have the register's name, a colon and the number: unhcr:1234567."};
inline constexpr RuleSpec kCurpOfAnotherScheme{"CURP_OF_ANOTHER_SCHEME",
                                               "es una CURP; dela como CURP, sin más.",
                                               "is a CURP; give it as a CURP, with nothing else."};
inline constexpr RuleSpec kBirthDateDiffers{
    "BIRTH_DATE_DIFFERS", "no es la fecha que dice la CURP; quítela o corrija la que esté mal.",
    "is not the day that the CURP says; leave it out, or correct the one that is wrong."};
inline constexpr RuleSpec kBirthDateNeeded{"BIRTH_DATE_NEEDED",
                                           "hace falta, porque este identificador no la dice.",
                                           "is needed, since this identifier does not say it."};
inline constexpr RuleSpec kNotBorn{"NOT_BORN",
                                   "da un nacimiento después de hoy o antes de 1900; corríjalo.",
                                   "says a birth after today or before 1900; correct it."};
inline constexpr RuleSpec kSamePerson{"SAME_PERSON", "debe ser otra persona.",
                                      "must be another person."};
inline constexpr RuleSpec kCampusOfAnother{
    "CAMPUS_OF_ANOTHER", "debe ser un plantel de $organization, que imparte el programa.",
    "must be a campus of $organization, which teaches the program."};
inline constexpr RuleSpec kTooManyFigures{
    "TOO_MANY_FIGURES",
    "son $places periodos y planteles, y con $skills habilidades se contarían en más de $most "
    "figuras; quite periodos pasados, o habilidades que no distingan al programa.",
    "are $places periods and campuses, and with $skills skills would count in more than $most "
    "figures; leave out periods that are past, or skills that don't tell the program apart."};
inline constexpr RuleSpec kLegalEntityRfc{"LEGAL_ENTITY_RFC",
                                          "debe ser el RFC de una persona moral, de 12 caracteres.",
                                          "must be the 12-character RFC of a legal entity."};
inline constexpr RuleSpec kInRegister{
    "IN_REGISTER", "es parte del registro y solo la dependencia lo cambia; pídale que lo corrija.",
    "is part of the registration and only the agency changes it; ask the agency to correct it."};
inline constexpr RuleSpec kProfileField{
    "PROFILE_FIELD",
    "debe ser un campo de MicrocredentialVersion al que se pueda aplicar esa comprobación, como "
    "title_en u outcomes.hours.",
    "must be a field of MicrocredentialVersion that this check can look at, such as title_en or "
    "outcomes.hours."};
inline constexpr RuleSpec kProfilePattern{"PROFILE_PATTERN",
                                          "debe ser una expresión regular de RE2; corríjala.",
                                          "must be a regular expression of RE2; correct it."};
inline constexpr RuleSpec kProfileRange{"PROFILE_RANGE",
                                        "no puede ser menor que min; corrija uno de los dos.",
                                        "must not be less than min; correct one of the two."};
inline constexpr RuleSpec kStacksOnItself{
    "STACKS_ON_ITSELF",
    "es una versión de la misma microcredencial, que no puede apoyarse en sí misma; quítela.",
    "is a version of the same microcredential, which can't stack on itself; remove it."};
inline constexpr RuleSpec kOrganizationOfAnotherVersion{
    "ORGANIZATION_OF_ANOTHER_VERSION",
    "debe ser \"$organization\", como en $version; dé esa misma, o empiece otra microcredencial.",
    "must be \"$organization\", as in $version; give that one, or begin another microcredential."};

// Of enrolments, assessments and awards.
inline constexpr RuleSpec kIdOfPerson{
    "ID_OF_PERSON",
    "tiene la forma de una CURP, y los ids no dicen nada de la persona; use otro, como un UUID.",
    "has the form of a CURP, and ids say nothing of the person; use another, such as a UUID."};
inline constexpr RuleSpec kOfAnotherOrganization{
    "OF_ANOTHER_ORGANIZATION", "debe ser de $organization, como lo que se registra.",
    "must be of $organization, as what is recorded."};
inline constexpr RuleSpec kCampusNeeded{"CAMPUS_NEEDED",
                                        "es obligatorio con un programa, pues el RVOE es de un "
                                        "plantel; complételo.",
                                        "is required with a program, since an RVOE is one of a "
                                        "campus; fill it in."};
inline constexpr RuleSpec kAfterToday{"AFTER_TODAY", "no puede ser posterior a hoy, $today.",
                                      "must not be after today, $today."};
inline constexpr RuleSpec kBeforeAssessment{"BEFORE_ASSESSMENT",
                                            "no puede ser anterior al día de la evaluación, $day.",
                                            "must not be before the day of the assessment, $day."};

// Of days of certifications.
inline constexpr RuleSpec kDecisionTime{
    "DECISION_TIME", "debe ser el momento en que se decidió, que no puede estar en el futuro.",
    "must be the moment of the decision, which can't lie ahead."};
inline constexpr RuleSpec kBeforeDecision{"BEFORE_DECISION",
                                          "no puede ser anterior al día de la decisión, $day.",
                                          "must not be before the day of the decision, $day."};
inline constexpr RuleSpec kBeforeState{
    "BEFORE_STATE", "no puede ser anterior al $day, primer día de la suspensión.",
    "must not be before $day, the first day of the suspension."};
inline constexpr RuleSpec kAfterDay{"AFTER_DAY", "no puede ser posterior a date, $day.",
                                    "must not be after date, $day."};
inline constexpr RuleSpec kStatesMissing{"STATES_MISSING",
                                         "debe incluir los estados en los que vale la "
                                         "certificación: $states; el organismo debe volver a "
                                         "certificar la versión en los que le corresponden.",
                                         "must include the states in which the certification "
                                         "holds: $states; the body has to certify the "
                                         "version anew in those that are its own."};
inline constexpr RuleSpec kAfterLastDay{"AFTER_LAST_DAY",
                                        "no puede ser posterior al último día, $end.",
                                        "must not be after the last day, $end."};
inline constexpr RuleSpec kNotLater{"NOT_LATER",
                                    "debe ser posterior al último día que ya tiene, $end.",
                                    "must be after the last day that it has already, $end."};

// Of facilities, their bookings and the agreements by which they are shared.
inline constexpr RuleSpec kNotQuarterHour{
    "NOT_QUARTER_HOUR", "debe ser un cuarto de hora entero; use un múltiplo de 15.",
    "must be a whole quarter of an hour; use a multiple of 15."};
inline constexpr RuleSpec kNotAfterStart{"NOT_AFTER_START",
                                         "debe ser posterior al minuto $start, en que comienza.",
                                         "must be after minute $start, at which it begins."};
inline constexpr RuleSpec kTooManyDays{"TOO_MANY_DAYS", "da más de $most días; elija menos.",
                                       "makes more than $most days; choose fewer."};
inline constexpr RuleSpec kTooFarAhead{"TOO_FAR_AHEAD", "no puede ser posterior al $last.",
                                       "must not be after $last."};
inline constexpr RuleSpec kBeforeNow{"BEFORE_NOW",
                                     "ya pasó a esa hora; elija un comienzo posterior.",
                                     "is past at that time; choose a later beginning."};
inline constexpr RuleSpec kLastDayPast{"LAST_DAY_PAST", "no puede ser anterior a hoy, $today.",
                                       "must not be before today, $today."};
inline constexpr RuleSpec kOutsideHours{
    "OUTSIDE_HOURS", "queda fuera del horario de la instalación, de $opens a $closes.",
    "is outside the facility's hours, $opens to $closes."};
inline constexpr RuleSpec kClosedOnDay{
    "CLOSED_ON_DAY", "incluye el $day, en que la instalación no abre; elija otros días.",
    "includes $day, on which the facility is closed; choose other days."};
inline constexpr RuleSpec kSeatsOverCapacity{"SEATS_OVER_CAPACITY",
                                             "no puede ser mayor que $capacity, los que hay.",
                                             "must not be more than $capacity, which there are."};
inline constexpr RuleSpec kIdOfPuente{"ID_OF_PUENTE",
                                      "lo da Puente; quite la columna o déjela vacía.",
                                      "is Puente's to give; leave the column out, or empty."};
inline constexpr RuleSpec kStateOfCampus{"STATE_OF_CAMPUS",
                                         "debe ser $state, el estado de su plantel.",
                                         "must be $state, the state of its campus."};
inline constexpr RuleSpec kGuestIsHost{"GUEST_IS_HOST", "debe ser otra institución que la titular.",
                                       "must be another organization than the owner."};

// Of placement requests.
inline constexpr RuleSpec kFirstDayPast{"FIRST_DAY_PAST", "no puede ser anterior a hoy, $today.",
                                        "must not be before today, $today."};

// Of teachers and their training.
inline constexpr RuleSpec kOfStaysOnly{"OF_STAYS_ONLY",
                                       "es solo de estancias en empresas; quítela.",
                                       "is of stays in companies only; leave it out."};
inline constexpr RuleSpec kOfCoursesOnly{"OF_COURSES_ONLY", "es solo de cursos; quítelo.",
                                         "is of courses only; leave it out."};
inline constexpr RuleSpec kMoreHoursThanDays{
    "MORE_HOURS_THAN_DAYS",
    "no puede ser más de $most, las horas de esos días; corrija uno u otro.",
    "must not be more than $most, the hours of those days; correct one or the other."};

}  // namespace puente::education::rule
