// What the gateway itself says about a section or a view. An agency's own errors pass unchanged.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::error {

inline constexpr ErrorSpec kAgencyUnavailable{
    "AGENCY_UNAVAILABLE", absl::StatusCode::kUnavailable, "gateway.puente",
    "No hay conexión con $agency; repita la consulta más tarde.",
    "There is no connection to $agency; ask again later."};
inline constexpr ErrorSpec kAgencyLate{
    "AGENCY_LATE", absl::StatusCode::kDeadlineExceeded, "gateway.puente",
    "$agency no respondió dentro del plazo; dé más tiempo o repita la consulta más tarde.",
    "$agency did not answer in time; give more time or ask again later."};
inline constexpr ErrorSpec kAgencyFailed{
    "AGENCY_FAILED", absl::StatusCode::kInternal, "gateway.puente",
    "$agency falló sin decir por qué; repórtelo con el identificador $trace.",
    "$agency failed without saying why; report it with the id $trace."};
inline constexpr ErrorSpec kAgencyBusy{
    "AGENCY_BUSY", absl::StatusCode::kResourceExhausted, "gateway.puente",
    "Ya hay $limit consultas a $agency en espera de respuesta; repita la consulta un poco después.",
    "There are already $limit calls to $agency waiting for an answer; ask again a little later."};
inline constexpr ErrorSpec kAgencyStandsStill{
    "AGENCY_STANDS_STILL", absl::StatusCode::kUnavailable, "gateway.puente",
    "$agency responde con lo que sabía el $since y desde entonces no ha podido ver si hay algo más "
    "reciente; repita la consulta más tarde si necesita lo último.",
    "$agency answers with what it knew at $since, and has not been able to see since then whether "
    "there is anything newer; ask again later if you need the latest."};
// One text for every refusal, so that none tells whether a thing exists.
inline constexpr ErrorSpec kAgencyRefused{
    "AGENCY_REFUSED", absl::StatusCode::kPermissionDenied, "gateway.puente",
    "$agency no permite esta consulta a $caller; el contrato dice quién puede hacerla.",
    "$agency does not let $caller ask this; the contract says who may."};
inline constexpr ErrorSpec kNeedsSection{
    "NEEDS_SECTION", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "Hace falta la sección $section, que no está disponible: $why",
    "The section $section is needed, and is missing: $why"};
inline constexpr ErrorSpec kNoSectorPrefixes{
    "NO_SECTOR_PREFIXES", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$sector no tiene hoy ningún prefijo SCIAN vigente, así que no hay vacantes que contar; "
    "Economía puede asignárselo.",
    "$sector has no SCIAN prefix in force today, so there are no vacancies to count; Economy can "
    "assign one."};
inline constexpr ErrorSpec kNoSkills{
    "NO_SKILLS", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$version no indica ninguna habilidad que buscar; una versión siguiente puede indicarlas.",
    "$version names no skills to look for; a later version can name some."};
inline constexpr ErrorSpec kNoTransversalSkills{
    "NO_TRANSVERSAL_SKILLS", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "No se sabe de ninguna habilidad que se necesite en la mayoría de las mesas sectoriales con "
    "demanda, así que no hay lugares que contar; pida todas las habilidades.",
    "No skill is told to be needed in most sector tables with demand, so there are no seats to "
    "count; ask for all skills."};
inline constexpr ErrorSpec kNoStageSkills{
    "NO_STAGE_SKILLS", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "No se publica qué habilidades necesita ninguna etapa de $value_chain, así que no hay lugares "
    "que contar.",
    "No skill is told to be needed by any stage of $value_chain, so there are no seats to count."};
inline constexpr ErrorSpec kTooManySkills{
    "TOO_MANY_SKILLS", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$version indica $count habilidades y se buscan como máximo $limit a la vez; consulte las "
    "demás por separado.",
    "$version names $count skills, and at most $limit are looked for at a time; ask for the others "
    "separately."};
inline constexpr ErrorSpec kNoSkillsOf{
    "NO_SKILLS_NAMED", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$name no indica ninguna habilidad que buscar; pregunte por habilidades.",
    "$name names no skills to look for; ask for skills."};
