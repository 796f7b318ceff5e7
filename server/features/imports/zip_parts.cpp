// SPDX-License-Identifier: Apache-2.0
#include "features/imports/zip_parts.hpp"

#include <zip.h>

#include <algorithm>
#include <filesystem>

namespace fokus::imports {
namespace {

using Archive = std::unique_ptr<zip_t, void (*)(zip_t*)>;

class LibzipParts : public ZipParts {
 public:
  LibzipParts(Archive archive, std::int64_t packed) : archive_(std::move(archive)) {
    left_ = std::min(limits::unpacked_bytes_max,
                     limits::unpacked_bytes_free + limits::unpacked_per_packed_max * packed);
  }

  PieceReader part(std::string_view name) override {
    const std::string text(name);
    const auto index = ::zip_name_locate(archive_.get(), text.c_str(), ZIP_FL_NOCASE);
    if (index < 0) return nullptr;
    auto* opened = ::zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0);
    if (!opened) return [](char*, std::size_t) -> std::ptrdiff_t { return -1; };
    // Shared, because a std::function is copied.
    const std::shared_ptr<zip_file_t> file(opened, &::zip_fclose);
    return [this, file](char* to, std::size_t count) { return read(*file, to, count); };
  }

  Error problem() const override {
    return is_spent_ ? make_error(ErrorKind::too_large, "imports/too_large")
                     : make_error(ErrorKind::invalid, "imports/damaged_file");
  }

 private:
  std::ptrdiff_t read(zip_file_t& file, char* to, std::size_t count) {
    const auto n = ::zip_fread(&file, to, count);
    if (n <= 0) return static_cast<std::ptrdiff_t>(n);
    left_ -= n;
    is_spent_ = left_ < 0;
    return is_spent_ ? -1 : static_cast<std::ptrdiff_t>(n);
  }

  Archive archive_;
  std::int64_t left_ = 0;
  bool is_spent_ = false;
};

}  // namespace

Result<std::unique_ptr<ZipParts>> ZipParts::open(const std::string& path) {
  int code = 0;
  Archive archive(::zip_open(path.c_str(), ZIP_RDONLY, &code), &::zip_discard);
  std::error_code failed;
  const auto packed = std::filesystem::file_size(path, failed);
  if (!archive || failed) return make_error(ErrorKind::invalid, "imports/damaged_file");
  return std::unique_ptr<ZipParts>(
      std::make_unique<LibzipParts>(std::move(archive), static_cast<std::int64_t>(packed)));
}

}  // namespace fokus::imports
