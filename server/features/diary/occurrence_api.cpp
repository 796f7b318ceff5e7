// SPDX-License-Identifier: Apache-2.0
// /api/v1/activities/{id}/occurrences/{instant}
#include <array>

#include "features/diary/occurrences.hpp"
#include "records/if_match.hpp"

namespace fokus::diary {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::array reaches = std::to_array<std::pair<std::string_view, Reach>>(
    {{"this", Reach::one}, {"following", Reach::following}, {"all", Reach::all}});

Result<Reach> reach_of(std::string_view text) {
  for (const auto& [name, reach] : reaches)
    if (name == text) return reach;
  return field_error("diary/invalid", "scope", text.empty() ? "required" : "unknown");
}

Result<OccurrenceOrder> order_of(const Visit& visit, std::string_view scope) {
  const auto at = parse_instant(visit.call.param("instant"));
  if (!at) return make_error(ErrorKind::not_found, "diary/no_such_occurrence");
  return OccurrenceOrder{TRY(records::id_of(visit)), *at, TRY(reach_of(scope)), {}};
}

class OccurrenceApi {
 public:
  explicit OccurrenceApi(const Diary& diary) : diary_(diary), parts_(diary.parts()) {}

  Result<Reply> change(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto* scope = input.if_contains("scope");
    auto order =
        TRY(order_of(visit, scope && scope->is_string() ? std::string_view(scope->get_string())
                                                        : std::string_view()));
    const auto* given = input.if_contains("values");
    if (given && !given->is_object())
      return field_error("diary/invalid", "values", "not_an_object");
    const json::object values = given ? given->get_object() : json::object();
    const auto done = records::save_if_match(
        parts_.database, visit.call, [&](store::Transaction& tx, auto version) {
          order.version = version;
          return change_occurrence(diary_, tx, visit.scope, order, values);
        });
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *dictionary->find("activity");
    if (!done) return records::saved_reply(parts_, visit, type, order.series, done.error());
    Reply out = TRY(records::record_reply(parts_, visit, type, done->record, 200, "change"));
    out.body =
        "{\"activity\":" + out.body + ",\"batch\":" + std::to_string(done->batch.value) + "}";
    return out;
  }

  Result<Reply> remove(Visit& visit) const {
    auto order = TRY(order_of(visit, visit.call.query_value("scope").value_or("")));
    const auto done = records::save_if_match(
        parts_.database, visit.call, [&](store::Transaction& tx, auto version) {
          order.version = version;
          return remove_occurrence(diary_, tx, visit.scope, order);
        });
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *dictionary->find("activity");
    if (!done) return records::saved_reply(parts_, visit, type, order.series, done.error());
    records::trace_read(parts_, visit.scope, "change", type, std::array{done->record.value}, {});
    return Reply::json(json::serialize(json::object{{"batch", done->batch.value}}));
  }

 private:
  const Diary& diary_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> occurrence_routes(const Diary& diary) {
  const auto api = std::make_shared<OccurrenceApi>(diary);
  return {
      {Method::post,
       "/api/v1/activities/{id}/occurrences/{instant}",
       Right::signed_in(),
       [api](Visit& visit) { return api->change(visit); },
       {"Change an occurrence of a series, those from it on, or all",
        {.body = "{scope!: this|following|all, values: object}",
         .answer = "{activity!: object, batch!: id}",
         .versioned = true}}},
      {Method::remove,
       "/api/v1/activities/{id}/occurrences/{instant}",
       Right::signed_in(),
       [api](Visit& visit) { return api->remove(visit); },
       {"Leave an occurrence out of a series, those from it on, or remove all",
        {.query = "scope!: this|following|all", .answer = "{batch!: id}", .versioned = true}}},
  };
}

}  // namespace fokus::diary
