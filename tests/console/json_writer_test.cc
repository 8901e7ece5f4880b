#include "console/connect/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "common/federation/contract.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/rpc/error_details.pb.h"
#include "proto/contract_files.h"

namespace puente::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Any valid message, of which about half of the fields are set.
class Filler {
 public:
  void Fill(Message& message, int depth = 0) {
    const Descriptor& type = *message.GetDescriptor();
    if (type.full_name() == "google.protobuf.FieldMask") {
      static_cast<google::protobuf::FieldMask&>(message).add_paths("title_es");
      return;
    }
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (random_() % 2 == 0 || (field.message_type() != nullptr && depth > 4)) continue;
      const int count = field.is_repeated() ? static_cast<int>(random_() % 3) : 1;
      for (int n = 0; n < count; ++n) Set(message, field, depth);
    }
    if (type.full_name() == "google.protobuf.Timestamp" ||
        type.full_name() == "google.protobuf.Duration") {
      Limit(message);
    }
  }

 private:
  // Of the years and the parts of a second that there are.
  void Limit(Message& message) {
    const auto* reflection = message.GetReflection();
    const Descriptor& type = *message.GetDescriptor();
    constexpr int64_t kParts[] = {0, 5, 120'000, 1'000'000, 999'999'999};
    reflection->SetInt64(&message, type.FindFieldByNumber(1),
                         static_cast<int64_t>(random_() % 4'000'000'000));
    reflection->SetInt32(&message, type.FindFieldByNumber(2),
                         static_cast<int32_t>(kParts[random_() % 5]));
  }

  template <class Setter, class Adder, class Value>
  void Put(Message& message, const FieldDescriptor& field, Setter set, Adder add, Value value) {
    const auto* reflection = message.GetReflection();
    if (field.is_repeated()) {
      (reflection->*add)(&message, &field, std::move(value));
    } else {
      (reflection->*set)(&message, &field, std::move(value));
    }
  }

  void Set(Message& message, const FieldDescriptor& field, int depth) {
    using R = google::protobuf::Reflection;
    const uint64_t bits = random_();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return Put(message, field, &R::SetInt32, &R::AddInt32, static_cast<int32_t>(bits));
      case FieldDescriptor::CPPTYPE_INT64:
        return Put(message, field, &R::SetInt64, &R::AddInt64, static_cast<int64_t>(bits));
      case FieldDescriptor::CPPTYPE_UINT32:
        return Put(message, field, &R::SetUInt32, &R::AddUInt32, static_cast<uint32_t>(bits));
      case FieldDescriptor::CPPTYPE_UINT64:
        return Put(message, field, &R::SetUInt64, &R::AddUInt64, bits);
      case FieldDescriptor::CPPTYPE_BOOL:
        return Put(message, field, &R::SetBool, &R::AddBool, bits % 2 == 0);
      case FieldDescriptor::CPPTYPE_FLOAT:
        return Put(message, field, &R::SetFloat, &R::AddFloat, static_cast<float>(Number(bits)));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return Put(message, field, &R::SetDouble, &R::AddDouble, Number(bits));
      case FieldDescriptor::CPPTYPE_ENUM:
        return Put(message, field, &R::SetEnumValue, &R::AddEnumValue,
                   static_cast<int>(bits % 5 == 0 ? 999 : bits % 4));
      case FieldDescriptor::CPPTYPE_STRING: {
        static const char* const texts[] = {"", "a", "ñandú", "<b>\"\\\n\t\x7f/", "\xe2\x80\xa8 é"};
        return Put(message, field, &R::SetString, &R::AddString, std::string(texts[bits % 5]));
      }
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        const auto* reflection = message.GetReflection();
        return Fill(*(field.is_repeated() ? reflection->AddMessage(&message, &field)
                                          : reflection->MutableMessage(&message, &field)),
                    depth + 1);
      }
    }
  }

  static double Number(uint64_t bits) {
    static const double numbers[] = {0, -0.0, 1, 0.1, 1e300, -2.5e-7, 1.0 / 0.0, -1.0 / 0.0};
    return numbers[bits % 8];
  }

  std::mt19937_64 random_{20261130};
};

void ForEachType(const Descriptor* type, const std::function<void(const Descriptor*)>& each) {
  each(type);
  for (int i = 0; i < type->nested_type_count(); ++i) ForEachType(type->nested_type(i), each);
}

TEST(WriteJson, SaysWhatProtobufSaysOfEveryTypeOfTheContract) {
  Filler filler;
  int types = 0;
  for (const auto* file : ContractFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      ForEachType(file->message_type(i), [&](const Descriptor* type) {
        ASSERT_TRUE(CanWriteJson(type)) << type->full_name();
        ++types;
        for (int n = 0; n < 20; ++n) {
          const auto message = NewMessage(type);
          filler.Fill(*message);
          std::string json;
          WriteJson(*message, json);
          ASSERT_EQ(nlohmann::json::parse(json, nullptr, false),
                    nlohmann::json::parse(ToJson(*message, false), nullptr, false))
              << type->full_name() << ": " << message->ShortDebugString();
        }
      });
    }
  }
  EXPECT_GT(types, 500);
}

TEST(WriteJson, IsSafeInAPage) {
  google::rpc::LocalizedMessage text;
  text.set_message("</script>");
  std::string json;
  WriteJson(text, json);
  EXPECT_EQ(json, R"({"message":"\u003c/script\u003e"})");
}

TEST(CanWriteJson, LeavesMapsAndValuesToProtobuf) {
  EXPECT_FALSE(CanWriteJson(google::rpc::ErrorInfo::descriptor()));
  EXPECT_FALSE(CanWriteJson(google::protobuf::Struct::descriptor()));
  EXPECT_TRUE(CanWriteJson(google::protobuf::Timestamp::descriptor()));
}

}  // namespace
}  // namespace puente::console
