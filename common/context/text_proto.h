// Files in protobuf's text format, read strictly.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace puente {

struct TextFault {
  int line;  // from 1
  std::string why;
};

// Reads `text` into `message`. What was wrong first, if anything was: warnings count.
std::optional<TextFault> ParseText(absl::string_view text, google::protobuf::Message& message);

}  // namespace puente
