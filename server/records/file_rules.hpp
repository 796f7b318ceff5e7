// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace fokus::records {

namespace limits {
constexpr std::int64_t mebibyte = 1 << 20;
constexpr int file_mib_default = 256;  // of one upload; the configuration's file_mib
constexpr std::size_t file_name_bytes_max = 200;
constexpr std::size_t file_head_bytes = 4096;  // what the type is decided by
// What one user may have uploaded without having put it into a record.
constexpr std::int64_t waiting_files_max = 100;
constexpr std::int64_t waiting_bytes_max = 2048 * mebibyte;
constexpr std::int64_t keep_waiting_ms = ms_per_day;
// Bytes in the folder that no row names: left by a crash, or newer than a restored database.
constexpr std::int64_t keep_stray_ms = 30 * ms_per_day;
constexpr int file_versions_page = 200;
}  // namespace limits

constexpr std::string_view unknown_media_type = "application/octet-stream";

// What a file is, by its first bytes; what the client and the name say is not asked. Only types of
// the table come out: images but SVG, PDF, video, audio, office files and archives by their outer
// shell (never opened), plain text. Text that a browser could take for a page or a script is
// unknown_media_type, as is all else. The name only tells the kinds of one shell apart (docx,
// xlsx).
std::string_view sniff_media_type(std::string_view head, std::string_view name);

// May the browser show it itself? For what cannot run anything there.
bool is_inline_type(std::string_view media_type);

// The last part of a path, without control and direction characters, at most file_name_bytes_max
// with its ending kept; "file" when nothing is left, or when it is not UTF-8.
std::string clean_file_name(std::string_view name);

// RFC 6266 with the name as RFC 8187 has it, and in ASCII for what is older.
std::string content_disposition(bool is_inline, std::string_view name);

// What the answer with such a file may do in a browser: nothing. A PDF is the one exception, as
// the browser's own viewer does not start in a sandbox; its type makes sure that it is no page.
std::string_view file_security_policy(std::string_view media_type);

}  // namespace fokus::records
