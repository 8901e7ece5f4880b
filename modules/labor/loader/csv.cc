#include "modules/labor/loader/csv.h"

#include <algorithm>

namespace puente::labor::loader {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// libcsv trims "spaces" around fields; none of ours are.
int NoSpace(unsigned char) { return 0; }

}  // namespace

CsvReader::CsvReader(char delimiter, char quote) : delimiter_(delimiter), quote_(quote) { Start(); }

CsvReader::~CsvReader() { csv_free(&parser_); }

void CsvReader::Start() {
  csv_init(&parser_, 0);
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
  if (InRow()) {
    // A line break ends the row, unless it is inside quotes.
    end_ = CsvRow::End::kFile;
    emitted_ = false;
    Parse("\n");
    if (!emitted_) {
      end_ = CsvRow::End::kQuoted;
      csv_fini(&parser_, &OnField, &OnRow, this);
    }
  }
  sink_ = nullptr;
}

// Cuts the bytes after each line break, so that a row's line is known when it begins.
void CsvReader::ParseLines(absl::string_view bytes) {
  while (!bytes.empty()) {
    if (last_was_cr_ && bytes.front() != '\n') ++line_;  // a lone CR; CRLF counts at its LF
    last_was_cr_ = false;
    const size_t limit = std::min(bytes.size(), kMostFieldBytes);
    size_t size = 0;
    while (size < limit && bytes[size] != '\n' && bytes[size] != '\r') ++size;
    const bool line_break = size < limit;
    if (line_break) ++size;
    const absl::string_view piece = bytes.substr(0, size);
    if (skipping_) {
      skipping_ = !line_break;
    } else {
      ParsePiece(piece);
    }
    if (line_break) {
      last_was_cr_ = piece.back() == '\r';
      if (!last_was_cr_) ++line_;
    }
    bytes.remove_prefix(size);
  }
}

void CsvReader::ParsePiece(absl::string_view piece) {
  if (!InRow()) {
    if (piece == "\n" || piece == "\r") {  // an empty line, or the LF of a CRLF
      Parse(piece);
      return;
    }
    row_line_ = line_;
  }
  row_bytes_ += piece.size();
  emitted_ = false;
  const bool parsed = Parse(piece);
  if (emitted_) return;
  if (row_bytes_ > kMostRowBytes || !parsed) {
    const char last = piece.back();
    GiveUpRow();
    skipping_ = last != '\n' && last != '\r';
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
  const bool line_break = piece.back() == '\n' || piece.back() == '\r';
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

void CsvReader::GiveUpRow() {
  csv_free(&parser_);
  Start();
  text_.clear();
  ends_.clear();
  Emit(CsvRow::End::kTooLong);
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
  if (row_bytes_ > kMostRowBytes) end = CsvRow::End::kTooLong;
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
  emitted_ = true;
}

}  // namespace puente::labor::loader
