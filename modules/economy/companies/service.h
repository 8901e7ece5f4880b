// puente.economy.v1.CompanyService.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/calls/host.h"
#include "common/journal/write.h"
#include "common/resource/record_writer.h"
#include "puente/economy/v1/company.pb.h"

namespace puente::economy {

// A company that is in Economy's register, and stays there while this is written; `field` held its
// name. COMPANY_NOT_FOUND, COMPANY_STATE_WRONG.
absl::StatusOr<v1::Company> GuardInRegister(const Call& call, journal::Transaction& tx,
                                            const std::string& name, absl::string_view field);
// The same of one that may leave it at the same moment.
absl::Status CheckInRegister(const Call& call, sql::Session& session, const std::string& name);

resource::RecordWriter ServeCompanies(calls::Host& host);

}  // namespace puente::economy
