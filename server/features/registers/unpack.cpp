// SPDX-License-Identifier: Apache-2.0
#include "features/registers/unpack.hpp"

#include <zip.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <vector>

namespace fokus::registers {
namespace {

constexpr std::size_t packed_piece = 256 * 1024;
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

int thousandths(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<int>(part * 1000 / whole) : 0;
}

// Bytes from the start to the end, again and again.
class Stream {
 public:
  virtual ~Stream() = default;
  virtual bool rewind() = 0;
  virtual std::size_t read(char* to, std::size_t count) = 0;
  virtual bool is_damaged() const = 0;
  virtual int progress() const = 0;
};

class PlainStream : public Stream {
 public:
  PlainStream(File file, std::int64_t size) : file_(std::move(file)), size_(size) {}
  bool rewind() override { return ::fseeko(file_.get(), 0, SEEK_SET) == 0; }
  std::size_t read(char* to, std::size_t count) override {
    return std::fread(to, 1, count, file_.get());
  }
  bool is_damaged() const override { return std::ferror(file_.get()) != 0; }
  int progress() const override { return thousandths(::ftello(file_.get()), size_); }

 private:
  File file_;
  std::int64_t size_;
};

class GzipStream : public Stream {
 public:
  GzipStream(File file, std::int64_t size)
      : file_(std::move(file)), size_(size), packed_(packed_piece) {}
  ~GzipStream() override { close(); }

  bool rewind() override {
    close();
    damaged_ = ended_ = false;
    zip_ = {};
    open_ = ::inflateInit2(&zip_, MAX_WBITS + 16) == Z_OK;
    return open_ && ::fseeko(file_.get(), 0, SEEK_SET) == 0;
  }

  std::size_t read(char* to, std::size_t count) override {
    zip_.next_out = reinterpret_cast<Bytef*>(to);
    zip_.avail_out = static_cast<uInt>(count);
    while (zip_.avail_out > 0 && !ended_ && !damaged_) step();
    return count - zip_.avail_out;
  }
  bool is_damaged() const override { return damaged_; }
  int progress() const override { return thousandths(::ftello(file_.get()), size_); }

 private:
  void step() {
    if (zip_.avail_in == 0 && !refill()) {
      // Between two members is where a file may end; within one it is cut off.
      damaged_ = !between_;
      ended_ = true;
      return;
    }
    if (between_) {
      // Some programs pad the last block of a file with zeros.
      if (*zip_.next_in == 0) {
        ended_ = true;
        return;
      }
      between_ = false;
    }
    const int code = ::inflate(&zip_, Z_NO_FLUSH);
    if (code == Z_STREAM_END) {
      between_ = true;
      ::inflateReset(&zip_);
    } else if (code != Z_OK) {
      damaged_ = true;
    }
  }
  bool refill() {
    zip_.next_in = packed_.data();
    zip_.avail_in = static_cast<uInt>(std::fread(packed_.data(), 1, packed_.size(), file_.get()));
    return zip_.avail_in > 0;
  }
  void close() {
    if (open_) ::inflateEnd(&zip_);
    open_ = between_ = false;
  }

  File file_;
  std::int64_t size_;
  std::vector<Bytef> packed_;
  z_stream zip_ = {};
  bool open_ = false, between_ = false, ended_ = false, damaged_ = false;
};

class ZipStream : public Stream {
 public:
  using Archive = std::unique_ptr<zip_t, void (*)(zip_t*)>;
  ZipStream(Archive archive, zip_uint64_t index, std::int64_t size)
      : archive_(std::move(archive)), index_(index), size_(size) {}

  bool rewind() override {
    file_.reset(::zip_fopen_index(archive_.get(), index_, 0));
    at_ = 0;
    damaged_ = false;
    return file_ != nullptr;
  }
  std::size_t read(char* to, std::size_t count) override {
    const auto n = ::zip_fread(file_.get(), to, count);
    damaged_ |= n < 0;
    if (n <= 0) return 0;
    at_ += n;
    return static_cast<std::size_t>(n);
  }
  bool is_damaged() const override { return damaged_; }
  int progress() const override { return thousandths(at_, size_); }

