#include "modules/labor/standards/municipalities.h"

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/names/text.h"

namespace puente::labor::rules {
namespace {

struct State {
  absl::string_view code;
  absl::string_view municipalities;  // in the order of their codes, the first one being 001
};

// INEGI, Catálogo Único de Claves de Áreas Geoestadísticas Estatales, Municipales y Localidades.
constexpr State kStates[] = {
    // Coahuila
    {"05",
     "Abasolo, Acuña, Allende, Arteaga, Candela, Castaños, Cuatro Ciénegas, Escobedo, "
     "Francisco I. Madero, Frontera, General Cepeda, Guerrero, Hidalgo, Jiménez, Juárez, "
     "Lamadrid, Matamoros, Monclova, Morelos, Múzquiz, Nadadores, Nava, Ocampo, Parras, "
     "Piedras Negras, Progreso, Ramos Arizpe, Sabinas, Sacramento, Saltillo, San "
     "Buenaventura, San Juan de Sabinas, San Pedro, Sierra Mojada, Torreón, Viesca, Villa "
     "Unión, Zaragoza"},
    // Chihuahua
    {"08",
     "Ahumada, Aldama, Allende, Aquiles Serdán, Ascensión, Bachíniva, Balleza, Batopilas de "
     "Manuel Gómez Morín, Bocoyna, Buenaventura, Camargo, Carichí, Casas Grandes, Coronado, "
     "Coyame del Sotol, La Cruz, Cuauhtémoc, Cusihuiriachi, Chihuahua, Chínipas, Delicias, "
     "Dr. Belisario Domínguez, Galeana, Santa Isabel, Gómez Farías, Gran Morelos, Guachochi, "
     "Guadalupe, Guadalupe y Calvo, Guazapares, Guerrero, Hidalgo del Parral, Huejotitán, "
     "Ignacio Zaragoza, Janos, Jiménez, Juárez, Julimes, López, Madera, Maguarichi, Manuel "
     "Benavides, Matachí, Matamoros, Meoqui, Morelos, Moris, Namiquipa, Nonoava, Nuevo Casas "
     "Grandes, Ocampo, Ojinaga, Praxedis G. Guerrero, Riva Palacio, Rosales, Rosario, San "
     "Francisco de Borja, San Francisco de Conchos, San Francisco del Oro, Santa Bárbara, "
     "Satevó, Saucillo, Temósachic, El Tule, Urique, Uruachi, Valle de Zaragoza"},
    // Nuevo León
    {"19",
     "Abasolo, Agualeguas, Los Aldamas, Allende, Anáhuac, Apodaca, Aramberri, Bustamante, "
     "Cadereyta Jiménez, El Carmen, Cerralvo, Ciénega de Flores, China, Doctor Arroyo, "
     "Doctor Coss, Doctor González, Galeana, García, San Pedro Garza García, General Bravo, "
     "General Escobedo, General Terán, General Treviño, General Zaragoza, General Zuazua, "
     "Guadalupe, Los Herreras, Higueras, Hualahuises, Iturbide, Juárez, Lampazos de Naranjo, "
     "Linares, Marín, Melchor Ocampo, Mier y Noriega, Mina, Montemorelos, Monterrey, Parás, "
     "Pesquería, Los Ramones, Rayones, Sabinas Hidalgo, Salinas Victoria, San Nicolás de los "
     "Garza, Hidalgo, Santa Catarina, Santiago, Vallecillo, Villaldama"},
    // Sonora
    {"26",
     "Aconchi, Agua Prieta, Alamos, Altar, Arivechi, Arizpe, Atil, Bacadéhuachi, Bacanora, "
     "Bacerac, Bacoachi, Bácum, Banámichi, Baviácora, Bavispe, Benjamín Hill, Caborca, "
     "Cajeme, Cananea, Carbó, La Colorada, Cucurpe, Cumpas, Divisaderos, Empalme, Etchojoa, "
     "Fronteras, Granados, Guaymas, Hermosillo, Huachinera, Huásabas, Huatabampo, Huépac, "
     "Imuris, Magdalena, Mazatán, Moctezuma, Naco, Nácori Chico, Nacozari de García, "
     "Navojoa, Nogales, Onavas, Opodepe, Oquitoa, Pitiquito, Puerto Peñasco, Quiriego, "
     "Rayón, Rosario, Sahuaripa, San Felipe de Jesús, San Javier, San Luis Río Colorado, San "
     "Miguel de Horcasitas, San Pedro de la Cueva, Santa Ana, Santa Cruz, Sáric, Soyopa, "
     "Suaqui Grande, Tepache, Trincheras, Tubutama, Ures, Villa Hidalgo, Villa Pesqueira, "
     "Yécora, General Plutarco Elías Calles, Benito Juárez, San Ignacio Río Muerto"},
    // Tamaulipas
    {"28",
     "Abasolo, Aldama, Altamira, Antiguo Morelos, Burgos, Bustamante, Camargo, Casas, Ciudad "
     "Madero, Cruillas, Gómez Farías, González, Güémez, Guerrero, Gustavo Díaz Ordaz, "
     "Hidalgo, Jaumave, Jiménez, Llera, Mainero, El Mante, Matamoros, Méndez, Mier, Miguel "
     "Alemán, Miquihuana, Nuevo Laredo, Nuevo Morelos, Ocampo, Padilla, Palmillas, Reynosa, "
     "Río Bravo, San Carlos, San Fernando, San Nicolás, Soto la Marina, Tampico, Tula, Valle "
     "Hermoso, Victoria, Villagrán, Xicoténcatl"},
};

// What else a municipality is called.
struct OtherName {
  absl::string_view state_code;
  absl::string_view other;
  absl::string_view name;
};

constexpr OtherName kOtherNames[] = {
    {"05", "Cuatrociénegas", "Cuatro Ciénegas"},
    {"08", "Batopilas", "Batopilas de Manuel Gómez Morín"},
    {"08", "Doctor Belisario Domínguez", "Dr. Belisario Domínguez"},
    {"19", "Carmen", "El Carmen"},
    {"19", "Dr. Arroyo", "Doctor Arroyo"},
    {"19", "Dr. Coss", "Doctor Coss"},
    {"19", "Dr. González", "Doctor González"}};

// Folded names of one state's municipalities.
struct Names {
  std::vector<std::string> by_code;                       // at code - 1
  absl::flat_hash_map<std::string, std::string> by_text;  // by what may be written
};

Names NamesOf(const State& state) {
  Names names;
  for (const absl::string_view name : absl::StrSplit(state.municipalities, ", ")) {
    names.by_code.push_back(Fold(name));
    names.by_text.emplace(Fold(name), Fold(name));
  }
  for (const OtherName& other : kOtherNames) {
    if (other.state_code == state.code) names.by_text.emplace(Fold(other.other), Fold(other.name));
  }
  return names;
}

const Names* FindNames(absl::string_view state_code) {
  static const auto* const all = [] {
    auto* made = new absl::flat_hash_map<absl::string_view, Names>();
    for (const State& state : kStates) made->emplace(state.code, NamesOf(state));
    return made;
  }();
  const auto found = all->find(state_code);
  return found == all->end() ? nullptr : &found->second;
}

// The name under "043" or, in state "26", "26043".
std::optional<std::string> FindCode(const Names& names, absl::string_view state_code,
                                    absl::string_view text) {
  constexpr size_t kDigits = 3;
  if (text.size() > kDigits) absl::ConsumePrefix(&text, state_code);
  size_t code = 0;
  if (text.size() != kDigits || !absl::SimpleAtoi(text, &code)) return std::nullopt;
  if (code < 1 || code > names.by_code.size()) return std::nullopt;
  return names.by_code[code - 1];
}

}  // namespace

std::optional<std::string> FindMunicipality(absl::string_view state_code, absl::string_view text) {
  const Names* const names = FindNames(state_code);
  if (names == nullptr) return std::nullopt;
  const std::string folded = Fold(text);
  absl::string_view name = folded;
  for (const absl::string_view honour : {"heroica ", "h. ", "h "}) {
    if (absl::ConsumePrefix(&name, honour)) break;
  }
  const auto found = names->by_text.find(name);
  if (found != names->by_text.end()) return found->second;
  return FindCode(*names, state_code, folded);
}

}  // namespace puente::labor::rules
