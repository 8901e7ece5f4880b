// XML and HTML, written by libxml2, which does the escaping: no text becomes markup.
#pragma once

#include <libxml/xmlwriter.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/reports/files/output.h"

namespace puente::gateway::reports {

// Every method returns the object, so that calls can be chained. What XML 1.0 can't hold (control
// characters) becomes U+FFFD. Not thread-safe.
class Markup {
 public:
  using Attributes = std::initializer_list<std::pair<const char*, absl::string_view>>;

  explicit Markup(Output& out);
  ~Markup();
  Markup(const Markup&) = delete;
  Markup& operator=(const Markup&) = delete;

  // "<?xml version="1.0" encoding="UTF-8"?>", indented from there on.
  Markup& XmlDeclaration();
  // What is between tags that are ours: a doctype, a style sheet.
  Markup& Raw(absl::string_view constant);
  Markup& Open(const char* name, Attributes attributes = {});
  // Of the element that was opened last and has no content yet.
  Markup& With(const char* attribute, absl::string_view value);
  Markup& Text(absl::string_view text);
  // With an end tag, also of an element without content.
  Markup& Close();
  // Of an element without content: <br/>.
  Markup& CloseEmpty();
  // An element that ends at once.
  Markup& Void(const char* name, Attributes attributes = {});
  Markup& Leaf(const char* name, Attributes attributes, absl::string_view text) {
    return Open(name, attributes).Text(text).Close();
  }
  Markup& Leaf(const char* name, absl::string_view text) { return Leaf(name, {}, text); }
  // A line break between elements, for people who look at the source.
  Markup& Line() { return Raw("\n"); }

  // Hands the rest on; nothing may be written afterwards.
  void Finish();

 private:
  xmlTextWriterPtr writer_;
};

}  // namespace puente::gateway::reports
