// SPDX-License-Identifier: Apache-2.0
#include "features/quality/evaluator.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "records/fields/field_type.hpp"

namespace fokus::quality {
namespace {

using records::SqlText;

// A stored finding.
struct Row {
  std::int64_t id = 0, record = 0, rule = 0, severity = 0, hash = 0;
  std::string field;
  bool is_dismissed = false;
};

struct Current {
  std::int64_t version = 0, score = -1;  // -1: none
};

Evaluator::Looked* find_looked(std::vector<Evaluator::Looked>& looked, std::int64_t id) {
  const auto at = std::lower_bound(
      looked.begin(), looked.end(), id,
      [](const Evaluator::Looked& one, std::int64_t wanted) { return one.id < wanted; });
  return at != looked.end() && at->id == id ? &*at : nullptr;
}

std::vector<std::int64_t> ids_of(const std::vector<Evaluator::Looked>& looked) {
  std::vector<std::int64_t> out;
  for (const auto& one : looked) out.push_back(one.id);
  return out;
}

// Of neighbours a range is asked, which is the same statement each time.
void append_which(SqlText& sql, std::string_view column, const std::vector<std::int64_t>& ids) {
  const bool are_neighbours =
      ids.back() - ids.front() < 4 * static_cast<std::int64_t>(ids.size()) + 16;
  if (!are_neighbours) return append_ids(sql, column, ids);
  sql.text +=
      std::string(column) + " BETWEEN " + sql.bind(ids.front()) + " AND " + sql.bind(ids.back());
}

class Writer {
 public:
  Writer(store::Transaction& tx, const Quality& quality, const records::RecordType& type,
         const std::vector<const Rule*>& rules)
      : tx_(tx),
        sql_(quality.parts().statements),
        now_(quality.parts().clock.now()),
        type_(type),
        has_score_(type.find(score_field) != nullptr) {
    for (const auto* rule : rules) rules_[rule->id] = rule;
  }

  void write(const std::vector<Evaluator::Looked>& looked) {
    if (looked.empty()) return;
    const auto ids = ids_of(looked);
    read_current(ids);
    read_stored(ids);
    for (const auto& one : looked) write_one(one);
  }

 private:
  void read_current(const std::vector<std::int64_t>& ids) {
    SqlText sql{"SELECT t.id, t.version", {}};
    sql.text += has_score_ ? ", COALESCE(t.quality_score, -1)" : ", -1";
    sql.text += " FROM " + type_.table + " t WHERE t.archived_at IS NULL AND ";
    append_which(sql, "t.id", ids);
    const auto params = sql.params();
    for (auto rows = tx_.query(sql.text, store::Params(params)); rows->next();)
      current_[rows->integer(0)] = {rows->integer(1), rows->integer(2)};
  }

  void read_stored(const std::vector<std::int64_t>& ids) {
    SqlText sql{
        "SELECT f.id, f.record_id, f.rule, f.severity, f.value_hash, f.field, f.dismissed_at "
        "FROM quality_findings f WHERE f.record_type = ",
        {}};
    sql.text += sql.bind(type_.name) + " AND ";
    append_which(sql, "f.record_id", ids);
    const auto params = sql.params();
    for (auto rows = tx_.query(sql.text, store::Params(params)); rows->next();)
      // Those of rules that are off stay as they are, until the rule is on again.
      if (rules_.contains(rows->integer(2)))
        stored_[rows->integer(1)].push_back({rows->integer(0), rows->integer(1), rows->integer(2),
                                             rows->integer(3), rows->integer(4),
                                             std::string(rows->text(5)), rows->integer(6) != 0});
  }

