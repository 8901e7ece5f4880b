#include "common/names/state.h"

#include "absl/container/flat_hash_map.h"
#include "common/names/text.h"

namespace puente {

const std::vector<FederalState>& FederalStates() {
  static const auto* states = new std::vector<FederalState>{
      {"01", "Aguascalientes"}, {"02", "Baja California"}, {"03", "Baja California Sur"},
      {"04", "Campeche"},       {"05", "Coahuila"},        {"06", "Colima"},
      {"07", "Chiapas"},        {"08", "Chihuahua"},       {"09", "Ciudad de México"},
      {"10", "Durango"},        {"11", "Guanajuato"},      {"12", "Guerrero"},
      {"13", "Hidalgo"},        {"14", "Jalisco"},         {"15", "México"},
      {"16", "Michoacán"},      {"17", "Morelos"},         {"18", "Nayarit"},
      {"19", "Nuevo León"},     {"20", "Oaxaca"},          {"21", "Puebla"},
      {"22", "Querétaro"},      {"23", "Quintana Roo"},    {"24", "San Luis Potosí"},
      {"25", "Sinaloa"},        {"26", "Sonora"},          {"27", "Tabasco"},
      {"28", "Tamaulipas"},     {"29", "Tlaxcala"},        {"30", "Veracruz"},
      {"31", "Yucatán"},        {"32", "Zacatecas"}};
  return *states;
}

std::optional<absl::string_view> StateName(absl::string_view code) {
  for (const FederalState& state : FederalStates()) {
    if (state.code == code) return state.name;
  }
  return std::nullopt;
}

std::optional<absl::string_view> StateCode(absl::string_view text) {
  static const auto* codes = [] {
    auto* map = new absl::flat_hash_map<std::string, absl::string_view>;
    for (const FederalState& state : FederalStates()) {
      map->emplace(state.code, state.code);
      map->emplace(Fold(state.name), state.code);
    }
    // Other names in common use, official long forms among them.
    for (const auto& [name, code] :
         std::initializer_list<FederalState>{{"05", "coahuila de zaragoza"},
                                             {"09", "cdmx"},
                                             {"09", "distrito federal"},
                                             {"15", "estado de mexico"},
                                             {"15", "edomex"},
                                             {"16", "michoacan de ocampo"},
                                             {"30", "veracruz de ignacio de la llave"},
                                             {"22", "queretaro de arteaga"}}) {
      map->emplace(code, name);
    }
    return map;
  }();
  const auto found = codes->find(Fold(text));
  if (found == codes->end()) return std::nullopt;
  return found->second;
}

}  // namespace puente
