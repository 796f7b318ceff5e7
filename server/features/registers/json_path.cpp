// SPDX-License-Identifier: Apache-2.0
#include "features/registers/json_path.hpp"

#include <charconv>

#include "base/text.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

const json::value* element_of(const json::array& array, std::string_view step) {
  int index = 0;
  const auto end = std::from_chars(step.data(), step.data() + step.size(), index);
  if (end.ec != std::errc() || end.ptr != step.data() + step.size()) return nullptr;
  const auto size = static_cast<std::int64_t>(array.size());
  const std::int64_t at = index < 0 ? size + index : index;
  return at >= 0 && at < size ? &array[static_cast<std::size_t>(at)] : nullptr;
}

bool has_texts(const json::object& object, std::string_view conditions) {
  for (const auto condition : split(conditions, '&')) {
    const auto mark = condition.find('=');
    if (mark == condition.npos) return false;
    const auto* value = object.if_contains(condition.substr(0, mark));
    std::string text;
    if (value) append_text(*value, text);
    if (text != condition.substr(mark + 1)) return false;
  }
  return true;
}

const json::value* first_with(const json::array& array, std::string_view conditions) {
  for (const auto& one : array)
    if (one.is_object() && has_texts(one.get_object(), conditions)) return &one;
  return nullptr;
}

const json::value* take_step(const json::value& from, std::string_view step) {
  if (from.is_object()) return from.get_object().if_contains(step);
  if (!from.is_array()) return nullptr;
  return step.starts_with('?') ? first_with(from.get_array(), step.substr(1))
                               : element_of(from.get_array(), step);
}

}  // namespace

const json::value* find_at(const json::value& root, std::string_view path) {
  const json::value* value = &root;
  while (value && !path.empty()) {
    const auto dot = path.find('.');
    value = take_step(*value, path.substr(0, dot));
    path.remove_prefix(dot == path.npos ? path.size() : dot + 1);
  }
  return value;
}

void append_text(const json::value& value, std::string& out) {
  if (value.is_string()) {
    out += std::string_view(value.get_string());
  } else if (value.is_array()) {
    for (const auto& one : value.get_array()) {
      if (one.is_array() || one.is_object() || one.is_null()) continue;
      if (!out.empty()) out += ", ";
      append_text(one, out);
    }
  } else if (value.is_bool() || value.is_number()) {
    out += json::serialize(value);
  }
}

std::string text_at(const json::value& root, std::string_view path) {
  std::string out;
  if (const auto* found = find_at(root, path)) append_text(*found, out);
  return out;
}

}  // namespace fokus::registers
