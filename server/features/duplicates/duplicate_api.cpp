// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "access/handlers_of.hpp"
#include "features/duplicates/duplicates.hpp"
#include "features/duplicates/pairs.hpp"
#include "features/duplicates/rule_api.hpp"
#include "features/duplicates/scan_list.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;
using records::RecordType;

Reply reply(const json::object& body, int status = 200) {
  return Reply::json(json::serialize(body), status);
}

Error invalid(std::string field, std::string code) {
  return field_error("duplicates/invalid", std::move(field), std::move(code));
}

// A whole positive number.
std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (ec != std::errc{} || end != text.data() + text.size() || out <= 0) return std::nullopt;
  return out;
}

// What no form could have in this field. A text that is half typed is none of these: it is left out
// of the question, as everything that cannot be read yet.
bool is_shaped_as(const records::Field& field, const json::value& value) {
  using records::FieldKind;
  const auto kind = field.kind;
  if (value.is_null() || value.is_string()) return true;
  if (kind == FieldKind::boolean) return value.is_bool();
  if (kind == FieldKind::choices || kind == FieldKind::links || kind == FieldKind::file)
    return value.is_array() || value.is_object() || value.is_int64();
  if (kind == FieldKind::money || kind == FieldKind::address || records::is_link_kind(kind))
    return value.is_object() || value.is_number();
  return value.is_number();
}

Status check_record(const RecordType& type, const json::object& record) {
  for (const auto& [name, value] : record) {
    if (name == "contact_points" && type.contact_points) {
      if (!value.is_null() && !value.is_array())
        return invalid("record.contact_points", "not_a_list");
      continue;
    }
    const auto* field = type.find(name);
    if (!field || field->hidden) return invalid("record." + std::string(name), "unknown_field");
    if (!is_shaped_as(*field, value)) return invalid("record." + std::string(name), "wrong_type");
  }
  return {};
}

class DuplicateApi {
 public:
  explicit DuplicateApi(Duplicates& duplicates)
      : duplicates_(duplicates), parts_(duplicates.parts()) {}

  Result<Reply> find(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(records::type_of(*dictionary, visit));
    const auto body = TRY(records::body_object(visit.call));
    for (const auto& [name, value] : body)
      if (name != "record" && name != "exclude" && name != "limit")
        return invalid(std::string(name), "unknown");
    const auto* record = body.if_contains("record");
    if (!record) return invalid("record", "required");
    if (!record->is_object()) return invalid("record", "wrong_type");
    TRY(check_record(type, record->get_object()));
    Duplicates::Question question{record->get_object()};
    question.exclude = TRY(number_in(body, "exclude", std::numeric_limits<std::int64_t>::max(), 0));
    question.limit = static_cast<int>(
        TRY(number_in(body, "limit", limits::candidates_max, limits::candidates_default)));
    json::array found = parts_.database.read([&](store::Session& session) {
      return duplicates_.find(session, visit.scope, type, question);
    });
    return reply({{"candidates", std::move(found)}});
  }

  Result<Reply> list(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto text = [&](std::string_view name) {
      return std::string(visit.call.query_value(name).value_or(""));
    };
    const RecordType& type = *TRY(named_type(*dictionary, visit, text("type")));
    PairQuery query{text("certainty"), 0, text("after")};
    if (const auto owner = text("owner"); owner == "me")
      query.owner = visit.scope.actor.user.value;
    else if (!owner.empty()) {
      const auto number = parse_number(owner);
      if (!number) return invalid("owner", "not_a_user");
      query.owner = *number;
    }
    if (const auto limit = text("limit"); !limit.empty()) {
      const auto number = parse_number(limit);
      if (!number || *number > limits::pairs_max) return invalid("limit", "out_of_range");
      query.limit = static_cast<int>(*number);
    }
    return reply(TRY(list_pairs(duplicates_, visit.scope, type, query)));
  }

  Result<Reply> dismiss(Visit& visit) const { return settle(visit, true); }
  Result<Reply> restore(Visit& visit) const { return settle(visit, false); }

  Result<Reply> scan(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto body = TRY(records::body_object(visit.call));
    const RecordType& type = *TRY(named_type(*dictionary, visit, text_in(body, "type")));
    const JobId job = TRY(duplicates_.scan_later(visit.scope, type));
    return reply({{"job", job.value}}, 202);
  }

