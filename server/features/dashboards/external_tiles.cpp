// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/external_tiles.hpp"

#include <algorithm>

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::string_view header_field = "headers";

// What may show another answer.
std::string key_of(const Definition& d) {
  return d.presentation + json::serialize(d.json.at("source"));
}

// "https://api.example.org:8443/x" → "api.example.org:8443".
std::string host_of(std::string_view url) {
  url.remove_prefix(std::min(url.find("://") + 3, url.size()));
  return lower_ascii(url.substr(0, url.find_first_of("/?#")));
}

// "api.example.org" also with its port written out; "*.example.org" for every name below it.
bool is_host(std::string_view allowed, std::string_view host) {
  if (allowed.starts_with("*.")) return host.ends_with(allowed.substr(1));
  return allowed == host || std::string(allowed) + ":443" == host;
}

// "api.example.org X-Api-Key: abc", one per line or separated by semicolons.
std::vector<outgoing::Header> headers_for(std::string_view host, std::string_view text) {
  std::vector<outgoing::Header> out;
  const auto lines = replace_all(std::string(text), "\n", ";");
  for (const auto line : split(lines, ';')) {
    const auto one = trim(line);
    const auto space = one.find(' '), colon = one.find(':', std::min(space, one.size()));
    if (space == one.npos || colon == one.npos || !is_host(one.substr(0, space), host)) continue;
    out.push_back({std::string(trim(one.substr(space, colon - space))),
                   std::string(trim(one.substr(colon + 1))), true});
  }
  return out;
}

// Whether each host answers at all, whatever it says; of a star there is no host to ask.
Status test_hosts(connect::Outbound& outbound, const connect::Occasion& why) {
  const auto settings = TRY(outbound.connections().open(external_connector));
  for (const auto& host : settings.hosts) {
    if (host.starts_with('*')) continue;
    connect::Order order;
    order.connector = external_connector;
    order.path = "https://" + host + "/";
    order.occasion = why;
    TRY(outbound.send(order));
  }
  return {};
}

// As series of a chart that nothing stands behind here.
void write_cell(JsonWriter& json, std::optional<double> value) {
  json.begin_object().key("value");
  value ? json.value(*value) : json.null();
  json.key("number");
  value ? json.value(*value) : json.null();
  json.field("count", std::int64_t{0}).key("filter").null().end_object();
}

void write_key(JsonWriter& json, const std::string& text) {
  json.begin_object().key("value").value(text).key("label").value(text).end_object();
}

void write_chart(JsonWriter& json, const Definition& d, const ExternalRows& found) {
  const bool is_single = d.presentation == "number" || d.presentation == "gauge";
  json.key("measures").begin_array().begin_object().field("kind", "external");
  json.key("field").null().key("field_label").null().key("label").null();
  json.field("unit", "real").key("currency").null().end_object().end_array();
  json.key("group_by").begin_array();
  const int keys = is_single ? 0 : d.source.series.empty() ? 1 : 2;
  for (int i = 0; i < keys; ++i)
    json.begin_object()
        .field("field", i == 0 ? "label" : "series")
        .field("label", "")
        .field("kind", "text")
        .key("by")
        .null()
        .key("list")
        .null()
        .end_object();
  json.end_array().key("groups").begin_array();
  double sum = 0;
  for (const auto& row : found.rows) {
    sum += row.value.value_or(0);
    if (is_single) continue;
    json.begin_object().key("keys").begin_array();
    write_key(json, row.label);
    if (keys == 2) write_key(json, row.series);
    json.end_array().key("cells").begin_array();
    write_cell(json, row.value);
    json.end_array().end_object();
  }
  json.end_array().key("others").null().key("total").begin_object().key("cells").begin_array();
  write_cell(json, sum);
  json.end_array().end_object().key("comparison").null();
}

void write_table(JsonWriter& json, const Definition& d, const ExternalRows& found) {
  json.key("columns").begin_array();
  for (const auto& column : d.source.columns) json.value(column.label);
  json.end_array().key("rows").begin_array();
  for (const auto& row : found.rows) {
    json.begin_array();
    for (const auto& cell : row.cells) json.value(cell);
    json.end_array();
  }
  json.end_array();
}

}  // namespace

void declare_external_data(connect::Connections& connections) {
  connect::Connector out;
  out.name = external_connector;
  out.kind = "tile";
  out.title = {{"en", "Numbers of other systems on dashboards"},
               {"da", "Tal fra andre systemer på dashboards"},
               {"nb", "Tall fra andre systemer på dashbord"},
               {"sv", "Tal från andra system på instrumentpaneler"},
               {"de", "Zahlen anderer Systeme auf Dashboards"}};
  out.sends = {{"en", "The address that an administrator wrote into the tile"},
               {"da", "Den adresse, som en administrator har skrevet i ruden"},
               {"nb", "Adressen som en administrator har skrevet i ruten"},
               {"sv", "Adressen som en administratör har skrivit i rutan"},
               {"de", "Die Adresse, die in der Kachel steht"}};
  out.takes_hosts = true;
  out.fields = {{std::string(header_field),
                 {{"en", "Headers, as: api.example.org X-Api-Key: abc; next …"},
                  {"da", "Headere, som: api.example.org X-Api-Key: abc; næste …"},
                  {"nb", "Hoder, som: api.example.org X-Api-Key: abc; neste …"},
                  {"sv", "Huvuden, som: api.example.org X-Api-Key: abc; nästa …"},
                  {"de", "Kopfzeilen, wie: api.example.org X-Api-Key: abc; nächste …"}},
                 true,
                 false}};
  out.limits.total_ms = limits::external_total_ms;
  out.limits.answer_bytes_max = limits::external_bytes_max;
  out.test = [](connect::Outbound& outbound, const connect::Occasion& why) {
    return test_hosts(outbound, why);
  };
  connections.add(std::move(out));
}

