// SPDX-License-Identifier: Apache-2.0
// Members of JSON that somebody else wrote: what is missing or of another kind is empty. Not for
// other rooms.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace fokus::reports {

inline std::string text_in(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

inline bool flag_in(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_bool() && value->get_bool();
}

inline std::optional<double> real_of(const boost::json::value& value) {
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  if (value.is_double()) return value.get_double();
  return std::nullopt;
}

inline std::optional<double> number_in(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? real_of(*value) : std::nullopt;
}

// Null when there is none.
inline const boost::json::array* list_in(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? value->if_array() : nullptr;
}
inline const boost::json::object* object_in(const boost::json::object& object,
                                            std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? value->if_object() : nullptr;
}

}  // namespace fokus::reports
