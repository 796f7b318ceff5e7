// SPDX-License-Identifier: Apache-2.0
#include "net/static_files.hpp"

#include <openssl/sha.h>

#include <array>

#include "base/text.hpp"
#include "net/headers.hpp"
#include "net/random.hpp"

namespace fokus::net {

namespace {

constexpr std::string_view index_path = "index.html";
constexpr std::string_view assets_prefix = "assets/";
constexpr std::string_view nonce_mark = "__NONCE__";
constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t etag_bytes = 12;
constexpr std::array<std::string_view, 5> reserved = {"api", "healthz", "readyz", "metrics", "dav"};

std::string type_of(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> types = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json; charset=utf-8"},
      {".map", "application/json; charset=utf-8"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".wasm", "application/wasm"},
      {".txt", "text/plain; charset=utf-8"},
      {".xml", "application/xml"},
  }};
  for (const auto& [ending, type] : types)
    if (path.ends_with(ending)) return std::string(type);
  return "application/octet-stream";
}

std::string etag_of(std::string_view content) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest.data());
  constexpr char digits[] = "0123456789abcdef";
  std::string tag = "\"";
  for (std::size_t i = 0; i < etag_bytes; ++i) {
    tag += digits[digest[i] >> 4];
    tag += digits[digest[i] & 15];
  }
  return tag + '"';
}

bool is_reserved(std::string_view path) {
  const auto first = path.substr(0, path.find('/'));
  for (auto name : reserved)
    if (first == name) return true;
  return false;
}

std::string index_policy(std::string_view nonce, const std::string& frames) {
  return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + std::string(nonce) +
         "'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; object-src 'none'; "
         "base-uri 'none'; frame-ancestors 'none'; form-action 'self'; frame-src 'self'" +
         (frames.empty() ? "" : " " + frames);
}

}  // namespace

StaticFiles::StaticFiles(std::span<const EmbeddedFile> files,
                         std::function<std::string()> frame_sources)
    : frame_sources_(std::move(frame_sources)) {
  for (const auto& embedded : files) {
    if (embedded.path == index_path) {
      index_ = embedded.content;
      continue;
    }
    auto& file = files_.emplace_back();
    file.content = embedded.content;
    file.type = type_of(embedded.path);
    file.etag = etag_of(embedded.content);
    file.immutable = embedded.path.starts_with(assets_prefix);
    by_path_.emplace(embedded.path, &file);
  }
  if (!files_.empty()) compressor_ = std::thread([this] { compress_all(); });
}

StaticFiles::~StaticFiles() {
  stopping_ = true;
  if (compressor_.joinable()) compressor_.join();
}

void StaticFiles::compress_all() {
  for (auto& file : files_) {
    if (stopping_) return;
    if (!is_compressible_type(file.type)) continue;
    file.gzip = compress(file.content, Encoding::gzip, Effort::best);
    file.brotli = compress(file.content, Encoding::brotli, Effort::best);
    file.ready.store(true, std::memory_order_release);
  }
}

std::optional<StaticReply> StaticFiles::find(const Call& call, Encoding encoding) const {
  if (call.method != Method::get && call.method != Method::head) return std::nullopt;
  const auto path = std::string_view(call.path).substr(1);
  if (const auto found = by_path_.find(path); found != by_path_.end())
    return reply_with(*found->second, call, encoding);
  const bool is_page = !path.starts_with(assets_prefix) && !is_reserved(path);
  if (!is_page || index_.empty()) return std::nullopt;
  return reply_with_index(call);
}

StaticReply StaticFiles::reply_with(const File& file, const Call& call, Encoding encoding) const {
  StaticReply answer;
  auto& reply = answer.reply;
  reply.type = file.type;
  reply.compressible = false;  // already done, or not worth it
  reply.header("ETag", file.etag);
  reply.header("Cache-Control",
               file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (is_compressible_type(file.type)) reply.header("Vary", "Accept-Encoding");
  if (const auto known = call.header("If-None-Match"); known && matches_etag(*known, file.etag)) {
    reply.status = 304;
    return answer;
  }
  answer.view = file.content;
  if (encoding == Encoding::identity || !file.ready.load(std::memory_order_acquire)) return answer;
  const auto& packed = encoding == Encoding::brotli ? file.brotli : file.gzip;
  if (packed.size() >= file.content.size()) return answer;
  answer.view = packed;
  reply.header("Content-Encoding", std::string(encoding_name(encoding)));
  return answer;
}

StaticReply StaticFiles::reply_with_index(const Call&) const {
  StaticReply answer;
  const auto nonce = random_hex(nonce_bytes);
  answer.reply.type = "text/html; charset=utf-8";
  answer.reply.header("Content-Security-Policy",
                      index_policy(nonce, frame_sources_ ? frame_sources_() : ""));
  answer.reply.header("Cache-Control", "no-cache");
  answer.reply.body = replace_all(std::string(index_), nonce_mark, nonce);
  return answer;
}

}  // namespace fokus::net
