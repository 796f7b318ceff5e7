// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "platform/random.hpp"

namespace fokus {

// Replaces a file so that a reader and a crash see the old or the new content, never a mixture.
// On the disk when it returns. `mode` is for a new file. Errors: "files/full",
// "files/not_writable".
Status write_file(const std::string& path, std::string_view content, int mode = 0600);
// Nothing when the file is missing, unreadable or longer than `size_max`.
std::optional<std::string> read_file(const std::string& path, std::size_t size_max);

// Says who uses a folder, over all processes: many share it, or one has it alone. Held until it is
// destroyed, also when the process is killed.
class FolderLock {
 public:
  enum class How { shared, alone };
  // Nothing when somebody holds it otherwise; does not wait. Errors: "files/not_writable".
  static Result<std::optional<FolderLock>> take(const std::string& folder, How how);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

// Raises the limit of open files to what the system allows; returns what it is then.
std::size_t raise_open_files_max();

struct StoredFile {
  std::string name;    // opaque, 32 hex digits; what the record keeps
  std::string sha256;  // hex, of the content
  std::int64_t size = 0;
};

// The folder with the content of documents and uploads. Names say nothing about the content; type
// and title live in the record. Thread-safe; several processes may share a folder.
class FileStore {
 public:
  // Makes the folder. Throws std::runtime_error when it cannot.
  FileStore(std::string folder, std::int64_t size_max, Random& random);

  // Streams until the end. On the disk when it returns. Errors: "files/too_large" (params "max"),
  // "files/full", "files/not_writable", "files/unreadable".
  Result<StoredFile> put(std::istream& content);
  Result<StoredFile> put_file(const std::string& path);

  // Where the content lies, to be opened at once; nothing when there is none of that name (or the
  // text is no name at all: what comes from a record or a client is not trusted).
  std::optional<std::string> find_path(std::string_view name) const;
  // True when it was there.
  bool remove(std::string_view name);

  // The names of files written before then. Unfinished ones of that age, which a crash left, go.
  std::vector<std::string> list_older(Instant before);
  // What is wrong with a file that should be there, in words; empty when nothing is. `full` reads
  // it and compares the hash, otherwise the size alone.
  std::string check(const StoredFile& expected, bool full) const;

 private:
  std::string path_of(std::string_view name) const;

  std::string folder_;
  std::int64_t size_max_;
  Random& random_;
};

}  // namespace fokus
