// SPDX-License-Identifier: Apache-2.0
#include "features/dav/xml.hpp"

#include <expat.h>

#include <array>
#include <memory>

#include "base/text.hpp"

namespace fokus::dav {
namespace {

constexpr char separator = '\n';  // no namespace and no name has a line end

struct Prefix {
  std::string_view space;
  char letter;
};
constexpr std::array<Prefix, 4> prefixes = {
    {{ns_dav, 'D'}, {ns_caldav, 'C'}, {ns_carddav, 'R'}, {ns_server, 'S'}}};

XmlName name_of(const char* given) {
  const std::string_view text(given);
  const auto at = text.find(separator);
  if (at == text.npos) return {{}, std::string(text)};
  return {std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

// Elements under way, outermost first; the tree grows at the end of the last one.
class TreeBuilder {
 public:
  explicit TreeBuilder(XML_Parser parser) : parser_(parser) {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &TreeBuilder::begin, &TreeBuilder::end);
    XML_SetCharacterDataHandler(parser_, &TreeBuilder::characters);
    XML_SetStartDoctypeDeclHandler(parser_, &TreeBuilder::doctype);
  }

  Result<XmlElement> read(std::string_view text) {
    const auto status = XML_Parse(parser_, text.data(), static_cast<int>(text.size()), XML_TRUE);
    if (status != XML_STATUS_OK || !root_) {
      Error error = make_error(ErrorKind::malformed, "dav/bad_xml");
      error.params["why"] = why_.empty() ? "not_xml" : why_;
      return error;
    }
    return std::move(*root_);
  }

 private:
  static void begin(void* self, const char* name, const char** attributes) {
    static_cast<TreeBuilder*>(self)->begin_element(name, attributes);
  }
  static void end(void* self, const char*) { static_cast<TreeBuilder*>(self)->end_element(); }
  static void characters(void* self, const char* text, int size) {
    auto& open = static_cast<TreeBuilder*>(self)->open_;
    if (!open.empty()) open.back().text.append(text, static_cast<std::size_t>(size));
  }
  static void doctype(void* self, const char*, const char*, const char*, int) {
    static_cast<TreeBuilder*>(self)->stop("doctype");
  }

  void stop(const char* why) {
    if (why_.empty()) why_ = why;
    XML_StopParser(parser_, XML_FALSE);
  }

  void begin_element(const char* name, const char** attributes) {
    if (!why_.empty()) return;
    if (open_.size() == limits::xml_depth_max) return stop("too_deep");
    if (++count_ > limits::xml_elements_max) return stop("too_many");
    XmlElement element{name_of(name), {}, {}, {}};
    for (; *attributes; attributes += 2) {
      if (element.attributes.size() == limits::xml_attributes_max) return stop("too_many");
      auto attribute = name_of(attributes[0]);
      if (attribute.space.empty())
        element.attributes.emplace_back(std::move(attribute.local), attributes[1]);
    }
    open_.push_back(std::move(element));
  }

  void end_element() {
    if (open_.empty()) return;
    XmlElement done = std::move(open_.back());
    open_.pop_back();
    if (open_.empty())
      root_ = std::move(done);
    else
      open_.back().children.push_back(std::move(done));
  }

  XML_Parser parser_;
  std::vector<XmlElement> open_;
  std::optional<XmlElement> root_;
  std::size_t count_ = 0;
  std::string why_;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view space, std::string_view local) const {
  for (const auto& one : children)
    if (one.name.is(space, local)) return &one;
  return nullptr;
}

std::string_view XmlElement::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes)
    if (key == wanted) return value;
  return {};
}

Result<XmlElement> parse_xml(std::string_view text) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreateNS(nullptr, separator), &XML_ParserFree);
  if (!parser) return make_error(ErrorKind::unavailable, "dav/no_memory");
  return TreeBuilder(parser.get()).read(text);
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\r')
      out += "&#13;";  // a bare one would be read as a line end
    else if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t')
      out += c;
  }
  return out;
}

std::string xml_element(const XmlName& name, std::string_view content) {
  std::string tag = name.local, declared;
  // Of XML itself, which may not be declared again.
  constexpr std::string_view ns_xml = "http://www.w3.org/";
  if (name.space.starts_with(ns_xml)) return {};
  const Prefix* known = nullptr;
  for (const auto& prefix : prefixes)
    if (prefix.space == name.space) known = &prefix;
  if (known)
    tag = std::string(1, known->letter) + ":" + name.local;
  else
    declared = " xmlns=\"" + xml_text(name.space) + "\"";
  if (content.empty()) return "<" + tag + declared + "/>";
  return "<" + tag + declared + ">" + std::string(content) + "</" + tag + ">";
}

std::string xml_element(std::string_view space, std::string_view local, std::string_view content) {
  return xml_element(XmlName{std::string(space), std::string(local)}, content);
}

std::string xml_document(std::string_view space, std::string_view local, std::string_view content) {
  const std::string element = xml_element(space, local, content);
  const std::string tag = "<D:" + std::string(local);
  std::string declared;
  for (const auto& prefix : prefixes)
    declared +=
        " xmlns:" + std::string(1, prefix.letter) + "=\"" + std::string(prefix.space) + "\"";
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + element.substr(0, tag.size()) + declared +
         element.substr(tag.size());
}

}  // namespace fokus::dav
