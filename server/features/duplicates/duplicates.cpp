// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/duplicates.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "features/duplicates/key_store.hpp"
#include "features/duplicates/reasons.hpp"
#include "platform/locale.hpp"
#include "records/rights.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;
using access::Scope;
using records::RecordType;

template <class IsMasked>
LeftOut left_out(const Matcher& matcher, const RecordType& type, IsMasked is_masked) {
  LeftOut out;
  for (const auto& comparison : matcher.rules().comparisons) {
    const bool masked = std::any_of(comparison.fields.begin(), comparison.fields.end(),
                                    [&](const std::string& name) {
                                      const auto* field = type.find(name);
                                      return field && is_masked(field->privacy.data_class);
                                    });
    out.comparisons.push_back(masked);
    out.any = out.any || masked;
  }
  return out;
}

records::FieldContext field_context(const records::ApiParts& parts, const Scope& scope,
                                    const records::Dictionary& dictionary) {
  const Instant now = parts.clock.now();
  const auto zone = TimeZone::find(scope.actor.time_zone).value_or(TimeZone::utc());
  return {dictionary,
          dictionary.installation.base_currency,
          scope.actor.user,
          scope.actor.primary_group,
          now,
          zone.date_of(now)};
}

// Those that meet in most keys come first, the newest among equals.
std::vector<std::int64_t> meet(store::Session& session, const store::Statements& sql,
                               const std::vector<std::int64_t>& blocks, std::int64_t exclude) {
  std::unordered_map<std::int64_t, int> met;
  for (const std::int64_t block : blocks)
    for (auto rows = session.query(sql["duplicates.find_block"], {block, limits::entry_block_max});
         rows->next();)
      if (rows->integer(0) != exclude) ++met[rows->integer(0)];
  std::vector<std::pair<int, std::int64_t>> order;
  for (const auto& [id, times] : met) order.emplace_back(times, id);
  std::sort(order.rbegin(), order.rend());
  if (order.size() > limits::entry_records_max) order.resize(limits::entry_records_max);
  std::vector<std::int64_t> out;
  for (const auto& [times, id] : order) out.push_back(id);
  std::sort(out.begin(), out.end());
  return out;
}

std::unordered_set<std::int64_t> dismissed_with(store::Session& session,
                                                const store::Statements& sql,
                                                const RecordType& type, std::int64_t id) {
  std::unordered_set<std::int64_t> out;
  if (id == 0) return out;
  for (auto rows = session.query(sql["duplicates.list_dismissed"], {type.name, id}); rows->next();)
    out.insert(rows->integer(0) == id ? rows->integer(1) : rows->integer(0));
  return out;
}

struct Scored {
  const Subject* subject;
  Match match;
};

std::vector<Scored> best_of(const Matcher& matcher, const Subject& mine,
                            const std::vector<Subject>& others, const LeftOut& left_out,
                            const Duplicates::Question& question) {
  const Prepared prepared = matcher.prepare(mine);
  const int from = question.from ? question.from : matcher.rules().possible_at;
  std::vector<Scored> out;
  for (const auto& other : others) {
    Match match = matcher.match(prepared, matcher.prepare(other), left_out.comparisons, true);
    if (match.score >= from) out.push_back({&other, std::move(match)});
  }
  std::stable_sort(out.begin(), out.end(), [](const Scored& a, const Scored& b) {
    return a.match.points > b.match.points;
  });
  const auto limit = static_cast<std::size_t>(question.limit);
  if (out.size() > limit) out.erase(out.begin() + static_cast<std::ptrdiff_t>(limit), out.end());
  return out;
}

}  // namespace

LeftOut left_out_of(const Scope& scope, const Matcher& matcher, const RecordType& type) {
  return left_out(matcher, type, [&](const std::string& data_class) {
    return records::is_class_masked(scope, data_class);
  });
}

LeftOut masked_comparisons(const Matcher& matcher, const RecordType& type) {
  return left_out(matcher, type, [](const std::string& data_class) {
    return records::is_masked_class(data_class);
  });
}

Duplicates::Duplicates(const records::ApiParts& parts) : parts_(parts), book_(parts) {}

void Duplicates::open() {
  book_.load();
  subscription_ = parts_.database.subscribe("duplicates", [this](std::string_view) {
    // SQLite has no other node, and its own change is loaded by whoever made it.
    if (parts_.database.engine() != store::Engine::postgres) return;
    try {
      book_.load();
    } catch (const store::Failure&) {
      // The next change, or the next start, brings it.
    }
  });
}

