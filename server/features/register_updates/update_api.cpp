// SPDX-License-Identifier: Apache-2.0
// /api/v1/register_updates: settings of providers, runs; and one company's look.
#include <algorithm>

#include "base/text.hpp"
#include "features/register_updates/event_list.hpp"
#include "features/register_updates/proposals.hpp"
#include "records/stored_filter.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

Reply reply(const json::object& body, int status = 200) {
  return Reply::json(json::serialize(body), status);
}

Error invalid(std::string field, std::string code) {
  return field_error("register_updates/invalid", std::move(field), std::move(code));
}

// The text of a member; empty when it is not there.
Result<std::string> text_in(const json::object& body, std::string_view key) {
  const auto* value = body.if_contains(key);
  if (!value || value->is_null()) return std::string();
  if (!value->is_string()) return invalid(std::string(key), "wrong_kind");
  return std::string(value->get_string());
}

Result<std::optional<Source>> source_in(const json::object& body) {
  const auto text = TRY(text_in(body, "source"));
  if (text.empty()) return std::optional<Source>();
  const auto source = parse_source(text);
  if (!source) return invalid("source", "unknown_source");
  return source;
}

Result<const Provider*> provider_in(const json::object& body, bool is_required) {
  const auto name = TRY(text_in(body, "provider"));
  if (name.empty() && !is_required) return static_cast<const Provider*>(nullptr);
  if (name.empty()) return invalid("provider", "required");
  const auto* provider = registers::find_provider(name);
  if (!provider) return invalid("provider", "unknown");
  return provider;
}

// {"ids"} or {"filter"}, as one filter.
Result<std::string> filter_in(const json::object& body) {
  const auto* ids = body.if_contains("ids");
  if (!ids) return text_in(body, "filter");
  if (body.contains("filter")) return invalid("filter", "two_forms");
  if (!ids->is_array() || ids->get_array().empty()) return invalid("ids", "not_a_list");
  if (ids->get_array().size() > limits::ids_max)
    return field_error("register_updates/invalid", "ids", "too_many",
                       {{"max", std::to_string(limits::ids_max)}});
  std::vector<std::string> texts;
  for (const auto& id : ids->get_array()) {
    if (!id.is_int64() || id.get_int64() < 1) return invalid("ids", "not_a_number");
    texts.push_back(std::to_string(id.get_int64()));
  }
  return "id in (" + join(texts, ", ") + ")";
}

class UpdateApi {
 public:
  explicit UpdateApi(RegisterUpdates& updates) : updates_(updates), parts_(updates.parts()) {}

  Result<Reply> list_settings(Visit&) const {
    json::array items;
    for (const auto& provider : registers::shipped_providers())
      items.push_back(settings_json(provider));
    return reply({{"items", std::move(items)}});
  }

  Result<Reply> change_settings(Visit& visit) const {
    const auto* provider = registers::find_provider(visit.call.param("provider"));
    if (!provider) return make_error(ErrorKind::not_found, "registers/not_found");
    const auto input = TRY(records::body_object(visit.call));
    TRY(records::save_if_match(parts_.database, visit.call,
                               [&](store::Transaction& tx, std::optional<std::int64_t> version) {
                                 return updates_.change(tx, visit.scope, *provider, input, version);
                               }));
    return reply(settings_json(*provider));
  }

  Result<Reply> run(Visit& visit) const {
    const auto body = TRY(records::body_object(visit.call));
    RegisterUpdates::Order order;
    order.provider = TRY(provider_in(body, true));
    order.source = TRY(source_in(body));
    order.filter = TRY(filter_in(body));
    const auto* preview = body.if_contains("preview");
    if (preview && preview->is_bool() && preview->get_bool())
      return reply({{"count", TRY(updates_.count(visit.scope, order))}});
    return reply({{"job", TRY(updates_.update_later(visit.scope, order)).value}}, 202);
  }

