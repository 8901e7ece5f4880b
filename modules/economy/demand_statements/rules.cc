#include "modules/economy/demand_statements/rules.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"

namespace puente::economy {

std::string CompanyOf(const v1::DemandStatement& statement) { return CompanyOf(statement.name()); }

std::string CompanyOf(absl::string_view statement) {
  return std::string(statement.substr(0, statement.find("/demandStatements/")));
}

std::string NeedKey(const v1::DemandStatement& statement) {
  const std::string start = absl::FormatCivilTime(ToCivilDay(statement.start_date()));
  const std::string end = absl::FormatCivilTime(ToCivilDay(statement.end_date()));
  const std::string kind = absl::StrCat(statement.record_kind());
  return crypto::TaggedSha256("puente/economy/need/1",
                              {CompanyOf(statement), statement.skill(), statement.level(),
                               statement.state_code(), statement.scian_class(), start, end, kind});
}

v1::DemandStatement Supersede(const v1::DemandStatement& before, absl::string_view later) {
  v1::DemandStatement after = before;
  after.set_state(v1::DEMAND_STATE_SUPERSEDED);
  after.set_superseded_by(std::string(later));
  return after;
}

}  // namespace puente::economy
