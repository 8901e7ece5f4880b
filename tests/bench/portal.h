// Vacancy files in the portal's layout, made up but the same every time, and how they are loaded.
#pragma once

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <string>

#include "puente/labor/v1/vacancy.grpc.pb.h"

namespace puente::bench {

// Writes at least so many rows and bytes; returns how many rows. They are those from `first` on, of
// which each is another.
int64_t WritePortalFile(const std::string& path, int64_t rows, int64_t bytes = 0,
                        int64_t first = 0);

// Uploads it as the command-line client does, in slices of 64 KB.
enum class Pass { kLoad, kCheck };
labor::v1::LoadVacanciesResponse LoadPortalFile(const std::shared_ptr<grpc::Channel>& labor,
                                                const std::string& path, Pass pass = Pass::kLoad);

// Waits until the figures contain a load; `labor` is a channel of somebody who may ask for them.
void AwaitFigures(const std::shared_ptr<grpc::Channel>& labor, const std::string& freshness);

}  // namespace puente::bench
