// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "net/call.hpp"
#include "net/compression.hpp"

namespace fokus::net {

// An open file that is closed with the object.
class OpenFile {
 public:
  OpenFile() = default;
  explicit OpenFile(int file) : file_(file) {}
  OpenFile(OpenFile&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  OpenFile& operator=(OpenFile&& other) noexcept;
  ~OpenFile();
  int number() const { return file_; }
  explicit operator bool() const { return file_ >= 0; }

 private:
  int file_ = -1;
};

// A reply ready for the wire: everything but the headers that belong to the connection.
struct Outgoing {
  int status = 500;
  std::string head;  // status line and fields, each with its CRLF, without the empty line
  std::string body;
  std::string_view view;  // a body that lives elsewhere; used when `body` is empty
  OpenFile file;
  std::uint64_t file_first = 0, file_length = 0;
  std::function<void(const std::function<bool(std::string_view)>& write)> stream;
  bool gzip_stream = false;

  std::string_view content() const { return body.empty() ? view : std::string_view(body); }
};

// Turns a reply into bytes: security headers, compression, ETag, Range, HEAD. Runs on a worker or
// (for small things) on a network thread. `view` replaces reply.body when it is not empty.
Outgoing make_outgoing(Reply reply, const Call& call, std::string_view view = {});

}  // namespace fokus::net
