// SPDX-License-Identifier: Apache-2.0
#include "features/imports/encoding.hpp"

#include <unicode/ucnv.h>

#include <array>
#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

#include "base/text.hpp"

namespace fokus::imports {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::size_t head_bytes = 4096;
// So many good sequences per broken byte make a damaged UTF-8 file and not another encoding.
constexpr std::int64_t good_per_broken = 20;

// In the order of Encoding. The names are ICU's too.
struct Names {
  std::string_view name, aliases;
};
constexpr std::array<Names, 9> names = {{{"UTF-8", "utf8"},
                                         {"UTF-16LE", "utf-16 utf16 unicode"},
                                         {"UTF-16BE", ""},
                                         {"windows-1252", "latin-1 latin1 iso-8859-1 cp1252"},
                                         {"windows-1250", "cp1250"},
                                         {"windows-1251", "cp1251"},
                                         {"ISO-8859-15", "latin-9 latin9"},
                                         {"IBM850", "cp850 ibm-850"},
                                         {"macintosh", "mac"}}};

bool is_utf16(Encoding encoding) {
  return encoding == Encoding::utf16_le || encoding == Encoding::utf16_be;
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
File open_file(const std::string& path, const char* mode) {
  return File(std::fopen(path.c_str(), mode), &std::fclose);
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;
Converter open_converter(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status), &ucnv_close);
  CHECK(U_SUCCESS(status));
  return converter;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  return names[static_cast<std::size_t>(encoding)].name;
}

std::optional<Encoding> parse_encoding(std::string_view name) {
  const std::string wanted = lower_ascii(trim(name));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (wanted == lower_ascii(names[i].name)) return static_cast<Encoding>(i);
    for (const auto alias : split(names[i].aliases, ' '))
      if (!wanted.empty() && wanted == alias) return static_cast<Encoding>(i);
  }
  return std::nullopt;
}

void EncodingProbe::look(std::string_view bytes) {
  if (head_.size() < head_bytes) head_ += bytes.substr(0, head_bytes - head_.size());
  for (const char c : bytes) look_at(static_cast<unsigned char>(c));
}

void EncodingProbe::look_at(unsigned char byte) {
  newlines_ += byte == '\n';
  returns_ += byte == '\r';
  const bool continues = (byte & 0xC0) == 0x80;
  if (tail_expected_ > 0) {
    if (continues) {
      if (--tail_expected_ == 0) ++multibyte_;
      return;
    }
    ++broken_;
    tail_expected_ = 0;
  }
  if (byte < 0x80) return;
  if (byte >= 0xC2 && byte <= 0xDF)
    tail_expected_ = 1;
  else if (byte >= 0xE0 && byte <= 0xEF)
    tail_expected_ = 2;
  else if (byte >= 0xF0 && byte <= 0xF4)
    tail_expected_ = 3;
  else
    ++broken_;
}

Encoding EncodingProbe::encoding() const {
  if (head_.starts_with("\xEF\xBB\xBF")) return Encoding::utf8;
  if (head_.starts_with("\xFF\xFE")) return Encoding::utf16_le;
  if (head_.starts_with("\xFE\xFF")) return Encoding::utf16_be;
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < head_.size(); ++i) zeros[i % 2] += head_[i] == '\0';
  const std::size_t pairs = head_.size() / 2;
  if (pairs > 0 && zeros[1] * 2 > pairs && zeros[0] * 20 < pairs) return Encoding::utf16_le;
  if (pairs > 0 && zeros[0] * 2 > pairs && zeros[1] * 20 < pairs) return Encoding::utf16_be;
  const std::int64_t broken = broken_ + (tail_expected_ > 0);
  if (broken == 0 || multibyte_ >= broken * good_per_broken) return Encoding::utf8;
  return Encoding::windows_1252;
}

std::size_t EncodingProbe::mark_bytes() const {
  if (head_.starts_with("\xEF\xBB\xBF")) return 3;
  return head_.starts_with("\xFF\xFE") || head_.starts_with("\xFE\xFF") ? 2 : 0;
}

