#include "common/context/text_proto.h"

#include "absl/strings/strip.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace puente {
namespace {

// Deeper than any file of ours; a file made to exhaust the stack is refused.
constexpr int kDeepest = 32;

// Keeps the first error, which is the cause of those after it.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber, const std::string& message) override {
    if (fault) return;
    fault = TextFault{line + 1, std::string(absl::StripSuffix(message, "."))};
  }
  void AddWarning(int line, google::protobuf::io::ColumnNumber column,
                  const std::string& message) override {
    AddError(line, column, message);
  }
  std::optional<TextFault> fault;
};

}  // namespace

std::optional<TextFault> ParseText(absl::string_view text, google::protobuf::Message& message) {
  FirstError first;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&first);
  parser.SetRecursionLimit(kDeepest);
  const bool parsed = parser.ParseFromString(std::string(text), &message);
  if (!parsed && !first.fault) first.fault = TextFault{1, "it can't be read"};
  return std::move(first.fault);
}

}  // namespace puente
