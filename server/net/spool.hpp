// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
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

// A nameless file that is written at its end and read from its start; empty again, it gives its
// room back. For one thread at a time.
class OverflowFile {
 public:
  explicit OverflowFile(const std::string& folder);  // throws std::system_error
  ~OverflowFile();
  OverflowFile(const OverflowFile&) = delete;
  OverflowFile& operator=(const OverflowFile&) = delete;

  std::uint64_t size() const { return end_; }
  bool empty() const { return at_ == end_; }
  // Throws std::system_error when the disk is full; then nothing of the piece is in the file.
  void append(std::string_view piece);
  std::string take(std::size_t bytes_max);  // empty when it is empty or cannot be read

 private:
  int file_ = -1;
  std::uint64_t at_ = 0, end_ = 0;
};

// Removes what a crash left behind; called at start, before the first upload.
void sweep_spool(const std::string& folder);

}  // namespace fokus::net
