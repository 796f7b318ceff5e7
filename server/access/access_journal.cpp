// SPDX-License-Identifier: Apache-2.0
#include "access/access_journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <thread>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "platform/files.hpp"

namespace fokus::access {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view name_start = "access_log.", name_end = ".journal";
constexpr std::size_t name_bytes = 8;
constexpr std::size_t file_bytes_max = 1ULL << 30;
constexpr std::size_t fields_count = 14;
constexpr int wait_step_ms = 10;

[[noreturn]] void fail() {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  throw store::Failure(full ? store::FailureKind::full : store::FailureKind::unavailable,
                       "the journal of the access log cannot be written");
}

void append_line(std::string& out, const LogEntry& e) {
  JsonWriter json(out);
  json.begin_array().value(e.at.ms).value(e.user.value).value(e.session).value(e.purpose);
  json.value(e.action).value(e.record_type).begin_array();
  for (const auto id : e.ids) json.value(id);
  json.end_array().value(e.count).value(e.route).value(e.query_shape).value(e.remote);
  json.value(e.call_id).value(e.salt).value("end").end_array();
  out += '\n';
}

// Throws std::exception when the line is not one of ours.
LogEntry parse_line(std::string_view line) {
  const auto parsed = json::parse(json::string_view(line.data(), line.size()));
  const auto& a = parsed.as_array();
  if (a.size() != fields_count) throw std::invalid_argument("torn");
  const auto text = [&](std::size_t i) { return std::string(a.at(i).as_string()); };
  LogEntry e;
  e.at = Instant{a.at(0).as_int64()};
  e.user = UserId{a.at(1).as_int64()};
  e.session = a.at(2).as_int64();
  e.purpose = text(3);
  e.action = text(4);
  e.record_type = text(5);
  for (const auto& id : a.at(6).as_array()) e.ids.push_back(id.as_int64());
  e.count = a.at(7).as_int64();
  e.route = text(8);
  e.query_shape = text(9);
  e.remote = text(10);
  e.call_id = text(11);
  e.salt = text(12);
  return e;
}

std::vector<LogEntry> parse_lines(const std::string& content) {
  std::vector<LogEntry> out;
  for (const auto line : split(content, '\n')) {
    if (line.empty()) continue;
    try {
      out.push_back(parse_line(line));
    } catch (const std::exception&) {
    }
  }
  return out;
}

bool is_journal(const std::string& name) {
  return name.starts_with(name_start) && name.ends_with(name_end);
}

// Nobody lives who writes it.
bool is_orphan(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return false;
  const bool free = ::flock(file, LOCK_EX | LOCK_NB) == 0;
  ::close(file);
  return free;
}

}  // namespace

bool AccessJournal::wait_for_others(const std::string& folder, int limit_ms) {
  std::vector<std::string> waiting;
  std::error_code gone;
  for (const auto& item : fs::directory_iterator(folder, gone))
    if (is_journal(item.path().filename().string())) waiting.push_back(item.path().string());
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(limit_ms);
  const auto moved = [](const std::string& path) {
    return !fs::exists(path) || is_orphan(path);
  };
  while (true) {
    std::erase_if(waiting, moved);
    if (waiting.empty()) return true;
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_step_ms));
  }
}

AccessJournal::~AccessJournal() {
  release(segment_);
}

// Locked before it has its name: whoever looks for what was left behind never finds it free.
void AccessJournal::open_file() {
  const std::string name = random_.hex(name_bytes);
  const std::string fresh = (fs::path(folder_) / ("access_log." + name + ".fresh")).string();
  const int file = ::open(fresh.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) fail();
  segment_.path = (fs::path(folder_) / (std::string(name_start) + name + std::string(name_end)));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0 ||
      ::rename(fresh.c_str(), segment_.path.c_str()) != 0) {
    ::unlink(fresh.c_str());
    ::close(file);
    fail();
  }
  segment_.file = file;
  written_ = 0;
}

// All or nothing: what a full disk has cut is taken back.
void AccessJournal::write_all(const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const auto n = ::write(segment_.file, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      const int cause = errno;
      if (::ftruncate(segment_.file, written_) == 0) ::lseek(segment_.file, written_, SEEK_SET);
      errno = cause;
      fail();
    }
    done += static_cast<std::size_t>(n);
  }
  written_ += static_cast<std::int64_t>(text.size());
}

std::size_t AccessJournal::append(std::vector<LogEntry> entries) {
  std::string text;
  for (const auto& entry : entries) append_line(text, entry);
  std::lock_guard lock(mutex_);
  if (segment_.file < 0) open_file();
  write_all(text);
  for (auto& entry : entries) segment_.entries.push_back(std::move(entry));
  return segment_.entries.size();
}

AccessJournal::Segment AccessJournal::take() {
  std::lock_guard lock(mutex_);
  if (segment_.entries.empty()) return {};
  return std::exchange(segment_, {});
}

void AccessJournal::forget(Segment& segment) {
  ::unlink(segment.path.c_str());
  release(segment);
}

void AccessJournal::release(Segment& segment) {
  if (segment.file >= 0) ::close(segment.file);
  segment = {};
}

std::vector<AccessJournal::Segment> AccessJournal::left_behind(const std::string& folder) {
  std::vector<std::pair<fs::file_time_type, Segment>> found;
  std::error_code gone;
  for (const auto& item : fs::directory_iterator(folder, gone)) {
    const auto path = item.path().string();
    if (!is_journal(item.path().filename().string()) || !is_orphan(path)) continue;
    const auto content = read_file(path, file_bytes_max);
    if (content) found.push_back({item.last_write_time(gone), {path, parse_lines(*content)}});
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Segment> out;
  for (auto& [time, segment] : found) out.push_back(std::move(segment));
  return out;
}

}  // namespace fokus::access
