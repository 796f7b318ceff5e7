// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

#include "features/imports/zip_parts.hpp"

namespace fokus::imports {

namespace limits {
constexpr int xml_depth_max = 64;
constexpr std::size_t xml_token_bytes_max = 8 << 20;  // of a tag or a comment
}  // namespace limits

// The attributes of an element; valid during the call that brings them.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
  // By its name without a prefix; empty when it is not there.
  std::string_view find(std::string_view name) const;

 private:
  const char* const* pairs_;
};

// Told what a document says, in its order. Names come without their prefix. Texts are clean UTF-8
// in pieces of any length.
class XmlListener {
 public:
  virtual ~XmlListener() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view) {}
  // False: it has heard enough. Asked between pieces of the document.
  virtual bool wants_more() const { return true; }
};

// `refused`: not well-formed, too deep, with a document type (and so with entities of its own), or
// a tag that does not end. `unread`: the reader gave up.
enum class XmlEnd { whole, left_early, refused, unread };
XmlEnd read_xml(const PieceReader& read, XmlListener& listener);

}  // namespace fokus::imports
