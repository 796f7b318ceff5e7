// SPDX-License-Identifier: Apache-2.0
#include "access/keyset.hpp"
#include "features/register_updates/event_list.hpp"
#include "features/register_updates/request_values.hpp"
#include "records/rights.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

json::object render(const store::Rows& rows) {
  const auto* provider = registers::find_provider(rows.text(6));
  json::object out{{"id", rows.integer(0)},
                   {"company", json::object{{"id", rows.integer(1)}, {"name", rows.text(2)}}},
                   {"owner", nullptr},
                   {"kind", rows.text(5)},
                   {"provider", rows.text(6)},
                   {"title", provider ? std::string_view(provider->title) : rows.text(6)},
                   {"before", rows.text(7)},
                   {"after", rows.text(8)},
                   {"happened_on", rows.text(9)},
                   {"found_at", render_instant(Instant{rows.integer(10)})},
                   {"task", nullptr}};
  if (!rows.is_null(3))
    out["owner"] = json::object{{"id", rows.integer(3)}, {"name", rows.text(4)}};
  if (!rows.is_null(11)) out["task"] = rows.integer(11);
  return out;
}

class EventApi {
 public:
  explicit EventApi(const RegisterUpdates& updates) : updates_(updates) {}

  Result<Reply> list(Visit& visit) const {
    const auto page = TRY(access::parse_page(visit.call));
    EventFilter filter;
    filter.kind = std::string(visit.call.query_value("kind").value_or(""));
    if (!filter.kind.empty() && !is_event_kind(filter.kind))
      return field_error("register_updates/invalid", "kind", "unknown_kind");
    filter.owner = TRY(owner_asked(visit));
    filter.company = TRY(number_asked(visit, "company"));
    auto items = updates_.parts().database.read([&](store::Session& session) {
      return list_events(updates_, session, visit.scope, filter, before_of(page),
                         page.rows_to_read());
    });
    return Reply::json(json::serialize(TRY(access::page_of(visit.call, std::move(items)))));
  }

 private:
  const RegisterUpdates& updates_;
};

}  // namespace

json::array list_events(const RegisterUpdates& updates, store::Session& session, const Scope& scope,
                        const EventFilter& filter, std::int64_t before, int limit) {
  const auto& parts = updates.parts();
  const auto dictionary = parts.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  CHECK(type);
  records::SqlText sql;
  sql.text =
      "SELECT e.id, t.id, t.name, u.id, u.name, e.kind, e.provider, e.before_text, e.after_text, "
      "e.happened_on, e.found_at, e.task FROM register_events e JOIN companies t "
      "ON t.id = e.company LEFT JOIN users u ON u.id = t.owner WHERE t.archived_at IS NULL "
      "AND e.id < ";
  sql.text += sql.bind(before);
  const std::pair<const char*, std::int64_t> numbers[] = {{"e.company", filter.company},
                                                          {"t.owner", filter.owner}};
  for (const auto& [column, number] : numbers) {
    if (number == 0) continue;
    sql.text += " AND " + std::string(column) + " = ";
    sql.text += sql.bind(number);
  }
  if (!filter.kind.empty()) {
    sql.text += " AND e.kind = ";
    sql.text += sql.bind(filter.kind);
  }
  const auto* address = type->find("address");
  if (!address || records::is_masked(scope, *address)) sql.text += " AND e.kind <> 'new_address'";
  const records::CriteriaContext context{*dictionary, scope, parts.clock.now(), session.engine()};
  const std::size_t length = sql.text.size();
  sql.text += " AND ";
  if (!records::append_rights(context, *type, access::Action::read, "t", sql))
    sql.text.resize(length);
  sql.text += " ORDER BY e.id DESC LIMIT " + std::to_string(limit);
  const auto params = sql.params();
  json::array out;
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
    out.push_back(render(*rows));
  return out;
}

std::vector<access::Route> register_event_routes(const RegisterUpdates& updates) {
  const auto api = std::make_shared<EventApi>(updates);
  return {{Method::get,
           "/api/v1/register_updates/events",
           Right::signed_in(),
           [api](Visit& visit) { return api->list(visit); },
           {"What registers said had happened to companies",
            {.query = "kind, company, owner, limit: limit, cursor",
             .answer = "{items!: [{id!: id, company!: object, owner: object?, kind!: text, "
                       "provider!: text, title: text, before: text, after: text, "
                       "happened_on: text, found_at!: instant, task: id?}], next!: text?}"}}}};
}

}  // namespace fokus::register_updates
