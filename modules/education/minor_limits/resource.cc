#include "modules/education/minor_limits/resource.h"

namespace puente::education {

const resource::Resource<v1::MinorLimit>& MinorLimits() {
  static const resource::Resource<v1::MinorLimit> limits({.table = "minor_limit"});
  return limits;
}

}  // namespace puente::education
