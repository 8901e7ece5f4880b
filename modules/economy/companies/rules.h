// The registration of a company: APPLIED, REGISTERED, CONFIRMED, SUSPENDED, WITHDRAWN.
#pragma once

#include <vector>

#include "puente/economy/v1/company.pb.h"

namespace puente::economy {

// The state in which a new company begins: one that adds itself applies.
v1::CompanyState FirstState(bool by_itself);

// Its size, if that was confirmed; unspecified while it is a company's own word.
v1::CompanySize ConfirmedSize(const v1::Company& company);

// Takes a confirmed company back to REGISTERED if it has changed what was confirmed of it.
void TakeBackConfirmation(const v1::Company& before, v1::Company& after);

// States in which a company may write its own record.
inline const std::vector<int> kMayWrite = {v1::COMPANY_STATE_APPLIED, v1::COMPANY_STATE_REGISTERED,
                                           v1::COMPANY_STATE_CONFIRMED};
// States in which it is in Economy's register.
inline const std::vector<int> kInRegister = {v1::COMPANY_STATE_REGISTERED,
                                             v1::COMPANY_STATE_CONFIRMED};

}  // namespace puente::economy
