// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "features/registers/register_json.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int found_default = 10;

json::object to_json(const Load& load) {
  json::object out{{"id", load.id.value},
                   {"status", status_name(load.status)},
                   {"name", load.name},
                   {"size_bytes", load.size_bytes},
                   {"obtained_on", load.obtained_on},
                   {"created_at", render_instant(load.created_at)},
                   {"job", load.job.value},
                   {"rows", load.rows},
                   {"bad_rows", load.bad_rows},
                   {"problems", load.problems.to_json()}};
  out["ended_at"] = load.ended_at.ms ? json::value(render_instant(load.ended_at)) : json::value();
  if (!load.error.empty()) out["error"] = load.error;
  return out;
}

Reply reply(const json::object& body, int status = 200) {
  return Reply::json(json::serialize(body), status);
}

class RegisterApi {
 public:
  explicit RegisterApi(Registers& registers) : registers_(registers) {}

  Result<Reply> list(Visit&) const {
    json::array items;
    for (const auto& provider : shipped_providers()) {
      json::object item{{"name", provider.name},
                        {"title", provider.title},
                        {"country", provider.country},
                        {"licence", provider.licence},
                        {"licence_text", provider.licence_text},
                        {"licence_url", provider.licence_url},
                        {"source_url", provider.source_url},
                        {"note", provider.note},
                        {"has_file", provider.has_bulk},
                        {"online", online_json(provider, registers_.online())},
                        {"current", nullptr},
                        {"latest", nullptr}};
      if (const auto current = registers_.current_load(provider.name))
        item["current"] = to_json(*current);
      // The newest of all, so that the page can show what is under way or went wrong.
      if (const auto loads = registers_.list_loads(provider.name, 1); !loads.empty())
        item["latest"] = to_json(loads.front());
      items.push_back(std::move(item));
    }
    return reply({{"items", std::move(items)}});
  }

  Result<Reply> list_loads(Visit& visit) const {
    const auto* provider = TRY(provider_of(visit));
    const auto text = [&](std::string_view name) {
      return visit.call.query_value(name).value_or("");
    };
    const LoadId before{TRY(records::parse_before(text("cursor")))};
    const int limit = text("limit").empty() ? limits::loads_max : TRY(limit_of(visit));
    auto loads = registers_.list_loads(provider->name, limit + 1, before);
    const bool goes_on = loads.size() > static_cast<std::size_t>(limit);
    if (goes_on) loads.pop_back();
    json::array items;
    for (const auto& load : loads) items.push_back(to_json(load));
    return reply(
        {{"items", std::move(items)},
         {"next", goes_on ? json::value(std::to_string(loads.back().id.value)) : json::value()}});
  }

  Result<Reply> load(Visit& visit) const {
    const auto* provider = TRY(provider_of(visit));
    if (visit.call.body_file.empty()) return make_error(ErrorKind::invalid, "registers/empty_file");
    const auto text = [&](std::string_view name) {
      return std::string(visit.call.query_value(name).value_or(""));
    };
    const auto started = TRY(registers_.load_later(
        visit.scope, {provider->name, text("name"), visit.call.body_file, text("date"), true}));
    return reply({{"load", started.load.value}, {"job", started.job.value}}, 202);
  }

  Result<Reply> remove(Visit& visit) const {
    TRY(registers_.remove(visit.scope, TRY(provider_of(visit))->name));
    return Reply::no_content();
  }

  Result<Reply> search(Visit& visit) const {
    const auto q = visit.call.query_value("q").value_or("");
    const auto country = visit.call.query_value("country").value_or("");
    const auto outcome = TRY(registers_.search(visit.scope, q, country, TRY(limit_of(visit))));
    json::array companies, entries;
    for (const auto& company : outcome.companies)
      companies.push_back(json::object{{"id", company.id.value}, {"name", company.name}});
    for (const auto& found : outcome.entries) entries.push_back(found_json(found));
    return reply({{"companies", std::move(companies)}, {"entries", std::move(entries)}});
  }

