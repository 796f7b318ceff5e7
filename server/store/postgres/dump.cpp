// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/dump.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <vector>

extern char** environ;

namespace fokus::store::postgres {
namespace {

// The password goes by the environment: arguments can be read by every user of the machine.
std::vector<std::string> environment_with(const std::string& password) {
  std::vector<std::string> out;
  for (char** at = environ; *at != nullptr; ++at) {
    if (!std::string_view(*at).starts_with("PGPASSWORD=")) out.emplace_back(*at);
  }
  if (!password.empty()) out.push_back("PGPASSWORD=" + password);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

bool run(std::vector<std::string> arguments, std::vector<std::string> environment, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t child = 0;
  const int code = ::posix_spawnp(&child, arguments.front().c_str(), &actions, nullptr,
                                  pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (code != 0) return false;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

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
  bool ok = run({"pg_dump", "--format=custom", "--no-password", "--dbname=" + location.connection},
                environment_with(location.password), output);
  ok = ok && ::fsync(output) == 0;
  ok = ::close(output) == 0 && ok && flush_folder_of(file);
  if (ok) return {};
  ::unlink(file.c_str());
  return make_error(ErrorKind::unavailable, "store/backup_failed");
}

}  // namespace fokus::store::postgres
