// SPDX-License-Identifier: Apache-2.0
#include "net/compression.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "base/check.hpp"
#include "base/text.hpp"
#include "net/headers.hpp"

namespace fokus::net {

namespace {

constexpr int gzip_quick = 1, gzip_best = 9;
constexpr int brotli_quick = 4, brotli_best = 9;
constexpr int gzip_window_bits = 15 + 16;  // +16 asks zlib for a gzip header
constexpr int gzip_memory = 8;
constexpr std::size_t piece_bytes = 16 * 1024;

bool is_refused(std::string_view parameters) {
  for (auto parameter : split(parameters, ';')) {
    parameter = trim(parameter);
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    double quality = 1;
    const auto text = parameter.substr(2);
    std::from_chars(text.data(), text.data() + text.size(), quality);
    return quality <= 0;
  }
  return false;
}

bool accepts(std::string_view accept_encoding, std::string_view wanted) {
  for (auto part : split(accept_encoding, ',')) {
    const auto semicolon = part.find(';');
    if (!same_name(trim(part.substr(0, semicolon)), wanted)) continue;
    return semicolon == part.npos || !is_refused(part.substr(semicolon + 1));
  }
  return false;
}

std::string brotli(std::string_view content, int quality) {
  std::size_t size = BrotliEncoderMaxCompressedSize(content.size());
  std::string out(size, '\0');
  const bool done =
      BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, content.size(),
                            reinterpret_cast<const std::uint8_t*>(content.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data()));
  if (!done) throw std::runtime_error("brotli failed");
  out.resize(size);
  return out;
}

std::string gzip(std::string_view content, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window_bits, gzip_memory, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("gzip failed");
  return out;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::brotli:
      return "br";
    case Encoding::gzip:
      return "gzip";
    case Encoding::identity:
      break;
  }
  return "";
}

Encoding choose_encoding(std::string_view accept_encoding) {
  if (accepts(accept_encoding, "br")) return Encoding::brotli;
  return accepts_gzip(accept_encoding) ? Encoding::gzip : Encoding::identity;
}

bool accepts_gzip(std::string_view accept_encoding) {
  return accepts(accept_encoding, "gzip");
}

bool is_compressible_type(std::string_view type) {
  type = trim(type.substr(0, type.find(';')));
  if (type.starts_with("text/")) return type != "text/event-stream";
  if (type.ends_with("+json") || type.ends_with("+xml")) return true;
  constexpr std::array<std::string_view, 6> known = {
      "application/json",          "application/javascript", "application/xml",
      "application/manifest+json", "application/wasm",       "application/x-ndjson"};
  for (auto name : known)
    if (type == name) return true;
  return false;
}

std::string compress(std::string_view content, Encoding encoding, Effort effort) {
  const bool quick = effort == Effort::quick;
  switch (encoding) {
    case Encoding::brotli:
      return brotli(content, quick ? brotli_quick : brotli_best);
    case Encoding::gzip:
      return gzip(content, quick ? gzip_quick : gzip_best);
    case Encoding::identity:
      break;
  }
  return std::string(content);
}

struct GzipStream::State {
  z_stream stream{};
};

GzipStream::GzipStream() : state_(std::make_unique<State>()) {
  if (deflateInit2(&state_->stream, gzip_quick, Z_DEFLATED, gzip_window_bits, gzip_memory,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
}

GzipStream::~GzipStream() {
  deflateEnd(&state_->stream);
}

std::string GzipStream::add(std::string_view piece) {
  return deflate_piece(piece, Z_NO_FLUSH);
}
std::string GzipStream::finish() {
  return deflate_piece({}, Z_FINISH);
}

std::string GzipStream::deflate_piece(std::string_view piece, int flush) {
  std::string out;
  std::array<char, piece_bytes> room;
  auto& stream = state_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
  stream.avail_in = static_cast<uInt>(piece.size());
  do {
    stream.next_out = reinterpret_cast<Bytef*>(room.data());
    stream.avail_out = static_cast<uInt>(room.size());
    CHECK(deflate(&stream, flush) != Z_STREAM_ERROR);
    out.append(room.data(), room.size() - stream.avail_out);
  } while (stream.avail_out == 0);
  return out;
}

}  // namespace fokus::net
