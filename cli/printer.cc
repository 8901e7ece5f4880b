#include "cli/printer.h"

#include "cli/width.h"

namespace puente::cli {
namespace {

constexpr char kBold[] = "\033[1m";
constexpr char kRed[] = "\033[1;31m";
constexpr char kReset[] = "\033[0m";
constexpr size_t kIndent = 2;

}  // namespace

void Printer::Heading(absl::string_view text) {
  if (!at_top_) out_ << "\n";
  at_top_ = false;
  out_ << (plain_ ? "" : kBold) << Printable(text) << (plain_ ? "" : kReset) << "\n";
}

void Printer::Line(absl::string_view text) {
  at_top_ = false;
  out_ << std::string(kIndent, ' ') << Printable(text) << "\n";
}

void Printer::Warning(absl::string_view text) {
  at_top_ = false;
  out_ << std::string(kIndent, ' ') << (plain_ ? "" : kRed) << Printable(text)
       << (plain_ ? "" : kReset) << "\n";
}

void Printer::EmptyLine() { out_ << "\n"; }

void Printer::Print(const Table& table) {
  if (!at_top_) out_ << "\n";
  at_top_ = false;
  out_ << table.Text(kIndent, plain_);
}

void Printer::Print(const std::vector<std::vector<std::string>>& facts) {
  Table table({{"", Column::kLeft}, {"", Column::kRight}, {"", Column::kLeft}});
  for (const auto& fact : facts) table.Add(fact);
  at_top_ = false;
  out_ << table.Text(kIndent, plain_);
}

}  // namespace puente::cli
