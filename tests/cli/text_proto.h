// Messages from their text form.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "cli/printer.h"
#include "google/protobuf/text_format.h"

namespace puente::cli {

template <class Message>
Message Of(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// What `print` writes in plain form.
template <class Print>
std::string Plain(Language language, Print print) {
  std::ostringstream out;
  Printer printer(out, language, /*plain=*/true);
  print(printer);
  return out.str();
}

}  // namespace puente::cli
