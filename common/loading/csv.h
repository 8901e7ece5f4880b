// A stream of bytes as rows of fields. libcsv parses where there are quotes, strictly; this class
// adds line numbers, bounds, the end of the file, and makes a misplaced quotation mark cost no more
// than the row in which it stands.
#pragma once

#include <csv.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace puente::loading {

// Bounds of what is kept in memory.
inline constexpr size_t kMostFieldBytes = 64 << 10;
inline constexpr size_t kMostRowBytes = 256 << 10;

struct CsvRow {
  enum class End {
    kLine,  // a line break
    kFile,  // the file ends after it, outside quotes
    // The others are given up, without fields:
    kQuoted,    // the file ends inside a quoted field
    kBadQuote,  // a quotation mark stands where none may
    kTooLong,   // it passes one of the bounds
  };
  int64_t line = 0;  // on which it begins, from 1
  absl::Span<const absl::string_view> fields;
  End end = End::kLine;
};

// Fields are the file's bytes with quotes resolved, not trimmed, be they NUL or invalid UTF-8.
// Lines end with LF, CRLF or CR, and are counted inside quotes too. Empty lines are no rows. A
// byte-order mark is left out. Slices may be cut anywhere. Not thread-safe.
//
// Quotes are those of RFC 4180: a quote opens at the start of a field only; inside, a doubled one
// is a quote, and a single one must be followed by delimiter, line break or end of the file. A
// quoted field may hold line breaks. A row whose quotes are wrong, or that is too long, ends at its
// first line break and is given up; what follows that is read as if the row had not been there. So
// no quote moves the end of another row.
class CsvReader {
 public:
  // Fields are valid during the call.
  using Sink = absl::FunctionRef<void(const CsvRow&)>;

  // Without a quote (0) every byte but delimiter and line break is text, as in O*NET's files.
  CsvReader(char delimiter, char quote);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  void Feed(absl::string_view bytes, Sink sink);
  // The file ends here; the last row, if it has no line break, is given now.
  void Finish(Sink sink);

 private:
  static void OnField(void* data, size_t size, void* reader);
  static void OnRow(int terminator, void* reader);
  void Start();
  void ParseLines(absl::string_view bytes);
  void ParsePiece(absl::string_view piece, int64_t line);
  // False if a quote is wrong or memory ran out.
  bool Parse(absl::string_view piece);
  void SplitPlain(absl::string_view piece);
  // Emits the row in progress without fields and goes on behind its first line.
  void GiveUpRow(CsvRow::End end);
  void Emit(CsvRow::End end);
  bool InRow() const { return row_bytes_ > 0; }

  const char delimiter_;
  const char quote_;
  csv_parser parser_;
  Sink* sink_ = nullptr;  // during Feed() and Finish()

  std::string mark_;    // the first bytes, until it is known whether they are a mark
  bool begun_ = false;  // past the mark
  bool last_was_cr_ = false;
  bool skipping_ = false;                 // to the next line break, after a row was given up
  std::string later_lines_;               // of the row in progress, from its second on
  int64_t second_line_ = 0;               // of the row in progress; 0 while it has one line
  bool second_after_cr_ = false;          // last_was_cr_ where the second line begins
  int64_t line_ = 1;                      // of the next byte
  int64_t row_line_ = 1;                  // on which the row in progress begins
  size_t row_bytes_ = 0;                  // of the row in progress
  CsvRow::End end_ = CsvRow::End::kLine;  // of rows emitted now
  bool emitted_ = false;
  std::string text_;          // fields of the row in progress, one after the other
  std::vector<size_t> ends_;  // where each ends in text_
  std::vector<absl::string_view> fields_;
};

}  // namespace puente::loading
