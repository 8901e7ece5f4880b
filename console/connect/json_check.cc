#include "console/connect/json_check.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/fields/rules.h"
#include "console/connect/errors.h"

namespace puente::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using nlohmann::json;

constexpr size_t kMostDepth = 64;
constexpr size_t kMostViolations = 100;

// Messages whose JSON is a text.
bool IsText(const Descriptor& type) {
  return type.full_name() == "google.protobuf.Timestamp" ||
         type.full_name() == "google.protobuf.Duration" ||
         type.full_name() == "google.protobuf.FieldMask";
}

// Messages whose JSON is whatever Protobuf makes of it.
bool IsFree(const Descriptor& type) {
  return absl::StartsWith(type.full_name(), "google.protobuf.") && !IsText(type) &&
         type.field_count() > 0;
}

std::string Members(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->json_name());
  return absl::StrJoin(names, ", ");
}

const FieldDescriptor* MemberOf(const Descriptor& type, const std::string& name) {
  const FieldDescriptor* field = type.FindFieldByCamelcaseName(name);
  return field != nullptr ? field : type.FindFieldByName(name);
}

std::string Values(const google::protobuf::EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) names.push_back(type.value(i)->name());
  return absl::StrJoin(names, ", ");
}

class Checker : public nlohmann::json_sax<json> {
 public:
  explicit Checker(const Descriptor* type) : type_(type) {}

  absl::Status Outcome() const {
    if (!stopped_.ok()) return stopped_;
    return InvalidFields(violations_);
  }

