// SPDX-License-Identifier: Apache-2.0
// /api/v1/<type>/aggregate, and the JSON form of aggregates.
#include "base/text.hpp"
#include "records/aggregate_json.hpp"
#include "records/api.hpp"
#include "records/criteria_path.hpp"
#include "records/fields/field_type.hpp"
#include "records/search.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::array<std::string_view, 8> measure_names = {
    "count", "distinct", "sum", "average", "minimum", "maximum", "median", "weighted"};

Error invalid(std::string_view field) {
  return field_error("aggregates/invalid", std::string(field), "invalid");
}

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

bool is_text(const json::value& value) {
  return value.is_string() || value.is_null();
}

bool bool_of(const json::object& o, std::string_view key, bool fallback) {
  const auto* v = o.if_contains(key);
  return v && v->is_bool() ? v->get_bool() : fallback;
}

Result<GroupBy> parse_group(const json::value& input) {
  if (input.is_string()) return GroupBy{std::string(input.get_string()), {}};
  if (!input.is_object()) return invalid("group_by");
  const auto& o = input.get_object();
  GroupBy out{text_of(o, "field"), {}};
  if (const std::string by = text_of(o, "by"); !by.empty()) {
    out.unit = parse_time_unit(by);
    if (!out.unit) return invalid("group_by");
  }
  return out;
}

Result<AggregateQuery::Order> parse_order(const json::value& input) {
  if (!input.is_object()) return invalid("order");
  const auto& o = input.get_object();
  AggregateQuery::Order out;
  out.by_group = text_of(o, "by") == "group";
  out.descending = bool_of(o, "descending", !out.by_group);
  if (const auto* index = o.if_contains("index")) {
    if (!index->is_int64() || index->get_int64() < 0 || index->get_int64() > 100)
      return invalid("order");
    out.measure = static_cast<int>(index->get_int64());
  }
  return out;
}

class AggregateApi {
 public:
  explicit AggregateApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> answer(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const auto input = TRY(body_object(visit.call));
    TRY(check_aggregate_members(input));
    for (const char* text : {"filter", "q"})
      if (const auto* value = input.if_contains(text); value && !is_text(*value))
        return field_error("aggregates/invalid", text, "wrong_type");
    AggregateQuery query = TRY(parse_aggregate(input));
    NodePtr criteria;
    if (const auto* tree = input.if_contains("criteria"); tree && !tree->is_null())
      criteria = TRY(criteria_from_json(*tree));
    else if (const auto filter = text_of(input, "filter"); !trim(filter).empty())
      criteria = TRY(parse_filter(filter));
    query.criteria = criteria.get();
    query.q = TRY(checked_words(text_of(input, "q")));
    const Aggregate found = TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.aggregate(session, visit.scope, type, query);
    }));
    if (type.about_person)
      parts_.trace(visit.scope, {"aggregate", type.name, {}, render_shape(query, found.count)});
    trace_read(parts_, visit.scope, "list", type, {}, "aggregate",
               named_in({*dictionary, visit.scope, parts_.clock.now(), {}}, type, query, found));
    std::string body;
    JsonWriter writer(body);
    write_aggregate(writer, found);
    return Reply::json(std::move(body));
  }

 private:
  // Groups by a link to persons are called by their names.
  static Seen named_in(const CriteriaContext& context, const RecordType& type,
                       const AggregateQuery& query, const Aggregate& found) {
    Seen out;
    for (std::size_t i = 0; i < query.group_by.size(); ++i) {
      const auto field = resolve_field(context, type, query.group_by[i].path);
      const auto* target = field ? context.dictionary.find(field->field->target) : nullptr;
      if (!target || !target->about_person) continue;
      for (const auto& group : found.groups)
        if (const auto* id = std::get_if<std::int64_t>(&group.keys[i].value);
            id && !group.keys[i].label.empty())
          out.add(target->name, *id);
    }
    return out;
  }

  ApiParts parts_;
};

void write_key(JsonWriter& json, const GroupKey& key) {
  json.begin_object().key("value");
  if (const auto* n = std::get_if<std::int64_t>(&key.value))
    key.is_boolean ? json.value(*n != 0) : json.value(*n);
  else if (const auto* real = std::get_if<double>(&key.value))
    json.value(*real);
  else if (const auto* text = std::get_if<std::string>(&key.value))
    json.value(*text);
  else
    json.null();
  json.key("label");
  key.label.empty() ? json.null() : json.value(key.label);
  json.end_object();
}

}  // namespace

