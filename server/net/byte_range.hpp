// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace fokus::net {

struct ByteRange {
  enum class Kind { whole, part, unsatisfiable } kind = Kind::whole;
  std::uint64_t first = 0;
  std::uint64_t length = 0;
};

// "bytes=0-499", "bytes=500-", "bytes=-20" against a file of `size` bytes. Several ranges or
// anything unreadable mean the whole file, as RFC 9110 allows.
ByteRange parse_byte_range(std::string_view header, std::uint64_t size);

}  // namespace fokus::net