inline constexpr ErrorSpec kNoOneState{
    "NO_ONE_STATE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "Las plazas de formación se buscan en un solo estado; indique state_code.",
    "Training places are looked for in one state; give state_code."};
inline constexpr ErrorSpec kOneQuestionOnly{"ONE_QUESTION_ONLY", absl::StatusCode::kInvalidArgument,
                                            "gateway.puente",
                                            "Indique exactamente uno de estos campos: $fields.",
                                            "Give exactly one of these fields: $fields."};
inline constexpr ErrorSpec kNoDemandStates{
    "NO_DEMAND_STATES", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La demanda de estas habilidades no se publica para ningún estado, así que no hay vacantes que "
    "contar; consulte el total del país.",
    "The demand for these skills is published for no state, so there are no vacancies to count; "
    "ask for the whole country."};
inline constexpr ErrorSpec kNothingToFollow{
    "NOTHING_TO_FOLLOW", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "Nada de lo que se siguió nombra un registro por el que preguntar aquí.",
    "Nothing that was followed names a record to ask about here."};
inline constexpr ErrorSpec kActUnderWay{
    "ACT_UNDER_WAY", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$act todavía está en curso para $subject; espere a que termine y repita la llamada con un "
    "request_id nuevo si aún hace falta.",
    "$act is still under way for $subject; wait until it is over, and call again with a new "
    "request_id if it is still needed."};
inline constexpr ErrorSpec kOneNeedOnly{
    "ONE_NEED_ONLY", absl::StatusCode::kInvalidArgument, "gateway.puente",
    "Indique demand_statement, o bien skill, que admite además state_code y sector_table.",
    "Give demand_statement, or else skill, to which state_code and sector_table can be added."};
inline constexpr ErrorSpec kNotInScope{
    "NOT_IN_SCOPE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$certifier no puede certificar $version el $day, según el registro de organismos; elija otro "
    "organismo o pida a Educación que amplíe su alcance.",
    "$certifier may not certify $version on $day, by the register of bodies; choose another body, "
    "or ask Education to widen its scope."};
inline constexpr ErrorSpec kConflictDeclared{
    "CONFLICT_DECLARED", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$certifier declaró un conflicto de interés con $organization y no actúa en lo que esta "
    "presenta; acuda a otro organismo.",
    "$certifier has declared a conflict of interest with $organization and does not act on what it "
    "submits; go to another body."};
inline constexpr ErrorSpec kSubmissionOpen{
    "SUBMISSION_OPEN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$name ya presenta $version a este organismo y no está decidida; espere la decisión, o "
    "retírela con WithdrawSubmission y preséntela de nuevo.",
    "$name already submits $version to this body and is not decided; wait for the decision, or "
    "withdraw it by WithdrawSubmission and submit anew."};
inline constexpr ErrorSpec kSameProposer{
    "SAME_PROPOSER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$actor propuso el cambio $name y no lo confirma; debe hacerlo otra persona de Educación.",
    "$actor proposed the change $name and does not confirm it; another registrar of Education has "
    "to."};
inline constexpr ErrorSpec kNotTheProposer{
    "NOT_THE_PROPOSER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "El cambio $name lo propuso $proposer, y solo quien propone retira; Educación puede rechazarlo "
    "con DeclineCertifierChange.",
    "The change $name was proposed by $proposer, who alone takes it back; Education can decline it "
    "by DeclineCertifierChange."};
inline constexpr ErrorSpec kCertifierChangedSince{
    "CERTIFIER_CHANGED_SINCE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$certifier cambió después de que se propuso $name; rechácelo y propóngase de nuevo con lo que "
    "dice ahora.",
    "$certifier has changed since $name was proposed; decline it, and propose it anew with what "
    "the "
    "entry says now."};
inline constexpr ErrorSpec kNotTheReviewer{
    "NOT_THE_REVIEWER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La solicitud $name no está asignada a $actor; decide quien la tiene asignada, o asígnela de "
    "nuevo.",
    "The submission $name is not assigned to $actor; its reviewer decides, or assign it anew."};
