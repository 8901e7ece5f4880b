#include "modules/education/campuses/service.h"

#include "common/resource/serve.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/organizations/service.h"

namespace puente::education {
namespace {

// "organizations/x" of "organizations/x/campuses/y".
std::string OrganizationOf(const v1::Campus& campus) {
  return campus.name().substr(0, campus.name().find("/campuses/"));
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Campus* before,
                     v1::Campus& after) {
  return CheckMayWrite(call, tx, OrganizationOf(after), "parent");
}

absl::Status BeforeDelete(const Call& call, journal::Transaction& tx, const v1::Campus& before) {
  return CheckMayWrite(call, tx, OrganizationOf(before), "name");
}

}  // namespace

void ServeCampuses(calls::Host& host) {
  resource::Serve(host, Campuses(), {.prepare = &Prepare, .before_delete = &BeforeDelete});
}

}  // namespace puente::education
