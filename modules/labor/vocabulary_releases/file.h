// Files of vocabularies, slice by slice, as batches of terms ready to be stored. Used as
// loading::Loader is; no SQL, no clock.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/loading/batches.h"
#include "common/loading/occurrence.h"
#include "common/loading/row_error.h"
#include "common/loading/table_file.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor {

struct VocabularyOptions {
  v1::VocabularyLayout layout = v1::VOCABULARY_LAYOUT_UNSPECIFIED;  // one that is specified
  v1::VocabularyRelease release;  // that gets the terms; they take its source and kind
  int64_t size_bytes = 0;         // of the whole file; 0 if not known
  Locale locale = Locale::kSpanish;
};

// What a row states: an Occupation or an OccupationTool, complete but for the times.
struct Term {
  int64_t line = 0;
  std::string id;    // in its release
  std::string code;  // of the occupation, as the file has it
  std::unique_ptr<google::protobuf::Message> message;
};

// No two share an id.
using TermBatch = loading::Batch<Term>;

class VocabularyLoader : private loading::TableFile::Rows {
 public:
  // The rows of one layout: their columns, and what they state.
  struct Layout {
    absl::string_view name;
    std::vector<absl::string_view> columns;
    // Fills in the term from the values of the columns, in their order, trimmed. Calls
    // reject(column, why) for each that is at fault.
    using RejectColumn = absl::FunctionRef<void(size_t column, const Violation& why)>;
    void (*read)(const VocabularyOptions& options, absl::Span<const absl::string_view> values,
                 Term& term, RejectColumn reject);
  };

  // More rows than the largest vocabularies have.
  static constexpr int64_t kMostRows = 500'000;

  explicit VocabularyLoader(VocabularyOptions options);

  // FILE_ENCODING, FILE_COLUMNS or FILE_TOO_LARGE refuse the file as a whole. Batches given before
  // may have been stored.
  absl::Status Feed(absl::string_view bytes) { return file_.Feed(bytes); }
  // The same, and FILE_EMPTY.
  absl::Status Finish();
  // A full batch, or after Finish() the last one; nothing if there is none yet.
  std::optional<TermBatch> NextBatch() { return batches_.Next(); }
  // Counts a term of a batch as rejected.
  void Reject(const Term& term, const Violation& why) {
    file_.Reject(term.line, layout_.columns[0], term.code, why);
  }
  // Everything but loaded_count, unchanged_count and freshness_token.
  v1::LoadVocabularyResponse Summary() const;

 private:
  absl::Status OnHeader(absl::Span<const absl::string_view> names) override;
  absl::Status OnRow(const loading::CsvRow& row) override;

  const VocabularyOptions options_;
  const Layout& layout_;
  loading::TableFile file_;
  std::vector<size_t> places_;  // of the layout's columns in a row
  loading::Occurrences occurrences_;
  int64_t rows_ = 0;
  loading::Batches<Term> batches_;
};

}  // namespace puente::labor