inline constexpr ErrorSpec kSameActor{
    "SAME_ACTOR", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$actor tomó la decisión $name y no responde a su impugnación; debe hacerlo otra persona del "
    "organismo.",
    "$actor made the decision $name and does not answer its appeal; another actor of the body has "
    "to."};
inline constexpr ErrorSpec kNotAppealable{
    "NOT_APPEALABLE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La decisión $name no se puede impugnar: solo las que devuelven, rechazan, suspenden o "
    "retiran.",
    "The decision $name can't be appealed: only those that return, reject, suspend or withdraw "
    "can."};
inline constexpr ErrorSpec kAppealTooLate{
    "APPEAL_TOO_LATE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La decisión $name se podía impugnar hasta el $day; presente una solicitud nueva.",
    "The decision $name could be appealed until $day; submit anew."};
inline constexpr ErrorSpec kDecidedSince{
    "DECIDED_SINCE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "Después de $name el organismo ya decidió $later; impugne esa decisión.",
    "The body has since decided $later, after $name; appeal that decision."};
inline constexpr ErrorSpec kAppealOpen{
    "APPEAL_OPEN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La decisión $name está impugnada; primero responda con UpholdDecision o sustitúyala "
    "(replaces).",
    "The decision $name is under appeal; answer that first, by UpholdDecision or a decision that "
    "replaces it."};
inline constexpr ErrorSpec kDossierExpired{
    "DOSSIER_EXPIRED", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "Con el expediente $name se podía decidir hasta $time; abra otro.",
    "The dossier $name could be decided on until $time; open another."};
inline constexpr ErrorSpec kDossierOfDraft{
    "DOSSIER_OF_DRAFT", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "El expediente $name es de un borrador de $version, que pudo cambiar después; abra otro una "
    "vez "
    "publicada.",
    "The dossier $name is of a draft of $version, which may have changed since; open another once "
    "it is published."};
inline constexpr ErrorSpec kSectionsMissing{
    "SECTIONS_MISSING", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "Al expediente $name le faltan las secciones $sections; abra otro cuando sus dependencias "
    "respondan, o explique en overrides por qué no hacen falta (sin definition no se certifica).",
    "The dossier $name lacks the sections $sections; open another once their agencies answer, or "
    "say in overrides why they are not needed (without definition nothing is certified)."};
inline constexpr ErrorSpec kNotItsVersion{
    "NOT_ITS_VERSION", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$version es de $owner, no de $organization, que la presentó; devuelva la solicitud.",
    "$version belongs to $owner, not to $organization, which submitted it; return the submission."};
inline constexpr ErrorSpec kVersionsDiffer{
    "VERSIONS_DIFFER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$version difiere de la certificada ($certified) en $differences; debe presentarse de nuevo.",
    "$version differs from the certified one ($certified) in $differences; it has to be "
    "submitted."};
inline constexpr ErrorSpec kCertificationNotHeld{
    "CERTIFICATION_NOT_HELD", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$name no está vigente el $day, así que no hay certificación que trasladar; presente la "
    "versión "
    "de nuevo.",
    "$name does not hold on $day, so there is no certification to carry over; submit the version."};
inline constexpr ErrorSpec kNoStateInScope{
    "NO_STATE_IN_SCOPE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$name vale en $states, y el organismo ya no certifica en ninguno de esos estados; presente la "
    "versión de nuevo.",
    "$name holds in $states, and the body certifies in none of them any more; submit the version."};
inline constexpr ErrorSpec kFindingsOpen{
    "FINDINGS_OPEN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La solicitud $submission tiene hallazgos por resolver, como $finding; ciérrelos antes de "
    "certificar.",
    "The submission $submission has findings to be settled, such as $finding; close them before "
    "certifying."};
inline constexpr ErrorSpec kSameMaker{
    "SAME_MAKER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$actor pidió el informe $name y no lo aprueba; debe hacerlo otra persona.",
    "$actor asked for the report $name and does not approve it; somebody else has to."};
inline constexpr ErrorSpec kUnderEmbargo{
    "UNDER_EMBARGO", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "El informe $name no se publica antes de $time; espere hasta entonces.",
    "The report $name is not published before $time; wait until then."};