 private:
  Archive archive_;
  zip_uint64_t index_;
  std::int64_t size_, at_ = 0;
  bool damaged_ = false;
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file_{nullptr, &::zip_fclose};
};

class UnpackedFile : public Unpacked {
 public:
  explicit UnpackedFile(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}

  bool start() {
    at_ = 0;
    head_.clear();
    if (!stream_->rewind()) return false;
    head_.resize(utf8_mark.size());
    std::size_t n = 0;
    while (n < head_.size())
      if (const auto more = stream_->read(head_.data() + n, head_.size() - n); more > 0)
        n += more;
      else
        break;
    head_.resize(n);
    if (head_ == utf8_mark) head_.clear();
    return true;
  }

  std::size_t read(char* to, std::size_t count) override {
    if (at_ >= limits::unpacked_bytes_max) return too_long_ = true, 0;
    std::size_t n = 0;
    if (!head_.empty()) {
      n = std::min(count, head_.size());
      head_.copy(to, n);
      head_.erase(0, n);
    } else {
      n = stream_->read(to, count);
    }
    at_ += static_cast<std::int64_t>(n);
    return n;
  }

  bool seek(std::int64_t offset) override {
    if (offset < at_ && !start()) return false;
    std::vector<char> passed(packed_piece);
    while (at_ < offset) {
      const auto want = std::min<std::int64_t>(offset - at_, packed_piece);
      if (read(passed.data(), static_cast<std::size_t>(want)) == 0) return false;
    }
    return true;
  }
  bool is_damaged() const override { return too_long_ || stream_->is_damaged(); }
  int progress() const override { return stream_->progress(); }

 private:
  std::unique_ptr<Stream> stream_;
  std::string head_;  // what was read to look for the mark
  std::int64_t at_ = 0;
  bool too_long_ = false;
};

std::unique_ptr<Stream> open_zip(const std::string& path) {
  int code = 0;
  ZipStream::Archive archive(::zip_open(path.c_str(), ZIP_RDONLY, &code), &::zip_discard);
  if (!archive) return nullptr;
  zip_uint64_t largest = 0, size = 0;
  const auto count = ::zip_get_num_entries(archive.get(), 0);
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(std::max<zip_int64_t>(count, 0)); ++i) {
    zip_stat_t stat;
    if (::zip_stat_index(archive.get(), i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE))
      continue;
    if (stat.size > size) largest = i, size = stat.size;
  }
  if (size == 0) return nullptr;
  return std::make_unique<ZipStream>(std::move(archive), largest, static_cast<std::int64_t>(size));
}

}  // namespace

Result<std::unique_ptr<Unpacked>> open_unpacked(const std::string& path) {
  const auto unreadable = [] {
    return make_error(ErrorKind::invalid, "registers/unreadable_file");
  };
  File file(std::fopen(path.c_str(), "rb"), &std::fclose);
  std::error_code ec;
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path, ec));
  if (!file || ec) return unreadable();
  if (size == 0) return make_error(ErrorKind::invalid, "registers/empty_file");
  char head[4] = {};
  const auto n = std::fread(head, 1, sizeof head, file.get());
  const std::string_view start(head, n);
  std::unique_ptr<Stream> stream;
  if (start.starts_with("\x1f\x8b"))
    stream = std::make_unique<GzipStream>(std::move(file), size);
  else if (start.starts_with("PK\x03\x04"))
    stream = open_zip(path);
  else
    stream = std::make_unique<PlainStream>(std::move(file), size);
  if (!stream) return unreadable();
  auto unpacked = std::make_unique<UnpackedFile>(std::move(stream));
  if (!unpacked->start()) return unreadable();
  return std::unique_ptr<Unpacked>(std::move(unpacked));
}

}  // namespace fokus::registers
