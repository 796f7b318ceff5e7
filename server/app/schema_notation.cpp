// SPDX-License-Identifier: Apache-2.0
#include "app/schema_notation.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "base/text.hpp"

namespace fokus::app {
namespace {

struct Word {
  std::string_view name, type, format;
};
constexpr std::array<Word, 9> words = {{{"text", "string", ""},
                                        {"integer", "integer", ""},
                                        {"id", "integer", "int64"},
                                        {"number", "number", ""},
                                        {"boolean", "boolean", ""},
                                        {"date", "string", "date"},
                                        {"instant", "string", "date-time"},
                                        {"object", "object", ""},
                                        {"any", "", ""}}};

// Writes while it reads; what may be null is known only behind it, so each schema is made apart.
class Reader {
 public:
  Reader(std::string_view text, const SchemaName& name_of) : text_(text), name_of_(name_of) {}

  std::string whole() {
    std::string out = schema();
    skip_blanks();
    if (at_ != text_.size()) refuse();
    return out;
  }

 private:
  std::string schema() {
    skip_blanks();
    std::string out = peek() == '{' ? object() : peek() == '[' ? list() : word();
    if (!take('?')) return out;
    return R"({"anyOf":[)" + out + R"(,{"type":"null"}]})";
  }

  std::string object() {
    std::string out;
    std::vector<std::string> required;
    JsonWriter json(out);
    json.begin_object().field("type", "object").key("properties").begin_object();
    take('{');
    while (!take('}')) {
      if (text_.substr(at_).starts_with("...")) {  // further members
        at_ += 3;
        skip_blanks();
        continue;
      }
      const std::string name(identifier());
      if (take('!')) required.push_back(name);
      if (!take(':')) refuse();
      json.key(name).raw(schema());
      skip_blanks();
      if (!take(',') && peek() != '}') refuse();
      skip_blanks();
    }
    json.end_object();
    if (!required.empty()) {
      json.key("required").begin_array();
      for (const auto& name : required) json.value(name);
      json.end_array();
    }
    json.end_object();
    return out;
  }

  std::string list() {
    take('[');
    std::string out = R"({"type":"array","items":)" + schema() + "}";
    skip_blanks();
    if (!take(']')) refuse();
    return out;
  }

  std::string word() {
    std::string out;
    JsonWriter json(out);
    if (take('$')) {
      json.begin_object().field("$ref", "#/components/schemas/" + name_of_(identifier()));
      json.end_object();
      return out;
    }
    const auto from = at_;
    while (is_part(peek()) || peek() == '|') ++at_;
    if (!write_word_schema(json, text_.substr(from, at_ - from))) refuse();
    return out;
  }

  std::string_view identifier() {
    skip_blanks();
    const auto from = at_;
    while (is_part(peek())) ++at_;
    if (at_ == from) refuse();
    return text_.substr(from, at_ - from);
  }

  static bool is_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (peek() == ' ') ++at_;
  }
  [[noreturn]] void refuse() const {
    throw std::runtime_error("schema notation at " + std::to_string(at_) + ": " +
                             std::string(text_));
  }

  std::string_view text_;
  const SchemaName& name_of_;
  std::size_t at_ = 0;
};

}  // namespace

void write_schema(JsonWriter& json, std::string_view notation, const SchemaName& name_of) {
  json.raw(Reader(notation, name_of).whole());
}

bool write_word_schema(JsonWriter& json, std::string_view word) {
  if (word.find('|') != word.npos) {
    json.begin_object().field("type", "string").key("enum").begin_array();
    for (const auto one : split(word, '|')) json.value(trim(one));
    json.end_array().end_object();
    return true;
  }
  const auto at =
      std::find_if(words.begin(), words.end(), [&](const Word& one) { return one.name == word; });
  if (at == words.end()) return false;
  json.begin_object();
  if (!at->type.empty()) json.field("type", at->type);
  if (!at->format.empty()) json.field("format", at->format);
  json.end_object();
  return true;
}

}  // namespace fokus::app
