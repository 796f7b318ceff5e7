// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/pairs.hpp"

#include <algorithm>
#include <charconv>

#include "features/duplicates/reasons.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;
using records::SqlText;

struct PairRow {
  std::int64_t id, left, right, score;
  Instant found_at;
};

class PairList {
 public:
  PairList(const Duplicates& duplicates, const access::Scope& scope,
           const records::RecordType& type, TypeRulesPtr rules, const PairQuery& query)
      : parts_(duplicates.parts()),
        scope_(scope),
        type_(type),
        rules_(std::move(rules)),
        query_(query),
        left_out_(left_out_of(scope, rules_->matcher, type)),
        dictionary_(parts_.dictionary.current()) {}

  Result<json::object> list() {
    TRY(read_range());
    return parts_.database.read([&](store::Session& session) -> Result<json::object> {
      auto rows = read_page(session);
      const bool has_more = rows.size() > static_cast<std::size_t>(query_.limit);
      if (has_more) rows.pop_back();
      json::object out{{"pairs", describe(session, rows)}, {"counts", count(session)}};
      out["next"] = has_more ? json::value(std::to_string(rows.back().score) + "." +
                                           std::to_string(rows.back().id))
                             : json::value();
      return out;
    });
  }

  // Scored again: what has changed since the scan is merged by nobody unseen.
  std::vector<std::pair<std::int64_t, std::int64_t>> certain(store::Session& session) {
    from_ = rules_->matcher.rules().certain_at, below_ = 101;
    const auto rows = read_page(session);
    const auto subjects = subjects_of(session, rows);
    std::vector<std::pair<std::int64_t, std::int64_t>> out;
    for (const auto& row : rows) {
      const Subject *left = find(subjects, row.left), *right = find(subjects, row.right);
      if (left && right && match(*left, *right).score >= from_)
        out.emplace_back(row.left, row.right);
    }
    return out;
  }

  json::object count() {
    return parts_.database.read([&](store::Session& session) { return count(session); });
  }

 private:
  // Whoever does not see all that is compared is shown what was found without it.
  std::string score() const { return left_out_.any ? "p.open_score" : "p.score"; }

  Status read_range() {
    const Rules& rules = rules_->matcher.rules();
    from_ = rules.keep_at, below_ = 101;
    if (query_.certainty == "certain")
      from_ = rules.certain_at;
    else if (query_.certainty == "likely")
      from_ = rules.warn_at, below_ = rules.certain_at;
    else if (query_.certainty == "possible")
      below_ = rules.warn_at;
    else if (!query_.certainty.empty())
      return field_error("duplicates/invalid", "certainty", "unknown");
    if (query_.after.empty()) return {};
    const char* const end = query_.after.data() + query_.after.size();
    const auto first = std::from_chars(query_.after.data(), end, after_score_);
    const bool is_split = first.ec == std::errc{} && first.ptr != end && *first.ptr == '.';
    if (!is_split || std::from_chars(first.ptr + 1, end, after_id_).ptr != end)
      return field_error("duplicates/invalid", "after", "not_a_cursor");
    return {};
  }

  void append_source(store::Session& session, SqlText& sql, int from, int below) const {
    const records::CriteriaContext context{*dictionary_, scope_, parts_.clock.now(),
                                           session.engine()};
    sql.text += " FROM duplicate_pairs p JOIN " + type_.table + " l ON l.id = p.left_id JOIN " +
                type_.table +
                " r ON r.id = p.right_id WHERE p.record_type = " + sql.bind(type_.name);
    sql.text += " AND " + score() + " >= " + sql.bind(std::int64_t{from}) + " AND " + score() +
                " < " + sql.bind(std::int64_t{below});
    for (const std::string side : {"l", "r"}) {
      sql.text += " AND " + side + ".archived_at IS NULL AND ";
      if (!records::append_rights(context, type_, access::Action::read, side, sql))
        sql.text += "1=1";
    }
    sql.text +=
        " AND NOT EXISTS (SELECT 1 FROM duplicate_dismissals d WHERE d.record_type = "
        "p.record_type AND d.left_id = p.left_id AND d.right_id = p.right_id)";
    if (query_.owner == 0 || !type_.owned) return;
    const std::string owner = sql.bind(query_.owner);
    sql.text += " AND (l.owner = " + owner + " OR r.owner = " + owner + ")";
  }

  std::vector<PairRow> read_page(store::Session& session) const {
    SqlText sql{"SELECT p.id, p.left_id, p.right_id, " + score() + ", p.found_at", {}};
    append_source(session, sql, from_, below_);
    if (!query_.after.empty()) {
      const std::string last = sql.bind(after_score_);
      sql.text += " AND " + score() + " <= " + last + " AND (" + score() + " < " + last +
                  " OR p.id < " + sql.bind(after_id_) + ")";
    }
    sql.text += " ORDER BY " + score() + " DESC, p.id DESC LIMIT " +
                sql.bind(static_cast<std::int64_t>(query_.limit) + 1);
    std::vector<PairRow> out;
    const auto params = sql.params();
    for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
      out.push_back({rows->integer(0), rows->integer(1), rows->integer(2), rows->integer(3),
                     Instant{rows->integer(4)}});
    return out;
  }

