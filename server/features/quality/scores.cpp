// SPDX-License-Identifier: Apache-2.0
#include "features/quality/scores.hpp"

#include <algorithm>
#include <cmath>

#include "features/quality/finding_call.hpp"
#include "features/quality/snapshots.hpp"
#include "records/rights.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::RecordType;
using records::SqlText;

struct Group {
  std::int64_t id = 0;  // of an owner or a group; 0: nobody's
  std::string type;     // by type
  Figures figures;
  bool has_score = true;
};

json::value mean(const Figures& figures) {
  if (figures.records == 0) return nullptr;
  return std::round(static_cast<double>(figures.score_sum) * 10 /
                    static_cast<double>(figures.records)) /
         10;
}

class ScoreList {
 public:
  ScoreList(const FindingQuery& query, store::Session& session, std::string by)
      : query_(query), session_(session), by_(std::move(by)) {}

  Status add(const RecordType& type) {
    const auto* score = type.find(score_field);
    if (!score) return {};
    const bool is_open = !records::is_masked(query_.scope(), *score);
    const auto context = query_.context(session_);
    SqlText sql{"SELECT " + key_of(type) +
                    ", count(*), CAST(COALESCE(SUM(COALESCE(t.quality_score, 100)), 0) AS BIGINT), "
                    "CAST(COALESCE(SUM(CASE WHEN t.quality_score < 100 THEN 0 ELSE 1 END), 0) AS "
                    "BIGINT) FROM " +
                    type.table + " t WHERE t.archived_at IS NULL AND ",
                {}};
    if (!records::append_rights(context, type, access::Action::read, "t", sql)) sql.text += "1=1";
    sql.text += group_by(type);
    read(sql, type, [&](Group& group, const store::Rows& rows) {
      group.figures.records += rows.integer(1);
      group.figures.score_sum += rows.integer(2);
      group.figures.perfect += rows.integer(3);
      group.has_score = group.has_score && is_open;
    });
    return add_findings(type);
  }

  json::object to_json() {
    std::stable_sort(groups_.begin(), groups_.end(), [](const Group& a, const Group& b) {
      return a.figures.score_sum * std::max<std::int64_t>(1, b.figures.records) <
             b.figures.score_sum * std::max<std::int64_t>(1, a.figures.records);
    });
    json::array out;
    for (const auto& group : groups_)
      if (group.figures.records > 0) out.push_back(one(group));
    return {{"groups", std::move(out)}};
  }

 private:
  std::string key_of(const RecordType& type) const {
    if (!type.owned || by_ == "type" || by_ == "all") return "0";
    return by_ == "owner" ? "COALESCE(t.owner, 0)" : "COALESCE(t.owner_group, 0)";
  }
  std::string group_by(const RecordType& type) const {
    const std::string key = key_of(type);
    return key == "0" ? std::string() : " GROUP BY " + key;
  }

  Status add_findings(const RecordType& type) {
    SqlText sql{"SELECT " + key_of(type) +
                    ", count(*), CAST(COALESCE(SUM(CASE WHEN f.severity = 0 THEN 1 ELSE 0 END), 0) "
                    "AS BIGINT)",
                {}};
    if (!TRY(query_.append_source(session_, type, FindingFilter(), access::Action::read, sql)))
      return {};
    sql.text += group_by(type);
    read(sql, type, [](Group& group, const store::Rows& rows) {
      group.figures.findings += rows.integer(1);
      group.figures.errors += rows.integer(2);
    });
    return {};
  }

  template <class Take>
  void read(const SqlText& sql, const RecordType& type, const Take& take) {
    const auto params = sql.params();
    for (auto rows = session_.query(sql.text, store::Params(params)); rows->next();)
      take(group_of(rows->integer(0), by_ == "type" ? type.name : std::string()), *rows);
  }

  Group& group_of(std::int64_t id, const std::string& type) {
    const auto found = std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) {
      return group.id == id && group.type == type;
    });
    if (found != groups_.end()) return *found;
    return groups_.emplace_back(Group{id, type, {}, true});
  }

  json::object one(const Group& group) {
    json::value key = nullptr;
    std::string label;
    if (by_ == "type") {
      key = json::value(group.type);
      const auto& labels = query_.dictionary().find(group.type)->label_plural;
      const auto own = labels.find(query_.scope().actor.language);
      const auto english = labels.find("en");
      label = own != labels.end()       ? own->second
              : english != labels.end() ? english->second
                                        : group.type;
    } else if (group.id != 0) {
      key = group.id;
      label = session_
                  .query_text(std::string("SELECT name FROM ") +
                                  (by_ == "owner" ? "users" : "groups") + " WHERE id = $1",
                              {group.id})
                  .value_or(std::string());
    }
    return {{"key", std::move(key)},
            {"label", label.empty() ? json::value() : json::value(label)},
            {"records", group.figures.records},
            {"score", group.has_score ? mean(group.figures) : json::value()},
            {"perfect", group.has_score ? group.figures.perfect : 0},
            {"findings", group.figures.findings},
            {"errors", group.figures.errors}};
  }

  const FindingQuery& query_;
  store::Session& session_;
  std::string by_;
  std::vector<Group> groups_;
};

}  // namespace

Result<json::object> list_scores(const FindingQuery& query, store::Session& session,
                                 const std::vector<const RecordType*>& types,
                                 const std::string& by) {
  if (by != "owner" && by != "group" && by != "type" && by != "all")
    return invalid("by", "unknown");
  ScoreList list(query, session, by);
  for (const auto* type : types) TRY(list.add(*type));
  return list.to_json();
}

json::object list_series(store::Session& session, const store::Statements& sql,
                         const RecordType& type, const std::string& scope, std::int64_t id,
                         Date from) {
  json::array points;
  for (auto rows =
           session.query(sql["quality.list_snapshots"], {type.name, scope, id, render_date(from)});
       rows->next();) {
    const Figures figures{rows->integer(1), rows->integer(2), 0, rows->integer(3),
                          rows->integer(4)};
    points.push_back(json::object{{"day", rows->text(0)},
                                  {"records", figures.records},
                                  {"score", mean(figures)},
                                  {"findings", figures.findings},
                                  {"errors", figures.errors}});
  }
  return {{"points", std::move(points)}};
}

}  // namespace fokus::quality
