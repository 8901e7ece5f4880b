#include "modules/economy/municipalities/resource.h"

#include "common/names/text.h"

namespace puente::economy {
namespace {

sql::Value Folded(const v1::Municipality& municipality) {
  return sql::Value(Fold(municipality.label_es()));
}

}  // namespace

const resource::Resource<v1::Municipality>& Municipalities() {
  static const resource::Resource<v1::Municipality> municipalities({
      .table = "municipality",
      .lists = {{.by = {"state_code"}, .index = "by_state"}},
      .derived = {{"folded", &Folded}},
  });
  return municipalities;
}

}  // namespace puente::economy
