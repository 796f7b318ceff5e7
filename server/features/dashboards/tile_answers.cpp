// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/tile_answers.hpp"

#include "features/dashboards/answer_writer.hpp"
#include "features/dashboards/dependencies.hpp"
#include "features/dashboards/external_tiles.hpp"
#include "features/dashboards/panels.hpp"
#include "platform/crypto.hpp"
#include "store/session_limit.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Scope;

void trace(const records::ApiParts& parts, const Scope& scope, const CachedAnswer& answer) {
  for (const auto& named : answer.named)
    parts.trace(scope, {"list", named.type, named.ids, "dashboard tile"});
  if (!answer.counted.empty()) parts.trace(scope, {"aggregate", answer.counted, {}, answer.shape});
}

}  // namespace

std::string TileAnswers::web_answer(const Scope& scope, const Definition& d,
                                    const std::string& record) const {
  Panels::Address address;
  if (panels_ && !d.url.empty()) address = panels_->address(scope, d.url, record);
  const json::object out{
      {"kind", "web"},
      {"presentation", "web"},
      {"title", title_of(d, scope.actor.language)},
      {"url", panels_ ? address.url : d.url},
      {"host", address.host},
      {"is_allowed", address.is_allowed},
      {"expires_at",
       address.expires_at ? json::value(render_instant(*address.expires_at)) : json::value()},
      {"as_of", render_instant(parts_.clock.now())},
      {"cached", false}};
  return json::serialize(out);
}

// Read before the rows are, so that an answer is never newer than what its stamp says.
std::string TileAnswers::stamp_of(const Question& q) const {
  std::string out;
  for (const auto& type : q.types) out += type + std::to_string(changes_.of(type)) + ",";
  if (!q.uses_selection) return out;
  out += std::to_string(changes_.of_everything());
  return out + parts_.database.read([&](store::Session& session) {
    auto rows = session.query(parts_.statements["dashboards.selections_stamp"]);
    rows->next();
    return "/" + std::to_string(rows->integer(0)) + "/" + std::to_string(rows->integer(1)) + "/" +
           std::to_string(rows->integer(2));
  });
}

std::string TileAnswers::key_of(const records::Dictionary& dictionary, const Scope& scope,
                                Instant now, const Definition& d, const PageFilters& filters,
                                const Question& q) const {
  const auto zone = TimeZone::find(scope.actor.time_zone).value_or(TimeZone::utc());
  std::string key = json::serialize(d.json) + json::serialize(render_page_filters(filters));
  key += rights_key(dictionary, scope, q) + "|" + scope.actor.language + "|" + zone.name() + "|" +
         render_date(zone.date_of(now)) + "|" + std::to_string(dictionary.revision);
  if (q.uses_clock) key += "|" + std::to_string(now.ms / ms_per_minute);
  return key;
}

Result<TileAnswers::Asked> TileAnswers::ask(const records::Dictionary& dictionary,
                                            const Scope& scope, Instant now, const Definition& d,
                                            const PageFilters& given) const {
  PageFilters filters = given;
  filters.record.clear();  // of no meaning to tiles of records
  Asked out{TRY(make_question(dictionary, scope, now, d, filters)), {}, {}};
  out.key = key_of(dictionary, scope, now, d, filters, out.question);
  out.stamp = stamp_of(out.question);
  return out;
}

std::optional<std::string> TileAnswers::kept(const Scope& scope, const Asked& asked) const {
  const auto known = cache_.find(asked.key, asked.stamp);
  if (!known) return {};
  trace(parts_, scope, *known);
  return known->body + R"(,"cached":true})";
}

Result<std::string> TileAnswers::answer(const Scope& scope, const Definition& d,
                                        const PageFilters& filters) const {
  if (d.is_web()) return web_answer(scope, d, filters.record);
  if (d.is_external()) {
    if (!external_) return make_error(ErrorKind::conflict, "connect/switched_off");
    return external_->answer(scope, d);
  }
  const Instant now = parts_.clock.now();
  const auto dictionary = parts_.dictionary.current();
  auto asked = TRY(ask(*dictionary, scope, now, d, filters));
  if (auto known = kept(scope, asked)) return *std::move(known);
  auto fresh = TRY(compute(*dictionary, scope, now, d, asked.question));
  fresh.stamp = asked.stamp;
  const auto shared = std::make_shared<const CachedAnswer>(std::move(fresh));
  cache_.keep(asked.key, shared);
  trace(parts_, scope, *shared);
  return shared->body + R"(,"cached":false})";
}

std::optional<std::string> TileAnswers::known(const Scope& scope, const Definition& d,
                                              const PageFilters& filters) const {
  if (d.is_web()) return web_answer(scope, d, filters.record);
  if (d.is_external()) return external_ ? external_->known(scope, d) : std::nullopt;
  const auto dictionary = parts_.dictionary.current();
  const auto asked = ask(*dictionary, scope, parts_.clock.now(), d, filters);
  return asked ? kept(scope, *asked) : std::nullopt;
}

std::optional<std::string> TileAnswers::mark(const Scope& scope, const Definition& d,
                                             const PageFilters& filters) const {
  const auto dictionary = parts_.dictionary.current();
  const auto asked = ask(*dictionary, scope, parts_.clock.now(), d, filters);
  if (!asked) return std::nullopt;
  return crypto::sha256(asked->key + "\n" + asked->stamp);
}

Result<CachedAnswer> TileAnswers::compute(const records::Dictionary& dictionary, const Scope& scope,
                                          Instant now, const Definition& d, Question& q) const {
  try {
    return parts_.database.read([&](store::Session& session) -> Result<CachedAnswer> {
      store::limit_session(session, limits::tile_ms_max);
      CachedAnswer out;
      const AnswerContext context{parts_.records, parts_.statements, dictionary,
                                  scope,          session,           now};
      AnswerWriter writer(context, d, q, out);
      TRY(writer.write());
      // The closing brace comes when it is known whether the answer was kept.
      out.body.pop_back();
      return out;
    });
  } catch (const store::Failure& failure) {
    if (failure.kind != store::FailureKind::interrupted) throw;
    return make_error(ErrorKind::unavailable, "dashboards/too_slow");
  }
}

Status TileAnswers::check(const Scope& scope, const Definition& d) const {
  TRY(check_url(d.url));
  if (d.is_web()) return {};
  if (d.is_external())
    return external_ ? external_->check(scope, d) : invalid_tile("source", "not_available");
  const auto dictionary = parts_.dictionary.current();
  const auto* type = dictionary->find(d.record_type);
  if (!type || !scope.permissions().may(type->name, access::Action::read))
    return invalid_tile("record_type", "unknown");
  if (!type->owned && (d.scope == "mine" || d.scope == "my_group"))
    return invalid_tile("scope", "not_owned");
  return parts_.database.read([&](store::Session& session) {
    return check_members(parts_, *dictionary, scope, session, d, *type);
  });
}

}  // namespace fokus::dashboards