  void write_one(const Evaluator::Looked& one) {
    const auto current = current_.find(one.id);
    if (current == current_.end() || current->second.version != one.version) return;
    int points = 0;
    std::set<std::int64_t> kept;
    for (const auto& problem : one.problems)
      if (is_open(one.id, problem, kept) && !is_private(type_, *problem.rule))
        points += problem.rule->weight;
    if (const auto stored = stored_.find(one.id); stored != stored_.end())
      for (const auto& row : stored->second)
        if (!kept.contains(row.id)) tx_.execute(sql_["quality.remove_finding"], {row.id});
    const std::int64_t score = std::max(0, 100 - points);
    if (has_score_ && score != current->second.score)
      tx_.execute("UPDATE " + type_.table + " SET quality_score = $1 WHERE id = $2",
                  {score, one.id});
  }

  // Stores the problem; false when somebody has said to leave it.
  bool is_open(std::int64_t record, const Evaluator::Problem& problem,
               std::set<std::int64_t>& kept) {
    const auto severity = static_cast<std::int64_t>(problem.rule->severity);
    const Row* row = find_row(record, problem);
    if (!row) {
      tx_.execute(sql_["quality.add_finding"], {type_.name, record, problem.rule->id, problem.field,
                                                severity, problem.hash, now_});
      return true;
    }
    kept.insert(row->id);
    if (row->hash != problem.hash) {
      tx_.execute(sql_["quality.renew_finding"], {row->id, severity, problem.hash, now_});
      return true;
    }
    if (row->severity != severity) tx_.execute(sql_["quality.grade_finding"], {row->id, severity});
    return !row->is_dismissed;
  }

  const Row* find_row(std::int64_t record, const Evaluator::Problem& problem) const {
    const auto stored = stored_.find(record);
    if (stored == stored_.end()) return nullptr;
    for (const auto& row : stored->second)
      if (row.rule == problem.rule->id && row.field == problem.field) return &row;
    return nullptr;
  }

  store::Transaction& tx_;
  const store::Statements& sql_;
  Instant now_;
  const records::RecordType& type_;
  bool has_score_;
  std::map<std::int64_t, const Rule*> rules_;
  std::map<std::int64_t, Current> current_;
  std::map<std::int64_t, std::vector<Row>> stored_;
};

}  // namespace

records::CriteriaContext rule_context(const Quality& quality, const records::Dictionary& dictionary,
                                      const access::Scope& system, store::Engine engine) {
  records::CriteriaContext out{dictionary, system, quality.parts().clock.now(), engine};
  out.base_scale = records::currency_scale(dictionary.installation.base_currency);
  out.row_by_row = true;
  return out;
}

void append_ids(SqlText& sql, std::string_view column, std::span<const std::int64_t> ids) {
  sql.text += std::string(column) + " IN (";
  for (std::size_t i = 0; i < ids.size(); ++i) sql.text += (i ? "," : "") + sql.bind(ids[i]);
  sql.text += ")";
}

void append_text(SqlText& sql, const SqlText& more) {
  for (std::size_t i = 0; i < more.text.size(); ++i) {
    if (more.text[i] != '$') {
      sql.text += more.text[i];
      continue;
    }
    std::size_t number = 0;
    while (i + 1 < more.text.size() && more.text[i + 1] >= '0' && more.text[i + 1] <= '9')
      number = number * 10 + static_cast<std::size_t>(more.text[++i] - '0');
    CHECK(number >= 1 && number <= more.values.size());
    sql.text += sql.bind(more.values[number - 1]);
  }
}

Evaluator::Evaluator(const Quality& quality, const records::RecordType& type,
                     records::DictionaryPtr dictionary)
    : quality_(quality),
      type_(type),
      dictionary_(std::move(dictionary)),
      rules_(quality.rules().current()),
      on_(rules_->of_type(type.name)),
      knowledge_(quality.knowledge()) {}

std::vector<Evaluator::Looked> Evaluator::look(store::Session& session,
                                               std::span<const std::int64_t> ids) const {
  if (ids.empty() || on_.empty()) return {};
  SqlText condition;
  append_ids(condition, "t.id", ids);
  return read(session, condition);
}

std::vector<Evaluator::Looked> Evaluator::look_after(store::Session& session, std::int64_t after,
                                                     int limit) const {
  // The range is found first, so that filters are asked about no more than that.
  std::int64_t last = 0;
  {
    SqlText sql{"SELECT max(n.id) FROM (SELECT t.id FROM " + type_.table +
                    " t WHERE t.archived_at IS NULL AND t.id > ",
                {}};
    sql.text += sql.bind(after) + " ORDER BY t.id LIMIT " +
                sql.bind(static_cast<std::int64_t>(limit)) + ") n";
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    if (rows->next() && !rows->is_null(0)) last = rows->integer(0);
  }
  if (last == 0) return {};
  SqlText condition{"t.id > ", {}};
  condition.text += condition.bind(after);
  condition.text += " AND t.id <= ";
  condition.text += condition.bind(last);
  return read(session, condition);
}

std::vector<std::pair<const Rule*, Hit>> Evaluator::hits_of(const Subject& subject) const {
  std::vector<std::pair<const Rule*, Hit>> out;
  for (const Rule* rule : on_) {
    if (rule->check.empty()) continue;
    for (auto& hit : find_hits(*rule, subject, *knowledge_)) out.emplace_back(rule, std::move(hit));
  }
  return out;
}

std::vector<Evaluator::Looked> Evaluator::read(store::Session& session,
                                               const SqlText& condition) const {
  SqlText sql{"SELECT t.id, " + type_.draft_columns + " FROM " + type_.table +
                  " t WHERE t.archived_at IS NULL AND ",
              {}};
  append_text(sql, condition);
  sql.text += " ORDER BY t.id";
  std::vector<Looked> out;
  Hashes hashes;
  const auto params = sql.params();
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();) {
    records::Draft draft(type_);
    records::read_draft(draft, *rows, 1);
    auto& one = out.emplace_back();
    one.id = rows->integer(0);
    one.version = draft.integer("version");
    for (const auto& [rule, hit] : hits_of(Subject(draft, nullptr)))
      one.problems.push_back({rule, hit.field, value_hash(draft, hit)});
    note_hashes(draft, one.id, hashes);
  }
  add_filtered(session, condition, hashes, out);
  return out;
}