  json::object count(store::Session& session) const {
    const Rules& rules = rules_->matcher.rules();
    SqlText sql{"SELECT ", {}};
    const std::string certain = sql.bind(std::int64_t{rules.certain_at});
    const std::string likely = sql.bind(std::int64_t{rules.warn_at});
    sql.text += "COALESCE(SUM(CASE WHEN " + score() + " >= " + certain +
                " THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN " + score() + " >= " + likely +
                " THEN 1 ELSE 0 END), 0), count(*)";
    append_source(session, sql, rules.keep_at, 101);
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    rows->next();
    const std::int64_t of_certain = rows->integer(0), of_likely = rows->integer(1);
    return {{"certain", of_certain},
            {"likely", of_likely - of_certain},
            {"possible", rows->integer(2) - of_likely}};
  }

  // In the order of their ids.
  std::vector<Subject> subjects_of(store::Session& session,
                                   const std::vector<PairRow>& rows) const {
    std::vector<std::int64_t> ids;
    for (const auto& row : rows) ids.insert(ids.end(), {row.left, row.right});
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return Subjects(rules_->matcher, type_).read(session, ids, true);
  }
  static const Subject* find(const std::vector<Subject>& subjects, std::int64_t id) {
    const auto at =
        std::lower_bound(subjects.begin(), subjects.end(), id,
                         [](const Subject& one, std::int64_t wanted) { return one.id < wanted; });
    return at != subjects.end() && at->id == id ? &*at : nullptr;
  }
  Match match(const Subject& left, const Subject& right) const {
    const Matcher& matcher = rules_->matcher;
    return matcher.match(matcher.prepare(left), matcher.prepare(right), left_out_.comparisons,
                         true);
  }

  json::array describe(store::Session& session, const std::vector<PairRow>& rows) const {
    const auto subjects = subjects_of(session, rows);
    json::array out;
    std::vector<std::int64_t> shown;
    for (const auto& row : rows) {
      const Subject *left = find(subjects, row.left), *right = find(subjects, row.right);
      if (left && right) describe_pair(session, row, *left, *right, out, shown);
    }
    records::trace_read(parts_, scope_, "list", type_, shown, "duplicates");
    return out;
  }

  void describe_pair(store::Session& session, const PairRow& row, const Subject& left,
                     const Subject& right, json::array& out,
                     std::vector<std::int64_t>& shown) const {
    const Matcher& matcher = rules_->matcher;
    const Match match = this->match(left, right);
    // Changed since they were found: a pair no more.
    if (match.score < matcher.rules().keep_at) return;
    const auto left_record = read_record(parts_, session, scope_, type_, left.id);
    const auto right_record = read_record(parts_, session, scope_, type_, right.id);
    if (left_record.empty() || right_record.empty()) return;
    shown.insert(shown.end(), {left.id, right.id});
    const auto side = [&](const Subject& subject, const json::object& record) {
      return json::object{{"id", subject.id},
                          {"label", text_in(record, "name")},
                          {"record", card_of(matcher, type_, record)}};
    };
    out.push_back(json::object{
        {"pair", row.id},
        {"score", match.score},
        {"certainty", certainty_of(matcher.rules(), match.score)},
        {"left", side(left, left_record)},
        {"right", side(right, right_record)},
        {"reasons",
         reasons_json(matcher, type_, match, {left, right, right_record}, scope_.actor.language)},
        {"found_at", render_instant(row.found_at)}});
  }

  const records::ApiParts& parts_;
  const access::Scope& scope_;
  const records::RecordType& type_;
  TypeRulesPtr rules_;
  const PairQuery& query_;
  LeftOut left_out_;
  records::DictionaryPtr dictionary_;
  int from_ = 0, below_ = 0;
  std::int64_t after_score_ = 0, after_id_ = 0;
};

}  // namespace

Result<json::object> list_pairs(const Duplicates& duplicates, const access::Scope& scope,
                                const records::RecordType& type, const PairQuery& query) {
  auto rules = duplicates.rules().find(type.name);
  if (!rules) return make_error(ErrorKind::invalid, "duplicates/no_rules");
  return PairList(duplicates, scope, type, std::move(rules), query).list();
}

std::vector<std::pair<std::int64_t, std::int64_t>> certain_pairs(const Duplicates& duplicates,
                                                                 store::Session& session,
                                                                 const access::Scope& scope,
                                                                 const records::RecordType& type) {
  auto rules = duplicates.rules().find(type.name);
  if (!rules) return {};
  PairQuery query;
  query.limit = limits::certain_pairs_max;
  return PairList(duplicates, scope, type, std::move(rules), query).certain(session);
}

Result<json::object> count_pairs(const Duplicates& duplicates, const access::Scope& scope,
                                 const records::RecordType& type) {
  auto rules = duplicates.rules().find(type.name);
  if (!rules) return make_error(ErrorKind::invalid, "duplicates/no_rules");
  const PairQuery all;
  return PairList(duplicates, scope, type, std::move(rules), all).count();
}

}  // namespace fokus::duplicates
