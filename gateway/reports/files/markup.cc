#include "gateway/reports/files/markup.h"

namespace puente::gateway::reports {
namespace {

int Append(void* out, const char* bytes, int size) {
  static_cast<Output*>(out)->Append({bytes, static_cast<size_t>(size)});
  return size;
}

const xmlChar* Bytes(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}
const xmlChar* Bytes(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// Characters of XML 1.0 alone: of UTF-8 text everything but control characters, U+FFFE and U+FFFF.
std::string Legal(absl::string_view text) {
  std::string legal;
  legal.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const absl::string_view three = text.substr(i, 3);
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
      legal.append("\uFFFD");
    } else if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      legal.append("\uFFFD");
      i += 2;
    } else {
      legal.push_back(text[i]);
    }
  }
  return legal;
}

}  // namespace

Markup::Markup(Output& out)
    : writer_(xmlNewTextWriter(xmlOutputBufferCreateIO(&Append, nullptr, &out, nullptr))) {}

Markup::~Markup() {
  if (writer_ != nullptr) xmlFreeTextWriter(writer_);
}

Markup& Markup::XmlDeclaration() {
  Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  xmlTextWriterSetIndent(writer_, 1);
  return *this;
}

Markup& Markup::Raw(absl::string_view constant) {
  xmlTextWriterWriteRawLen(writer_, reinterpret_cast<const xmlChar*>(constant.data()),
                           static_cast<int>(constant.size()));
  return *this;
}

Markup& Markup::Open(const char* name, Attributes attributes) {
  xmlTextWriterStartElement(writer_, Bytes(name));
  for (const auto& [attribute, value] : attributes) With(attribute, value);
  return *this;
}

Markup& Markup::With(const char* attribute, absl::string_view value) {
  xmlTextWriterWriteAttribute(writer_, Bytes(attribute), Bytes(Legal(value)));
  return *this;
}

Markup& Markup::Text(absl::string_view text) {
  xmlTextWriterWriteString(writer_, Bytes(Legal(text)));
  return *this;
}

Markup& Markup::Close() {
  xmlTextWriterFullEndElement(writer_);
  return *this;
}

Markup& Markup::CloseEmpty() {
  xmlTextWriterEndElement(writer_);
  return *this;
}

Markup& Markup::Void(const char* name, Attributes attributes) {
  return Open(name, attributes).CloseEmpty();
}

void Markup::Finish() {
  xmlFreeTextWriter(writer_);
  writer_ = nullptr;
}

}  // namespace puente::gateway::reports
