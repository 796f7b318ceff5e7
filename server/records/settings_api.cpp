// SPDX-License-Identifier: Apache-2.0
// What an administrator sets for the whole installation: settings, exchange rates, base amounts.
#include <limits>

#include "access/handlers_of.hpp"
#include "access/parts.hpp"
#include "base/text.hpp"
#include "records/api.hpp"
#include "records/base_amounts.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int history_page = 50;
constexpr const char* settings_answer =
    "{items!: [{key!: text, kind: text, value: any, default: any, min: integer, max: integer}], "
    "base_amounts_pending: boolean}";
constexpr const char* rates_answer =
    "{base_currency!: text, items!: [{id!: id, currency!: text, base!: text, valid_from!: date, "
    "rate!: text, updated_at: instant}], next!: text?}";

Error refuse(std::string field, std::string code) {
  return field_error("settings/invalid", std::move(field), std::move(code));
}

SettingChange change_by(const Scope& scope, Instant now) {
  const bool system = scope.actor.kind == access::ActorKind::system;
  const bool key = scope.actor.kind == access::ActorKind::api_key;
  return {now.ms, scope.actor.user.value, system ? "system" : key ? "api_key" : "user"};
}

std::string_view text_or_empty(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? trim(v->get_string()) : std::string_view();
}

void write_text(JsonWriter& out, const char* key, const store::Rows& rows, int column) {
  out.key(key);
  rows.is_null(column) ? out.null() : out.value(rows.text(column));
}

class SettingsApi {
 public:
  explicit SettingsApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> get(Visit&) const {
    const auto dictionary = parts_.dictionary.current();
    const Installation defaults;
    std::string body;
    JsonWriter out(body);
    out.begin_object().key("items").begin_array();
    for (const auto& spec : setting_specs()) {
      out.begin_object().field("key", spec.key).field("kind", spec.kind).key("value");
      out.raw(json::serialize(setting_value(dictionary->installation, spec.key))).key("default");
      out.raw(json::serialize(setting_value(defaults, spec.key)));
      if (spec.kind == "integer") out.field("min", spec.min).field("max", spec.max);
      out.end_object();
    }
    out.end_array().field("base_amounts_pending", dictionary->installation.base_amounts_pending);
    out.end_object();
    return Reply::json(std::move(body));
  }

