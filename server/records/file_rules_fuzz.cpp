// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes and the name: a known type comes out, markup is never shown, and a name has no
// path, no control character and no more than its length.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "base/text.hpp"
#include "records/file_rules.hpp"

using namespace fokus::records;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::string_view name = text.substr(0, text.find('\n'));
  const std::string_view head = text.substr(name.size());
  const std::string clean = clean_file_name(name);
  CHECK(!clean.empty() && clean.size() <= limits::file_name_bytes_max);
  CHECK(fokus::is_clean_utf8(clean));
  for (const char c : clean) CHECK(c != '/' && c != '\\' && (c < 0 || c >= 0x20) && c != 0x7F);
  CHECK(clean_file_name(clean) == clean);
  for (const char c : content_disposition(true, clean)) CHECK(c >= 0x20 && c < 0x7F);
  const auto type = sniff_media_type(head, clean);
  CHECK(!type.empty());
  if (fokus::trim(head).starts_with("<html")) CHECK(!is_inline_type(type));
  return 0;
}
