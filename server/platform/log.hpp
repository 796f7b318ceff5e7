// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>

#include "platform/clock.hpp"

namespace fokus {

enum class LogLevel { debug, note, warning, error };

// One name and value of a log line. Values are counts, codes, route patterns, call ids: never
// names, addresses, query strings, bodies or anything else that a person could be found by.
struct LogField {
  std::string_view name;
  std::variant<std::int64_t, double, bool, std::string_view> value;

  LogField(std::string_view name, std::string_view text) : name(name), value(text) {}
  LogField(std::string_view name, const std::string& text)
      : name(name), value(std::string_view(text)) {}
  LogField(std::string_view name, const char* text) : name(name), value(std::string_view(text)) {}
  LogField(std::string_view name, std::int64_t n) : name(name), value(n) {}
  LogField(std::string_view name, int n) : name(name), value(static_cast<std::int64_t>(n)) {}
  LogField(std::string_view name, bool b) : name(name), value(b) {}
  LogField(std::string_view name, double d) : name(name), value(d) {}
};

struct LogOptions {
  std::string file;  // empty: stderr
  LogLevel level = LogLevel::note;
  std::size_t file_bytes_max = 50 * 1024 * 1024;  // then the file is rotated
  std::size_t files_max = 5;
};

// The running log: one JSON object per line, {"at":…,"level":…,"event":…, fields…}. `event` is a
// stable word ("store/opened"), as codes of errors are. Thread-safe; never throws.
class Log {
 public:
  Log(const LogOptions& options, const Clock& clock);
  Log(std::ostream& out, LogLevel level, const Clock& clock);  // for tests
  ~Log();

  void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
  void debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::debug, event, fields);
  }
  void note(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::note, event, fields);
  }
  void warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::warning, event, fields);
  }
  void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::error, event, fields);
  }
  void flush();

 private:
  struct Sink;
  std::unique_ptr<Sink> sink_;
  LogLevel level_;
  const Clock& clock_;
};

}  // namespace fokus
