// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "base/result.hpp"
#include "features/imports/imports.hpp"

namespace fokus::registers {

using imports::ByteSource;

namespace limits {
// More than any register is; what unpacks to more is no register but an attack.
constexpr std::int64_t unpacked_bytes_max = 64LL << 30;
}  // namespace limits

// The content of a file that may be packed: gzip (also of several members), zip (its largest
// file), or neither, as its first bytes say. A UTF-8 mark at the start is not part of the content.
// seek() of a packed file unpacks anew from its start. Reading a damaged file, or one longer than
// unpacked_bytes_max, ends early: is_damaged() tells it from the end.
class Unpacked : public ByteSource {
 public:
  virtual bool is_damaged() const = 0;
  // Share of the file that is read, in thousandths: for the progress.
  virtual int progress() const = 0;
};
// Errors: "registers/unreadable_file", "registers/empty_file".
Result<std::unique_ptr<Unpacked>> open_unpacked(const std::string& path);

}  // namespace fokus::registers