std::int64_t EncodingProbe::lines() const {
  return newlines_ > 0 ? newlines_ : returns_;
}

namespace {

// True until the end is reached or `each` returns false; false in the latter case.
bool each_piece(std::FILE* in, const std::function<bool(std::string_view, bool last)>& each) {
  std::vector<char> piece(piece_bytes);
  for (;;) {
    const std::size_t n = std::fread(piece.data(), 1, piece.size(), in);
    const bool last = n < piece.size();
    if (!each({piece.data(), n}, last)) return false;
    if (last) return true;
  }
}

Result<std::int64_t> copy_as_is(std::FILE* in, std::FILE* out) {
  std::int64_t written = 0;
  const bool whole = each_piece(in, [&](std::string_view piece, bool) {
    written += static_cast<std::int64_t>(piece.size());
    return std::fwrite(piece.data(), 1, piece.size(), out) == piece.size();
  });
  if (!whole) return make_error(ErrorKind::unavailable, "imports/not_stored");
  return written;
}

Result<std::int64_t> convert(std::FILE* in, std::FILE* out, Encoding encoding) {
  const auto source = open_converter(encoding_name(encoding).data());
  const auto target = open_converter("UTF-8");
  std::vector<char> bytes(piece_bytes);
  std::vector<UChar> pivot(piece_bytes);
  UChar *pivot_source = pivot.data(), *pivot_target = pivot.data();
  std::int64_t written = 0;
  bool first = true;
  const bool whole = each_piece(in, [&](std::string_view piece, bool last) {
    const char* at = piece.data();
    for (;;) {
      UErrorCode status = U_ZERO_ERROR;
      char* to = bytes.data();
      ucnv_convertEx(target.get(), source.get(), &to, bytes.data() + bytes.size(), &at,
                     piece.data() + piece.size(), pivot.data(), &pivot_source, &pivot_target,
                     pivot.data() + pivot.size(), first, last, &status);
      first = false;
      const auto n = static_cast<std::size_t>(to - bytes.data());
      written += static_cast<std::int64_t>(n);
      if (std::fwrite(bytes.data(), 1, n, out) != n) return false;
      // Broken sequences became U+FFFD; only a full target buffer asks for another round.
      if (status != U_BUFFER_OVERFLOW_ERROR) return true;
    }
  });
  if (!whole) return make_error(ErrorKind::unavailable, "imports/not_stored");
  return written;
}

}  // namespace

Result<Intake> convert_to_utf8(const std::string& from, const std::string& to,
                               std::optional<Encoding> said) {
  const auto in = open_file(from, "rb");
  if (!in) return make_error(ErrorKind::unavailable, "imports/unreadable_file");
  EncodingProbe probe;
  std::int64_t size = 0;
  each_piece(in.get(), [&](std::string_view piece, bool) {
    probe.look(piece);
    size += static_cast<std::int64_t>(piece.size());
    return size <= limits::file_bytes_max;
  });
  if (std::ferror(in.get())) return make_error(ErrorKind::unavailable, "imports/unreadable_file");
  if (size > limits::file_bytes_max) return make_error(ErrorKind::too_large, "imports/too_large");
  if (size == static_cast<std::int64_t>(probe.mark_bytes()))
    return make_error(ErrorKind::invalid, "imports/empty_file");

  const auto out = open_file(to, "wbx");
  if (!out) return make_error(ErrorKind::unavailable, "imports/not_stored");
  std::clearerr(in.get());
  std::fseek(in.get(), static_cast<long>(probe.mark_bytes()), SEEK_SET);
  const Encoding found = probe.encoding();
  const bool knows_better = said && is_utf16(*said) && is_utf16(found);
  Intake intake{knows_better ? found : said.value_or(found), 0, probe.lines()};
  intake.bytes =
      TRY(intake.encoding == Encoding::utf8 ? copy_as_is(in.get(), out.get())
                                            : convert(in.get(), out.get(), intake.encoding));
  if (std::fflush(out.get()) != 0) return make_error(ErrorKind::unavailable, "imports/not_stored");
  return intake;
}

}  // namespace fokus::imports
