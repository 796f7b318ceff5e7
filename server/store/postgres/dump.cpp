// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/dump.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "store/postgres/client_program.hpp"

namespace fokus::store::postgres {
namespace {

bool flush_folder_of(const std::string& file) {
  const auto path = std::filesystem::absolute(file).parent_path();
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool ok = folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  return ok;
}

}  // namespace

Status dump(const Location& location, const std::string& file) {
  const int output = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (output < 0) {
    return make_error(errno == EEXIST ? ErrorKind::conflict : ErrorKind::unavailable,
                      errno == EEXIST ? "store/backup_exists" : "store/backup_failed");
  }
  const Status dumped = run_client(
      location, {"pg_dump", "--format=custom", "--no-password", "--dbname=" + location.connection},
      output);
  bool ok = dumped && ::fsync(output) == 0;
  ok = ::close(output) == 0 && ok && flush_folder_of(file);
  if (ok) return {};
  ::unlink(file.c_str());
  if (!dumped && dumped.error().code == "store/client_missing") return dumped;
  return make_error(ErrorKind::unavailable, "store/backup_failed");
}

}  // namespace fokus::store::postgres
