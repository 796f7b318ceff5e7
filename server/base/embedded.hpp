// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>
#include <vector>

namespace fokus {

// A file that the build put into the binary (cmake/embed.cmake). Both views live as long as the
// program.
struct EmbeddedFile {
  std::string_view path;     // relative, with '/'
  std::string_view content;  // raw bytes
};

std::span<const EmbeddedFile> embedded_sql();    // server/**/*.sql: named statements and migrations
std::span<const EmbeddedFile> embedded_model();  // model/*.json: the record types
std::span<const EmbeddedFile> embedded_web();    // web/dist; empty in a build without the web UI

}  // namespace fokus
