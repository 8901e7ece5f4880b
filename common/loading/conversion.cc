#include "common/loading/conversion.h"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "common/fields/forms.h"
#include "common/fields/rules.h"
#include "common/loading/errors.h"
#include "common/loading/number.h"
#include "common/names/state.h"
#include "common/names/text.h"
#include "common/status/macros.h"
#include "google/type/date.pb.h"
#include "google/type/money.pb.h"
#include "puente/api/v1/options.pb.h"
#include "re2/re2.h"

namespace puente::loading {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Made = absl::StatusOr<std::unique_ptr<const Conversion>>;

const api::v1::Rules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(api::v1::rules);
}

class Text final : public Conversion {
 public:
  explicit Text(const FieldDescriptor& field)
      : field_(field), most_(static_cast<size_t>(RulesOf(field).max_length())) {}
  static Made Make(const JsonNode&, const Target&, const FieldDescriptor& field) {
    return std::make_unique<Text>(field);
  }
  Wrong Set(absl::string_view text, Message& record) const override {
    std::string out;
    if (Wrong wrong = SetText(text, most_, out)) return wrong;
    record.GetReflection()->SetString(&record, &field_, std::move(out));
    return nullptr;
  }

 private:
  const FieldDescriptor& field_;
  const size_t most_;
};

class Code final : public Conversion {
 public:
  explicit Code(const FieldDescriptor& field)
      : field_(field),
        pattern_(RulesOf(field).pattern(), RE2::Quiet),
        most_(static_cast<size_t>(RulesOf(field).max_length())) {}
  static Made Make(const JsonNode&, const Target&, const FieldDescriptor& field) {
    return std::make_unique<Code>(field);
  }
  Wrong Set(absl::string_view text, Message& record) const override {
    if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern_)) {
      const fields::Form form = fields::FormOf(pattern_.pattern());
      return Breaks(rule::kPattern, "form_es"_is(form.es), "form_en"_is(form.en));
    }
    if (most_ > 0 && CodePoints(text) > most_) return Breaks(rule::kTooLong, "most"_is(most_));
    record.GetReflection()->SetString(&record, &field_, std::string(text));
    return nullptr;
  }

 private:
  const FieldDescriptor& field_;
  const RE2 pattern_;
  const size_t most_;
};

class State final : public Conversion {
 public:
  explicit State(const FieldDescriptor& field) : field_(field) {}
  static Made Make(const JsonNode&, const Target&, const FieldDescriptor& field) {
    return std::make_unique<State>(field);
  }
  Wrong Set(absl::string_view text, Message& record) const override {
    const std::optional<absl::string_view> code = StateCode(text);
    if (!code) return Breaks(rule::kNotAState);
    record.GetReflection()->SetString(&record, &field_, std::string(*code));
    return nullptr;
  }

 private:
  const FieldDescriptor& field_;
};

class Enum final : public Conversion {
 public:
  Enum(const FieldDescriptor& field, Values values) : field_(field), values_(std::move(values)) {}
  static Made Make(const JsonNode& column, const Target&, const FieldDescriptor& field) {
    ASSIGN_OR_RETURN(Values values, column.EnumValues("values", *field.enum_type()));
    return std::make_unique<Enum>(field, std::move(values));
  }
  Wrong Set(absl::string_view text, Message& record) const override {
    const auto found = values_.find(Fold(text));
    if (found == values_.end()) return Breaks(rule::kNotInProfile);
    record.GetReflection()->SetEnumValue(&record, &field_, found->second);
    return nullptr;
  }

 private:
  const FieldDescriptor& field_;
  const Values values_;
};

class Date final : public Conversion {
 public:
  Date(const FieldDescriptor& field, std::string format)
      : field_(field), format_(std::move(format)) {}
  static Made Make(const JsonNode& column, const Target&, const FieldDescriptor& field) {
    std::string format = "YYYY-MM-DD";
    if (column.Has("format")) {
      ASSIGN_OR_RETURN(format, column.String("format"));
    }
    RETURN_IF_ERROR(Check(column, format));
    return std::make_unique<Date>(field, std::move(format));
  }
  Wrong Set(absl::string_view text, Message& record) const override {
    const std::optional<absl::CivilDay> day = ParseDay(text, format_);
    if (!day) return Breaks(rule::kDateFormat, "format"_is(format_));
    auto* date = record.GetReflection()->MutableMessage(&record, &field_);
    *static_cast<google::type::Date*>(date) = ToProto(*day);
    return nullptr;
  }