  Result<Reply> show_company(Visit& visit) const {
    const RecordId id = TRY(records::id_of(visit));
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      TRY(check_readable(session, visit.scope, id));
      const auto subject = updates_.find_subject(session, id);
      if (!subject) return make_error(ErrorKind::not_found, "records/not_found");
      ProposalFilter open;
      open.state = "open";
      open.company = id.value;
      EventFilter events;
      events.company = id.value;
      json::object out{{"is_exempt", subject->is_exempt}};
      out["open"] = count_proposals(updates_, session, visit.scope, access::Action::read, open);
      out["checks"] = checks_of(session, id);
      out["events"] =
          list_events(updates_, session, visit.scope, events,
                      std::numeric_limits<std::int64_t>::max(), limits::events_of_company);
      return reply(out);
    });
  }

  Result<Reply> update_company(Visit& visit) const {
    const RecordId id = TRY(records::id_of(visit));
    const auto body = TRY(records::body_object(visit.call));
    const auto* provider = TRY(provider_in(body, false));
    const auto source = TRY(source_in(body));
    const auto updated = TRY(updates_.update_now(visit.scope, id, provider, source));
    auto out = registers::outcome_json(updated.fill);
    out["provider"] = updated.provider->name;
    out["obtained_on"] = updated.obtained_on;
    out["proposed"] = updated.proposed;
    json::array events;
    for (const auto& event : updated.events) events.emplace_back(event.kind);
    out["events"] = std::move(events);
    return reply(out);
  }

 private:
  json::object settings_json(const Provider& provider) const {
    // It reads on its own: one reader must not wait for another one.
    const bool has_local = updates_.has_local(provider);
    return parts_.database.read([&](store::Session& session) {
      const auto settings = updates_.settings_of(session, provider);
      auto out = settings_to_json(settings);
      out["provider"] = provider.name;
      out["title"] = provider.title;
      out["version"] = settings.version;
      json::array fields;
      for (const auto field : registers::company_fields()) fields.emplace_back(field);
      out["fields"] = std::move(fields);
      out["can_online"] = updates_.can_online(provider);
      out["has_local"] = has_local;
      add_last_run(session, provider, out);
      return out;
    });
  }

  void add_last_run(store::Session& session, const Provider& provider, json::object& out) const {
    out["feed_cursor"] = nullptr;
    out["last_run_at"] = nullptr;
    out["last_run"] = nullptr;
    auto rows = session.query(parts_.statements["register_updates.find_run"], {provider.name});
    if (!rows->next()) return;
    if (!rows->text(0).empty()) out["feed_cursor"] = rows->text(0);
    if (rows->is_null(1)) return;
    out["last_run_at"] = render_instant(Instant{rows->integer(1)});
    out["last_run"] = json::parse(std::string(rows->text(2)));
  }

  Status check_readable(store::Session& session, const access::Scope& scope, RecordId id) const {
    const auto dictionary = parts_.records.dictionary_ptr();
    const auto* type = dictionary->find("company");
    if (!type) return make_error(ErrorKind::not_found, "records/not_found");
    std::string unused;
    JsonWriter writer(unused);
    TRY(parts_.records.get(session, scope, *type, id, writer));
    return {};
  }

  json::array checks_of(store::Session& session, RecordId id) const {
    json::array out;
    for (auto rows = session.query(parts_.statements["register_updates.list_checks"], {id});
         rows->next();) {
      const auto* provider = registers::find_provider(rows->text(0));
      out.push_back(
          json::object{{"provider", rows->text(0)},
                       {"title", provider ? std::string_view(provider->title) : rows->text(0)},
                       {"number", rows->text(1)},
                       {"name", rows->text(2)},
                       {"status", rows->text(3)},
                       {"obtained_on", rows->text(4)},
                       {"checked_at", render_instant(Instant{rows->integer(5)})}});
    }
    return out;
  }

  RegisterUpdates& updates_;
  const records::ApiParts& parts_;
};

constexpr const char* settings_answer =
    "{provider!: text, title: text, version!: integer, is_nightly: boolean, source: text, "
    "otherwise: text, typed: text, policies: object, tasks: [text], fields: [text], "
    "can_online: boolean, has_local: boolean, feed_cursor: text?, last_run_at: instant?, "
    "last_run: object?}";

}  // namespace

// tidy: table
std::vector<access::Route> register_update_routes(RegisterUpdates& updates) {
  const auto api = std::make_shared<UpdateApi>(updates);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto admin = Right::function(access::functions::administer);
  const auto steward = Right::function(access::functions::bulk_edit);
  const std::string base = "/api/v1/register_updates";
  const std::string company = "/api/v1/companies/{id}/register_updates";
  return {
      {Method::get,
       base + "/settings",
       admin,
       to(&UpdateApi::list_settings),
       {"How companies follow each register",
        {.answer = "{items!: [" + std::string(settings_answer) + "]}"}}},
      {Method::put,
       base + "/settings/{provider}",
       admin,
       to(&UpdateApi::change_settings),
       {"Decide how companies follow a register",
        {.body = "{is_nightly: boolean, source: text, otherwise: text, typed: text, "
                 "policies: object, tasks: [text]}",
         .answer = settings_answer,
         .versioned = true}}},
      {Method::post,
       base + "/runs",
       steward,
       to(&UpdateApi::run),
       {"Look at many companies now",
        {.body = "{provider!: text, source: text, ids: [id], filter: text, preview: boolean}",
         .answer = "{job!: id}",
         .preview = "{count!: integer}",
         .status = 202}}},
      {Method::get,
       company,
       Right::signed_in(),
       to(&UpdateApi::show_company),
       {"What registers say of a company",
        {.answer = "{is_exempt!: boolean, open!: integer, checks!: [object], events!: [object]}"}}},
      {Method::post,
       company,
       Right::signed_in(),
       to(&UpdateApi::update_company),
       {"Look at one company now",
        {.body = "{provider: text, source: text}",
         .answer = "{provider!: text, obtained_on: text, company!: id?, batch!: id?, "
                   "fields!: [object], proposed!: integer, events!: [text]}"}},
       net::Lane::outside},
  };
}

}  // namespace fokus::register_updates