inline constexpr ErrorSpec kReportSnapshotGone{
    "REPORT_SNAPSHOT_GONE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "El informe $name está en $state, y nada queda de lo que dijeron las dependencias; nombre otro "
    "informe, o pida uno sin snapshot_of.",
    "The report $name is $state, and nothing is left of what agencies said for it; name another "
    "report, or ask for one without snapshot_of."};
inline constexpr ErrorSpec kReportSnapshotNotKept{
    "REPORT_SNAPSHOT_NOT_KEPT", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "El informe $name aún se hace ($state); espere a que esté en DRAFTED.",
    "The report $name is still being made ($state); wait until it is DRAFTED."};
inline constexpr ErrorSpec kReportSnapshotLacks{
    "REPORT_SNAPSHOT_LACKS", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "Para el informe $name no se pidió la tabla $table de $agency; nombre uno que la tenga, o pida "
    "el informe sin snapshot_of.",
    "For the report $name the table $table of $agency was not asked for; name one that has it, or "
    "ask for the report without snapshot_of."};
inline constexpr ErrorSpec kReportSnapshotWithdrawn{
    "REPORT_SNAPSHOT_WITHDRAWN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "El informe $name fue publicado y luego retirado, y sus cifras no se publican en otro; pida "
    "uno sin snapshot_of.",
    "The report $name was published and then withdrawn, and its figures are not published in "
    "another; ask for one without snapshot_of."};
inline constexpr ErrorSpec kReportMadeAlready{
    "REPORT_MADE_ALREADY", absl::StatusCode::kAlreadyExists, "gateway.puente",
    "El informe $name ya dice eso: la misma versión de la definición sobre los mismos extractos; "
    "use ese.",
    "The report $name says that already: the same version of the definition over the same "
    "extracts; use it."};
inline constexpr ErrorSpec kReportOvertaken{
    "REPORT_OVERTAKEN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "Desde que se hizo $name se publicó $last, y $name no dice qué cambió desde ese informe; pida "
    "otro de la misma definición.",
    "$last was published since $name was made, which does not say what has changed since that "
    "report; ask for another one of the same definition."};
inline constexpr ErrorSpec kReportPreviousWithdrawn{
    "REPORT_PREVIOUS_WITHDRAWN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$name dice qué cambió desde $previous, que fue retirado; pida otro de la misma definición.",
    "$name says what has changed since $previous, which was withdrawn; ask for another one of the "
    "same definition."};
inline constexpr ErrorSpec kReportReadEarlier{
    "REPORT_READ_EARLIER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$name dice lo que las dependencias leyeron antes que $last, el informe vigente, y no puede "
    "seguirle; pida otro sin snapshot_of.",
    "$name says what agencies read before what $last, the report that stands, says, and can't "
    "follow it; ask for another one without snapshot_of."};
inline constexpr ErrorSpec kReportVersionTaken{
    "REPORT_VERSION_TAKEN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La versión $version de $name ya fue la de $other; retire $name y pida otro de la misma "
    "definición.",
    "The version $version of $name was already that of $other; withdraw $name and ask for another "
    "one of the same definition."};
inline constexpr ErrorSpec kReportBroken{
    "REPORT_BROKEN", absl::StatusCode::kDataLoss, "gateway.puente",
    "Lo que se guarda del informe $name no se puede leer; avise a quienes operan Puente.",
    "What is kept of the report $name can't be read; tell Puente's operators."};
inline constexpr ErrorSpec kReportChangesWithdrawn{
    "REPORT_CHANGES_WITHDRAWN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$path dice también cifras de $previous, que fue retirado, y ya no se entrega; los demás "
    "archivos valen. Pregunte a una dependencia, o espere el informe siguiente.",
    "$path tells figures of $previous as well, which was withdrawn, and is not handed out any "
    "more; the other files stand. Ask an agency, or wait for the next report."};
inline constexpr ErrorSpec kReportScheduleOver{
    "REPORT_SCHEDULE_OVER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$name ya no tiene ninguna fecha por venir; agregue otro calendario.",
    "$name has no time left to come; add another schedule."};