 private:
  // Parts of fixed width, so that a date can be read only one way.
  static absl::Status Check(const JsonNode& column, std::string left) {
    for (const absl::string_view part : {"YYYY", "MM", "DD"}) {
      const size_t at = left.find(std::string(part));
      if (at == left.npos) return column.Wrong("format", "must have YYYY, MM and DD once each");
      left.erase(at, part.size());
    }
    for (const char c : left) {
      if (c != '-' && c != '/' && c != '.') {
        return column.Wrong("format", "may have -, / and . besides YYYY, MM and DD once each");
      }
    }
    return absl::OkStatus();
  }

  const FieldDescriptor& field_;
  const std::string format_;
};

// How numbers are written.
struct Marks {
  char decimal = '.';
  char group = 0;

  static absl::StatusOr<Marks> Read(const JsonNode& column) {
    Marks marks;
    ASSIGN_OR_RETURN(marks.decimal, column.Character("decimal_mark", '.'));
    ASSIGN_OR_RETURN(marks.group, column.Character("group_mark", 0));
    if (marks.decimal == marks.group) {
      return column.Wrong("group_mark", "must differ from decimal_mark");
    }
    return marks;
  }
};

// What is wrong with a number that is not whole.
using NotWhole = Wrong (*)();

// The number times `factor`, as a whole number within bounds.
class Number {
 public:
  Number(const FieldDescriptor& field, const Target& target, Marks marks, int factor,
         NotWhole not_whole)
      : marks_(marks),
        factor_(factor),
        least_(target.least),
        most_(MostOf(field, target)),
        not_whole_(not_whole) {}

  Wrong Read(absl::string_view text, int64_t& out) const {
    const std::optional<Decimal> number = ParseDecimal(text, marks_.decimal, marks_.group);
    if (!number) return Breaks(rule::kNumber);
    const std::optional<int64_t> whole = number->Times(factor_);
    if (!whole) return not_whole_();
    if (*whole == 0 && least_ > 0) return Breaks(rule::kNotZero);
    if (*whole < least_) return Breaks(rule::kTooSmall, "least"_is(Shown(least_, factor_ - 1)));
    if (*whole > most_) return Breaks(rule::kTooLarge, "most"_is(Shown(most_)));
    out = *whole;
    return nullptr;
  }

 private:
  static int64_t MostOf(const FieldDescriptor& field, const Target& target) {
    if (target.most != 0) return target.most;
    const int64_t declared = RulesOf(field).max();
    return declared != 0 ? declared : std::numeric_limits<int32_t>::max();
  }
  // In the unit of the file, with the profile's decimal mark; down where it is no terminating
  // fraction of two digits, or up with `more` one less than the factor.
  std::string Shown(int64_t bound, int64_t more = 0) const {
    const int64_t hundredths = (bound * 100 + more) / factor_;
    if (hundredths % 100 == 0) return absl::StrCat(hundredths / 100);
    return absl::StrCat(hundredths / 100, std::string(1, marks_.decimal),
                        absl::Dec(hundredths % 100, absl::kZeroPad2));
  }

  const Marks marks_;
  const int factor_;
  const int64_t least_;
  const int64_t most_;
  const NotWhole not_whole_;
};

class Money final : public Conversion {
 public:
  Money(const FieldDescriptor& field, const Target& target, Marks marks)
      : field_(field),
        centavos_(field, target, marks, 100, [] { return Breaks(rule::kWholeCentavos); }) {}
  static Made Make(const JsonNode& column, const Target& target, const FieldDescriptor& field) {
    ASSIGN_OR_RETURN(const Marks marks, Marks::Read(column));
    return std::make_unique<Money>(field, target, marks);
  }
  Wrong Set(absl::string_view text, Message& record) const override {
    int64_t centavos = 0;
    if (Wrong wrong = centavos_.Read(text, centavos)) return wrong;
    auto* money = record.GetReflection()->MutableMessage(&record, &field_);
    *static_cast<google::type::Money*>(money) = Pesos(centavos);
    return nullptr;
  }

 private:
  const FieldDescriptor& field_;
  const Number centavos_;
};

