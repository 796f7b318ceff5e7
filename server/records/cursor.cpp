// SPDX-License-Identifier: Apache-2.0
#include "platform/crypto.hpp"
#include "records/list_plan.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

constexpr std::size_t cursor_bytes_max = 8000;

Error bad_cursor() {
  return field_error("records/bad_cursor", "cursor", "not_a_cursor");
}

Result<store::Value> value_of(const json::value& v, const OrderKey& key) {
  if (v.is_null()) return store::Value();
  if (v.is_int64() && !key.textual) return store::Value(v.get_int64());
  if (v.is_string() && key.textual && v.get_string().find('\0') == json::string::npos)
    return store::Value(std::string(v.get_string()));
  return bad_cursor();
}

// Rows that come after `value` in one column, whatever the others say.
std::string beyond(const OrderKey& key, const store::Value& value, SqlText& sql) {
  if (store::is_null(value)) return key.descending ? "1=0" : key.expression + " IS NOT NULL";
  const std::string place = sql.bind(value);
  if (!key.descending) return key.expression + " > " + place;
  const std::string less = key.expression + " < " + place;
  return key.nullable ? "(" + less + " OR " + key.expression + " IS NULL)" : less;
}

std::string same(const OrderKey& key, const store::Value& value, SqlText& sql) {
  if (store::is_null(value)) return key.expression + " IS NULL";
  return key.expression + " = " + sql.bind(value);
}

// What every later row satisfies in the first key: lets the engine seek in the index instead of
// walking to the place. Not sound where empty values still come after the cursor.
void append_seek_bound(const OrderKey& key, const store::Value& value, SqlText& sql) {
  if (store::is_null(value) || (key.descending && key.nullable)) return;
  sql.text += key.expression + (key.descending ? " <= " : " >= ") + sql.bind(value) + " AND ";
}

}  // namespace

std::string render_cursor(const std::vector<store::Value>& values) {
  json::array out;
  for (const auto& value : values) {
    if (const auto* n = std::get_if<std::int64_t>(&value))
      out.emplace_back(*n);
    else if (const auto* s = std::get_if<std::string>(&value))
      out.emplace_back(*s);
    else
      out.emplace_back(nullptr);
  }
  return crypto::to_base64url(json::serialize(out));
}

Result<std::vector<store::Value>> parse_cursor(std::string_view text,
                                               const std::vector<OrderKey>& order) {
  if (text.size() > cursor_bytes_max) return bad_cursor();
  const auto bytes = crypto::from_base64url(text);
  if (!bytes) return bad_cursor();
  boost::system::error_code ec;
  const auto parsed = json::parse(json::string_view(bytes->data(), bytes->size()), ec);
  if (ec || !parsed.is_array() || parsed.get_array().size() != order.size()) return bad_cursor();
  std::vector<store::Value> out;
  for (std::size_t i = 0; i < order.size(); ++i)
    out.push_back(TRY(value_of(parsed.get_array()[i], order[i])));
  return out;
}

// (k1 > v1) or (k1 = v1 and k2 > v2) or …, with the direction of each key.
void append_after(const std::vector<OrderKey>& order, const std::vector<store::Value>& values,
                  SqlText& sql) {
  append_seek_bound(order.front(), values.front(), sql);
  sql.text += "(";
  std::string equal;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0) sql.text += " OR ";
    sql.text += "(" + equal + beyond(order[i], values[i], sql) + ")";
    // The last key's own "same" would bind a value that nothing refers to.
    if (i + 1 < order.size()) equal += same(order[i], values[i], sql) + " AND ";
  }
  sql.text += ")";
}

}  // namespace fokus::records
