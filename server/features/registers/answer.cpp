// SPDX-License-Identifier: Apache-2.0
#include "features/registers/answer.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "base/text.hpp"
#include "features/registers/json_path.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

constexpr std::size_t cursor_bytes_max = 100;

Error failed(std::string reason) {
  Error out = make_error(ErrorKind::unavailable, "registers/online_failed");
  out.params["reason"] = std::move(reason);
  return out;
}

// "01120389" in the shape "#######-#" is "0112038-9"; what does not fit stays as it is.
std::string shaped(std::string_view shape, std::string_view number) {
  const auto places = static_cast<std::size_t>(std::count(shape.begin(), shape.end(), '#'));
  if (places != number.size()) return std::string(number);
  std::string out;
  std::size_t at = 0;
  for (const char c : shape) out += c == '#' ? number[at++] : c;
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
  return out;
}

// The text with each {name} replaced; an unknown name stays.
template <class Encode>
std::string filled(const Online& online, std::string_view text, const Question& question,
                   const Encode& encode) {
  const std::string& number = question.number;
  const std::pair<std::string_view, std::string> values[] = {
      {"{number}", shaped(online.number_shape, number)},
      {"{country}", number.substr(0, 2)},
      {"{rest}", number.size() > 2 ? number.substr(2) : std::string()},
      {"{q}", question.q},
      {"{limit}", question.limit},
      {"{cursor}", question.cursor},
      {"{since}", question.since}};
  std::string out;
  while (!text.empty()) {
    const auto found = std::find_if(std::begin(values), std::end(values),
                                    [&](const auto& one) { return text.starts_with(one.first); });
    if (found == std::end(values)) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    out += encode(found->second);
    text.remove_prefix(found->first.size());
  }
  return out;
}

void fill_texts(json::value& value, const Online& online, const Question& question) {
  if (value.is_object()) {
    for (auto& part : value.get_object()) fill_texts(part.value(), online, question);
  } else if (value.is_array()) {
    for (auto& part : value.get_array()) fill_texts(part, online, question);
  } else if (value.is_string()) {
    const std::string text(value.get_string());
    value = filled(online, text, question, [](const std::string& one) { return one; });
  }
}

// What would make a name look like another one, or break a line, becomes a space.
std::string harmless(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  if (!has_direction_control(text)) return std::string(trim(text));
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    // U+202A … U+202E and U+2066 … U+2069 are three bytes each.
    if (text[i] == '\xE2' && has_direction_control(std::string_view(text).substr(i, 3))) {
      i += 3;
      continue;
    }
    out += text[i++];
  }
  return std::string(trim(out));
}

Result<json::value> parse_answer(std::string_view body) {
  boost::system::error_code ec;
  json::parse_options options;
  options.max_depth = limits::answer_depth_max;
  auto root = json::parse(json::string_view(body.data(), body.size()), ec, {}, options);
  if (ec) return failed("not_json");
  return root;
}

// The items of an answer: an array's, or the one object; nothing of another shape.
Result<std::vector<const json::value*>> items_of(const json::value& root, std::string_view path) {
  std::vector<const json::value*> out;
  const auto* found = find_at(root, path);
  if (!found || found->is_null()) return out;
  if (found->is_object()) {
    out.push_back(found);
    return out;
  }
  if (!found->is_array()) return failed("no_items");
  for (const auto& one : found->get_array()) {
    if (out.size() == limits::answer_items_max) break;
    if (one.is_object()) out.push_back(&one);
  }
  return out;
}

std::optional<Entry> entry_of(const Online& online, const json::value& item) {
  const auto& mapping = online.mapping;
  std::vector<std::string> texts;
  texts.reserve(mapping.columns.size());
  for (const auto& column : mapping.columns) {
    auto text = text_at(item, column);
    // A value of a megabyte is no value; what is left is enough for every rule.
    if (text.size() > 8 * limits::value_bytes_max)
      text.resize(cut_utf8(text, 8 * limits::value_bytes_max).size());
    texts.push_back(std::move(text));
  }
  const std::vector<std::string_view> cells(texts.begin(), texts.end());
  auto mapped = map_row(mapping, cells);
  const bool is_nameless =
      mapped.problem == "no_name" && online.may_lack_name && !mapped.entry[Field::number].empty();
  if (!mapped.problem.empty() && !is_nameless) return std::nullopt;
  for (auto& value : mapped.entry.values) value = harmless(std::move(value));
  if (!is_nameless && mapped.entry[Field::name].empty()) return std::nullopt;
  return std::move(mapped.entry);
}

}  // namespace

std::string fill_path(const Online& online, std::string_view path, const Question& question) {
  return filled(online, path, question, percent_encoded);
}

std::string fill_body(const Online& online, std::string_view body, const Question& question) {
  if (body.empty()) return {};
  auto value = json::parse(json::string_view(body.data(), body.size()));
  fill_texts(value, online, question);
  return json::serialize(value);
}

Result<std::string> decode_answer(std::string body, std::string_view media_type) {
  if (body.starts_with("\xEF\xBB\xBF")) body.erase(0, 3);
  const auto lower = lower_ascii(media_type);
  const bool is_latin = lower.find("iso-8859-1") != lower.npos ||
                        lower.find("latin1") != lower.npos ||
                        lower.find("windows-1252") != lower.npos;
  if (!is_latin) {
    if (!is_clean_utf8(body)) return failed("not_text");
    return body;
  }
  std::string out;
  out.reserve(body.size() + body.size() / 8);
  for (const char c : body) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) return failed("not_text");
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | (byte >> 6));
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return out;
}

Result<std::vector<Entry>> read_answer(const Online& online, const Ask& ask, std::string_view body,
                                       std::size_t limit) {
  const auto root = TRY(parse_answer(body));
  if (!root.is_object() && !root.is_array()) return failed("no_items");
  const auto items = TRY(items_of(root, ask.items));
  std::vector<Entry> out;
  for (const auto* item : items) {
    if (out.size() == limit) break;
    if (auto entry = entry_of(online, *item)) out.push_back(std::move(*entry));
  }
  return out;
}

Result<Entry> read_entry(const Online& online, const Ask& ask, std::string_view body,
                         std::string_view number) {
  const auto root = TRY(parse_answer(body));
  const auto* place = find_at(root, ask.items);
  if (!place || !(place->is_object() || place->is_array())) return failed("no_items");
  const auto items = TRY(items_of(root, ask.items));
  const bool is_absent = items.empty() || (!ask.absent_path.empty() &&
                                           text_at(root, ask.absent_path) == ask.absent_text);
  if (is_absent) return make_error(ErrorKind::not_found, "registers/not_found");
  auto entry = entry_of(online, *items.front());
  if (!entry) return failed("no_entry");
  if ((*entry)[Field::number] != number) return failed("another_number");
  return std::move(*entry);
}

Result<FeedPage> read_feed_page(const FeedAsk& feed, const Ask& ask, std::string_view body) {
  const auto root = TRY(parse_answer(body));
  if (!root.is_object() && !root.is_array()) return failed("no_items");
  const auto items = TRY(items_of(root, ask.items));
  FeedPage out;
  out.items = items.size();
  std::set<std::string> seen;
  for (const auto* item : items) {
    auto number = plain_number(text_at(*item, feed.number));
    const auto cursor = text_at(*item, feed.cursor);
    if (!cursor.empty() && cursor.size() <= cursor_bytes_max) out.cursor = harmless(cursor);
    if (number.empty() || number.size() > limits::number_bytes_max) continue;
    if (seen.insert(number).second) out.numbers.push_back(std::move(number));
  }
  return out;
}

}  // namespace fokus::registers