inline constexpr ErrorSpec kReportScheduleMakerRefused{
    "REPORT_SCHEDULE_MAKER_REFUSED", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$actor de $maker, en cuyo nombre pide informes $name, ya no puede pedirlos; agregue otro "
    "calendario.",
    "$actor of $maker, in whose name $name asks for reports, may not ask for them any more; add "
    "another schedule."};
inline constexpr ErrorSpec kReportFileNotFound{
    "REPORT_FILE_NOT_FOUND", absl::StatusCode::kNotFound, "gateway.puente",
    "El informe $name no tiene el archivo \"$path\"; vea files con GetReport.",
    "The report $name has no file \"$path\"; see files by GetReport."};
inline constexpr ErrorSpec kReportTableNotFound{
    "REPORT_TABLE_NOT_FOUND", absl::StatusCode::kNotFound, "gateway.puente",
    "El informe $name no tiene la tabla \"$table\"; vea tables con GetReport.",
    "The report $name has no table \"$table\"; see tables by GetReport."};
// What stands in Report.failure.
inline constexpr ErrorSpec kReportAgencyAway{
    "REPORT_AGENCY_AWAY", absl::StatusCode::kUnavailable, "gateway.puente",
    "$agency no dio lo que pide el informe en $limit; pídalo de nuevo cuando $agency responda.",
    "$agency did not give what the report asks for within $limit; ask again once $agency answers."};
inline constexpr ErrorSpec kReportNotKept{
    "REPORT_NOT_KEPT", absl::StatusCode::kResourceExhausted, "gateway.puente",
    "El gateway no pudo guardar en $limit lo que dieron las dependencias; pregunte a quienes "
    "operan "
    "Puente si su disco está lleno, y pida el informe de nuevo.",
    "The gateway could not keep what agencies gave within $limit; ask Puente's operators whether "
    "its "
    "disk is full, and ask for the report again."};
inline constexpr ErrorSpec kReportTooLarge{
    "REPORT_TOO_LARGE", absl::StatusCode::kResourceExhausted, "gateway.puente",
    "Con la tabla $table de $agency, lo que el informe lee pasa de $limit bytes de códigos y "
    "cifras; "
    "repártalo en varias definiciones, o tome tablas de menos renglones.",
    "With the table $table of $agency, what the report reads has more than $limit bytes of codes "
    "and "
    "figures; divide it into several definitions, or take tables of fewer rows."};
inline constexpr ErrorSpec kReportTableHidden{
    "REPORT_TABLE_HIDDEN", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "De la tabla $table no se puede decir ninguna cifra: todas están ocultas; conserve menos "
    "dimensiones, o quítela de la definición del informe.",
    "Of the table $table no figure may be told: all are withheld; keep fewer dimensions, or take "
    "it "
    "out of the report's definition."};
inline constexpr ErrorSpec kReportExtractFailed{
    "REPORT_EXTRACT_FAILED", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$agency no pudo leer sus tablas ($reason); pregunte a $agency y pida el informe de nuevo.",
    "$agency could not read its tables ($reason); ask $agency, and ask for the report again."};
inline constexpr ErrorSpec kReportExtractAltered{
    "REPORT_EXTRACT_ALTERED", absl::StatusCode::kDataLoss, "gateway.puente",
    "Lo que llegó de $agency no es lo que dijo que envía (SHA-256 o tamaño); pida el informe de "
    "nuevo.",
    "What came from $agency is not what it said that it sends (SHA-256 or size); ask for the "
    "report "
    "again."};
inline constexpr ErrorSpec kReportExtractBroken{
    "REPORT_EXTRACT_BROKEN", absl::StatusCode::kDataLoss, "gateway.puente",
    "La línea $line del extracto de $agency no es lo que debe ser ($rule); pregunte a $agency.",
    "Line $line of the extract of $agency is not what it should be ($rule); ask $agency."};
inline constexpr ErrorSpec kReportNotDrafted{
    "REPORT_NOT_DRAFTED", absl::StatusCode::kResourceExhausted, "gateway.puente",
    "Los archivos del informe no se pudieron hacer en $attempts intentos de $limit; defina tablas "
    "más pequeñas, o pregunte a quienes operan Puente.",
    "The report's files could not be made in $attempts attempts of $limit; define smaller tables, "
    "or ask Puente's operators."};
