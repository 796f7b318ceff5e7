// SPDX-License-Identifier: Apache-2.0
#include "records/file_rules.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fokus::records {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view pdf_type = "application/pdf";
constexpr std::string_view text_type = "text/plain";
constexpr std::string_view zip_type = "application/zip";
constexpr std::string_view compound_type = "application/x-ole-storage";

struct Signature {
  std::size_t at;
  std::string_view bytes;
  std::string_view type;
  // A second mark further on, for shells that hold many things.
  std::size_t inner_at = 0;
  std::string_view inner = {};
};

// The marks of the WHATWG's MIME sniffing standard, and those of office files and archives.
constexpr auto signatures = std::to_array<Signature>({
    {0, "%PDF-"sv, pdf_type},
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {0, "RIFF"sv, "image/webp", 8, "WEBPVP8"sv},
    {4, "ftypavif"sv, "image/avif"},
    {0, "RIFF"sv, "audio/wav", 8, "WAVE"sv},
    {4, "ftypM4A "sv, "audio/mp4"},
    {4, "ftypqt  "sv, "video/quicktime"},
    {4, "ftyphei"sv, "image/heic"},
    {4, "ftypmif1"sv, "image/heic"},
    {4, "ftyp"sv, "video/mp4"},
    {0, "\x1a\x45\xdf\xa3"sv, "video/webm"},
    {0, "OggS\0"sv, "audio/ogg"},
    {0, "fLaC"sv, "audio/flac"},
    {0, "ID3"sv, "audio/mpeg"},
    {0, "\xff\xfb"sv, "audio/mpeg"},
    {0, "\xff\xf3"sv, "audio/mpeg"},
    {0, "\xff\xf2"sv, "audio/mpeg"},
    {0, "PK\x03\x04"sv, zip_type},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, compound_type},
    {0, "\x1f\x8b\x08"sv, "application/gzip"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar"},
    {0, "{\\rtf"sv, "application/rtf"},
});

