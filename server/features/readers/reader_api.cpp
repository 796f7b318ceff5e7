// SPDX-License-Identifier: Apache-2.0
// /api/v1/<type>/{id}/readers
#include <charconv>

#include "access/permissions.hpp"
#include "features/readers/readers.hpp"
#include "records/rights.hpp"

namespace fokus::readers {
namespace {

namespace json = boost::json;
using access::Visit;
using net::Reply;

Result<std::int64_t> number_of(const Visit& visit, std::string_view name, std::int64_t fallback,
                               std::int64_t most) {
  const auto text = visit.call.query_value(name);
  if (!text) return fallback;
  std::int64_t out = 0;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), out);
  if (failed != std::errc{} || end != text->data() + text->size() || out < 1 || out > most)
    return field_error("readers/invalid", std::string(name), "out_of_range");
  return out;
}

json::object render(const Reader& reader) {
  json::array actions, roles(reader.roles.begin(), reader.roles.end()),
      masked(reader.masked.begin(), reader.masked.end());
  for (const auto action : reader.actions) actions.emplace_back(access::action_name(action));
  return {{"user", {{"id", reader.user.value}, {"name", reader.name}}},
          {"circle", access::circle_name(reader.circle)},
          {"roles", std::move(roles)},
          {"actions", std::move(actions)},
          {"masked", std::move(masked)}};
}

Result<Reply> list(const records::ApiParts& parts, Visit& visit) {
  const auto dictionary = parts.dictionary.current();
  const records::RecordType& type = *TRY(records::type_of(*dictionary, visit));
  // Users are records too: who may not read them is not told of them here.
  TRY(records::check_type_right(visit.scope, *dictionary->find("user"), access::Action::read));
  const RecordId id = TRY(records::id_of(visit));
  const auto after = TRY(number_of(visit, "after", 0, std::numeric_limits<std::int64_t>::max()));
  const auto limit = TRY(number_of(visit, "limit", limits::page_default, limits::page_max));
  const Page page = TRY(parts.database.read([&](store::Session& session) {
    return list_readers(session, parts, visit.scope, type, id, after, static_cast<int>(limit));
  }));
  json::array items;
  for (const auto& reader : page.readers) items.push_back(render(reader));
  return Reply::json(json::serialize(
      json::object{{"items", std::move(items)},
                   {"next", page.next ? json::value(page.next) : json::value(nullptr)}}));
}

}  // namespace

std::vector<access::Route> reader_routes(const records::ApiParts& parts) {
  return {{net::Method::get,
           "/api/v1/{type}/{id}/readers",
           access::Right::signed_in(),
           [parts](Visit& visit) { return list(parts, visit); },
           {"Who may see a record, and why",
            {.query = "after, limit",
             .answer = "{items!: [{user!: object, circle!: "
                       "mine|primary_group|other_groups|all, roles!: [text], actions!: [text], "
                       "masked!: [text]}], next!: integer?}"}},
           net::Lane::slow}};
}

}  // namespace fokus::readers
