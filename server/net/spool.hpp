// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace fokus::net {

// A private temporary file for one uploaded body (0600, random name); removed with the object.
class SpoolFile {
 public:
  explicit SpoolFile(const std::string& folder);  // throws std::system_error
  ~SpoolFile();
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  const std::string& path() const { return path_; }
  void write(
      std::string_view piece);  // throws std::system_error, for example when the disk is full

 private:
  std::string path_;
  int file_ = -1;
};

// Removes what a crash left behind; called at start, before the first upload.
void sweep_spool(const std::string& folder);

}  // namespace fokus::net
