// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/embedded.hpp"
#include "net/call.hpp"
#include "net/compression.hpp"

namespace fokus::net {

// What to send for a static file. `view` lives as long as StaticFiles; `reply.body` is used instead
// when `view` is empty.
struct StaticReply {
  Reply reply;
  std::string_view view;
};

// The files of the web UI. They are compressed by a background thread after start, so that the
// server answers at once; until a file is ready it is sent as it is.
class StaticFiles {
 public:
  // `frame_sources`: see ServerSetup.
  explicit StaticFiles(std::span<const EmbeddedFile> files,
                       std::function<std::string()> frame_sources = {});
  ~StaticFiles();

  // The reply for a path that no route has, or nothing when it is not ours. Unknown paths become
  // index.html (the UI has its own router) except below the reserved first segments and assets/.
  std::optional<StaticReply> find(const Call& call, Encoding encoding) const;

 private:
  struct File {
    std::string_view content;
    std::string type, etag;
    bool immutable = false;
    std::string brotli, gzip;
    std::atomic<bool> ready{false};  // brotli and gzip may be read
  };
  StaticReply reply_with(const File& file, const Call& call, Encoding encoding) const;
  StaticReply reply_with_index(const Call& call) const;
  void compress_all();

  std::deque<File> files_;
  std::map<std::string, const File*, std::less<>> by_path_;
  std::string_view index_;
  std::function<std::string()> frame_sources_;
  std::atomic<bool> stopping_{false};
  std::thread compressor_;
};

}  // namespace fokus::net