struct Kind {
  std::string_view shell, ending, type;
};
constexpr auto kinds = std::to_array<Kind>({
    {zip_type, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {zip_type, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {zip_type, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {zip_type, "odt", "application/vnd.oasis.opendocument.text"},
    {zip_type, "ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {zip_type, "odp", "application/vnd.oasis.opendocument.presentation"},
    {compound_type, "doc", "application/msword"},
    {compound_type, "xls", "application/vnd.ms-excel"},
    {compound_type, "ppt", "application/vnd.ms-powerpoint"},
    {compound_type, "msg", "application/vnd.ms-outlook"},
});

constexpr auto inline_types = std::to_array<std::string_view>(
    {pdf_type, text_type, "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
     "video/mp4", "video/webm", "video/quicktime", "audio/mpeg", "audio/ogg", "audio/wav",
     "audio/flac", "audio/mp4"});

// Names under which a desktop or a browser would run a text.
constexpr auto active_endings = std::to_array<std::string_view>(
    {"html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "svg", "xml", "xsl", "xslt",
     "js",   "mjs", "vbs",   "hta", "css",   "bat", "cmd",   "ps1", "sh",  "url", "desktop"});

bool has_mark(std::string_view head, const Signature& s) {
  return head.substr(std::min(s.at, head.size())).starts_with(s.bytes) &&
         head.substr(std::min(s.inner_at, head.size())).starts_with(s.inner);
}

std::string ending_of(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == name.npos ? std::string() : lower_ascii(name.substr(dot + 1));
}

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// A head may end within a code point.
std::string_view whole_code_points(std::string_view head) {
  std::size_t cut = head.size();
  for (int back = 0; back < 4 && cut > 0; ++back) {
    const auto byte = static_cast<unsigned char>(head[cut - 1]);
    if (byte < 0x80) return head;
    --cut;
    if (byte >= 0xC0) return is_clean_utf8(head) ? head : head.substr(0, cut);
  }
  return head;
}

bool is_text(std::string_view head) {
  head = whole_code_points(head);
  return is_clean_utf8(head) && std::none_of(head.begin(), head.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f');
         });
}

// A tag, a comment or a processing instruction in front: what browsers have guessed pages from.
bool looks_like_markup(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim(head);
  if (!head.starts_with('<') || head.size() < 2) return false;
  const char c = head[1];
  return c == '!' || c == '?' || c == '/' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Control characters, and those that turn the direction of what follows: a name must end as it
// reads.
bool is_unwanted(std::string_view code_point) {
  if (code_point.size() == 1) {
    const auto byte = static_cast<unsigned char>(code_point[0]);
    return byte < 0x20 || byte == 0x7F;
  }
  if (code_point.size() == 2) return code_point[0] == '\xC2' && code_point < "\xC2\xA0"sv;
  static constexpr auto turning = std::to_array<std::string_view>(
      {"\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2028", "\u2029",
       "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF", "\u061C"});
  return contains(turning, code_point);
}

std::size_t code_point_bytes(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Windows takes dots and spaces at the end off, and then it is another file.
std::string_view without_loose_ends(std::string_view text) {
  for (text = trim(text); text.ends_with('.'); text = trim(text)) text.remove_suffix(1);
  return text;
}

bool is_attribute_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         "!#$&+-.^_`|~"sv.find(c) != std::string_view::npos;
}

}  // namespace

std::string_view sniff_media_type(std::string_view head, std::string_view name) {
  head = head.substr(0, limits::file_head_bytes);
  const auto ending = ending_of(name);
  for (const auto& signature : signatures) {
    if (!has_mark(head, signature)) continue;
    for (const auto& kind : kinds)
      if (kind.shell == signature.type && kind.ending == ending) return kind.type;
    return signature.type;
  }
  const bool plain = is_text(head) && !looks_like_markup(head) && !contains(active_endings, ending);
  return plain ? text_type : unknown_media_type;
}

bool is_inline_type(std::string_view media_type) {
  return contains(inline_types, media_type);
}

std::string clean_file_name(std::string_view name) {
  if (!is_clean_utf8(name)) return "file";
  if (const auto slash = name.find_last_of("/\\"); slash != name.npos)
    name.remove_prefix(slash + 1);
  std::string out;
  while (!name.empty()) {
    const auto code_point = name.substr(0, code_point_bytes(name.front()));
    if (!is_unwanted(code_point)) out += code_point;
    name.remove_prefix(code_point.size());
  }
  out = std::string(without_loose_ends(out));
  if (out.size() <= limits::file_name_bytes_max) return out.empty() ? "file" : out;
  constexpr std::size_t ending_max = 20;
  const auto dot = out.rfind('.');
  const bool has_ending = dot != out.npos && out.size() - dot <= ending_max;
  const std::string ending = has_ending ? out.substr(dot) : "";
  const auto stem = cut_utf8(out, limits::file_name_bytes_max - ending.size());
  if (has_ending) return std::string(stem) + ending;
  // Of a name that begins with hundreds of dots the cut may leave nothing.
  const auto cut = without_loose_ends(stem);
  return cut.empty() ? "file" : std::string(cut);
}

std::string content_disposition(bool is_inline, std::string_view name) {
  std::string ascii, encoded;
  constexpr char digits[] = "0123456789ABCDEF";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool printable = byte >= 0x20 && byte < 0x7F;
    const bool goes_on = byte >= 0x80 && byte < 0xC0;  // one '_' for a code point
    if (!goes_on) ascii += printable && c != '"' && c != '\\' && c != '%' ? c : '_';
    if (is_attribute_char(c))
      encoded += c;
    else
      encoded.append({'%', digits[byte >> 4], digits[byte & 15]});
  }
  return std::string(is_inline ? "inline" : "attachment") + "; filename=\"" + ascii +
         "\"; filename*=UTF-8''" + encoded;
}

std::string_view file_security_policy(std::string_view media_type) {
  if (media_type == pdf_type)
    return "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; "
           "frame-ancestors 'self'";
  return "sandbox; default-src 'none'; frame-ancestors 'none'";
}

}  // namespace fokus::records
