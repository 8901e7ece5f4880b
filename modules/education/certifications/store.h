// What is kept of certifications and of the bodies whose they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/education/v1/certification.pb.h"

namespace puente::education::store {

// All of a version, by id.
absl::StatusOr<std::vector<v1::Certification>> CertificationsOf(sql::Session& session,
                                                                const std::string& version);
// Some of a body that hold, or may come to hold, from a day on, a hundred at most: also what is
// withdrawn only later.
absl::StatusOr<std::vector<v1::Certification>> SomeOf(sql::Session& session,
                                                      const std::string& certifier,
                                                      absl::CivilDay from);

// What it means for a body's certifications that it has left.
struct Exit {
  absl::CivilDay state_date;  // the first on which nobody begins
  absl::CivilDay teach_out_date;
  std::string reason;
};
absl::StatusOr<std::optional<Exit>> ReadExit(sql::Session& session, const std::string& certifier);
// That a body has not left, and does not until this is stored. CERTIFIER_LEFT.
absl::Status CheckNotLeft(journal::Transaction& tx, const std::string& certifier);
// The same, and that it has then. CERTIFIER_LEFT.
absl::Status Leave(journal::Transaction& tx, const std::string& certifier, const Exit& exit);

}  // namespace puente::education::store
