// Every text that the client shows, in English and Spanish.
#pragma once

#include "absl/strings/string_view.h"

namespace puente::cli {

enum class Language { kEnglish, kSpanish };

struct Label {
  absl::string_view en;
  absl::string_view es;
};

constexpr absl::string_view In(Language language, const Label& label) {
  return language == Language::kSpanish ? label.es : label.en;
}

namespace label {

// Sections.
inline constexpr Label kOverview{"Overview: need, teaching, jobs and technology",
                                 "Panorama: necesidad, enseñanza, empleo y tecnología"};
inline constexpr Label kDossier{"Dossier", "Expediente"};
inline constexpr Label kDefinition{"DEFINITION  what it certifies", "DEFINICIÓN  qué certifica"};
inline constexpr Label kSector{"SECTOR", "SECTOR"};
inline constexpr Label kDemand{"DEMAND  what companies say they need",
                               "DEMANDA  lo que las empresas dicen necesitar"};
inline constexpr Label kSupply{"SUPPLY  what is taught", "OFERTA FORMATIVA  lo que se enseña"};
inline constexpr Label kEmployment{"EMPLOYMENT  what jobs are offered, and how good they are",
                                   "EMPLEO  qué puestos se ofrecen y de qué calidad"};
inline constexpr Label kTechnology{"TECHNOLOGY  what is coming", "TECNOLOGÍA  lo que viene"};
inline constexpr Label kNotSigned{
    "NOT SIGNED: the digests let an agency recognize its answer; they prove nothing to others.",
    "SIN FIRMA: los resúmenes permiten a cada dependencia reconocer su respuesta; no prueban nada "
    "a terceros."};
inline constexpr Label kAllSectors{"all sectors", "todos los sectores"};
inline constexpr Label kWholeCountry{"whole country", "todo el país"};
inline constexpr Label kComposed{"composed", "compuesto"};
inline constexpr Label kVersion{"version", "versión"};

// Provenance.
inline constexpr Label kFrom{"from", "de"};
inline constexpr Label kAsOf{"as of", "al"};
inline constexpr Label kAnsweredIn{"answered in", "respondió en"};
inline constexpr Label kEmbedded{"hosted in one process with all agencies",
                                 "alojada en un solo proceso con todas las dependencias"};
inline constexpr Label kDigest{"digest", "resumen SHA-256"};
inline constexpr Label kMissing{"MISSING", "FALTA"};
inline constexpr Label kDenied{"DENIED", "DENEGADA"};
inline constexpr Label kNothingToAsk{"NOT ASKED", "SIN PREGUNTAR"};
inline constexpr Label kStale{"STALE", "NO ACTUALIZADA"};
inline constexpr Label kNotAsked{"not asked for", "no se pidió"};
inline constexpr Label kNeeds{"needs", "necesita"};
inline constexpr Label kNoReason{"no reason given", "sin motivo indicado"};

// Marks.
inline constexpr Label kSuppressed{"suppressed", "reservado"};
inline constexpr Label kNotStated{"not stated", "no se indica"};
inline constexpr Label kNotApplicable{"not applicable", "no aplica"};

// Records.
inline constexpr Label kGenerated{
    "GENERATED SAMPLE: made up to show the system; these are no facts.",
    "MUESTRA GENERADA: inventada para mostrar el sistema; no son hechos."};
inline constexpr Label kReal{"real records", "registros reales"};
inline constexpr Label kSource{"source", "fuente"};
inline constexpr Label kOffersOf{"offers of", "ofertas de"};
inline constexpr Label kMonths{"months", "meses"};
inline constexpr Label kNotAllJobs{"not all jobs", "no todos los empleos"};
inline constexpr Label kNeededFrom{"needed in", "necesarias en"};
inline constexpr Label kTo{"to", "a"};
inline constexpr Label kCannotSplit{"cannot be split by", "no se puede dividir por"};
inline constexpr Label kDimensionSector{"sector", "sector"};
inline constexpr Label kDimensionState{"state", "estado"};
inline constexpr Label kForCountry{"the figures are for the whole country",
                                   "las cifras son de todo el país"};
inline constexpr Label kForSectors{"the figures are for all sectors",
                                   "las cifras son de todos los sectores"};
inline constexpr Label kForBoth{"the figures are for all sectors and the whole country",
                                "las cifras son de todos los sectores y todo el país"};
inline constexpr Label kNoClass{
    "none of these vacancies states a SCIAN class that tells, so none can be counted",
    "ninguna de estas vacantes indica una clase SCIAN que baste; no hay cifras"};

// Demand.
inline constexpr Label kHeads{"people needed", "personas requeridas"};
inline constexpr Label kCompanies{"companies", "empresas"};
inline constexpr Label kSkill{"skill", "habilidad"};
inline constexpr Label kPeople{"people", "personas"};
inline constexpr Label kState{"state", "estado"};

// Supply.
inline constexpr Label kMicrocredentials{"published microcredentials",
                                         "microcredenciales publicadas"};
inline constexpr Label kSeats{"seats in programs", "lugares en programas"};
inline constexpr Label kMicrocredentialsShort{"microcredentials", "microcredenciales"};

// Need and teaching.
inline constexpr Label kGaps{"Gaps: people needed and seats taught",
                             "Brechas: personas requeridas y lugares en programas"};
inline constexpr Label kTaught{"TEACHING  seats in programs", "ENSEÑANZA  lugares en programas"};
inline constexpr Label kSeatsTaught{"seats taught", "lugares"};
inline constexpr Label kDifference{"difference", "diferencia"};
inline constexpr Label kSeatsWithoutState{"seats without campus", "lugares sin plantel"};
inline constexpr Label kSeatsWithoutSkill{"seats without skill", "lugares sin habilidad"};
inline constexpr Label kAllSeats{"seats, each once", "lugares, cada uno una vez"};
inline constexpr Label kSectorTables{"sector tables", "mesas sectoriales"};
inline constexpr Label kTransversalOnly{
    "skills needed in more than half of the sector tables with demand",
    "habilidades que se necesitan en más de la mitad de las mesas con demanda"};
inline constexpr Label kNoGaps{"No skill is known to be needed or taught here.",
                               "No se sabe de ninguna habilidad que aquí se necesite o enseñe."};
inline constexpr Label kNone{"none", "no hay"};
inline constexpr Label kHidden{"hidden or none", "reservado o no hay"};
inline constexpr Label kNotSplit{"not split", "sin dividir"};
inline constexpr Label kNotComparable{"not comparable", "no comparable"};
inline constexpr Label kNeedOfAllPeriods{
    "people needed: of all periods that companies state, not of one school cycle",
    "personas requeridas: de todos los periodos que declaran las empresas, no de un ciclo"};
inline constexpr Label kSchoolCycle{"school cycle", "ciclo escolar"};
inline constexpr Label kSeatsOfAllSectors{
    "seats have no sector, and one seat teaches several skills",
    "los lugares no tienen sector, y uno enseña varias habilidades"};
inline constexpr Label kPrograms{"programs", "programas"};
inline constexpr Label kOrganizations{"organizations", "organizaciones"};
inline constexpr Label kGraduates{"graduates", "egresados"};
inline constexpr Label kOfProgramsThatState{"of programs that state them:",
                                            "de los programas que los indican:"};
inline constexpr Label kAndMore{"and more", "y más"};
inline constexpr Label kOpenPosts{"OPEN POSTS  beside, not by skill",
                                  "PLAZAS ABIERTAS  al lado, no por habilidad"};
inline constexpr Label kPostsInNoSum{"They are in no sum and in no difference.",
                                     "No entran en ninguna suma ni diferencia."};

// Employment.
inline constexpr Label kVacancies{"vacancies offered", "vacantes ofrecidas"};
inline constexpr Label kOpenOn{"open on", "abiertas el"};
inline constexpr Label kNoOfferTerm{"nobody has stated how long offers stay open of",
                                    "nadie ha indicado cuánto siguen abiertas las ofertas de"};
inline constexpr Label kUntilClosed{"until closed", "hasta que se cierran"};
inline constexpr Label kForDays{"days", "días"};
inline constexpr Label kNever{"never, an archive", "nunca, es un archivo"};
inline constexpr Label kPosts{"posts", "plazas"};
inline constexpr Label kUnclassified{"left out, no SCIAN class or a coarser one",
                                     "excluidas, sin clase SCIAN o con una más gruesa"};
inline constexpr Label kOfferedUnclassified{
    "vacancies left out, no SCIAN class or a coarser one, of any age",
    "vacantes excluidas, sin clase SCIAN o con una más gruesa, de cualquier fecha"};
inline constexpr Label kUnclassifiedNote{"not counted here: they cannot be split by sector",
                                         "no se cuentan aquí: no se pueden dividir por sector"};
inline constexpr Label kMedianWage{"median monthly wage", "mediana del salario mensual"};
inline constexpr Label kOf{"of", "de"};
inline constexpr Label kThatStateWage{"that state one", "que lo indican"};
inline constexpr Label kThatStateLanguages{"that say which languages", "que dicen qué idiomas"};
inline constexpr Label kThatStateHours{"that state hours", "que indican el horario"};
inline constexpr Label kEnglish{"asking for English", "piden inglés"};
inline constexpr Label kHoursSuspect{"24-hour days", "jornadas de 24 horas"};
inline constexpr Label kHoursSuspectNote{"start = end in the source", "inicio = fin en la fuente"};
inline constexpr Label kQuality{"Offer quality by", "Calidad de la oferta según"};
inline constexpr Label kQualityOwn{"Puente's own rules, no official statistic",
                                   "reglas propias de Puente, no estadística oficial"};
inline constexpr Label kPassed{"passed", "cumple"};
inline constexpr Label kFailed{"failed", "no cumple"};
inline constexpr Label kUnknown{"unknown", "no se sabe"};
inline constexpr Label kNotJudged{"not judged", "sin evaluar"};
inline constexpr Label kVerdict{"verdict", "veredicto"};
inline constexpr Label kWage{"wage", "salario"};
inline constexpr Label kContract{"contract", "contrato"};
inline constexpr Label kHours{"hours", "horas"};
inline constexpr Label kRest{"rest", "descanso"};
inline constexpr Label kRuleWage{"at least two minimum wages of its zone on its date",
                                 "al menos dos salarios mínimos de su zona en su fecha"};
inline constexpr Label kRuleContract{"a contract of indefinite duration (tiempo indeterminado)",
                                     "contrato por tiempo indeterminado"};
inline constexpr Label kRuleHours{
    "hours a day × days a week within the weekly limit on its date",
    "horas al día × días a la semana dentro del límite semanal en su fecha"};
inline constexpr Label kRuleRest{"at most six days a week", "como máximo seis días a la semana"};
inline constexpr Label kRuleVerdict{"failed if any failed, else unknown if any is unknown",
                                    "no cumple si algo no cumple; si no, no se sabe si algo no "
                                    "se sabe"};

inline constexpr Label kZoneGeneral{"general zone", "zona general"};
inline constexpr Label kZoneBorder{"border zone", "zona fronteriza"};
inline constexpr Label kAMonth{"a month", "al mes"};
inline constexpr Label kAWeek{"a week", "a la semana"};

// Technology.
inline constexpr Label kSignals{"signals", "señales"};
inline constexpr Label kTechnologies{"technologies", "tecnologías"};
inline constexpr Label kHorizon{"horizon", "horizonte"};
inline constexpr Label kTechnologyColumn{"technology", "tecnología"};
inline constexpr Label kSectorColumn{"sector", "sector"};
inline constexpr Label kConfidence{"confidence", "confianza"};

// Definition.
inline constexpr Label kTitle{"title", "título"};
inline constexpr Label kAwardingBody{"awarding body", "entidad que otorga"};
inline constexpr Label kCountry{"country", "país"};
inline constexpr Label kDate{"date", "fecha"};

// The queue of a certification body.
inline constexpr Label kSubmission{"submission", "solicitud"};
inline constexpr Label kDue{"due", "vence"};

// What came of a need.
inline constexpr Label kTrace{"TRACE  what came of a need", "RASTRO  qué resultó de una necesidad"};
inline constexpr Label kDays{"days", "días"};
inline constexpr Label kStep{"step", "paso"};
inline constexpr Label kWaitsFor{"waits for", "espera"};
inline constexpr Label kNoSteps{"Nothing is known to have come of it.",
                                "No se sabe de nada que haya resultado de ella."};
inline constexpr Label kMoreToFollow{"There is more than was followed.",
                                     "Hay más de lo que se siguió."};
inline constexpr Label kCount{"count", "cuántas"};
inline constexpr Label kMedianDays{"median days", "mediana de días"};
inline constexpr Label kStatement{"statement", "declaración"};
inline constexpr Label kDemandSection{"people needed", "personas requeridas"};
inline constexpr Label kProposals{"proposals", "propuestas"};
inline constexpr Label kAgreements{"agreements", "acuerdos"};
inline constexpr Label kSessions{"sessions of sector tables", "sesiones de mesas sectoriales"};
inline constexpr Label kAgreementSessions{"sessions of the agreements", "sesiones de los acuerdos"};
inline constexpr Label kTransferAgreements{"transfer agreements", "acuerdos de transferencia"};
inline constexpr Label kProposalSignals{"signals of the proposals", "señales de las propuestas"};
inline constexpr Label kSkillSignals{"signals of the skill", "señales de la habilidad"};
inline constexpr Label kVersions{"versions and certifications", "versiones y certificaciones"};
inline constexpr Label kSignalVersions{"versions because of signals", "versiones por las señales"};
inline constexpr Label kSubmissions{"submissions to bodies", "solicitudes a organismos"};
inline constexpr Label kAwards{"awards", "otorgadas"};
inline constexpr Label kAllVersions{"all versions together", "todas las versiones"};
inline constexpr Label kWaiting{"waiting", "en espera"};
inline constexpr Label kQuarter{"quarter", "trimestre"};
inline constexpr Label kHalfWithinDays{"half took at most", "la mitad tardó hasta"};
inline constexpr Label kHalfWaits{"half, days", "mitad, días"};
inline constexpr Label kVersionAwards{"awards", "otorgamientos"};
inline constexpr Label kSignalAwards{"awards because of signals", "otorgamientos por las señales"};
inline constexpr Label kReleasedAt{"released at", "publicado el"};
inline constexpr Label kNoneReleased{"nothing has been released yet",
                                     "todavía no se ha publicado nada"};
inline constexpr Label kPlaceOffers{"seats at training places", "lugares en plazas de formación"};
inline constexpr Label kWorkload{"workload", "carga de trabajo"};
inline constexpr Label kLevel{"level", "nivel"};
inline constexpr Label kAssessment{"assessment", "evaluación"};
inline constexpr Label kParticipation{"participation", "participación"};
inline constexpr Label kAssurance{"quality assurance", "aseguramiento de calidad"};
inline constexpr Label kRecordState{"state", "estado"};
inline constexpr Label kOutcomes{"learning outcomes", "resultados de aprendizaje"};
inline constexpr Label kSkills{"skills", "habilidades"};

// Vacancies.
inline constexpr Label kVacancy{"vacancy", "vacante"};
inline constexpr Label kOffered{"offered", "ofrecida"};
inline constexpr Label kMunicipality{"municipality", "municipio"};
inline constexpr Label kMonthlyWage{"wage a month", "salario mensual"};
inline constexpr Label kWeek{"hours a week", "horas por semana"};
inline constexpr Label kOffer{"offer", "oferta"};
inline constexpr Label kShown{"shown", "mostradas"};
inline constexpr Label kShowAll{"--all shows all", "--all las muestra todas"};
inline constexpr Label kFilteredHere{
    "the verdict is filtered by this program, since Labor lists by sector or by verdict",
    "el veredicto lo filtra este programa, pues Labor lista por sector o por veredicto"};
inline constexpr Label kComponent{"component", "componente"};
inline constexpr Label kFound{"found", "resultado"};
inline constexpr Label kValue{"value", "valor"};
inline constexpr Label kBound{"bound", "límite"};
inline constexpr Label kClosed{"Closed", "Cerrada"};

// Loading.
inline constexpr Label kRows{"rows", "filas"};
inline constexpr Label kRead{"read", "leídas"};
inline constexpr Label kLoaded{"loaded", "cargadas"};
inline constexpr Label kNew{"new", "nuevas"};
inline constexpr Label kNothingStored{"The file was only checked: nothing was stored.",
                                      "El archivo solo se revisó: no se guardó nada."};
inline constexpr Label kUnchanged{"stored already", "ya guardadas"};
inline constexpr Label kRejected{"rejected", "rechazadas"};
inline constexpr Label kTruncated{
    "CUT SHORT: the file ends inside a row or before its stated size; only its whole rows count.",
    "INCOMPLETO: el archivo termina dentro de una fila o antes del tamaño indicado; solo cuentan "
    "sus filas enteras."};
inline constexpr Label kLine{"line", "línea"};
inline constexpr Label kField{"field", "campo"};
inline constexpr Label kRule{"rule", "regla"};
inline constexpr Label kRemedy{"remedy", "qué hacer"};
inline constexpr Label kMoreErrors{"more errors are not shown", "errores más no se muestran"};
inline constexpr Label kFreshness{"this load is included from", "esta carga está incluida desde"};
inline constexpr Label kToTakeBack{"to take it back:", "para retirarla:"};
inline constexpr Label kAdded{"added", "agregados"};
inline constexpr Label kKept{"kept", "conservados"};

// Status.
inline constexpr Label kServer{"server", "servidor"};
inline constexpr Label kUp{"up", "activo"};
inline constexpr Label kDown{"DOWN", "CAÍDO"};
inline constexpr Label kHosting{"hosting", "alojamiento"};
inline constexpr Label kOwnProcess{"own process", "proceso propio"};
inline constexpr Label kOneProcess{"one process", "un proceso"};
inline constexpr Label kSchema{"schema", "esquema"};
inline constexpr Label kPosition{"journal", "bitácora"};
inline constexpr Label kSince{"since", "desde"};
inline constexpr Label kAddress{"address", "dirección"};
inline constexpr Label kRecords{"records", "registros"};
inline constexpr Label kDueWork{"work due", "trabajo pendiente"};
inline constexpr Label kFirstDue{"first due", "el primero vence"};
inline constexpr Label kFailing{"failing", "con fallas"};
inline constexpr Label kLastError{"last error", "última falla"};
inline constexpr Label kRecord{"record", "registro"};
inline constexpr Label kOwner{"owner", "titular"};
inline constexpr Label kRefersTo{"refers to", "se refiere a"};
inline constexpr Label kIn{"in", "en"};
inline constexpr Label kThereIsNone{"nothing of that name", "nada con ese nombre"};
inline constexpr Label kNotForItsOwner{"not for its owner to know",
                                       "no le toca saberlo al titular"};
inline constexpr Label kNoReferences{"does not say which references lead nowhere",
                                     "no dice qué referencias no llevan a nada"};
inline constexpr Label kMoreUnresolved{"there are more", "hay más"};
inline constexpr Label kOfThemGenerated{"generated", "generados"};
inline constexpr Label kCounted{"counted", "se cuentan"};
inline constexpr Label kCountsReal{"real", "reales"};
inline constexpr Label kCountsGenerated{"generated", "generados"};
inline constexpr Label kServersDown{"servers do not answer", "servidores no responden"};
inline constexpr Label kAllUp{"All servers answer.", "Todos los servidores responden."};
inline constexpr Label kName{"id", "id"};
inline constexpr Label kLabel{"name", "nombre"};
inline constexpr Label kPrefixes{"SCIAN classes", "clases SCIAN"};

// Errors.
inline constexpr Label kError{"error", "error"};
inline constexpr Label kHint{"hint", "sugerencia"};

}  // namespace label

}  // namespace puente::cli
