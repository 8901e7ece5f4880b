#include "common/resource/filter.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/names/text.h"
#include "common/status/macros.h"

namespace puente::resource {
namespace {

constexpr size_t kMostFilterBytes = 1000;

absl::Status Invalid(absl::string_view problem, absl::string_view allowed) {
  return Error(error::kInvalidFilter, "problem"_is(problem), "allowed"_is(allowed));
}

absl::Status NoList() { return Invalid("it must read field = value AND field = value", "AND, ="); }

bool IsWord(char c) { return absl::ascii_isalnum(c) || c == '_'; }

// Of codes: "11-1011.00".
bool IsInPrefix(char c) { return IsWord(c) || c == '-' || c == '.'; }

std::string TakeWord(absl::string_view& rest) {
  rest = absl::StripLeadingAsciiWhitespace(rest);
  size_t length = 0;
  while (length < rest.size() && IsWord(rest[length])) ++length;
  std::string word(rest.substr(0, length));
  rest.remove_prefix(length);
  rest = absl::StripLeadingAsciiWhitespace(rest);
  return word;
}

// A bare word, or text in double quotes without escapes.
bool TakeValue(absl::string_view& rest, std::string& value) {
  if (!absl::ConsumePrefix(&rest, "\"")) {
    value = TakeWord(rest);
    return !value.empty();
  }
  const size_t quote = rest.find('"');
  if (quote == rest.npos) return false;
  value = std::string(rest.substr(0, quote));
  rest.remove_prefix(quote + 1);
  rest = absl::StripLeadingAsciiWhitespace(rest);
  return !absl::StrContains(value, '\\');
}

void FieldName(std::string* out, const FilterField& field) { absl::StrAppend(out, field.field); }

std::string Allowed(const Spec& spec) {
  return absl::StrJoin(spec.lists(), "; ", [](std::string* out, const ServedList& list) {
    absl::StrAppend(
        out, list.fields.empty() ? "no filter" : absl::StrJoin(list.fields, " AND ", FieldName));
  });
}

// "VACANCY_STATE_OPEN" or "OPEN" of VacancyState.
const google::protobuf::EnumValueDescriptor* EnumValue(const google::protobuf::EnumDescriptor& type,
                                                       const std::string& text) {
  if (const auto* value = type.FindValueByName(text)) return value;
  const std::string zero = type.value(0)->name();
  return type.FindValueByName(absl::StrCat(absl::StripSuffix(zero, "UNSPECIFIED"), text));
}

void Append(MatchedFilter& matched, absl::string_view condition) {
  absl::StrAppend(&matched.where, matched.where.empty() ? "" : " AND ", condition);
}

absl::Status AddTerm(const Spec& spec, const FilterField& field, const std::string& value,
                     MatchedFilter& matched) {
  switch (field.kind) {
    case FilterField::Kind::kText:
    case FilterField::Kind::kElement:
      Append(matched, absl::StrCat(field.kind == FilterField::Kind::kText ? field.field : "element",
                                   " = ?"));
      matched.values.emplace_back(Normalize(value).value_or(value));  // as what is stored
      return absl::OkStatus();
    case FilterField::Kind::kEnum: {
      const auto* number = EnumValue(*field.type, value);
      if (number == nullptr || number->number() == 0) {
        return Invalid(absl::StrCat("\"", value, "\" is not a value of ", field.field),
                       Allowed(spec));
      }
      Append(matched, absl::StrCat(field.field, " = ?"));
      matched.values.emplace_back(number->number());
      return absl::OkStatus();
    }
    case FilterField::Kind::kPrefix: {
      absl::string_view prefix = value;
      if (!absl::ConsumeSuffix(&prefix, "*") || prefix.empty() ||
          !std::all_of(prefix.begin(), prefix.end(), IsInPrefix)) {
        return Invalid(absl::StrCat(field.field, " needs the form \"PREFIX*\""), Allowed(spec));
      }
      std::string end(prefix);
      end.back() = static_cast<char>(end.back() + 1);
      Append(matched, absl::StrCat(field.field, " >= ? AND ", field.field, " < ?"));
      matched.values.emplace_back(std::string(prefix));
      matched.values.emplace_back(std::move(end));
      return absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

// The lists by these fields; they differ in their order.
std::vector<const ServedList*> ListsOf(const Spec& spec, const std::vector<FilterTerm>& terms) {
  std::vector<const ServedList*> lists;
  for (const ServedList& list : spec.lists()) {
    const auto named = [&](const FilterTerm& term) {
      return absl::c_any_of(list.fields,
                            [&](const auto& field) { return field.field == term.field; });
    };
    if (list.fields.size() == terms.size() && absl::c_all_of(terms, named)) lists.push_back(&list);
  }
  return lists;
}

// "a  desc,b" as "a desc, b" (AIP-132).
std::string NormalOrder(absl::string_view order_by) {
  std::vector<std::string> columns;
  for (const absl::string_view column : absl::StrSplit(order_by, ',')) {
    columns.push_back(
        absl::StrJoin(absl::StrSplit(column, absl::ByAnyChar(" \t"), absl::SkipEmpty()), " "));
  }
  return absl::StrJoin(columns, ", ");
}

absl::StatusOr<const ServedList*> InOrder(const std::vector<const ServedList*>& lists,
                                          absl::string_view order_by) {
  const std::string normal =
      order_by.size() > kMostFilterBytes ? std::string(order_by) : NormalOrder(order_by);
  for (const ServedList* list : lists) {
    if (list->order_by == normal) return list;
  }
  return Error(error::kInvalidOrderBy, "order_by"_is(order_by.substr(0, kMostFilterBytes)),
               "allowed"_is(absl::StrJoin(lists, "; ", [](std::string* out, const auto* list) {
                 absl::StrAppend(out, list->order_by.empty() ? "none" : list->order_by);
               })));
}

}  // namespace

absl::StatusOr<std::vector<FilterTerm>> ParseFilter(absl::string_view filter) {
  if (filter.size() > kMostFilterBytes) return Invalid("it is longer than 1,000 bytes", "AND, =");
  std::vector<FilterTerm> terms;
  absl::string_view rest = absl::StripAsciiWhitespace(filter);
  while (!rest.empty()) {
    if (!terms.empty() && TakeWord(rest) != "AND") return NoList();
    FilterTerm term;
    term.field = TakeWord(rest);
    if (term.field.empty() || !absl::ConsumePrefix(&rest, "=")) return NoList();
    rest = absl::StripLeadingAsciiWhitespace(rest);
    if (!TakeValue(rest, term.value)) return NoList();
    for (const FilterTerm& earlier : terms) {
      if (earlier.field == term.field) {
        return Invalid(absl::StrCat("it names ", term.field, " twice"), "each field once");
      }
    }
    terms.push_back(std::move(term));
  }
  return terms;
}

absl::StatusOr<MatchedFilter> MatchFilter(const Spec& spec, absl::string_view filter,
                                          absl::string_view order_by) {
  MatchedFilter matched;
  ASSIGN_OR_RETURN(matched.terms, ParseFilter(filter));
  const std::vector<FilterTerm>& terms = matched.terms;
  const std::vector<const ServedList*> lists = ListsOf(spec, terms);
  if (lists.empty()) return Invalid("this combination of fields is not served", Allowed(spec));
  ASSIGN_OR_RETURN(matched.list, InOrder(lists, order_by));
  // In the list's order, so that one list is one statement.
  for (const FilterField& field : matched.list->fields) {
    const auto term =
        absl::c_find_if(terms, [&](const FilterTerm& t) { return t.field == field.field; });
    RETURN_IF_ERROR(AddTerm(spec, field, term->value, matched));
  }
  return matched;
}

}  // namespace puente::resource
