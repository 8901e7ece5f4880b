// Writes the text form of an answer.
#pragma once

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/labels.h"
#include "cli/table.h"

namespace puente::cli {

class Printer {
 public:
  // `plain` means no colours and no box characters. Keeps a reference to `out`.
  Printer(std::ostream& out, Language language, bool plain)
      : out_(out), language_(language), plain_(plain) {}

  Language language() const { return language_; }
  bool plain() const { return plain_; }
  std::string Say(const Label& label) const { return std::string(In(language_, label)); }

  // A line in bold with an empty line before it, except at the top.
  void Heading(absl::string_view text);
  // A line indented by two.
  void Line(absl::string_view text);
  // The same so that it cannot be overlooked.
  void Warning(absl::string_view text);
  void EmptyLine();
  // Indented by two, with an empty line before it.
  void Print(const Table& table);
  // Name, number, and what stands beside it; columns line up.
  void Print(const std::vector<std::vector<std::string>>& facts);

 private:
  std::ostream& out_;
  Language language_;
  bool plain_;
  bool at_top_ = true;
};

}  // namespace puente::cli
