// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace fokus::imports {

// What files from spreadsheets and registers are written in. Latin-1 is read as its superset
// Windows-1252, as browsers do. Those behind it are never found, only said.
enum class Encoding {
  utf8,
  utf16_le,
  utf16_be,
  windows_1252,
  windows_1250,
  windows_1251,
  iso_8859_15,
  ibm_850,
  macintosh
};

std::string_view encoding_name(Encoding encoding);  // "UTF-8", …
// By its name or another one in use ("latin-1", "cp850"), in any case; nothing for an unknown one.
std::optional<Encoding> parse_encoding(std::string_view name);

// What is seen of a file, piece by piece, before anything is converted. A byte order mark decides;
// without one, zero bytes tell UTF-16, and bytes that are no UTF-8 tell Windows-1252. A few broken
// bytes in a file that is otherwise clearly UTF-8 do not: its rows are reported by the reader.
class EncodingProbe {
 public:
  void look(std::string_view bytes);
  Encoding encoding() const;
  std::size_t mark_bytes() const;  // length of the byte order mark
  std::int64_t lines() const;      // line ends seen: about the number of rows

 private:
  void look_at(unsigned char byte);

  std::string head_;       // the first bytes: mark and zero counting
  int tail_expected_ = 0;  // continuation bytes still to come
  std::int64_t multibyte_ = 0, broken_ = 0, newlines_ = 0, returns_ = 0;
};

struct Intake {
  Encoding encoding = Encoding::utf8;
  std::int64_t bytes = 0;  // of the converted file
  std::int64_t lines = 0;
};

// Writes `from` as UTF-8 without mark to the new file `to`, in pieces. Everything behind this
// works on UTF-8 only, so that a position in the file is one number. `said` overrules what the
// bytes look like; which of the two UTF-16 it is, a file that looks like one knows better. Errors:
// "imports/unreadable_file", "imports/empty_file", "imports/too_large", "imports/not_stored".
Result<Intake> convert_to_utf8(const std::string& from, const std::string& to,
                               std::optional<Encoding> said = {});

namespace limits {
constexpr std::int64_t file_bytes_max = 2LL << 30;
}

}  // namespace fokus::imports
