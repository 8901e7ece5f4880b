// What every answer from releases of declared tables rests on.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/releases/releaser.h"
#include "common/releases/store.h"
#include "common/sql/session.h"
#include "puente/type/v1/figure.pb.h"

namespace puente::releases {

struct Telling {
  type::v1::RecordKind kind = type::v1::RECORD_KIND_UNSPECIFIED;  // of what is counted
  // Nothing before the first of the kind.
  std::optional<Release> release;
};

// The last release of the kind that counts on the day. POSITION_NOT_REACHED unless everything up to
// a freshness token, if it is not "", was looked at for it; INVALID_FRESHNESS_TOKEN.
absl::StatusOr<Telling> ReadTelling(sql::Session& session, absl::string_view agency,
                                    const Family& family, absl::CivilDay day,
                                    const std::string& at_least);

// The last release of a kind of records: what is told of it, whoever asks.
absl::StatusOr<std::optional<Release>> LastOfKind(sql::Session& session, const Family& family,
                                                  type::v1::RecordKind kind);

// The freshness token of a release.
absl::StatusOr<std::string> TokenOf(sql::Session& session, absl::string_view agency,
                                    const Release& release);

type::v1::Figure Told(int64_t value);
type::v1::Figure Untold(type::v1::Mark mark);

}  // namespace puente::releases
