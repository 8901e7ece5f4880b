#include "common/extracts/code_lists.h"

#include <utility>

#include "common/names/state.h"

namespace puente::extracts {
namespace {

CodeList StateList() {
  CodeList list{kStates, {"Entidades federativas", "States"}};
  for (const FederalState& state : FederalStates()) {
    const std::string name(state.name);
    list.codes.push_back({std::string(state.code), {name, name}});
  }
  return list;
}

// INEGI, Sistema de Clasificación Industrial de América del Norte (SCIAN) 2023.
CodeList SectorList() {
  return {
      kSectors,
      {"Sectores del SCIAN", "SCIAN sectors"},
      {{"11",
        {"Agricultura, cría y explotación de animales, aprovechamiento forestal, pesca y caza",
         "Agriculture, animal production, forestry, fishing and hunting"}},
       {"21", {"Minería", "Mining"}},
       {"22",
        {"Generación, transmisión, distribución y comercialización de energía eléctrica, "
         "suministro de agua y de gas natural por ductos al consumidor final",
         "Electric power, water and piped natural gas"}},
       {"23", {"Construcción", "Construction"}},
       {"31-33", {"Industrias manufactureras", "Manufacturing"}},
       {"43", {"Comercio al por mayor", "Wholesale trade"}},
       {"46", {"Comercio al por menor", "Retail trade"}},
       {"48-49", {"Transportes, correos y almacenamiento", "Transportation, mail and warehousing"}},
       {"51", {"Información en medios masivos", "Information and mass media"}},
       {"52", {"Servicios financieros y de seguros", "Finance and insurance"}},
       {"53",
        {"Servicios inmobiliarios y de alquiler de bienes muebles e intangibles",
         "Real estate and rental and leasing"}},
       {"54",
        {"Servicios profesionales, científicos y técnicos",
         "Professional, scientific and technical services"}},
       {"55",
        {"Dirección y administración de grupos empresariales o corporativos",
         "Management of companies and enterprises"}},
       {"56",
        {"Servicios de apoyo a los negocios y manejo de residuos, y servicios de remediación",
         "Business support, waste management and remediation services"}},
       {"61", {"Servicios educativos", "Educational services"}},
       {"62", {"Servicios de salud y de asistencia social", "Health care and social assistance"}},
       {"71",
        {"Servicios de esparcimiento culturales y deportivos, y otros servicios recreativos",
         "Arts, entertainment and recreation"}},
       {"72",
        {"Servicios de alojamiento temporal y de preparación de alimentos y bebidas",
         "Accommodation and food services"}},
       {"81",
        {"Otros servicios excepto actividades gubernamentales",
         "Other services, except government"}},
       {"93",
        {"Actividades legislativas, gubernamentales, de impartición de justicia y de organismos "
         "internacionales y extraterritoriales",
         "Government, justice, and international bodies"}}}};
}

CodeList UnitList() {
  return {kUnits,
          {"Unidades", "Units"},
          {{"AWARDS", {"Constancias", "Awards"}},
           {"COMPANIES", {"Empresas", "Companies"}},
           {"DAYS", {"Días", "Days"}},
           {"DECISIONS", {"Dictámenes", "Decisions"}},
           {"LEARNERS", {"Estudiantes", "Learners"}},
           {"PERSONS", {"Personas", "People"}},
           {"POSTS", {"Puestos", "Posts"}},
           {"RECORDS", {"Registros", "Records"}},
           {"SEATS", {"Lugares", "Seats"}},
           {"SIGNALS", {"Señales", "Signals"}},
           {"STAYS", {"Estancias", "Stays"}},
           {"VACANCIES", {"Vacantes", "Vacancies"}},
           {"VERSIONS", {"Versiones de programas", "Program versions"}}}};
}

}  // namespace

CodeList SexList() {
  return {kSexes,
          {"Sexo", "Sex"},
          {{"F", {"Mujeres", "Women"}},
           {"M", {"Hombres", "Men"}},
           {"X", {"Personas no binarias", "Non-binary people"}}}};
}

const std::vector<CodeList>& CommonCodeLists() {
  static const auto* const lists = new std::vector<CodeList>{
      SectorList(), SexList(), {kSkills, {"Habilidades", "Skills"}}, StateList(), UnitList()};
  return *lists;
}

const std::vector<Code>& SpecialCodes() {
  static const auto* const codes =
      new std::vector<Code>{{kOthers, {"Los demás", "Others"}},
                            {kNotApplicable, {"No aplica", "Not applicable"}},
                            {kNotSaid, {"No especificado", "Not specified"}},
                            {kAll, {"Total", "Total"}}};
  return *codes;
}

Dimension State() { return {"STATE", {"Entidad federativa", "State"}, kStates}; }
Dimension Sector() { return {"SECTOR", {"Sector del SCIAN", "SCIAN sector"}, kSectors}; }
Dimension Sex() { return {"SEX", {"Sexo", "Sex"}, kSexes}; }
Dimension Skill() { return {"SKILL", {"Habilidad", "Skill"}, kSkills}; }
Dimension Period(Text title) { return {"PERIOD", std::move(title)}; }

std::string CodeOf(const CodeList& list, int64_t number) {
  const bool has = number >= 1 && number <= static_cast<int64_t>(list.codes.size());
  return has ? list.codes[number - 1].code : kNotSaid;
}

std::string OrNotSaid(absl::string_view code) {
  return code.empty() ? kNotSaid : std::string(code);
}

}  // namespace puente::extracts