  Result<Reply> scans(Visit& visit) const {
    const auto text = [&](std::string_view name) {
      return visit.call.query_value(name).value_or("");
    };
    const std::int64_t before = TRY(records::parse_before(text("cursor")));
    const int limit = text("limit").empty() ? limits::scans_max
                                            : TRY(records::parse_list_call(visit.call)).query.limit;
    auto page = list_scans(duplicates_, visit.scope, before, limit);
    return reply({{"scans", std::move(page.scans)},
                  {"next", page.next ? json::value(std::to_string(page.next)) : json::value()}});
  }

 private:
  static std::string text_in(const json::object& body, std::string_view name) {
    const auto* value = body.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  }

  static Result<std::int64_t> number_in(const json::object& body, std::string_view name,
                                        std::int64_t most, std::int64_t fallback) {
    const auto* value = body.if_contains(name);
    if (!value || value->is_null()) return fallback;
    if (!value->is_int64() || value->get_int64() < 1 || value->get_int64() > most)
      return invalid(std::string(name), "out_of_range");
    return value->get_int64();
  }

  // By its name or its plural. A type that one may not read is none.
  static Result<const RecordType*> named_type(const records::Dictionary& dictionary,
                                              const Visit& visit, const std::string& name) {
    if (name.empty()) return invalid("type", "required");
    const RecordType* type = dictionary.find(name);
    if (!type) type = dictionary.find_plural(name);
    const bool is_readable =
        type && (visit.scope.actor.kind == access::ActorKind::system ||
                 visit.scope.permissions().may(type->name, access::Action::read));
    if (!is_readable) return make_error(ErrorKind::not_found, "records/no_such_type");
    return type;
  }

  Result<Reply> settle(Visit& visit, bool dismissing) const {
    const auto dictionary = parts_.dictionary.current();
    const auto body = TRY(records::body_object(visit.call));
    const RecordType& type = *TRY(named_type(*dictionary, visit, text_in(body, "type")));
    const auto* ids = body.if_contains("ids");
    if (!ids) return invalid("ids", "required");
    const bool is_pair = ids->is_array() && ids->get_array().size() == 2 &&
                         ids->get_array()[0].is_int64() && ids->get_array()[1].is_int64() &&
                         ids->get_array()[0] != ids->get_array()[1];
    if (!is_pair) return invalid("ids", "not_a_pair");
    const RecordId a{ids->get_array()[0].get_int64()}, b{ids->get_array()[1].get_int64()};
    TRY(dismissing ? duplicates_.dismiss(visit.scope, type, a, b)
                   : duplicates_.restore(visit.scope, type, a, b));
    return reply({{"type", type.name}, {"ids", *ids}, {"dismissed", dismissing}});
  }

  Duplicates& duplicates_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> duplicate_routes(Duplicates& duplicates) {
  const auto to = access::handlers_of(std::make_shared<DuplicateApi>(duplicates));
  const auto steward = Right::function(access::functions::bulk_edit);
  const std::string base = "/api/v1/duplicates";
  std::vector<access::Route> out = rule_routes(duplicates);
  for (access::Route route : std::initializer_list<access::Route>{
           {Method::post,
            "/api/v1/{type}/duplicates",
            Right::signed_in(),
            to(&DuplicateApi::find),
            {"Records that this one may be the same as",
             {.body = "{record!: object, exclude: id, limit: integer, ...}",
             .answer = "{candidates!: [object]}",
             .only_asks = true}}},
           {Method::get,
            base,
            Right::signed_in(),
            to(&DuplicateApi::list),
            {"Pairs that a scan found",
             {.query = "type!, certainty, owner, after, limit",
             .answer = "{pairs!: [object], counts!: object, next: text?}"}},
            net::Lane::slow},
           {Method::post,
            base + "/dismiss",
            Right::signed_in(),
            to(&DuplicateApi::dismiss),
            {"Two records are not the same",
             {.body = "{type!: text, ids!: [id]}",
             .answer = "{type!: text, ids!: [id], dismissed!: boolean}"}}},
           {Method::post,
            base + "/restore",
            Right::signed_in(),
            to(&DuplicateApi::restore),
            {"Take \"not the same\" back",
             {.body = "{type!: text, ids!: [id]}",
             .answer = "{type!: text, ids!: [id], dismissed!: boolean}"}}},
           {Method::post,
            base + "/scans",
            steward,
            to(&DuplicateApi::scan),
            {"Look for duplicates among all records of a type",
             {.body = "{type!: text}", .answer = "{job!: id}", .status = 202}}},
           {Method::get,
            base + "/scans",
            steward,
            to(&DuplicateApi::scans),
            {"The last scans and what their keys gave",
             {.query = access::page_query, .answer = "{scans!: [object], next!: text?}"}},
            net::Lane::slow}})
    out.push_back(std::move(route));
  return out;
}

}  // namespace fokus::duplicates
