// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace fokus::imports {

namespace limits {
// What is unpacked of an archive, over all reads of its parts. Workbooks shrink to a twentieth, and
// to a hundredth when their cells are all alike; what goes beyond is made to fill a memory.
constexpr std::int64_t unpacked_bytes_max = 6LL << 30;
constexpr std::int64_t unpacked_bytes_free = 64LL << 20;  // whatever the archive's size
constexpr std::int64_t unpacked_per_packed_max = 400;
}  // namespace limits

// The next bytes: how many, 0 at the end, negative when they cannot be had.
using PieceReader = std::function<std::ptrdiff_t(char*, std::size_t)>;

// The files within an archive of foreign making, each read from its start in pieces. Sizes that
// the archive claims are not believed. For one thread.
class ZipParts {
 public:
  // Error: "imports/damaged_file".
  static Result<std::unique_ptr<ZipParts>> open(const std::string& path);
  virtual ~ZipParts() = default;
  // Null when there is no such part. Names are compared without regard to case. The reader must go
  // before the archive does.
  virtual PieceReader part(std::string_view name) = 0;
  // Why a reader gave up: "imports/damaged_file" or "imports/too_large".
  virtual Error problem() const = 0;
};

}  // namespace fokus::imports