void Duplicates::follow(store::Transaction& tx, const RecordType& type, RecordId id,
                        const records::WatchedRecord* before,
                        const records::WatchedRecord* after) const {
  if (const auto rules = book_.find(type.name))
    follow_save(tx, parts_.statements, *rules, type, id, before, after);
}

json::array Duplicates::find(store::Session& session, const Scope& scope, const RecordType& type,
                             const Question& question) const {
  const auto rules = book_.find(type.name);
  if (!rules) return {};
  const auto dictionary = parts_.dictionary.current();
  const auto drafted = records::draft_record(field_context(parts_, scope, *dictionary), scope, type,
                                             question.values);
  const Subjects subjects(rules->matcher, type);
  const Subject mine = subjects.of(drafted.draft, drafted.points);
  auto ids = meet(session, parts_.statements, blocks_of(*rules, mine), question.exclude);
  const auto dismissed = dismissed_with(session, parts_.statements, type, question.exclude);
  std::erase_if(ids, [&](std::int64_t id) { return dismissed.contains(id); });
  const records::CriteriaContext context{*dictionary, scope, parts_.clock.now(), session.engine()};
  const auto others = subjects.read(session, ids, true, [&](records::SqlText& sql) {
    sql.text += " AND ";
    if (!records::append_rights(context, type, access::Action::read, "t", sql)) sql.text += "1=1";
  });
  const auto best =
      best_of(rules->matcher, mine, others, left_out_of(scope, rules->matcher, type), question);
  json::array out;
  std::vector<std::int64_t> shown;
  for (const auto& [subject, match] : best) {
    const auto record = read_record(parts_, session, scope, type, subject->id);
    if (record.empty()) continue;
    shown.push_back(subject->id);
    out.push_back(json::object{
        {"id", subject->id},
        {"type", type.name},
        {"label", text_in(record, "name")},
        {"score", match.score},
        {"certainty", certainty_of(rules->matcher.rules(), match.score)},
        {"reasons",
         reasons_json(rules->matcher, type, match, {mine, *subject, record}, scope.actor.language)},
        {"record", card_of(rules->matcher, type, record)}});
  }
  records::trace_read(parts_, scope, "search", type, shown, "duplicates");
  return out;
}

Status Duplicates::check(store::Session& session, const Scope& scope, const RecordType& type,
                         const json::object& values) const {
  const auto rules = book_.find(type.name);
  if (!rules || !rules->matcher.rules().ask_on_create) return {};
  const auto dictionary = parts_.dictionary.current();
  const auto drafted =
      records::draft_record(field_context(parts_, scope, *dictionary), scope, type, values);
  if (!drafted.is_whole) return {};
  const auto candidates =
      find(session, scope, type,
           {values, 0, limits::candidates_default, rules->matcher.rules().warn_at});
  if (candidates.empty()) return {};
  Error error = make_error(ErrorKind::conflict, "duplicate_suspected");
  error.params["candidates"] = json::serialize(candidates);
  return error;
}

Status Duplicates::check_readable(store::Session& session, const Scope& scope,
                                  const RecordType& type, RecordId id) const {
  std::string text;
  JsonWriter writer(text);
  TRY(parts_.records.get(session, scope, type, id, writer));
  return {};
}

Status Duplicates::dismiss(const Scope& scope, const RecordType& type, RecordId a,
                           RecordId b) const {
  return parts_.database.write([&](store::Transaction& tx) -> Status {
    TRY(check_readable(tx, scope, type, a));
    TRY(check_readable(tx, scope, type, b));
    const auto [left, right] = std::minmax(a.value, b.value);
    tx.execute(parts_.statements["duplicates.dismiss"],
               {type.name, left, right, parts_.clock.now(), scope.actor.user});
    return {};
  });
}

Status Duplicates::restore(const Scope& scope, const RecordType& type, RecordId a,
                           RecordId b) const {
  return parts_.database.write([&](store::Transaction& tx) -> Status {
    TRY(check_readable(tx, scope, type, a));
    TRY(check_readable(tx, scope, type, b));
    const auto [left, right] = std::minmax(a.value, b.value);
    tx.execute(parts_.statements["duplicates.restore"], {type.name, left, right});
    return {};
  });
}

}  // namespace fokus::duplicates
