// An extract's file, read in pieces.
#pragma once

#include <algorithm>
#include <string>

#include "gateway/reports/extract.h"

namespace puente::gateway::reports {

inline absl::StatusOr<Extract> ReadPieces(const std::string& agency, const std::string& text,
                                          size_t size = 1 << 20) {
  size_t at = 0;
  return ReadExtract(agency, [&]() -> absl::StatusOr<std::string> {
    const std::string piece = text.substr(std::min(at, text.size()), size);
    at += piece.size();
    return piece;
  });
}

}  // namespace puente::gateway::reports
