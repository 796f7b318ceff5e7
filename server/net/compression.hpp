// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace fokus::net {

enum class Encoding { identity, gzip, brotli };
enum class Effort { quick, best };  // while a client waits, or once for a static file

std::string_view encoding_name(Encoding encoding);  // "br", "gzip", ""
// The best of ours that an Accept-Encoding header allows.
Encoding choose_encoding(std::string_view accept_encoding);
bool accepts_gzip(std::string_view accept_encoding);
// Text, JSON, scripts, SVG and the like; not what is compressed already.
bool is_compressible_type(std::string_view type);
std::string compress(std::string_view content, Encoding encoding, Effort effort);

// Gzip for a body that comes in pieces.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  std::string add(std::string_view piece);  // what is ready to be sent; often nothing
  std::string finish();

 private:
  std::string deflate_piece(std::string_view piece, int flush);
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fokus::net