class Integer final : public Conversion {
 public:
  Integer(const FieldDescriptor& field, const Target& target, Marks marks, int factor,
          NotWhole not_whole)
      : field_(field), number_(field, target, marks, factor, not_whole) {}
  static Made Make(const JsonNode&, const Target& target, const FieldDescriptor& field) {
    return std::make_unique<Integer>(field, target, Marks(), 1,
                                     [] { return Breaks(rule::kNumber); });
  }
  static Made MakeMinutes(const JsonNode& column, const Target& target,
                          const FieldDescriptor& field) {
    ASSIGN_OR_RETURN(const Marks marks, Marks::Read(column));
    ASSIGN_OR_RETURN(const std::string unit, column.String("unit"));
    if (unit != "hours" && unit != "minutes") {
      return column.Wrong("unit", "must be hours or minutes");
    }
    return std::make_unique<Integer>(field, target, marks, unit == "hours" ? 60 : 1,
                                     [] { return Breaks(rule::kWholeMinutes); });
  }
  Wrong Set(absl::string_view text, Message& record) const override {
    int64_t value = 0;
    if (Wrong wrong = number_.Read(text, value)) return wrong;
    const auto* reflection = record.GetReflection();
    if (field_.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
      reflection->SetInt32(&record, &field_, static_cast<int32_t>(value));
    } else {
      reflection->SetInt64(&record, &field_, value);
    }
    return nullptr;
  }

 private:
  const FieldDescriptor& field_;
  const Number number_;
};

// "-102.29604700": degrees become millionths of one.
class Microdegrees final : public Conversion {
 public:
  Microdegrees(const FieldDescriptor& field, char decimal_mark)
      : field_(field), decimal_mark_(decimal_mark) {}
  static Made Make(const JsonNode& column, const Target&, const FieldDescriptor& field) {
    ASSIGN_OR_RETURN(const char mark, column.Character("decimal_mark", '.'));
    return std::make_unique<Microdegrees>(field, mark);
  }
  Wrong Set(absl::string_view text, Message& record) const override {
    const bool negative = absl::ConsumePrefix(&text, "-");
    const std::optional<Decimal> degrees = ParseDecimal(text, decimal_mark_, 0);
    if (!degrees) return Breaks(rule::kNumber);
    // Of 15 digits at most, which a double has exactly.
    const double size =
        static_cast<double>(degrees->digits) * kMillion / std::pow(10.0, degrees->scale);
    const double value = negative ? -size : size;
    const api::v1::Rules& rules = RulesOf(field_);
    const auto least = static_cast<double>(rules.min()), most = static_cast<double>(rules.max());
    if (value < least) return Breaks(rule::kTooSmall, "least"_is(rules.min() / kMillion));
    if (value > most) return Breaks(rule::kTooLarge, "most"_is(rules.max() / kMillion));
    record.GetReflection()->SetInt32(&record, &field_, static_cast<int32_t>(std::lround(value)));
    return nullptr;
  }

 private:
  static constexpr int64_t kMillion = 1'000'000;
  const FieldDescriptor& field_;
  const char decimal_mark_;
};

const ConversionKind kText{{}, &Text::Make};
const ConversionKind kCode{{}, &Code::Make};
const ConversionKind kEnum{{"values"}, &Enum::Make};
const ConversionKind kDate{{"format"}, &Date::Make};
const ConversionKind kMoney{{"decimal_mark", "group_mark"}, &Money::Make};
const ConversionKind kInteger{{}, &Integer::Make};
const ConversionKind kMicrodegrees{{"decimal_mark"}, &Microdegrees::Make};
const ConversionKind kMinutes{{"unit", "decimal_mark", "group_mark"}, &Integer::MakeMinutes};

}  // namespace

const ConversionKind kStateCode{{}, &State::Make};

const ConversionKind* KindOf(const FieldDescriptor& field) {
  if (field.is_repeated()) return nullptr;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return RulesOf(field).pattern().empty() ? &kText : &kCode;
    case FieldDescriptor::CPPTYPE_ENUM:
      return &kEnum;
    case FieldDescriptor::CPPTYPE_INT32:
      if (absl::EndsWith(field.name(), "_microdegrees")) return &kMicrodegrees;
      [[fallthrough]];
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StartsWith(field.name(), "minutes_") ? &kMinutes : &kInteger;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type() == google::type::Date::descriptor()) return &kDate;
      return field.message_type() == google::type::Money::descriptor() ? &kMoney : nullptr;
    default:
      return nullptr;
  }
}

Wrong SetText(absl::string_view value, size_t most, std::string& out) {
  std::optional<std::string> text = Normalize(value);
  if (!text) return Breaks(rule::kText);
  if (most > 0 && CodePoints(*text) > most) return Breaks(rule::kTooLong, "most"_is(most));
  out = *std::move(text);
  return nullptr;
}

}  // namespace puente::loading
