// SPDX-License-Identifier: Apache-2.0
#include "features/imports/xml_stream.hpp"

#include <expat.h>

#include <memory>
#include <type_traits>

#include "base/check.hpp"

namespace fokus::imports {
namespace {

constexpr int piece_bytes = 64 * 1024;

std::string_view without_prefix(const char* name) {
  const std::string_view text(name);
  const auto colon = text.rfind(':');
  return colon == text.npos ? text : text.substr(colon + 1);
}

// What the C callbacks work on.
struct Reading {
  XML_Parser parser;
  XmlListener& listener;
  int depth = 0;
  bool is_refused = false;
  std::size_t silent_bytes = 0;  // read since the last event

  void refuse() {
    is_refused = true;
    ::XML_StopParser(parser, XML_FALSE);
  }
};

void on_start(void* self, const XML_Char* name, const XML_Char** pairs) {
  auto& reading = *static_cast<Reading*>(self);
  reading.silent_bytes = 0;
  if (++reading.depth > limits::xml_depth_max) return reading.refuse();
  reading.listener.start(without_prefix(name), XmlAttributes(pairs));
}

void on_end(void* self, const XML_Char* name) {
  auto& reading = *static_cast<Reading*>(self);
  reading.silent_bytes = 0;
  --reading.depth;
  reading.listener.end(without_prefix(name));
}

void on_text(void* self, const XML_Char* text, int length) {
  auto& reading = *static_cast<Reading*>(self);
  reading.silent_bytes = 0;
  reading.listener.text({text, static_cast<std::size_t>(length)});
}

void on_rest(void* self, const XML_Char*, int) {
  static_cast<Reading*>(self)->silent_bytes = 0;
}

void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Reading*>(self)->refuse();
}

}  // namespace

std::string_view XmlAttributes::find(std::string_view name) const {
  for (const char* const* pair = pairs_; pair[0]; pair += 2)
    if (without_prefix(pair[0]) == name) return pair[1];
  return {};
}

XmlEnd read_xml(const PieceReader& read, XmlListener& listener) {
  using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)>;
  const Parser parser(::XML_ParserCreate(nullptr), &::XML_ParserFree);
  CHECK(parser);
  Reading reading{parser.get(), listener};
  ::XML_SetUserData(parser.get(), &reading);
  ::XML_SetElementHandler(parser.get(), &on_start, &on_end);
  ::XML_SetCharacterDataHandler(parser.get(), &on_text);
  ::XML_SetDefaultHandler(parser.get(), &on_rest);
  ::XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
  for (;;) {
    auto* buffer = static_cast<char*>(::XML_GetBuffer(parser.get(), piece_bytes));
    if (!buffer) return XmlEnd::refused;
    const auto n = read(buffer, piece_bytes);
    if (n < 0) return XmlEnd::unread;
    reading.silent_bytes += static_cast<std::size_t>(n);
    const auto parsed = ::XML_ParseBuffer(parser.get(), static_cast<int>(n), n == 0);
    if (parsed != XML_STATUS_OK || reading.is_refused) return XmlEnd::refused;
    if (reading.silent_bytes > limits::xml_token_bytes_max) return XmlEnd::refused;
    if (!listener.wants_more()) return XmlEnd::left_early;
    if (n == 0) return XmlEnd::whole;
  }
}

}  // namespace fokus::imports
