// SPDX-License-Identifier: Apache-2.0
#include "store/statements.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "base/check.hpp"
#include "base/text.hpp"

namespace fokus::store {
namespace {

constexpr std::string_view header_mark = "-- name:";

struct Header {
  std::string name;
  std::string variant;  // "sqlite", "postgres" or empty
};

// The folder above sql/; empty when the file holds no named statements.
std::string room_of(std::string_view path) {
  const std::vector<std::string_view> parts = split(path, '/');
  if (parts.size() < 3 || parts[parts.size() - 2] != "sql") return {};
  return std::string(parts[parts.size() - 3]);
}

class Reader {
 public:
  Reader(const EmbeddedFile& file, std::string room) : file_(file), room_(std::move(room)) {}

  // Calls add(header, text) for each statement of the file.
  template <class Add>
  void read(Add add) {
    for (const std::string_view line : split(file_.content, '\n')) {
      ++line_;
      if (trim(line).starts_with(header_mark)) {
        finish(add);
        header_ = parse_header(trim(line).substr(header_mark.size()));
      } else if (header_) {
        text_ += std::string(line) + "\n";
      } else if (!trim(line).empty() && !trim(line).starts_with("--")) {
        fail("a statement without a name");
      }
    }
    finish(add);
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw std::invalid_argument(fmt::format("{}:{}: {}", file_.path, line_, what));
  }

 private:
  template <class Add>
  void finish(Add add) {
    if (!header_) return;
    std::string_view text = trim(text_);
    while (text.ends_with(';')) text = trim(text.substr(0, text.size() - 1));
    if (text.empty()) fail("the statement before this line is empty");
    add(*header_, text);
    header_.reset();
    text_.clear();
  }

  Header parse_header(std::string_view rest) const {
    rest = trim(rest);
    Header header;
    if (rest.ends_with(']')) {
      const std::size_t open = rest.find('[');
      if (open == std::string_view::npos) fail("a ']' without '['");
      header.variant = trim(rest.substr(open + 1, rest.size() - open - 2));
      if (header.variant != "sqlite" && header.variant != "postgres") fail("an unknown engine");
      rest = trim(rest.substr(0, open));
    }
    if (!is_identifier(rest)) fail("a name is letters, digits and '_'");
    header.name = room_ + "." + std::string(rest);
    return header;
  }

  const EmbeddedFile& file_;
  std::string room_;
  int line_ = 0;
  std::optional<Header> header_;
  std::string text_;
};

}  // namespace

Statements::Statements(std::span<const EmbeddedFile> files, Engine engine) {
  const std::string_view own = engine == Engine::sqlite ? "sqlite" : "postgres";
  std::map<std::string, bool> seen;      // "name [variant]"
  std::map<std::string, bool> replaced;  // names whose text is this engine's own
  for (const EmbeddedFile& file : files) {
    const std::string room = room_of(file.path);
    if (room.empty()) continue;
    Reader reader(file, room);
    reader.read([&](const Header& header, std::string_view text) {
      if (!seen.emplace(header.name + " " + header.variant, true).second) {
        reader.fail(header.name + " stands twice");
      }
      if (header.variant == own) {
        texts_[header.name] = text;
        replaced[header.name] = true;
      } else if (header.variant.empty() && !replaced.contains(header.name)) {
        texts_[header.name] = text;
      }
    });
  }
}

std::string_view Statements::operator[](std::string_view name) const {
  const auto found = texts_.find(name);
  if (found == texts_.end()) {
    fail_check(fmt::format("a statement is named {}", name));
  }
  return found->second;
}

std::vector<std::string> Statements::check(Database& database) const {
  std::vector<std::string> findings;
  for (const auto& [name, text] : texts_) {
    try {
      database.read([&text = text](Session& session) { session.prepare(text); });
    } catch (const Failure& failure) {
      if (failure.kind != FailureKind::statement) throw;
      findings.push_back(name + ": " + failure.what());
    }
  }
  return findings;
}

std::vector<std::string> Statements::names() const {
  std::vector<std::string> names;
  for (const auto& [name, text] : texts_) names.push_back(name);
  return names;
}

}  // namespace fokus::store
