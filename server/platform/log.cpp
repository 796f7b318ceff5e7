// SPDX-License-Identifier: Apache-2.0
#include "platform/log.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace fokus {
namespace {

constexpr std::size_t log_text_max = 2000;  // bytes of one value

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::note:
      return "note";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "error";
}

std::shared_ptr<spdlog::sinks::sink> make_sink(const LogOptions& options) {
  if (options.file.empty()) return std::make_shared<spdlog::sinks::stderr_sink_mt>();
  return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
      options.file, options.file_bytes_max, options.files_max);
}

// Foreign bytes must not break the line that reports them.
void write_text(JsonWriter& json, std::string_view text) {
  text = cut_utf8(text, log_text_max);
  if (is_clean_utf8(text)) {
    json.value(text);
    return;
  }
  std::string safe(text);
  for (char& c : safe)
    if (c == 0 || static_cast<unsigned char>(c) >= 0x80) c = '?';
  json.value(safe);
}

}  // namespace

struct Log::Sink {
  spdlog::logger logger;
  explicit Sink(std::shared_ptr<spdlog::sinks::sink> sink) : logger("fokus", std::move(sink)) {
    // The line is made here: spdlog's own JSON patterns do not escape.
    logger.set_pattern("%v", spdlog::pattern_time_type::utc);
    logger.set_level(spdlog::level::trace);
    // At once: who looks for the call on an error page looks now.
    logger.flush_on(spdlog::level::trace);
    logger.set_error_handler([](const std::string&) {});
  }
};

Log::Log(const LogOptions& options, const Clock& clock)
    : sink_(std::make_unique<Sink>(make_sink(options))), level_(options.level), clock_(clock) {}

Log::Log(std::ostream& out, LogLevel level, const Clock& clock)
    : sink_(std::make_unique<Sink>(std::make_shared<spdlog::sinks::ostream_sink_mt>(out))),
      level_(level),
      clock_(clock) {}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < level_) return;
  try {
    std::string line;
    JsonWriter json(line);
    json.begin_object().field("at", render_instant(clock_.now()));
    json.field("level", level_name(level)).field("event", event);
    for (const auto& field : fields) {
      json.key(field.name);
      std::visit(
          [&](const auto& v) {
            if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::string_view>)
              write_text(json, v);
            else
              json.value(v);
          },
          field.value);
    }
    json.end_object();
    sink_->logger.log(level >= LogLevel::warning ? spdlog::level::warn : spdlog::level::info,
                      spdlog::string_view_t(line.data(), line.size()));
  } catch (...) {
    // A log that cannot be written must not stop the work that it reports.
  }
}

void Log::flush() {
  sink_->logger.flush();
}

}  // namespace fokus
