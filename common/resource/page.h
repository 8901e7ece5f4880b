// Page sizes and page tokens (AIP-158).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

namespace puente::resource {

inline constexpr int kDefaultPageSize = 50;
inline constexpr int kMostPageSize = 1000;
// What an answer has at most: gRPC's clients take 4 MB of one, headers included.
inline constexpr size_t kMostAnswerBytes = (4 << 20) - (64 << 10);
// What the rows that are read at a time have at most.
inline constexpr size_t kMostReadBytes = 64 << 20;
// A page ends with the row that passes this; the longest row has 1 MB, as the longest request.
inline constexpr size_t kMostPageBytes = 5 << 19;

namespace error {
inline constexpr ErrorSpec kInvalidPageToken{
    "INVALID_PAGE_TOKEN", absl::StatusCode::kInvalidArgument, "puente",
    "El page_token no es de esta lista; vuelva a empezar sin él y no lo modifique.",
    "The page_token does not belong to this list; start again without it, and do not edit tokens."};
inline constexpr ErrorSpec kInvalidResumeToken{
    "INVALID_RESUME_TOKEN", absl::StatusCode::kInvalidArgument, "puente",
    "El resume_token no es de esta exportación; vuelva a empezar sin él y no lo modifique.",
    "The resume_token does not belong to this export; start again without it, and do not edit "
    "tokens."};
inline constexpr ErrorSpec kBatchTooLarge{
    "BATCH_TOO_LARGE", absl::StatusCode::kResourceExhausted, "puente",
    "Lo solicitado no cabe en una respuesta, que admite $limit bytes; pida menos registros a la "
    "vez.",
    "The records asked for do not fit into an answer, which holds $limit bytes; ask for fewer at a "
    "time."};
}  // namespace error

// 0 means the default, too large is coerced; negative ones were refused as INVALID_FIELDS.
int PageSize(int requested);

// A token is bound to everything that makes the list: method, caller, parent and filter. It is
// checked by a digest without a secret: who forges one gets a page of a list that he may read.
std::string MakePageToken(const std::vector<absl::string_view>& binding,
                          const std::vector<std::string>& cursor);
// The cursor: `columns` values. INVALID_PAGE_TOKEN if the token is of another list or was edited.
absl::StatusOr<std::vector<std::string>> ParsePageToken(
    const std::vector<absl::string_view>& binding, absl::string_view token, size_t columns);

}  // namespace puente::resource
