#include "common/loading/csv.h"

#include <algorithm>
#include <utility>

namespace puente::loading {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// libcsv trims "spaces" around fields; none of ours are.
int NoSpace(unsigned char) { return 0; }

bool EndsLine(absl::string_view piece) {
  return !piece.empty() && (piece.back() == '\n' || piece.back() == '\r');
}

}  // namespace

CsvReader::CsvReader(char delimiter, char quote) : delimiter_(delimiter), quote_(quote) { Start(); }

CsvReader::~CsvReader() { csv_free(&parser_); }

void CsvReader::Start() {
  csv_init(&parser_, CSV_STRICT);
  csv_set_delim(&parser_, static_cast<unsigned char>(delimiter_));
  csv_set_quote(&parser_, static_cast<unsigned char>(quote_));
  csv_set_space_func(&parser_, &NoSpace);
  csv_set_blk_size(&parser_, 4096);
}

void CsvReader::Feed(absl::string_view bytes, Sink sink) {
  sink_ = &sink;
  if (begun_) {
    ParseLines(bytes);
  } else {
    mark_.append(bytes.data(), bytes.size());
    const size_t known = std::min(mark_.size(), kByteOrderMark.size());
    const bool like_mark = mark_.compare(0, known, kByteOrderMark.data(), known) == 0;
    if (!like_mark || known == kByteOrderMark.size()) {
      begun_ = true;
      ParseLines(absl::string_view(mark_).substr(like_mark ? kByteOrderMark.size() : 0));
      mark_ = std::string();
    }
  }
  sink_ = nullptr;
}

void CsvReader::Finish(Sink sink) {
  sink_ = &sink;
  if (!begun_) {  // shorter than a mark
    begun_ = true;
    ParseLines(mark_);
  }
  while (InRow()) {
    // A line break ends the row, unless it is inside quotes.
    end_ = CsvRow::End::kFile;
    emitted_ = false;
    Parse("\n");
    end_ = CsvRow::End::kLine;
    if (!emitted_) GiveUpRow(CsvRow::End::kQuoted);
  }
  sink_ = nullptr;
}

// Cuts the bytes after each line break, so that a row's line is known when it begins.
void CsvReader::ParseLines(absl::string_view bytes) {
  while (!bytes.empty()) {
    if (last_was_cr_ && bytes.front() != '\n') ++line_;  // a lone CR; CRLF counts at its LF
    const int64_t line = line_;
    const size_t limit = std::min(bytes.size(), kMostFieldBytes);
    size_t size = 0;
    while (size < limit && bytes[size] != '\n' && bytes[size] != '\r') ++size;
    if (size < limit) ++size;
    const absl::string_view piece = bytes.substr(0, size);
    bytes.remove_prefix(size);
    last_was_cr_ = piece.back() == '\r';
    if (piece.back() == '\n') ++line_;
    if (skipping_) {
      skipping_ = !EndsLine(piece);
    } else {
      ParsePiece(piece, line);
    }
  }
}

void CsvReader::ParsePiece(absl::string_view piece, int64_t line) {
  if (!InRow()) {
    if (piece == "\n" || piece == "\r") {  // an empty line, or the LF of a CRLF
      Parse(piece);
      return;
    }
    row_line_ = line;
  } else if (second_line_ > 0) {
    later_lines_.append(piece.data(), piece.size());
  }
  const size_t room = kMostRowBytes - row_bytes_;
  row_bytes_ += piece.size();
  emitted_ = false;
  const bool parsed = Parse(piece.substr(0, room));
  if (emitted_) return;
  if (!parsed || row_bytes_ > kMostRowBytes) {
    if (second_line_ == 0) skipping_ = !EndsLine(piece);
    GiveUpRow(csv_error(&parser_) == CSV_EPARSE ? CsvRow::End::kBadQuote : CsvRow::End::kTooLong);
  } else if (second_line_ == 0 && EndsLine(piece)) {
    second_line_ = line_;
    second_after_cr_ = last_was_cr_;
  }
}

bool CsvReader::Parse(absl::string_view piece) {
  if (quote_ == 0) {
    SplitPlain(piece);
    return true;
  }
  return csv_parse(&parser_, piece.data(), piece.size(), &OnField, &OnRow, this) == piece.size();
}

void CsvReader::SplitPlain(absl::string_view piece) {
  const bool line_break = EndsLine(piece);
  if (line_break) piece.remove_suffix(1);
  if (line_break && !InRow()) return;  // an empty line
  for (const char c : piece) {
    if (c == delimiter_) {
      ends_.push_back(text_.size());
    } else {
      text_.push_back(c);
    }
  }
  if (!line_break) return;
  ends_.push_back(text_.size());
  Emit(end_);
}

// Lines after the first are read again. One with an odd number of quotes ends the row or is where
// it went wrong, and one with an even number ends on its own line: no line is read more than twice.
void CsvReader::GiveUpRow(CsvRow::End end) {
  csv_free(&parser_);
  Start();
  text_.clear();
  ends_.clear();
  const std::string again = std::move(later_lines_);
  const int64_t second_line = second_line_;
  Emit(end);
  if (second_line == 0) return;
  line_ = second_line;
  last_was_cr_ = second_after_cr_;
  ParseLines(again);
}

void CsvReader::OnField(void* data, size_t size, void* reader) {
  auto* self = static_cast<CsvReader*>(reader);
  self->text_.append(static_cast<const char*>(data), size);
  self->ends_.push_back(self->text_.size());
}

void CsvReader::OnRow(int, void* reader) {
  auto* self = static_cast<CsvReader*>(reader);
  self->Emit(self->end_);
}

void CsvReader::Emit(CsvRow::End end) {
  fields_.clear();
  size_t begin = 0;
  for (const size_t field_end : ends_) {
    fields_.push_back(absl::string_view(text_).substr(begin, field_end - begin));
    begin = field_end;
    if (fields_.back().size() > kMostFieldBytes) end = CsvRow::End::kTooLong;
  }
  if (end == CsvRow::End::kTooLong) fields_.clear();
  (*sink_)(CsvRow{row_line_, fields_, end});
  text_.clear();
  ends_.clear();
  row_bytes_ = 0;
  later_lines_.clear();
  second_line_ = 0;
  emitted_ = true;
}

}  // namespace puente::loading
