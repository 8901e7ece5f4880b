#include "proto/contract_comments.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/descriptor_database.h"
#include "proto/embedded_contract.h"

namespace puente {
namespace {

using google::protobuf::DescriptorPool;

// The contract as protoc read it, with comments; options of ours are unknown fields there.
const DescriptorPool& Commented() {
  static const DescriptorPool* const pool = [] {
    google::protobuf::FileDescriptorSet files;
    const absl::string_view bytes = EmbeddedContract().at("puente.binpb");
    if (!files.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      GOOGLE_LOG(FATAL) << "the descriptors in this program can't be read";
    }
    auto* made = new DescriptorPool;
    for (const auto& file : files.file()) made->BuildFile(file);  // each after those it imports
    return made;
  }();
  return *pool;
}

std::string Paragraphs(absl::string_view comment) {
  std::vector<std::string> paragraphs(1);
  for (absl::string_view line : absl::StrSplit(absl::StripAsciiWhitespace(comment), '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || (absl::StartsWith(line, "Errors:") && !paragraphs.back().empty())) {
      paragraphs.emplace_back(line);  // as the contract writes, errors are one of their own
    } else {
      absl::StrAppend(&paragraphs.back(), paragraphs.back().empty() ? "" : " ", line);
    }
  }
  return absl::StrJoin(paragraphs, "\n\n");
}

template <class Commented>
std::string Comment(const Commented* commented) {
  google::protobuf::SourceLocation location;
  if (commented == nullptr || !commented->GetSourceLocation(&location)) return "";
  return Paragraphs(location.leading_comments);
}

}  // namespace

std::string CommentOf(const google::protobuf::ServiceDescriptor& service) {
  return Comment(Commented().FindServiceByName(service.full_name()));
}

std::string CommentOf(const google::protobuf::MethodDescriptor& method) {
  return Comment(Commented().FindMethodByName(method.full_name()));
}

std::string CommentOf(const google::protobuf::Descriptor& message) {
  return Comment(Commented().FindMessageTypeByName(message.full_name()));
}

std::string CommentOf(const google::protobuf::FieldDescriptor& field) {
  return Comment(Commented().FindFieldByName(field.full_name()));
}

std::string CommentOf(const google::protobuf::EnumDescriptor& type) {
  return Comment(Commented().FindEnumTypeByName(type.full_name()));
}

std::string CommentOf(const google::protobuf::EnumValueDescriptor& value) {
  return Comment(Commented().FindEnumValueByName(value.full_name()));
}

}  // namespace puente