Result<Measure> parse_measure(const json::value& input) {
  if (!input.is_object()) return invalid("measures");
  const auto& o = input.get_object();
  Measure out;
  std::string kind = text_of(o, "kind");
  // A ratio counts unless it says what else it divides.
  if (kind == "ratio") kind = text_of(o, "of").empty() ? "count" : text_of(o, "of");
  const auto at = std::find(measure_names.begin(), measure_names.end(), kind);
  if (at == measure_names.end()) return invalid("measures");
  out.kind = static_cast<Measure::Kind>(at - measure_names.begin());
  out.path = text_of(o, "field");
  if (out.kind != Measure::Kind::count && out.path.empty()) return invalid("measures");
  out.weight = text_of(o, "weight");
  if (out.kind == Measure::Kind::weighted && out.weight.empty()) out.weight = "probability";
  if (const auto filter = text_of(o, "filter"); !trim(filter).empty())
    out.where = TRY(parse_filter(filter));
  if (const auto* over = o.if_contains("over"); over && over->is_object()) {
    if (over->get_object().contains("over")) return invalid("measures");
    out.over.push_back(TRY(parse_measure(*over)));
  } else if (text_of(o, "kind") == "ratio") {
    return invalid("measures");
  }
  return out;
}

namespace {

// A member of a measure, a group or an order, and which values it takes.
struct Known {
  std::string_view name;
  bool (*takes)(const json::value&);
};

bool is_any(const json::value&) {
  return true;
}
bool is_yes_or_no(const json::value& value) {
  return value.is_bool() || value.is_null();
}
bool is_measure(const json::value& value) {
  return value.is_object() || value.is_null();
}

constexpr Known order_members[] = {
    {"by", is_text}, {"descending", is_yes_or_no}, {"index", is_any}};
constexpr Known group_members[] = {{"field", is_text}, {"by", is_text}};
constexpr Known over_members[] = {{"kind", is_text},   {"field", is_text}, {"weight", is_text},
                                  {"filter", is_text}, {"label", is_any},  {"over", is_any}};
constexpr Known measure_members[] = {{"kind", is_text},   {"of", is_text},     {"field", is_text},
                                     {"weight", is_text}, {"filter", is_text}, {"label", is_any},
                                     {"over", is_measure}};

Status check_members(std::string_view list, const json::value& one, std::span<const Known> known) {
  if (!one.is_object()) return {};
  for (const auto& [name, value] : one.get_object()) {
    const auto at = std::find_if(known.begin(), known.end(), [&](const Known& member) {
      return member.name == std::string_view(name);
    });
    const char* wrong = at == known.end()   ? "unknown_member"
                        : !at->takes(value) ? "wrong_type"
                                            : nullptr;
    if (wrong)
      return field_error("aggregates/invalid", std::string(list) + "." + std::string(name), wrong);
  }
  return {};
}

}  // namespace

Status check_aggregate_members(const json::object& input) {
  if (const auto* others = input.if_contains("others"); others && !is_yes_or_no(*others))
    return field_error("aggregates/invalid", "others", "wrong_type");
  if (const auto* order = input.if_contains("order"))
    TRY(check_members("order", *order, order_members));
  if (const auto* groups = input.if_contains("group_by"); groups && groups->is_array())
    for (const auto& group : groups->get_array())
      TRY(check_members("group_by", group, group_members));
  const auto* measures = input.if_contains("measures");
  if (!measures || !measures->is_array()) return {};
  for (const auto& measure : measures->get_array()) {
    TRY(check_members("measures", measure, measure_members));
    const auto* over = measure.is_object() ? measure.get_object().if_contains("over") : nullptr;
    if (over) TRY(check_members("measures.over", *over, over_members));
  }
  return {};
}

