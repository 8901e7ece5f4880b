#include "modules/education/national_profiles/resource.h"

namespace puente::education {

const resource::Resource<v1::NationalProfile>& NationalProfiles() {
  static const resource::Resource<v1::NationalProfile> national_profiles({
      .table = "national_profile",
  });
  return national_profiles;
}

}  // namespace puente::education