inline constexpr ErrorSpec kReportKindsDiffer{
    "REPORT_KINDS_DIFFER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$agency cuenta registros de otra clase que $other (reales o generados), y no entran en un "
    "mismo informe; acuerden qué cuentan (CountedKindService).",
    "$agency counts records of another kind than $other (real or generated), which do not enter "
    "one "
    "report; agree on what is counted (CountedKindService)."};
inline constexpr ErrorSpec kReportTableMissing{
    "REPORT_TABLE_MISSING", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "El extracto de $agency no tiene la tabla $table; corrija la definición del informe.",
    "The extract of $agency lacks the table $table; correct the report's definition."};
inline constexpr ErrorSpec kReportDimensionMissing{
    "REPORT_DIMENSION_MISSING", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La tabla $table de $agency no tiene la dimensión $dimension; corrija la definición del "
    "informe.",
    "The table $table of $agency lacks the dimension $dimension; correct the report's definition."};
inline constexpr ErrorSpec kReportMeasureMissing{
    "REPORT_MEASURE_MISSING", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La tabla $table de $agency no tiene la medida $measure; corrija la definición del informe.",
    "The table $table of $agency lacks the measure $measure; correct the report's definition."};
inline constexpr ErrorSpec kReportDimensionsDiffer{
    "REPORT_DIMENSIONS_DIFFER", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La dimensión $dimension de la tabla $table de $agency tiene otros códigos que la de otra "
    "fuente, y no se unen; corrija la definición del informe.",
    "The dimension $dimension of the table $table of $agency has other codes than another "
    "source's, "
    "and they are not joined; correct the report's definition."};
inline constexpr ErrorSpec kReportNoTotal{
    "REPORT_NO_TOTAL", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La tabla $table de $agency no dice el total de $dimension, y aquí no se suma; conserve esa "
    "dimensión en la definición del informe.",
    "The table $table of $agency does not say the total of $dimension, and nothing is summed up "
    "here; keep that dimension in the report's definition."};
inline constexpr ErrorSpec kViewCancelled{
    "VIEW_CANCELLED", absl::StatusCode::kCancelled, "gateway.puente",
    "Quien llamó ya no espera la respuesta; repita la consulta si aún hace falta.",
    "The caller no longer waits for the answer; ask again if it is still needed."};

}  // namespace puente::error