Result<AggregateQuery> parse_aggregate(const json::object& input) {
  AggregateQuery out;
  if (const auto* measures = input.if_contains("measures")) {
    if (!measures->is_array() || measures->get_array().size() > limits::measures_max)
      return invalid("measures");
    for (const auto& measure : measures->get_array())
      out.measures.push_back(TRY(parse_measure(measure)));
  }
  if (out.measures.empty()) out.measures.emplace_back();
  if (const auto* groups = input.if_contains("group_by"); groups && !groups->is_null()) {
    if (!groups->is_array() || groups->get_array().size() > limits::group_fields_max)
      return invalid("group_by");
    for (const auto& group : groups->get_array()) out.group_by.push_back(TRY(parse_group(group)));
  }
  if (const auto* order = input.if_contains("order"); order && !order->is_null())
    out.order = TRY(parse_order(*order));
  if (const auto* limit = input.if_contains("limit"); limit && !limit->is_null()) {
    if (!limit->is_int64() || limit->get_int64() < 1 ||
        limit->get_int64() > limits::groups_shown_max)
      return field_error("records/bad_limit", "limit", "out_of_range",
                         {{"max", std::to_string(limits::groups_shown_max)}});
    out.limit = static_cast<int>(limit->get_int64());
  }
  out.others = bool_of(input, "others", false);
  return out;
}

std::optional<double> real_of(const MeasureUnit& unit, const store::Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return *real;
  const auto* n = std::get_if<std::int64_t>(&value);
  if (!n) return std::nullopt;
  return static_cast<double>(*n) / std::pow(10, unit.scale);
}

void write_value(JsonWriter& json, const MeasureUnit& unit, const std::string& currency,
                 const store::Value& value) {
  using U = MeasureUnit::Kind;
  const auto* n = std::get_if<std::int64_t>(&value);
  if (n && unit.kind == U::money)
    json.begin_object()
        .field("amount", render_scaled(*n, unit.scale))
        .field("currency", currency)
        .end_object();
  else if (n && unit.kind == U::scaled)
    json.raw(render_scaled(*n, unit.scale));
  else if (n && unit.kind == U::instant)
    json.value(render_instant({*n}));
  else if (n)
    json.value(*n);
  else if (const auto* real = std::get_if<double>(&value))
    json.value(*real);
  else if (const auto* text = std::get_if<std::string>(&value))
    json.value(*text);
  else
    json.null();
}

void write_values(JsonWriter& json, const Aggregate& found,
                  const std::vector<store::Value>& values) {
  json.key("values").begin_array();
  for (std::size_t i = 0; i < values.size(); ++i)
    write_value(json, found.units[i], found.currency, values[i]);
  json.end_array();
}

void write_aggregate(JsonWriter& json, const Aggregate& found) {
  json.begin_object().key("groups").begin_array();
  for (const auto& group : found.groups) {
    json.begin_object().key("keys").begin_array();
    for (const auto& key : group.keys) write_key(json, key);
    json.end_array();
    write_values(json, found, group.values);
    json.field("count", group.count).key("filter");
    group.criteria ? json.value(render_filter(*group.criteria)) : json.null();
    json.end_object();
  }
  json.end_array().key("others");
  if (found.others) {
    json.begin_object();
    write_values(json, found, *found.others);
    json.field("count", found.others_count).end_object();
  } else {
    json.null();
  }
  json.key("total").begin_object();
  write_values(json, found, found.total);
  json.field("count", found.count).end_object();
  json.field("truncated", found.truncated).end_object();
}

std::vector<access::Route> aggregate_routes(const ApiParts& parts) {
  const auto api = std::make_shared<AggregateApi>(parts);
  return {{Method::post,
           "/api/v1/{type}/aggregate",
           Right::signed_in(),
           [api](Visit& visit) { return api->answer(visit); },
           {"Count, add up and compare records in groups",
            {.body = "{criteria: $criteria?, filter: text, q: text, "
                     "measures: [{kind!: text, of: text, field: text, weight: text, filter: text, "
                     "label: any, over: object?}], group_by: [any]?, "
                     "order: {by: text, descending: boolean, index: integer}?, limit: integer?, "
                     "others: boolean}",
             .answer = "{groups!: [{keys!: [{value!: any, label!: text?}], values!: [any], "
                       "count!: integer, filter!: text?}], "
                       "others!: {values!: [any], count!: integer}?, "
                       "total!: {values!: [any], count!: integer}, truncated!: boolean}",
             .only_asks = true}},
           net::Lane::slow}};
}

}  // namespace fokus::records
