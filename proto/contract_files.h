// Every file of the contract, by path; made from the folder by CMake.
#pragma once

#include <vector>

#include "google/protobuf/descriptor.h"

namespace puente {

const std::vector<const google::protobuf::FileDescriptor*>& ContractFiles();

}  // namespace puente
