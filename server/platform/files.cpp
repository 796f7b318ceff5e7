// SPDX-License-Identifier: Apache-2.0
#include "platform/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "platform/crypto.hpp"

namespace fokus {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t name_bytes = 16;
constexpr std::size_t piece_bytes = 128 * 1024;
constexpr std::string_view draft_ending = ".new";

Error disk_error() {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  return make_error(ErrorKind::unavailable, full ? "files/full" : "files/not_writable");
}

// A name is on the disk only when its folder is.
bool sync_folder(const std::string& folder) {
  const int dir = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (dir < 0) return false;
  const bool synced = ::fsync(dir) == 0;
  ::close(dir);
  return synced;
}

// A new file beside its final place; removed unless it was moved there.
class Draft {
 public:
  Draft(std::string path, int mode)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)) {}
  ~Draft() {
    if (file_ < 0) return;
    ::close(file_);
    if (!kept_) ::unlink(path_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  bool is_open() const { return file_ >= 0; }

  bool append(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  bool move_to(const std::string& target) {
    if (::fsync(file_) != 0 || ::rename(path_.c_str(), target.c_str()) != 0) return false;
    kept_ = true;
    return sync_folder(fs::path(target).parent_path());
  }

 private:
  std::string path_;
  int file_;
  bool kept_ = false;
};

bool is_name(std::string_view name) {
  return name.size() == 2 * name_bytes && name.find_first_not_of("0123456789abcdef") == name.npos;
}

}  // namespace

Status write_file(const std::string& path, std::string_view content, int mode) {
  SystemRandom random;
  Draft draft(path + ".new-" + random.hex(8), mode);
  if (!draft.is_open() || !draft.append(content) || !draft.move_to(path)) return disk_error();
  return {};
}

std::optional<std::string> read_file(const std::string& path, std::size_t size_max) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::string out(size_max + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  if (in.bad() || in.gcount() > static_cast<std::streamsize>(size_max)) return std::nullopt;
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

Result<std::optional<FolderLock>> FolderLock::take(const std::string& folder, How how) {
  const std::string path = (fs::path(folder) / "lock").string();
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return disk_error();
  FolderLock lock(file);
  int failed;
  do {
    failed = ::flock(file, (how == How::alone ? LOCK_EX : LOCK_SH) | LOCK_NB);
  } while (failed != 0 && errno == EINTR);
  if (failed != 0 && errno == EWOULDBLOCK) return std::optional<FolderLock>();
  if (failed != 0) return disk_error();
  return std::optional<FolderLock>(std::move(lock));
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

std::size_t raise_open_files_max() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return 1024;
  const rlim_t before = files.rlim_cur;
  files.rlim_cur = files.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &files) != 0) files.rlim_cur = before;
  return static_cast<std::size_t>(files.rlim_cur);
}

FileStore::FileStore(std::string folder, std::int64_t size_max, Random& random)
    : folder_(std::move(folder)), size_max_(size_max), random_(random) {
  std::error_code failed;
  fs::create_directories(folder_, failed);
  if (failed) throw std::runtime_error("cannot make the folder " + folder_);
}

// 256 folders: a folder with a million entries is slow to list and to back up.
std::string FileStore::path_of(std::string_view name) const {
  return fmt::format("{}/{}/{}", folder_, name.substr(0, 2), name);
}

Result<StoredFile> FileStore::put(std::istream& content) {
  StoredFile stored{random_.hex(name_bytes), {}, 0};
  const std::string path = path_of(stored.name);
  std::error_code failed;
  if (fs::create_directory(fs::path(path).parent_path(), failed)) sync_folder(folder_);
  Draft draft(path + std::string(draft_ending), 0600);
  if (failed || !draft.is_open()) return disk_error();
  crypto::Sha256 digest;
  std::string piece(piece_bytes, '\0');
  while (content) {
    content.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const std::string_view got(piece.data(), static_cast<std::size_t>(content.gcount()));
    stored.size += static_cast<std::int64_t>(got.size());
    if (stored.size > size_max_)
      return Error{
          ErrorKind::too_large, "files/too_large", {}, {{"max", fmt::to_string(size_max_)}}};
    digest.add(got);
    if (!draft.append(got)) return disk_error();
  }
  if (content.bad()) return make_error(ErrorKind::unavailable, "files/unreadable");
  stored.sha256 = crypto::to_hex(digest.finish());
  if (!draft.move_to(path)) return disk_error();
  return stored;
}

Result<StoredFile> FileStore::put_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return make_error(ErrorKind::unavailable, "files/unreadable");
  return put(in);
}

std::optional<std::string> FileStore::find_path(std::string_view name) const {
  if (!is_name(name)) return std::nullopt;
  std::string path = path_of(name);
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return std::nullopt;
  return path;
}

bool FileStore::remove(std::string_view name) {
  return is_name(name) && ::unlink(path_of(name).c_str()) == 0;
}

std::vector<std::string> FileStore::list_older(Instant before) {
  std::vector<std::string> out;
  std::error_code failed;
  for (const auto& folder : fs::directory_iterator(folder_, failed))
    for (const auto& entry : fs::directory_iterator(folder.path(), failed)) {
      struct stat facts {};
      const std::string path = entry.path(), name = entry.path().filename();
      if (::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
      if (std::int64_t{facts.st_mtim.tv_sec} * ms_per_second >= before.ms) continue;
      const auto stem = name.substr(0, std::min(name.size(), 2 * name_bytes));
      if (is_name(name))
        out.push_back(name);
      else if (is_name(stem) && name == stem + std::string(draft_ending))
        ::unlink(path.c_str());
    }
  return out;
}

std::string FileStore::check(const StoredFile& expected, bool full) const {
  const auto path = find_path(expected.name);
  if (!path) return "missing";
  std::error_code failed;
  const auto size = fs::file_size(*path, failed);
  if (failed) return "unreadable";
  if (static_cast<std::int64_t>(size) != expected.size)
    return fmt::format("{} bytes instead of {}", size, expected.size);
  if (!full) return {};
  std::ifstream in(*path, std::ios::binary);
  crypto::Sha256 digest;
  std::string piece(piece_bytes, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    digest.add({piece.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (in.bad() || !in.eof()) return "unreadable";
  return crypto::to_hex(digest.finish()) == expected.sha256 ? "" : "changed content";
}

}  // namespace fokus
