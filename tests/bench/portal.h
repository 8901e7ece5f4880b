// Vacancy files in the portal's layout, made up but the same every time, and how they are loaded.
#pragma once

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <string>

#include "puente/labor/v1/vacancy.grpc.pb.h"

namespace puente::bench {

// Writes at least so many rows and bytes; returns how many rows.
int64_t WritePortalFile(const std::string& path, int64_t rows, int64_t bytes = 0);

// Uploads it as the command-line client does, in slices of 64 KB.
labor::v1::LoadVacanciesResponse LoadPortalFile(const std::shared_ptr<grpc::Channel>& labor,
                                                const std::string& path);

}  // namespace puente::bench
