// SPDX-License-Identifier: Apache-2.0
#include "app/secret_key.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "platform/files.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_bytes_max = 1024;

Error secret_error(const char* why) {
  return field_error("app/secret_key", "secret.key", why);
}

Result<std::string> read_secret(const std::string& path) {
  const auto known = read_file(path, secret_bytes_max);
  if (!known) return secret_error("not_readable");
  if (known->size() != secret_bytes) return secret_error("wrong_size");
  return *known;
}

}  // namespace

Result<std::string> load_secret_key(const std::string& folder, Random& random) {
  const std::string path = (fs::path(folder) / "secret.key").string();
  std::error_code failed;
  if (fs::symlink_status(path, failed).type() != fs::file_type::not_found) return read_secret(path);
  const std::string draft = path + ".new-" + random.hex(8);
  if (!write_file(draft, random.bytes(secret_bytes))) return secret_error("not_writable");
  const bool named = ::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
  ::unlink(draft.c_str());
  return named ? read_secret(path) : secret_error("not_writable");
}

}  // namespace fokus::app