void Evaluator::note_hashes(const records::Draft& draft, std::int64_t id, Hashes& out) const {
  for (const Rule* rule : on_)
    if (!rule->filter.empty() && !rule->field.empty())
      out[{rule, id}] = value_hash(draft, {rule->field, {}, {}, {}, {}});
}

// A finding of a filter stays dismissed as long as the value of its field is the same; without a
// field, as long as the filter finds the record.
void Evaluator::add_filtered(store::Session& session, const SqlText& condition,
                             const Hashes& hashes, std::vector<Looked>& looked) const {
  access::Scope system;
  system.actor = access::system_actor();
  const auto context = rule_context(quality_, *dictionary_, system, session.engine());
  for (const Rule* rule : on_) {
    if (rule->filter.empty() || looked.empty()) continue;
    const auto node = records::parse_filter(rule->filter);
    if (!node) continue;
    SqlText sql{"SELECT t.id FROM " + type_.table + " t WHERE t.archived_at IS NULL AND ", {}};
    append_text(sql, condition);
    sql.text += " AND (";
    if (!records::append_criteria(context, type_, "t", **node, sql).ok()) continue;
    sql.text += ")";
    const auto params = sql.params();
    for (auto rows = session.query(sql.text, store::Params(params)); rows->next();) {
      auto* one = find_looked(looked, rows->integer(0));
      if (!one) continue;
      const auto hash = hashes.find({rule, one->id});
      one->problems.push_back({rule, rule->field, hash == hashes.end() ? 0 : hash->second});
    }
  }
}

void Evaluator::store(store::Transaction& tx, const std::vector<Looked>& looked) const {
  Writer(tx, quality_, type_, on_).write(looked);
}

}  // namespace fokus::quality
