#include "modules/economy/place_rules/resource.h"

namespace puente::economy {

const resource::Resource<v1::PlaceRule>& PlaceRules() {
  static const resource::Resource<v1::PlaceRule> place_rules({
      .table = "place_rule",
  });
  return place_rules;
}

}  // namespace puente::economy
