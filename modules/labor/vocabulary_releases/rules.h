// Releases of the vocabulary: drafted, filled, published once.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/status/violation.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor::rules {

// The framework of Puente's own vocabulary, whose releases freeze the living skills.
inline constexpr absl::string_view kOwnFramework = "puente";

// A partial release says what is missing.
std::vector<Violation> CheckRelease(const v1::VocabularyRelease& release, const std::string& path);

// What a release has when it is published.
struct Content {
  int64_t occupations = 0;
  int64_t tools = 0;
  int64_t skills = 0;
  std::string digest;
};
// Says of a release that is being published what it has. VOCABULARY_RELEASE_EMPTY.
absl::Status Fill(v1::VocabularyRelease& published, const Content& content);

}  // namespace puente::labor::rules
