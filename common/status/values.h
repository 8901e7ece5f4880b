// What is put into a text of a catalogue, each value with its key in its type, so that a text with
// a $key that is given no value does not compile:
//
//   Error(error::kVacancyNotFound, "name"_is(name))
#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace puente {

// Values by their keys.
using Metadata = std::vector<std::pair<absl::string_view, std::string>>;

// Replaces $key by its value, a long one by its beginning. Values are not looked at again, so they
// can't smuggle a key in.
std::string Fill(absl::string_view text, const Metadata& values);
// A value as far as answers show it.
std::string Cut(absl::string_view value);

template <size_t size>
struct Key {
  char text[size] = {};
  // NOLINTNEXTLINE: a literal is a key
  constexpr Key(const char (&literal)[size]) { std::copy_n(literal, size, text); }
  constexpr absl::string_view view() const { return {text, size - 1}; }
};

template <Key key>
struct Value {
  static constexpr absl::string_view name() { return key.view(); }
  std::string text;
};

template <Key key>
struct ValueMaker {
  Value<key> operator()(const absl::AlphaNum& value) const { return {absl::StrCat(value)}; }
};

template <Key key>
constexpr ValueMaker<key> operator""_is() {
  return {};
}

namespace internal {

// Not constexpr: where this is reached, the program does not compile.
inline void TheTextHasAKeyThatIsGivenNoValue() {}

constexpr bool IsOfKey(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Not all of absl::string_view is constexpr.
constexpr bool Same(absl::string_view text, size_t at, size_t size, absl::string_view key) {
  if (size != key.size()) return false;
  for (size_t i = 0; i < size; ++i) {
    if (text[at + i] != key[i]) return false;
  }
  return true;
}

template <Key... keys>
constexpr void CheckKeys(absl::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '$') continue;
    size_t size = 0;
    while (at + 1 + size < text.size() && IsOfKey(text[at + 1 + size])) ++size;
    if (!(Same(text, at + 1, size, keys.view()) || ...)) TheTextHasAKeyThatIsGivenNoValue();
  }
}

}  // namespace internal

// A Spec (ErrorSpec or RuleSpec, a constant) both of whose texts have values for their keys.
template <class Spec, Key... keys>
struct Complete {
  // NOLINTNEXTLINE: a Spec is given as it is
  consteval Complete(const Spec& spec) : spec(spec) {
    internal::CheckKeys<keys...>(spec.es);
    internal::CheckKeys<keys...>(spec.en);
  }
  const Spec& spec;
};

// Complete, where the keys follow from the other arguments.
template <class Spec, Key... keys>
using CompleteFor = std::type_identity_t<Complete<Spec, keys...>>;

template <Key... keys>
Metadata MetadataFrom(Value<keys>&&... values) {
  Metadata metadata;
  metadata.reserve(sizeof...(values));
  (metadata.emplace_back(Value<keys>::name(), std::move(values.text)), ...);
  return metadata;
}

}  // namespace puente
