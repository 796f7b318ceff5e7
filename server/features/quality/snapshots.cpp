// SPDX-License-Identifier: Apache-2.0
#include "features/quality/snapshots.hpp"

#include <cmath>
#include <map>

#include "features/notifications/notifications.hpp"
#include "features/quality/evaluator.hpp"
#include "platform/locale.hpp"

namespace fokus::quality {
namespace {

using records::SqlText;

constexpr int monday = 1, days_of_week = 7;

// scope, id → figures
using ByScope = std::map<std::pair<std::string, std::int64_t>, Figures>;

Date today_of(const records::ApiParts& parts) {
  const auto dictionary = parts.dictionary.current();
  const auto zone =
      TimeZone::find(dictionary->installation.default_time_zone).value_or(TimeZone::utc());
  return zone.date_of(parts.clock.now());
}

void add(ByScope& out, std::int64_t owner, std::int64_t group, const Figures& more) {
  const std::pair<std::string, std::int64_t> places[] = {
      {"all", 0}, {"owner", owner}, {"group", group}};
  for (const auto& place : places) {
    auto& figures = out[place];
    figures.records += more.records;
    figures.score_sum += more.score_sum;
    figures.findings += more.findings;
    figures.errors += more.errors;
  }
}

ByScope count_type(store::Session& session, const records::RecordType& type,
                   const std::vector<const Rule*>& rules) {
  ByScope out;
  const std::string owner =
      type.owned ? "COALESCE(t.owner, 0), COALESCE(t.owner_group, 0)" : "0, 0";
  const std::string group_by = type.owned ? " GROUP BY t.owner, t.owner_group" : "";
  {
    auto rows = session.query("SELECT " + owner +
                              ", count(*), CAST(COALESCE(SUM(COALESCE(t.quality_score, 100)), 0) "
                              "AS BIGINT) FROM " +
                              type.table + " t WHERE t.archived_at IS NULL" + group_by);
    while (rows->next())
      add(out, rows->integer(0), rows->integer(1), {rows->integer(2), rows->integer(3), 0, 0, 0});
  }
  std::vector<std::int64_t> ids;
  for (const auto* rule : rules) ids.push_back(rule->id);
  if (ids.empty()) return out;
  SqlText sql{"SELECT " + owner +
                  ", count(*), CAST(SUM(CASE WHEN f.severity = 0 THEN 1 ELSE 0 END) AS BIGINT) "
                  "FROM quality_findings f JOIN " +
                  type.table + " t ON t.id = f.record_id WHERE f.record_type = ",
              {}};
  sql.text += sql.bind(type.name) + " AND f.dismissed_at = 0 AND t.archived_at IS NULL AND ";
  append_ids(sql, "f.rule", ids);
  sql.text += group_by;
  const auto params = sql.params();
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
    add(out, rows->integer(0), rows->integer(1), {0, 0, 0, rows->integer(2), rows->integer(3)});
  return out;
}

struct Sums {
  std::int64_t records = 0, score_sum = 0, findings = 0;
  std::int64_t score() const {
    return records == 0
               ? 100
               : std::llround(static_cast<double>(score_sum) / static_cast<double>(records));
  }
};

std::map<std::pair<std::string, std::int64_t>, Sums> sums_of(store::Session& session,
                                                             const records::ApiParts& parts,
                                                             Date day) {
  std::map<std::pair<std::string, std::int64_t>, Sums> out;
  for (auto rows = session.query(parts.statements["quality.sum_snapshots"], {render_date(day)});
       rows->next();)
    out[{std::string(rows->text(0)), rows->integer(1)}] = {rows->integer(2), rows->integer(3),
                                                           rows->integer(4)};
  return out;
}

std::string with_sign(std::int64_t number) {
  return (number > 0 ? "+" : "") + std::to_string(number);
}

void tell(store::Transaction& tx, const records::ApiParts& parts, UserId user, const Sums& now,
          const Sums* before, Date day) {
  notifications::Notice notice;
  notice.user = user;
  notice.kind = notifications::kinds::quality_weekly;
  notice.params = {{"findings", std::to_string(now.findings)},
                   {"score", std::to_string(now.score())},
                   {"change", with_sign(before ? now.findings - before->findings : 0)},
                   {"score_change", with_sign(before ? now.score() - before->score() : 0)}};
  notice.once = "quality:" + render_date(day);
  notifications::add_notice(tx, parts.statements, parts.clock.now(), std::move(notice));
}

}  // namespace

void take_snapshots(const records::ApiParts& parts, const RuleBook& rules) {
  const auto dictionary = parts.dictionary.current();
  const auto set = rules.current();
  const std::string day = render_date(today_of(parts));
  for (const auto& [name, type] : dictionary->types) {
    if (!type.find(score_field)) continue;
    ByScope counted;
    parts.database.read([&](store::Session& session) {
      counted = count_type(session, type, set->of_type(type.name));
    });
    parts.database.write([&](store::Transaction& tx) {
      for (const auto& [place, f] : counted)
        tx.execute(parts.statements["quality.save_snapshot"],
                   {type.name, place.first, place.second, day, f.records, f.score_sum, f.findings,
                    f.errors});
    });
  }
  const std::string oldest =
      render_date(plus_days(today_of(parts), -static_cast<int>(limits::snapshots_keep_days)));
  parts.database.write([&](store::Transaction& tx) {
    tx.execute(parts.statements["quality.remove_snapshots_before"], {oldest});
  });
}

// A steward who also owns records is told of the whole.
void tell_weekly(const records::ApiParts& parts) {
  const Date day = today_of(parts);
  if (weekday(day) != monday) return;
  parts.database.write([&](store::Transaction& tx) {
    const auto now = sums_of(tx, parts, day);
    const auto before = sums_of(tx, parts, plus_days(day, -days_of_week));
    std::map<std::int64_t, std::pair<std::string, std::int64_t>> told;
    for (const auto& [place, sums] : now)
      if (place.first == "owner" && place.second != 0 && sums.findings > 0)
        told[place.second] = place;
    for (auto rows = tx.query(parts.statements["quality.list_stewards"]); rows->next();)
      told[rows->integer(0)] = {"all", 0};
    for (const auto& [user, place] : told) {
      const auto sums = now.find(place);
      if (sums == now.end()) continue;
      const auto earlier = before.find(place);
      tell(tx, parts, UserId{user}, sums->second,
           earlier == before.end() ? nullptr : &earlier->second, day);
    }
  });
}

}  // namespace fokus::quality