  Result<Reply> change(Visit& visit) const {
    const auto values = TRY(body_object(visit.call));
    const auto by = change_by(visit.scope, parts_.clock.now());
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      if (!TRY(save_settings(tx, parts_.statements, values, by))) return {};
      // The defaults of language and time zone are part of every actor.
      tx.notify(access::access_changed_channel, "settings");
      return publish(tx);
    }));
    return get(visit);
  }

  Result<Reply> history(Visit& visit) const {
    std::int64_t before = TRY(parse_before(visit.call.query_value("cursor").value_or("")));
    std::string body;
    JsonWriter out(body);
    out.begin_object().key("items").begin_array();
    int count = 0;
    parts_.database.read([&](store::Session& session) {
      auto rows =
          session.query(parts_.statements["records.list_setting_changes"], {before, history_page});
      while (rows->next()) {
        ++count;
        before = rows->integer(0);
        write_change(out, *rows);
      }
    });
    out.end_array().key("next");
    count == history_page ? out.value(std::to_string(before)) : out.null();
    out.end_object();
    return Reply::json(std::move(body));
  }

  Result<Reply> rates(Visit& visit) const {
    const auto text = [&](std::string_view name) {
      return visit.call.query_value(name).value_or("");
    };
    RatePage page;
    if (!text("limit").empty()) page.limit = TRY(parse_list_call(visit.call)).query.limit;
    if (!text("cursor").empty()) page.after = TRY(parse_before(text("cursor")));
    return rates_reply(page);
  }

  Result<Reply> save_rate(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto input = TRY(body_object(visit.call));
    const std::string currency(text_or_empty(input, "currency"));
    const auto* said = input.if_contains("base");
    if (said && !said->is_null() && !said->is_string()) return refuse("base", "not_a_currency");
    std::string base(text_or_empty(input, "base"));
    if (base.empty()) base = dictionary->installation.base_currency;
    const std::string day(text_or_empty(input, "valid_from"));
    if (!is_currency(currency)) return refuse("currency", "not_a_currency");
    if (!is_currency(base)) return refuse("base", "not_a_currency");
    if (currency == base) return refuse("currency", "same_currency");
    if (!parse_date(day)) return refuse("valid_from", "not_a_date");
    const auto* given = input.if_contains("rate");
    const auto rate = scaled_input(given ? *given : json::value(), rate_scale);
    if (!rate) return refuse("rate", rate.error().errors.at(0).code);
    if (*rate <= 0) return refuse("rate", "out_of_range");
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      return put_rate(tx, visit.scope, {currency, base, day}, *rate);
    }));
    return rates_reply({});
  }

  Result<Reply> remove_rate(Visit& visit) const {
    const RecordId id = TRY(id_of(visit));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      auto rows = tx.query(parts_.statements["records.get_rate"], {id});
      if (!rows->next()) return make_error(ErrorKind::not_found, "records/not_found");
      const RateKey key{std::string(rows->text(0)), std::string(rows->text(1)),
                        std::string(rows->text(2))};
      const std::int64_t rate = rows->integer(3);
      rows.reset();
      tx.execute(parts_.statements["records.remove_rate"], {id});
      note(tx, visit.scope, key, rate, std::nullopt);
      return publish(tx);
    }));
    return Reply::no_content();
  }

  Result<Reply> preview(Visit&) const {
    const auto dictionary = parts_.dictionary.current();
    const auto found = TRY(parts_.database.read(
        [&](store::Session& session) { return preview_base_amounts(session, *dictionary); }));
    json::array missing;
    for (const auto& [currency, one] : found.missing)
      missing.emplace_back(
          json::object{{"currency", currency}, {"count", one.count}, {"earliest", one.earliest}});
    const json::object body{{"base_currency", dictionary->installation.base_currency},
                            {"pending", dictionary->installation.base_amounts_pending},
                            {"amounts", found.amounts},
                            {"changed", found.changed},
                            {"without_rate", missing}};
    return Reply::json(json::serialize(body));
  }

  Result<Reply> recompute(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto found = TRY(parts_.database.read(
        [&](store::Session& session) { return preview_base_amounts(session, *dictionary); }));
    const JobId job = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
      return parts_.jobs.create(tx, "base_amounts", access::author_of(visit.scope.actor),
                                {{"total", found.amounts}}, parts_.clock.now());
    }));
    return Reply::json(json::serialize(json::object{{"job", job.value}}), 202);
  }

 private:
  // All of them unless a limit is named: screens and tools work out amounts with them.
  struct RatePage {
    std::int64_t after = 0;  // the last one of the page before
    std::int64_t limit = std::numeric_limits<std::int64_t>::max() - 1;
  };

  Result<Reply> rates_reply(const RatePage& page) const {
    const auto dictionary = parts_.dictionary.current();
    std::string body, next;
    JsonWriter out(body);
    out.begin_object().field("base_currency", dictionary->installation.base_currency);
    out.key("items").begin_array();
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      if (page.after != 0 &&
          !session.query(parts_.statements["records.get_rate"], {page.after})->next())
        return field_error("records/bad_cursor", "cursor", "not_a_cursor");
      auto rows = session.query(parts_.statements["records.list_rates_after"],
                                {page.after, page.limit + 1});
      std::int64_t last = 0;
      for (std::int64_t shown = 0; rows->next(); ++shown) {
        if (shown == page.limit) {
          next = std::to_string(last);
          break;
        }
        last = rows->integer(0);
        write_rate(out, *rows);
      }
      return {};
    }));
    out.end_array().key("next");
    next.empty() ? out.null() : out.value(next);
    out.end_object();
    return Reply::json(std::move(body));
  }

  static void write_rate(JsonWriter& out, const store::Rows& row) {
    out.begin_object()
        .field("id", row.integer(0))
        .field("currency", row.text(1))
        .field("base", row.text(2))
        .field("valid_from", row.text(3))
        .field("rate", render_scaled(row.integer(4), rate_scale))
        .field("updated_at", render_instant({row.integer(5)}))
        .end_object();
  }

  struct RateKey {
    std::string currency, base, day;
  };

  static void write_change(JsonWriter& out, const store::Rows& rows) {
    out.begin_object().field("id", rows.integer(0)).field("at", render_instant({rows.integer(1)}));
    out.key("actor");
    if (rows.is_null(2))
      out.null();
    else
      out.begin_object().field("id", rows.integer(2)).field("name", rows.text(3)).end_object();
    out.field("actor_kind", rows.text(4)).field("key", rows.text(5));
    write_text(out, "old", rows, 6);
    write_text(out, "new", rows, 7);
    out.end_object();
  }

  Status put_rate(store::Transaction& tx, const Scope& scope, const RateKey& key,
                  std::int64_t rate) const {
    std::optional<std::int64_t> known;
    auto rows = tx.query(parts_.statements["records.find_rate"], {key.currency, key.base, key.day});
    if (rows->next()) known = rows->integer(1);
    rows.reset();
    if (known == rate) return {};
    const auto now = parts_.clock.now();
    tx.execute(parts_.statements["records.save_rate"],
               {key.currency, key.base, key.day, rate, now, scope.actor.user});
    note(tx, scope, key, known, rate);
    return publish(tx);
  }

  // A line in the history, and the hint that stored base amounts are of another rate.
  void note(store::Transaction& tx, const Scope& scope, const RateKey& key,
            std::optional<std::int64_t> before, std::optional<std::int64_t> after) const {
    const auto text = [](std::optional<std::int64_t> rate) {
      return rate ? std::optional(render_scaled(*rate, rate_scale)) : std::nullopt;
    };
    const auto now = parts_.clock.now();
    note_setting_change(tx, parts_.statements,
                        "rate " + key.currency + "/" + key.base + " " + key.day, text(before),
                        text(after), change_by(scope, now));
    set_base_amounts_pending(tx, parts_.statements, true, now.ms);
  }

  Status publish(store::Transaction& tx) const {
    return publish_dictionary(tx, parts_.statements, parts_.model, parts_.dictionary,
                              parts_.clock.now());
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> settings_routes(const ApiParts& parts) {
  const auto to = access::handlers_of(std::make_shared<SettingsApi>(parts));
  const auto administer = Right::function(access::functions::administer);
  const std::string rates = "/api/v1/exchange-rates", amounts = "/api/v1/base-amounts";
  return {
      {Method::get,
       "/api/v1/settings",
       Right::signed_in(),
       to(&SettingsApi::get),
       {"Settings of the installation", {.answer = settings_answer}}},
      {Method::patch,
       "/api/v1/settings",
       administer,
       to(&SettingsApi::change),
       {"Change settings", {.body = "object", .answer = settings_answer}}},
      {Method::get,
       "/api/v1/settings/history",
       administer,
       to(&SettingsApi::history),
       {"Every change of a setting or rate",
        {.query = "cursor",
         .answer = "{items!: [{id!: id, at: instant, actor: {id!: id, name: text}?, "
                   "actor_kind: text, key: text, old: text?, new: text?}], next!: text?}"}}},
      {Method::get,
       rates,
       Right::signed_in(),
       to(&SettingsApi::rates),
       {"Exchange rates", {.query = access::page_query, .answer = rates_answer}}},
      {Method::post,
       rates,
       administer,
       to(&SettingsApi::save_rate),
       {"Enter the rate of a currency from a day on",
        {.body = "{currency!: text, base: text, valid_from!: date, rate!: any}",
         .answer = rates_answer}}},
      {Method::remove,
       rates + "/{id}",
       administer,
       to(&SettingsApi::remove_rate),
       {"Remove an exchange rate", {}}},
      {Method::get,
       amounts,
       administer,
       to(&SettingsApi::preview),
       {"What a recomputation of base amounts would change",
        {.answer = "{base_currency!: text, pending: boolean, amounts: integer, changed: integer, "
                   "without_rate: [{currency!: text, count: integer, earliest: text}]}"}},
       net::Lane::slow},
      {Method::post,
       amounts + "/recomputation",
       administer,
       to(&SettingsApi::recompute),
       {"Compute all base amounts anew, as a job", {.answer = "$job", .status = 202}},
       net::Lane::slow},
  };
}

}  // namespace fokus::records