  Result<Reply> look_up(Visit& visit) const { return reply(found_json(TRY(found_of(visit)))); }

  Result<Reply> make_company(Visit& visit) const {
    const auto found = TRY(found_of(visit));
    auto order = TRY(parse_fill_order(TRY(records::body_object(visit.call))));
    order.expected_versions = TRY(records::parse_if_match(visit.call.header("If-Match")));
    const auto outcome = TRY(registers_.make_company(visit.scope, found, order));
    const bool is_new = !order.company && !order.is_preview;
    return reply(outcome_json(outcome), is_new ? 201 : 200);
  }

 private:
  static Result<const Provider*> provider_of(const Visit& visit) {
    const auto* provider = find_provider(visit.call.param("provider"));
    if (!provider) return make_error(ErrorKind::not_found, "registers/not_found");
    return provider;
  }
  Result<Found> found_of(const Visit& visit) const {
    return registers_.look_up(visit.scope, visit.call.param("provider"),
                              visit.call.param("number"));
  }
  static Result<int> limit_of(const Visit& visit) {
    if (!visit.call.query_value("limit")) return found_default;
    return TRY(records::parse_list_call(visit.call)).query.limit;
  }

  Registers& registers_;
};

}  // namespace

// tidy: table
std::vector<access::Route> register_routes(Registers& registers) {
  const auto api = std::make_shared<RegisterApi>(registers);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto admin = Right::function(access::functions::administer);
  const std::string base = "/api/v1/registers", one = base + "/{provider}";
  const std::string entry = one + "/entries/{number}";
  access::Route upload{Method::post,
                       one + "/loads",
                       admin,
                       to(&RegisterApi::load),
                       {"Load a bulk file of a register",
                        {.query = "name, date",
                         .answer = "{load!: id, job!: id}",
                         .status = 202,
                         .upload = "application/octet-stream"}},
                       net::Lane::slow};
  upload.body_max = limits::file_bytes_max;
  upload.stream_body = true;
  return {
      {Method::get,
       base,
       Right::signed_in(),
       to(&RegisterApi::list),
       {"Public registers and what is loaded of them",
        {.answer = "{items!: [{name!: text, title: text, country: text, licence: text, "
                   "licence_text: text, licence_url: text, source_url: text, note: text, "
                   "has_file: boolean, online: object?, current: object?, latest: object?}]}"}}},
      {Method::get,
       base + "/search",
       Right::signed_in(),
       to(&RegisterApi::search),
       {"Companies, then entries of registers, by name or number",
        {.query = "q, country, limit: limit",
         .answer = "{companies!: [{id!: id, name!: text}], entries!: [" +
                   std::string(found_answer) + "]}"}}},
      std::move(upload),
      {Method::get,
       one + "/loads",
       admin,
       to(&RegisterApi::list_loads),
       {"Loads of a register",
        {.query = access::page_query,
         .answer = "{items!: [{id!: id, status!: text, name: text, size_bytes: integer, "
                   "obtained_on: text, created_at: instant, ended_at: instant?, job: integer, "
                   "rows: integer, bad_rows: integer, problems: any, error: text}], "
                   "next!: text?}"}}},
      {Method::remove,
       one,
       admin,
       to(&RegisterApi::remove),
       {"Remove what is loaded of a register", {}}},
      {Method::get,
       entry,
       Right::signed_in(),
       to(&RegisterApi::look_up),
       {"One entry of a register", {.answer = found_answer}}},
      {Method::post,
       entry + "/company",
       Right::signed_in(),
       to(&RegisterApi::make_company),
       {"Make a company of an entry, or fill one with it",
        {.body = company_body,
         .answer = company_answer,
         .preview = company_answer,
         .status = 201,
         .versioned = true}}},
  };
}

}  // namespace fokus::registers
