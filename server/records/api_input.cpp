// SPDX-License-Identifier: Apache-2.0
// What the API files of this room read out of a call.
#include <charconv>
#include <limits>

#include "base/text.hpp"
#include "records/api.hpp"
#include "records/search.hpp"

namespace fokus::records {
namespace {

constexpr int body_depth_max = 32;

Result<std::int64_t> parse_skip(std::string_view text) {
  std::int64_t skip = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), skip);
  if (ec != std::errc{} || end != text.data() + text.size() || skip < 0 || skip > limits::skip_max)
    return field_error("records/bad_skip", "skip", "out_of_range",
                       {{"max", std::to_string(limits::skip_max)}});
  return skip;
}

Result<int> parse_limit(std::string_view text) {
  int limit = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (ec != std::errc{} || end != text.data() + text.size() || limit < 1 ||
      limit > limits::page_max)
    return field_error("records/bad_limit", "limit", "out_of_range",
                       {{"max", std::to_string(limits::page_max)}});
  return limit;
}

}  // namespace

Result<const RecordType*> type_of(const Dictionary& dictionary, const access::Visit& visit) {
  const RecordType* type = dictionary.find_plural(visit.call.param("type"));
  const bool readable = type && (visit.scope.actor.kind == access::ActorKind::system ||
                                 visit.scope.permissions().may(type->name, access::Action::read));
  if (!readable) return make_error(ErrorKind::not_found, "records/no_such_type");
  return type;
}

Result<RecordId> id_of(const access::Visit& visit, std::string_view param) {
  const auto text = visit.call.param(param);
  std::int64_t id = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (ec != std::errc{} || end != text.data() + text.size() || id <= 0)
    return make_error(ErrorKind::not_found, "records/not_found");
  return RecordId{id};
}

Result<boost::json::object> body_object(const net::Call& call) {
  boost::json::parse_options options;
  options.max_depth = body_depth_max;
  boost::system::error_code ec;
  auto value = boost::json::parse(boost::json::string_view(call.body.data(), call.body.size()), ec,
                                  {}, options);
  if (ec) return make_error(ErrorKind::malformed, "records/not_json");
  if (!value.is_object()) return make_error(ErrorKind::malformed, "records/not_an_object");
  return std::move(value.get_object());
}

Result<std::string> parse_count_mode(std::string_view text) {
  if (text.empty() || text == "none") return std::string("none");
  if (text == "capped" || text == "exact") return std::string(text);
  return field_error("records/bad_count", "count", "unknown");
}

Status check_field_count(const std::vector<std::string>& fields) {
  if (fields.size() <= limits::fields_max) return {};
  return field_error("records/too_many_fields", "fields", "too_many",
                     {{"max", std::to_string(limits::fields_max)}});
}

Result<ListCall> parse_list_call(const net::Call& call) {
  ListCall out;
  out.query.limit = limits::page_default;
  if (const auto filter = call.query_value("filter"); filter && !trim(*filter).empty()) {
    out.criteria = TRY(parse_filter(*filter));
    out.query.criteria = out.criteria.get();
  }
  if (const auto sort = call.query_value("sort")) out.query.sort = TRY(parse_sort(*sort));
  if (const auto fields = call.query_value("fields"))
    for (const auto field : split(*fields, ','))
      if (!trim(field).empty()) out.query.fields.emplace_back(trim(field));
  TRY(check_field_count(out.query.fields));
  if (const auto limit = call.query_value("limit")) out.query.limit = TRY(parse_limit(*limit));
  if (const auto skip = call.query_value("skip")) out.query.skip = TRY(parse_skip(*skip));
  out.query.cursor = std::string(call.query_value("cursor").value_or(""));
  out.query.q = TRY(checked_words(std::string(call.query_value("q").value_or(""))));
  out.query.bin = call.query_value("bin") == "true";
  out.count = TRY(parse_count_mode(call.query_value("count").value_or("")));
  return out;
}

Result<std::int64_t> parse_before(std::string_view cursor) {
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  if (cursor.empty()) return before;
  const auto [end, ec] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), before);
  if (ec != std::errc{} || end != cursor.data() + cursor.size() || before < 1)
    return field_error("records/bad_cursor", "cursor", "not_a_cursor");
  return before;
}

void trace_read(const ApiParts& parts, const Scope& scope, std::string_view action,
                const RecordType& type, std::span<const std::int64_t> ids, std::string_view shape,
                const Seen& seen) {
  if (seen.empty()) {  // most answers
    if (type.about_person && !ids.empty()) parts.trace(scope, {action, type.name, ids, shape});
    return;
  }
  Seen all = seen;
  if (type.about_person)
    for (const auto id : ids) all.add(type.name, id);
  for (const auto& [name, persons] : all.types())
    parts.trace(scope, {action, name, persons, shape});
}

}  // namespace fokus::records
