#include "modules/science/technologies/resource.h"

namespace puente::science {

const resource::Resource<v1::Technology>& Technologies() {
  static const resource::Resource<v1::Technology> technologies({.table = "technology"});
  return technologies;
}

}  // namespace puente::science