  bool null() override {
    const FieldDescriptor* field = Next();
    // Of a field it means that there is none.
    if (field != nullptr && InList()) Add(Kind(*field));
    return GoesOn();
  }
  bool boolean(bool) override {
    if (const FieldDescriptor* field = NextScalar()) {
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_BOOL) Add(Kind(*field));
    }
    return GoesOn();
  }
  bool number_integer(number_integer_t number) override {
    if (const FieldDescriptor* field = NextScalar()) CheckNumber(*field, number);
    return GoesOn();
  }
  bool number_unsigned(number_unsigned_t number) override {
    if (const FieldDescriptor* field = NextScalar()) CheckNumber(*field, number);
    return GoesOn();
  }
  bool number_float(number_float_t number, const string_t&) override {
    if (const FieldDescriptor* field = NextScalar()) {
      // 1.0 is a whole number as Protobuf reads it.
      if (IsWhole(*field) && std::trunc(number) != number) {
        Add(Against(rule::kWholeNumber));
      } else {
        CheckNumber(*field, number);
      }
    }
    return GoesOn();
  }
  bool string(string_t& text) override {
    if (const FieldDescriptor* field = NextScalar(/*text=*/true)) CheckText(*field, text);
    return GoesOn();
  }
  bool binary(binary_t&) override { return false; }  // is not in JSON

  bool start_object(size_t) override {
    if (frames_.size() >= kMostDepth) return TooDeep();
    if (frames_.empty()) return Push({.type = type_});
    const FieldDescriptor* field = Next();
    if (field == nullptr) return Push({});
    if (field->is_map() || (field->message_type() != nullptr && IsFree(*field->message_type()))) {
      return Push({});
    }
    if ((field->is_repeated() && !InList()) || field->message_type() == nullptr ||
        IsText(*field->message_type())) {
      Add(Kind(*field));
      return Push({});
    }
    return Push({.type = field->message_type()});
  }
  bool key(string_t& name) override {
    Frame& frame = frames_.back();
    if (frame.type == nullptr) return true;
    frame.name = name;
    frame.field = MemberOf(*frame.type, name);
    if (frame.field == nullptr) {
      Add(Against(rule::kUnknownMember, "type"_is(frame.type->full_name()),
                  "members"_is(Members(*frame.type))));
    } else if (!frame.seen.insert(frame.field->number()).second) {
      Add(Against(rule::kDoubled));
    }
    return GoesOn();
  }
  bool end_object() override { return Pop(); }

  bool start_array(size_t) override {
    if (frames_.size() >= kMostDepth) return TooDeep();
    if (frames_.empty()) return GoesOn();
    const FieldDescriptor* field = Next();
    if (field == nullptr) return Push({});
    const bool free = field->message_type() != nullptr && IsFree(*field->message_type());
    if (free && !field->is_repeated()) return Push({});
    if (field->is_map() || !field->is_repeated() || InList()) {
      Add(Kind(*field));
      return Push({});
    }
    return Push({.field = field, .is_list = true});
  }
  bool end_array() override { return Pop(); }

  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    stopped_ = Error(error::kJsonSyntax, "position"_is(position));
    return false;
  }

 private:
  // An object, or a list of a field; of neither if it is not looked at.
  struct Frame {
    const Descriptor* type = nullptr;
    const FieldDescriptor* field = nullptr;  // the member that is read, or whose list it is
    std::string name = {};                   // the member, as written
    bool is_list = false;
    int index = -1;
    std::set<int> seen = {};
  };

  bool Push(Frame frame) {
    frames_.push_back(std::move(frame));
    return GoesOn();
  }
  bool Pop() {
    frames_.pop_back();
    return violations_.size() < kMostViolations;
  }
  bool TooDeep() {
    stopped_ = Error(error::kJsonTooDeep, "most"_is(kMostDepth));
    return false;
  }
  // Not after what stands alone, which is no request, nor once enough is wrong.
  bool GoesOn() {
    if (!frames_.empty()) return violations_.size() < kMostViolations;
    stopped_ = Error(error::kJsonSyntax, "position"_is(0));
    return false;
  }

  bool InList() const { return frames_.back().is_list; }

  // The field of the value that begins; null if it is not looked at.
  const FieldDescriptor* Next() {
    if (frames_.empty()) return nullptr;
    Frame& frame = frames_.back();
    if (frame.is_list) ++frame.index;
    return frame.field;
  }

  // The same of a value that is neither object nor list; null, with the violation noted, where the
  // field takes no such value.
  const FieldDescriptor* NextScalar(bool text = false) {
    const FieldDescriptor* field = Next();
    if (field == nullptr) return nullptr;
    const Descriptor* type = field->message_type();
    if (field->is_repeated() && !InList()) {
      Add(Kind(*field));
      return nullptr;
    }
    if (type == nullptr) return field;
    if (!IsFree(*type) && !(text && IsText(*type))) Add(Kind(*field));
    return nullptr;
  }

  static bool IsWhole(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_UINT64:
      case FieldDescriptor::CPPTYPE_ENUM:
        return true;
      default:
        return false;
    }
  }

  template <class Number>
  void CheckNumber(const FieldDescriptor& field, Number number) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_ENUM:
      case FieldDescriptor::CPPTYPE_INT32:
        return CheckRange<int32_t>(number);
      case FieldDescriptor::CPPTYPE_INT64:
        return CheckRange<int64_t>(number);
      case FieldDescriptor::CPPTYPE_UINT32:
        return CheckRange<uint32_t>(number);
      case FieldDescriptor::CPPTYPE_UINT64:
        return CheckRange<uint64_t>(number);
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return;
      default:
        return Add(Kind(field));
    }
  }

  template <class Whole, class Number>
  void CheckRange(Number number) {
    constexpr Whole least = std::numeric_limits<Whole>::min(),
                    most = std::numeric_limits<Whole>::max();
    bool fits = false;
    if constexpr (std::is_floating_point_v<Number>) {
      fits = number >= static_cast<Number>(least) && number < static_cast<Number>(most);
    } else {
      fits = std::cmp_greater_equal(number, least) && std::cmp_less_equal(number, most);
    }
    if (!fits) Add(Against(rule::kNumberRange, "least"_is(least), "most"_is(most)));
  }

  void CheckText(const FieldDescriptor& field, const std::string& text) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_ENUM:
        if (field.enum_type()->FindValueByName(text) == nullptr) {
          Add(Against(rule::kOneOf, "values"_is(Values(*field.enum_type()))));
        }
        return;
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_INT64:
        if (int64_t number = 0; absl::SimpleAtoi(text, &number)) return CheckNumber(field, number);
        return Add(Against(rule::kWholeNumber));
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_UINT64:
        if (uint64_t number = 0; absl::SimpleAtoi(text, &number)) {
          return CheckNumber(field, number);
        }
        return Add(Against(rule::kWholeNumber));
      case FieldDescriptor::CPPTYPE_BOOL:
        return Add(Kind(field));
      default:
        return;  // a number's or bytes' form is Protobuf's to read
    }
  }

  // What the field takes, or each of its elements.
  Violation Kind(const FieldDescriptor& field) const {
    if (field.is_repeated() && !InList()) return Against(rule::kList);
    if (IsWhole(field) && field.enum_type() == nullptr) return Against(rule::kWholeNumber);
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return Against(rule::kBoolean);
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return Against(rule::kDecimal);
      case FieldDescriptor::CPPTYPE_ENUM:
        return Against(rule::kOneOf, "values"_is(Values(*field.enum_type())));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (!IsText(*field.message_type())) return Against(rule::kObject);
        return Against(rule::kQuoted);
      default:
        return Against(rule::kQuoted);
    }
  }

  void Add(Violation violation) { violations_.push_back(std::move(violation).At(Path())); }

  // "vacancy.monthly_wage.units", "names[2]": as the contract names the fields; one that it does
  // not have as it was written.
  std::string Path() const {
    std::string path;
    for (const Frame& frame : frames_) {
      if (frame.is_list) {
        absl::StrAppend(&path, "[", frame.index, "]");
      } else if (frame.type != nullptr) {
        absl::StrAppend(&path, path.empty() ? "" : ".",
                        frame.field == nullptr ? frame.name : frame.field->name());
      }
    }
    return path;
  }

  const Descriptor* const type_;
  std::vector<Frame> frames_;
  std::vector<Violation> violations_;
  absl::Status stopped_;
};

}  // namespace

absl::Status CheckJson(const Descriptor* type, absl::string_view text) {
  Checker checker(type);
  json::sax_parse(text.begin(), text.end(), &checker);
  return checker.Outcome();
}

}  // namespace puente::console
