// SPDX-License-Identifier: Apache-2.0
#include "net/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "net/random.hpp"

namespace fokus::net {

namespace {

constexpr std::string_view name_start = "upload-";
constexpr std::size_t name_random_bytes = 16;
// Another server may share the folder: only what no running upload can be is swept.
constexpr auto leftover_age = std::chrono::hours(24);

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

SpoolFile::SpoolFile(const std::string& folder)
    : path_(folder + "/" + std::string(name_start) + random_hex(name_random_bytes)) {
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file_ < 0) fail("spool file");
}

SpoolFile::~SpoolFile() {
  ::close(file_);
  ::unlink(path_.c_str());
}

void SpoolFile::write(std::string_view piece) {
  while (!piece.empty()) {
    const auto written = ::write(file_, piece.data(), piece.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("spool write");
    piece.remove_prefix(static_cast<std::size_t>(written));
  }
}

OverflowFile::OverflowFile(const std::string& folder) {
  const auto path = folder + "/" + std::string(name_start) + random_hex(name_random_bytes);
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file_ < 0) fail("overflow file");
  ::unlink(path.c_str());
}

OverflowFile::~OverflowFile() {
  ::close(file_);
}

void OverflowFile::append(std::string_view piece) {
  std::uint64_t at = end_;
  while (!piece.empty()) {
    const auto written = ::pwrite(file_, piece.data(), piece.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("overflow write");
    at += static_cast<std::uint64_t>(written);
    piece.remove_prefix(static_cast<std::size_t>(written));
  }
  end_ = at;
}

std::string OverflowFile::take(std::size_t bytes_max) {
  std::string piece(std::min<std::uint64_t>(bytes_max, end_ - at_), '\0');
  ssize_t got;
  do {
    got = ::pread(file_, piece.data(), piece.size(), static_cast<off_t>(at_));
  } while (got < 0 && errno == EINTR);
  piece.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  at_ += piece.size();
  if (at_ == end_ && ::ftruncate(file_, 0) == 0) at_ = end_ = 0;
  return piece;
}

void sweep_spool(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const auto oldest = fs::file_time_type::clock::now() - leftover_age;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    std::error_code ignored;  // another server may remove it first
    if (!entry.path().filename().string().starts_with(name_start)) continue;
    if (entry.last_write_time(ignored) < oldest) fs::remove(entry.path(), ignored);
  }
}

}  // namespace fokus::net
