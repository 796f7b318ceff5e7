// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/client_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace fokus::store::postgres {
namespace {

constexpr int not_found_status = 127;  // of a spawn that could not execute

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

Error missing(const std::string& program) {
  Error error = field_error("store/client_missing", "program", "not_found",
                            {{"program", program}, {"package", "postgresql-client"}});
  error.kind = ErrorKind::unavailable;
  return error;
}

int spawn(std::vector<std::string>& arguments, std::vector<std::string>& environment, int output,
          pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (output >= 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  else
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const int code = ::posix_spawnp(&child, arguments.front().c_str(), &actions, nullptr,
                                  pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

}  // namespace

Status run_client(const Location& location, std::vector<std::string> arguments, int output) {
  const std::string program = arguments.front();
  const Error failed = make_error(ErrorKind::unavailable, "store/client_failed");
  auto environment = environment_with(location.password);
  pid_t child = 0;
  const int code = spawn(arguments, environment, output, child);
  if (code == ENOENT) return missing(program);
  if (code != 0) return failed;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return failed;
  }
  if (!WIFEXITED(status)) return failed;
  if (WEXITSTATUS(status) == not_found_status) return missing(program);
  return WEXITSTATUS(status) == 0 ? Status() : failed;
}

}  // namespace fokus::store::postgres
