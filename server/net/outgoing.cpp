// SPDX-License-Identifier: Apache-2.0
#include "net/outgoing.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <ctime>

#include "net/byte_range.hpp"
#include "net/headers.hpp"
#include "net/reply.hpp"

namespace fokus::net {

namespace {

constexpr std::size_t compress_from_bytes = 1024;  // below it the reply fits one packet anyway

void add_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(clean_header_value(value)).append("\r\n");
}

void add_date(std::string& head) {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text;
  const auto size =
      std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc);
  head.append(text.data(), size);
}

void add_default(std::string& head, const Reply& reply, std::string_view name,
                 std::string_view value) {
  if (!find_header(reply.headers, name)) add_field(head, name, value);
}

void add_security(std::string& head, const Reply& reply, bool secure) {
  add_default(head, reply, "X-Content-Type-Options", "nosniff");
  add_default(head, reply, "Referrer-Policy", "same-origin");
  add_default(head, reply, "Cross-Origin-Opener-Policy", "same-origin");
  add_default(head, reply, "Cross-Origin-Resource-Policy", "same-origin");
  add_default(head, reply, "Permissions-Policy",
              "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  add_default(head, reply, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  add_default(head, reply, "Cache-Control", "no-store");
  if (secure) add_default(head, reply, "Strict-Transport-Security", "max-age=31536000");
}

bool has_body(int status) {
  return status != 204 && status != 304 && status >= 200;
}

std::string head_of(const Reply& reply, const Call& call) {
  std::string head;
  head.reserve(1024);
  head.append("HTTP/1.1 ").append(std::to_string(reply.status)).append(" ");
  head.append(reason_phrase(reply.status)).append("\r\n");
  add_date(head);
  if (has_body(reply.status) && !reply.type.empty()) add_field(head, "Content-Type", reply.type);
  add_field(head, "X-Request-Id", call.id);
  for (const auto& [name, value] : reply.headers) add_field(head, name, value);
  add_security(head, reply, call.secure);
  return head;
}

void add_length(Outgoing& out, std::uint64_t length) {
  add_field(out.head, "Content-Length", std::to_string(length));
}

std::string file_etag(const struct stat& facts) {
  return '"' + std::to_string(facts.st_ino) + '-' + std::to_string(facts.st_size) + '-' +
         std::to_string(facts.st_mtim.tv_sec) + '.' + std::to_string(facts.st_mtim.tv_nsec) + '"';
}

// A Range with If-Range counts only while the file is the one the client has the first part of.
ByteRange wanted_range(const Call& call, std::string_view etag, std::uint64_t size) {
  const auto range = call.header("Range");
  const auto condition = call.header("If-Range");
  if (!range || call.method == Method::head || (condition && *condition != etag))
    return {ByteRange::Kind::whole, 0, size};
  return parse_byte_range(*range, size);
}

Outgoing make_file(Reply reply, const Call& call) {
  OpenFile file(::open(reply.file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts {};
  if (!file || ::fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode))
    return make_outgoing(refuse(404, "net/not_found", call.id), call);
  if (!find_header(reply.headers, "ETag")) reply.header("ETag", file_etag(facts));
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  const std::string etag(*find_header(reply.headers, "ETag"));
  Outgoing out;
  if (const auto known = call.header("If-None-Match"); known && matches_etag(*known, etag)) {
    reply.status = out.status = 304;
    out.head = head_of(reply, call);
    return out;
  }
  reply.header("Accept-Ranges", "bytes");
  const auto range = wanted_range(call, etag, size);
  if (range.kind == ByteRange::Kind::unsatisfiable) {
    Reply refused = refuse(416, "net/bad_range", call.id);
    refused.header("Content-Range", "bytes */" + std::to_string(size));
    return make_outgoing(std::move(refused), call);
  }
  if (range.kind == ByteRange::Kind::part) {
    reply.status = 206;
    reply.header("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                      std::to_string(range.first + range.length - 1) + "/" +
                                      std::to_string(size));
  }
  out.status = reply.status;
  out.head = head_of(reply, call);
  add_length(out, range.length);
  if (call.method == Method::head) return out;
  out.file = std::move(file);
  out.file_first = range.first;
  out.file_length = range.length;
  return out;
}

Encoding encoding_for(const Reply& reply, const Call& call) {
  if (!reply.compressible || !is_compressible_type(reply.type) ||
      find_header(reply.headers, "Content-Encoding"))
    return Encoding::identity;
  return choose_encoding(call.header("Accept-Encoding").value_or(""));
}

Outgoing make_stream(Reply reply, const Call& call) {
  Outgoing out;
  out.status = reply.status;
  out.gzip_stream = encoding_for(reply, call) != Encoding::identity &&
                    accepts_gzip(call.header("Accept-Encoding").value_or(""));
  if (out.gzip_stream) reply.header("Content-Encoding", "gzip").header("Vary", "Accept-Encoding");
  out.head = head_of(reply, call);
  if (call.method != Method::head) out.stream = std::move(reply.stream);
  return out;
}

}  // namespace

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

OpenFile::~OpenFile() {
  if (file_ >= 0) ::close(file_);
}

Outgoing make_outgoing(Reply reply, const Call& call, std::string_view view) {
  if (!reply.file.empty()) return make_file(std::move(reply), call);
  if (reply.stream) return make_stream(std::move(reply), call);
  if (reply.status == 200 && (call.method == Method::get || call.method == Method::head)) {
    const auto etag = find_header(reply.headers, "ETag");
    const auto known = call.header("If-None-Match");
    if (etag && known && matches_etag(*known, *etag)) reply.status = 304;
  }
  Outgoing out;
  out.status = reply.status;
  if (!has_body(reply.status)) {
    out.head = head_of(reply, call);
    return out;
  }
  if (view.empty()) {
    out.body = std::move(reply.body);
    if (reply.compressible && is_compressible_type(reply.type))
      reply.header("Vary", "Accept-Encoding");
    const auto encoding = encoding_for(reply, call);
    if (encoding != Encoding::identity && out.body.size() > compress_from_bytes) {
      out.body = compress(out.body, encoding, Effort::quick);
      reply.header("Content-Encoding", std::string(encoding_name(encoding)));
    }
  }
  out.view = view;
  out.head = head_of(reply, call);
  add_length(out, out.content().size());
  if (call.method == Method::head) {
    out.body.clear();
    out.view = {};
  }
  return out;
}

}  // namespace fokus::net
