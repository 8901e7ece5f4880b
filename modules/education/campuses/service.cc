#include "modules/education/campuses/service.h"

#include "common/resource/serve.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/organizations/service.h"

namespace puente::education {
namespace {

absl::Status CheckMayWriteIn(const Call& call, journal::Transaction& tx, const v1::Campus& campus,
                             absl::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, Campuses().pattern().Parse(campus.name(), field));
  ids.pop_back();
  return CheckMayWrite(call, tx, Campuses().pattern().Parent().Format(ids), field);
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Campus* before,
                     v1::Campus& after) {
  return CheckMayWriteIn(call, tx, after, "parent");
}

absl::Status BeforeDelete(const Call& call, journal::Transaction& tx, const v1::Campus& before) {
  return CheckMayWriteIn(call, tx, before, "name");
}

}  // namespace

void ServeCampuses(calls::Host& host) {
  resource::Serve(host, Campuses(), {.prepare = &Prepare, .before_delete = &BeforeDelete});
}

}  // namespace puente::education
