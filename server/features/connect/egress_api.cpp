// SPDX-License-Identifier: Apache-2.0
// /api/v1/egress: which calls left the machine.
#include <boost/json.hpp>

#include "access/keyset.hpp"
#include "base/text.hpp"
#include "features/connect/connect.hpp"

namespace fokus::connect {
namespace {

namespace json = boost::json;
using access::Visit;
using net::Reply;

constexpr const char* egress_query = "connector, from: instant, to: instant, limit: limit, cursor";
constexpr const char* egress_answer =
    "{items!: [{id!: integer, at!: instant, connector!: text, method!: text, host!: text, "
    "path!: text, status!: integer?, error!: text?, bytes_out!: integer, bytes_in!: integer, "
    "duration_ms!: integer, user!: {id!: id, name!: text}?, job!: integer?, record_type!: text?, "
    "record!: integer?, persons!: integer}], next!: text?}";

json::value number_or_null(std::int64_t number) {
  return number == 0 ? json::value() : json::value(number);
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::object render(const EgressEntry& entry) {
  const auto& why = entry.occasion;
  json::value user;
  if (why.user) user = json::object{{"id", why.user.value}, {"name", entry.user_name}};
  return {{"id", entry.id},
          {"at", render_instant(entry.at)},
          {"connector", entry.connector},
          {"method", entry.method},
          {"host", entry.host},
          {"path", entry.path},
          {"status", number_or_null(entry.status)},
          {"error", text_or_null(entry.error)},
          {"bytes_out", entry.bytes_out},
          {"bytes_in", entry.bytes_in},
          {"duration_ms", entry.duration_ms},
          {"user", std::move(user)},
          {"job", number_or_null(why.job.value)},
          {"record_type", text_or_null(why.record_type)},
          {"record", number_or_null(why.record)},
          {"persons", why.persons}};
}

Status read_instant(const net::Call& call, const char* name, Instant& out) {
  const auto text = call.query_value(name).value_or("");
  if (text.empty()) return {};
  const auto instant = parse_instant(text);
  if (!instant) return field_error("connect/invalid", name, "not_an_instant");
  out = *instant;
  return {};
}

Result<EgressQuery> read_query(const net::Call& call) {
  const auto page = TRY(access::parse_page(call));
  EgressQuery out;
  out.connector = std::string(call.query_value("connector").value_or(""));
  if (!out.connector.empty() && !is_identifier(out.connector))
    return field_error("connect/invalid", "connector", "not_an_identifier");
  TRY(read_instant(call, "from", out.from));
  TRY(read_instant(call, "to", out.to));
  if (page.after != 0) out.before = page.after;
  out.limit = page.rows_to_read();
  return out;
}

}  // namespace

std::vector<access::Route> egress_routes(const EgressLog& log) {
  const auto list = [&log](Visit& visit) -> Result<Reply> {
    const auto query = TRY(read_query(visit.call));
    json::array items;
    const auto entries = log.list(query);
    for (const auto& entry : entries) items.push_back(render(entry));
    auto page = TRY(access::page_of(visit.call, std::move(items)));
    log.parts().trace(visit.scope, {"read_egress_log", "", {}, query.connector});
    return Reply::json(json::serialize(page));
  };
  return {{net::Method::get,
           "/api/v1/egress",
           access::Right::function(access::functions::read_access_log),
           list,
           {"Calls to other machines, newest first; reading it is logged, too",
            {.query = egress_query, .answer = egress_answer}}}};
}

}  // namespace fokus::connect