namespace puente::rule {

inline constexpr RuleSpec kTooEarly{"TOO_EARLY", "no puede ser anterior al $day.",
                                    "must not be before $day."};
inline constexpr RuleSpec kNeededForKind{"NEEDED_FOR_KIND", "es obligatorio si kind es $kind.",
                                         "is needed if kind is $kind."};
inline constexpr RuleSpec kNotOfKind{"NOT_OF_KIND", "no se indica si kind es $kind; déjelo vacío.",
                                     "is not given if kind is $kind; leave it empty."};
inline constexpr RuleSpec kScopeOfNothing{
    "SCOPE_OF_NOTHING", "debe indicar microcredential, competence_standard o level.",
    "must name a microcredential, a competence_standard or a level."};
inline constexpr RuleSpec kOnlyWithMicrocredential{
    "ONLY_WITH_MICROCREDENTIAL", "solo se indica junto con microcredential; déjelo vacío.",
    "is given with a microcredential alone; leave it empty."};
inline constexpr RuleSpec kHasLeft{"HAS_LEFT",
                                   "ya salió del registro, para siempre; inscríbalo con otro id.",
                                   "has left the register, for good; enter it under another id."};
inline constexpr RuleSpec kAlreadyEntered{
    "ALREADY_ENTERED", "ya está en el registro; proponga con AMEND lo que debe cambiar.",
    "is in the register; propose what is to change by AMEND."};
inline constexpr RuleSpec kNothingToChange{"NOTHING_TO_CHANGE",
                                           "dice lo mismo que $name; indique qué debe cambiar.",
                                           "says what $name says; say what is to change."};
inline constexpr RuleSpec kNotMissing{"NOT_MISSING", "no falta en $dossier; quítela.",
                                      "is not missing in $dossier; leave it out."};
inline constexpr RuleSpec kOfAnotherBody{"OF_ANOTHER_BODY",
                                         "es de otro organismo; indique una solicitud de parent.",
                                         "is another body's; give a submission of parent."};
inline constexpr RuleSpec kOfAnotherSubmission{"OF_ANOTHER_SUBMISSION",
                                               "es de otra solicitud; indique una de submission.",
                                               "is of another submission; give one of submission."};
inline constexpr RuleSpec kNoReplacement{
    "NO_REPLACEMENT", "no puede sustituir a la decisión impugnada; vea replaces.",
    "can't take the place of the decision under appeal; see replaces."};
inline constexpr RuleSpec kNotLaterVersion{
    "NOT_LATER_VERSION", "debe ser una versión posterior a $version, de la misma microcredencial.",
    "must be a later version than $version, of the same microcredential."};
inline constexpr RuleSpec kNoReviewer{
    "NO_REVIEWER", "debe ser una persona de $caller con la función de revisor en el registro.",
    "must be an actor of $caller whom the registry of principals knows as a reviewer."};
inline constexpr RuleSpec kNotKept{"NOT_KEPT", "debe ser una de dimensions: $kept.",
                                   "must be one of dimensions: $kept."};
inline constexpr RuleSpec kNotTaken{"NOT_TAKEN", "debe ser una de las measures de sources: $taken.",
                                    "must be one of the measures of sources: $taken."};
inline constexpr RuleSpec kTakenTwice{
    "TAKEN_TWICE", "$measure ya se toma de otra fuente de esta tabla; quítela de una de las dos.",
    "$measure is taken of another source of this table already; leave it out of one of them."};
inline constexpr RuleSpec kReservedTable{
    "RESERVED_TABLE", "es el nombre de otro archivo de cada informe; elija otro.",
    "is the name of another file of every report; choose another."};
inline constexpr RuleSpec kReplacedTwice{
    "REPLACED_TWICE", "ya se sustituye en otro elemento; deje uno solo.",
    "is replaced by another element already; leave one of them."};
inline constexpr RuleSpec kReplacedByReplaced{
    "REPLACED_BY_REPLACED", "también es sustituido; indique el código que vale ahora.",
    "is replaced itself; give the code that stands now."};
inline constexpr RuleSpec kDayOfWeek{"DAY_OF_WEEK",
                                     "debe ser de 1 (lunes) a 7 si frequency es WEEKLY.",
                                     "must be 1 (Monday) to 7 if frequency is WEEKLY."};
inline constexpr RuleSpec kNoMonth{"NO_MONTH",
                                   "no se indica si frequency es WEEKLY o MONTHLY; quítelo.",
                                   "is not given if frequency is WEEKLY or MONTHLY; leave it out."};
inline constexpr RuleSpec kMonthOfQuarter{
    "MONTH_OF_QUARTER", "debe ser de 1 a 3, el mes del trimestre, si frequency es QUARTERLY.",
    "must be 1 to 3, the month of the quarter, if frequency is QUARTERLY."};
inline constexpr RuleSpec kMonthOfYear{"MONTH_OF_YEAR",
                                       "debe ser de 1 a 12 si frequency es YEARLY.",
                                       "must be 1 to 12 if frequency is YEARLY."};
inline constexpr RuleSpec kEmbargoOffset{
    "EMBARGO_OFFSET",
    "debe ser de 0 segundos o más, sin fracciones, y menos que "
    "el periodo más corto de frequency: 7, 28, 89 o 365 días.",
    "must be 0 seconds or more, without fractions, and less "
    "than frequency's shortest period: 7, 28, 89 or 365 days."};
inline constexpr RuleSpec kNoRunLeft{"NO_RUN_LEFT",
                                     "no deja ninguna fecha por venir; indique una posterior.",
                                     "leaves no time to come; give a later one."};
inline constexpr RuleSpec kTilesOfStates{"TILES_OF_STATES",
                                         "debe ser STATE si kind es REPORT_CHART_KIND_TILES.",
                                         "must be STATE if kind is REPORT_CHART_KIND_TILES."};

}  // namespace puente::rule