Status ExternalTiles::check(const Scope& scope, const Definition& d) const {
  const bool is_system = scope.actor.kind == access::ActorKind::system;
  if (!is_system && !scope.permissions().has_function(access::functions::administer))
    return invalid_tile("source", "not_allowed");
  const auto settings = TRY(outbound_.connections().open(external_connector));
  const auto host = host_of(d.source.url);
  const bool allowed = std::any_of(settings.hosts.begin(), settings.hosts.end(),
                                   [&](const std::string& one) { return is_host(one, host); });
  return allowed ? Status() : invalid_tile("source.url", "host_not_allowed", {{"host", host}});
}

ExternalTiles::KeptPtr ExternalTiles::find(const Definition& d) const {
  std::lock_guard lock(mutex_);
  const auto at = kept_.find(key_of(d));
  return at == kept_.end() ? nullptr : at->second;
}

// What could not be fetched is not asked for again at once either.
bool ExternalTiles::is_fresh(const Kept& kept, const Definition& d) const {
  const auto now = parts_.clock.now();
  if (!kept.problem.empty()) return now < kept.tried_at.plus_ms(limits::external_retry_ms);
  return now < kept.fetched_at.plus_ms(d.source.minutes * ms_per_minute);
}

std::optional<std::string> ExternalTiles::known(const Scope& scope, const Definition& d) {
  const auto kept = find(d);
  if (!kept || kept->failure || !is_fresh(*kept, d)) return std::nullopt;
  return render(scope, d, *kept);
}

Result<std::string> ExternalTiles::answer(const Scope& scope, const Definition& d) {
  const auto before = find(d);
  if (before && is_fresh(*before, d)) {
    if (before->failure) return *before->failure;
    return render(scope, d, *before);
  }
  auto rows = fetch(scope, d);
  const Instant now = parts_.clock.now();
  const bool has_older = before && !before->failure;
  // What settings or the tile are to blame for is not kept: who repairs it sees that at once. A
  // host that does not answer would hold a worker of everybody who looks.
  if (!rows && !has_older && rows.error().kind != ErrorKind::unavailable) return rows.error();
  auto kept = std::make_shared<Kept>();
  if (rows) {
    kept->rows = *std::move(rows);
    kept->fetched_at = kept->tried_at = now;
  } else {
    if (has_older) *kept = *before;
    if (!has_older) kept->failure = rows.error();
    kept->tried_at = now;
    kept->problem = rows.error().code;
  }
  keep(d, kept);
  if (kept->failure) return *kept->failure;
  return render(scope, d, *kept);
}

Result<ExternalRows> ExternalTiles::fetch(const Scope& scope, const Definition& d) {
  const auto settings = TRY(outbound_.connections().open(external_connector));
  connect::Order order;
  order.connector = external_connector;
  order.path = d.source.url;
  order.headers = {{"Accept", "application/json", false}};
  const auto secret = settings.values.find(std::string(header_field));
  if (secret != settings.values.end())
    for (auto& header : headers_for(host_of(d.source.url), secret->second))
      order.headers.push_back(std::move(header));
  order.occasion = connect::occasion_of(scope);
  const auto answer = TRY(outbound_.fetch(order));
  return read_rows(d.source, d.presentation, answer.body);
}

// The one that was fetched first makes room.
void ExternalTiles::keep(const Definition& d, KeptPtr kept) {
  std::lock_guard lock(mutex_);
  kept_[key_of(d)] = std::move(kept);
  if (kept_.size() <= limits::external_kept_max) return;
  kept_.erase(std::min_element(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) {
    return a.second->tried_at < b.second->tried_at;
  }));
}

std::string ExternalTiles::render(const Scope& scope, const Definition& d, const Kept& kept) const {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("kind", d.is_list() ? "table" : "chart");
  json.field("presentation", d.presentation).field("title", title_of(d, scope.actor.language));
  json.field("record_type", "").field("plural", "").field("filter", "");
  json.field("as_of", render_instant(kept.fetched_at));
  json.key("applied").begin_array().end_array().key("depends_on").begin_array().end_array();
  if (const auto* target = d.json.if_contains("target"))
    json.key("target").raw(json::serialize(*target));
  d.is_list() ? write_table(json, d, kept.rows) : write_chart(json, d, kept.rows);
  json.key("external").begin_object().field("fetched_at", render_instant(kept.fetched_at));
  json.field("is_stale", !kept.problem.empty()).key("problem");
  kept.problem.empty() ? json.null() : json.value(kept.problem);
  json.end_object().field("truncated", kept.rows.is_truncated);
  json.field("cached", true).end_object();
  return out;
}

}  // namespace fokus::dashboards
