// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <set>

#include "features/merge/merge.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;

std::int64_t id_in(const json::value* value) {
  return value && value->is_int64() && value->get_int64() > 0 ? value->get_int64() : 0;
}

// Those to be merged, without the kept one.
Status parse_ids(const json::object& input, const char* key, MergeOrder& order) {
  const auto* ids = input.if_contains(key);
  if (!ids) return invalid(key, "required");
  if (!ids->is_array()) return invalid(key, "not_a_list");
  if (ids->get_array().size() > limits::records_max) return invalid(key, "too_many");
  std::set<std::int64_t> seen{order.keep.value};
  for (const auto& one : ids->get_array()) {
    const auto id = id_in(&one);
    if (id == 0) return invalid(key, "not_an_id");
    if (seen.insert(id).second) order.merge.push_back(RecordId{id});
  }
  if (order.merge.empty()) return invalid(key, "required");
  return {};
}

// {"17": 3}: the version that each was read at.
Status parse_versions(const json::object& input, MergeOrder& order) {
  const auto* versions = input.if_contains("versions");
  if (!versions || versions->is_null()) return {};
  if (!versions->is_object()) return invalid("versions", "not_an_object");
  for (const auto& [key, version] : versions->get_object()) {
    std::int64_t id = 0;
    const auto [end, ec] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (ec != std::errc{} || end != key.data() + key.size() || !version.is_int64())
      return invalid("versions", "not_a_version");
    order.versions[id] = version.get_int64();
  }
  return {};
}

Status parse_choices(const json::object& input, MergeOrder& order) {
  const auto* choices = input.if_contains("choices");
  if (!choices || choices->is_null()) return {};
  if (!choices->is_object()) return invalid("choices", "not_an_object");
  for (const auto& [field, whose] : choices->get_object()) {
    const auto id = id_in(&whose);
    if (id == 0) return invalid("choices." + std::string(field.substr(0, 60)), "not_an_id");
    order.choices[std::string(field)] = RecordId{id};
  }
  return {};
}

}  // namespace

Error invalid(std::string field, std::string code) {
  return field_error("merge/invalid", std::move(field), std::move(code));
}

Result<MergeOrder> parse_order(const records::RecordType& type, const json::object& input) {
  MergeOrder order;
  order.type = &type;
  order.keep = RecordId{id_in(input.if_contains("keep"))};
  if (!order.keep) return invalid("keep", "required");
  TRY(parse_ids(input, input.contains("merge") ? "merge" : "ids", order));
  TRY(parse_versions(input, order));
  TRY(parse_choices(input, order));
  return order;
}

json::object order_to_json(const MergeOrder& order) {
  json::array merge;
  for (const auto id : order.merge) merge.push_back(id.value);
  json::object versions, choices;
  for (const auto& [id, version] : order.versions) versions[std::to_string(id)] = version;
  for (const auto& [field, id] : order.choices) choices[field] = id.value;
  return {{"type", order.type->name},
          {"keep", order.keep.value},
          {"merge", std::move(merge)},
          {"versions", std::move(versions)},
          {"choices", std::move(choices)}};
}

}  // namespace fokus::merge
