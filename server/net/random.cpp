// SPDX-License-Identifier: Apache-2.0
#include "net/random.hpp"

#include <sys/random.h>

#include <array>

#include "base/check.hpp"

namespace fokus::net {

std::string random_hex(std::size_t bytes) {
  std::array<unsigned char, 256> raw;
  CHECK(bytes <= raw.size());  // up to 256 bytes the kernel never answers with fewer
  CHECK(getrandom(raw.data(), bytes, 0) == static_cast<ssize_t>(bytes));
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes * 2);
  for (std::size_t i = 0; i < bytes; ++i) {
    text += digits[raw[i] >> 4];
    text += digits[raw[i] & 15];
  }
  return text;
}

}  // namespace fokus::net
