// SPDX-License-Identifier: Apache-2.0
#include "features/quality/fixes.hpp"

#include <algorithm>

#include "features/quality/finding_call.hpp"
#include "features/quality/finding_json.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using access::Action;

constexpr int preview_page = 200;
constexpr std::size_t errors_max = 500;
constexpr std::size_t rules_max = 100;

Result<std::vector<std::int64_t>> ids_in(const json::object& body, std::string_view name) {
  std::vector<std::int64_t> out;
  const auto* ids = body.if_contains(name);
  if (!ids || ids->is_null()) return out;
  if (!ids->is_array()) return invalid(std::string(name), "not_a_list");
  if (ids->get_array().size() > limits::ids_max) return invalid(std::string(name), "too_many");
  for (const auto& id : ids->get_array()) {
    if (!id.is_int64()) return invalid(std::string(name), "not_an_id");
    out.push_back(id.get_int64());
  }
  return out;
}

std::string text_in(const json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

Status read_rules(const json::object& body, const RuleSet& rules, const std::string& type,
                  FindingFilter& out) {
  const auto* keys = body.if_contains("rules");
  if (!keys || !keys->is_array() || keys->get_array().empty() ||
      keys->get_array().size() > rules_max)
    return invalid("rules", "required");
  for (const auto& key : keys->get_array()) {
    const Rule* rule = key.is_string() ? rules.find(std::string_view(key.get_string())) : nullptr;
    if (!rule || rule->type != type) return invalid("rules", "unknown");
    out.rules.push_back(rule->key);
  }
  return {};
}

// As in the list of findings.
Status read_narrow(const access::Scope& scope, const json::object& body, FindingFilter& out) {
  const auto whose = [&](std::string_view name) -> Result<std::optional<std::int64_t>> {
    const auto* said = body.if_contains(name);
    if (!said || said->is_null()) return std::optional<std::int64_t>();
    if (said->is_int64()) return std::optional(said->get_int64());
    return std::optional(TRY(parse_whose(scope, text_in(body, name), name)));
  };
  out.owner = TRY(whose("owner"));
  out.group = TRY(whose("group"));
  if (const auto severity = text_in(body, "severity"); !severity.empty())
    out.severities = TRY(parse_severities(severity));
  if (const auto field = text_in(body, "field"); !field.empty()) out.field = field;
  if (const auto* value = body.if_contains("value"); value && value->is_string())
    TRY(set_value(out, std::string(value->get_string())));
  return {};
}

bool is_left(const FixOrder& order, const FindingRow& row) {
  const bool is_meant = order.records.empty() ||
                        std::binary_search(order.records.begin(), order.records.end(), row.record);
  return !is_meant || std::binary_search(order.except.begin(), order.except.end(), row.id);
}

void add(json::object& state, std::string_view name, std::int64_t more) {
  state[name] = number_in(state, name) + more;
}

// What comes of looking at the findings one by one.
struct Preview {
  std::int64_t count = 0, not_fixable = 0, looked = 0, last = 0;
  std::map<std::string, std::int64_t> by_rule;
  json::array sample;
};

class Previewer {
 public:
  Previewer(const FindingQuery& query, const FindingWriter& writer, const FixOrder& order)
      : query_(query), writer_(writer), order_(order) {}

  // One page; false when there is no more.
  Result<bool> look(store::Session& session, Preview& out) const {
    const auto rows =
        TRY(query_.list_after(session, order_.filter, out.last, preview_page, Action::update));
    std::vector<FindingRow> meant;
    for (const auto& row : rows) {
      out.last = row.id;
      if (!is_left(order_, row)) meant.push_back(row);
    }
    out.looked += static_cast<std::int64_t>(meant.size());
    const auto described = writer_.describe(session, meant);
    for (const auto& one : described) note(one.as_object(), out);
    return rows.size() == static_cast<std::size_t>(preview_page) &&
           out.looked < limits::fix_count_cap;
  }

 private:
  static void note(const json::object& finding, Preview& out) {
    if (!finding.at("can_fix").as_bool()) {
      ++out.not_fixable;
      return;
    }
    ++out.count;
    ++out.by_rule[std::string(finding.at("rule").as_string())];
    if (out.sample.size() >= static_cast<std::size_t>(limits::fix_sample)) return;
    const auto& record = finding.at("record").as_object();
    out.sample.push_back(json::object{{"finding", finding.at("id")},
                                      {"id", record.at("id")},
                                      {"name", record.at("name")},
                                      {"rule", finding.at("rule")},
                                      {"field", finding.at("field")},
                                      {"value", finding.at("value")},
                                      {"suggestion", finding.at("suggestion")}});
  }

  const FindingQuery& query_;
  const FindingWriter& writer_;
  const FixOrder& order_;
};

class FixJob {
 public:
  FixJob(const Quality& quality, work::Run& run) : quality_(quality), run_(run) {}

  Result<json::object> go() {
    const auto& parts = quality_.parts();
    access::Scope scope;
    scope.actor = TRY(parts.actor_of(run_.job().created_by));
    scope.route = "job:quality_fix";
    const FixOrder order = TRY(parse_fix_order(quality_, scope, run_.job().input));
    json::object state = run_.job().state;
    if (state.empty())
      state = {
          {"after", 0}, {"changed", 0}, {"unchanged", 0}, {"failed", 0}, {"errors", json::array()}};
    const FindingQuery query(quality_, scope, order.dictionary);
    const FindingWriter writer(query);
    while (!run_.should_stop()) {
      Step done = TRY(parts.database.write([&](store::Transaction& tx) {
        return step(tx, {query, writer, order}, state);
      }));
      state = std::move(done.state);
      if (!done.changed.empty())
        records::trace_read(parts, scope, "change", *order.filter.types.front(), done.changed,
                            "quality fix");
      if (!done.more) break;
    }
    state.erase("after");
    return state;
  }

 private:
  struct With {
    const FindingQuery& query;
    const FindingWriter& writer;
    const FixOrder& order;
  };
  struct Step {
    json::object state;
    std::vector<std::int64_t> changed;
    bool more = false;
  };

  // Leaves the state alone: a transaction that runs twice begins with the same one.
  Result<Step> step(store::Transaction& tx, const With& with, const json::object& state) {
    const auto rows = TRY(with.query.list_after(tx, with.order.filter, number_in(state, "after"),
                                                limits::fix_step, Action::update));
    Step out{state, {}, !rows.empty()};
    json::object& next = out.state;
    for (const auto& row : rows) {
      next["after"] = row.id;
      // What is found while this goes on was not in the preview.
      if (row.id <= number_in(run_.job().input, "last") && !is_left(with.order, row))
        fix(tx, with, row, out);
    }
    const std::int64_t done =
        number_in(next, "changed") + number_in(next, "unchanged") + number_in(next, "failed");
    run_.save_state(tx, next, done, std::max(done, number_in(run_.job().input, "total")));
    return out;
  }

  void fix(store::Transaction& tx, const With& with, const FindingRow& row, Step& step) const {
    json::object& state = step.state;
    const auto changes = with.writer.changes_of(tx, row);
    if (changes.empty()) return add(state, "unchanged", 1);
    const records::Provenance provenance{0, BatchId{number_in(run_.job().input, "batch")},
                                         "bulk_edit"};
    tx.in_savepoint([&] {
      const auto saved =
          quality_.parts().records.update(tx, with.query.scope(), *row.type, RecordId{row.record},
                                          changes, std::nullopt, provenance);
      if (saved) {
        add(state, saved->changed ? "changed" : "unchanged", 1);
        if (saved->changed) step.changed.push_back(row.record);
      } else {
        note_error(state, row, saved.error());
      }
      return saved.ok();
    });
  }

  static void note_error(json::object& state, const FindingRow& row, const Error& error) {
    add(state, "failed", 1);
    auto& errors = state["errors"].as_array();
    if (errors.size() >= errors_max) return;
    json::object one{{"id", row.record}, {"code", error.code}};
    if (!error.errors.empty())
      one["field"] = error.errors.front().field, one["reason"] = error.errors.front().code;
    errors.push_back(std::move(one));
  }

  const Quality& quality_;
  work::Run& run_;
};

}  // namespace

Result<FixOrder> parse_fix_order(const Quality& quality, const access::Scope& scope,
                                 const json::object& body) {
  const auto dictionary = quality.parts().dictionary.current();
  const auto rules = quality.rules().current();
  FixOrder out;
  out.dictionary = dictionary;
  const std::string type = text_in(body, "type");
  if (type.empty()) return invalid("type", "required");
  out.filter.types = {TRY(named_type(*dictionary, scope, type))};
  TRY(read_rules(body, *rules, out.filter.types.front()->name, out.filter));
  if (const std::string filter = text_in(body, "filter"); !filter.empty())
    out.filter.criteria = TRY(records::parse_filter(filter));
  TRY(read_narrow(scope, body, out.filter));
  out.records = TRY(ids_in(body, "ids"));
  out.except = TRY(ids_in(body, "except"));
  std::sort(out.records.begin(), out.records.end());
  std::sort(out.except.begin(), out.except.end());
  out.filter.records = out.records;
  return out;
}

Result<json::object> preview_fixes(const Quality& quality, const access::Scope& scope,
                                   const FixOrder& order) {
  const auto& parts = quality.parts();
  const FindingQuery query(quality, scope, order.dictionary);
  const FindingWriter writer(query);
  const Previewer previewer(query, writer, order);
  Preview preview;
  for (bool more = true; more;)
    more = TRY(parts.database.read(
        [&](store::Session& session) { return previewer.look(session, preview); }));
  const auto counted = [&](Action action) {
    return parts.database.read([&](store::Session& session) {
      return query.count(session, order.filter, action, limits::fix_count_cap);
    });
  };
  const std::int64_t seen = TRY(counted(Action::read)), mine = TRY(counted(Action::update));
  json::array rules;
  for (const auto& [rule, count] : preview.by_rule)
    rules.push_back(json::object{{"rule", rule}, {"count", count}});
  return json::object{{"count", preview.count},
                      {"not_fixable", preview.not_fixable},
                      {"not_allowed", std::max<std::int64_t>(0, seen - mine)},
                      {"capped", preview.looked >= limits::fix_count_cap},
                      {"rules", std::move(rules)},
                      {"sample", std::move(preview.sample)}};
}

Result<json::object> fix_later(const Quality& quality, const access::Scope& scope,
                               const FixOrder& order, const json::object& body) {
  const auto& parts = quality.parts();
  const FindingQuery query(quality, scope, order.dictionary);
  const auto& type = *order.filter.types.front();
  return parts.database.write([&](store::Transaction& tx) -> Result<json::object> {
    json::object input = body;
    input.erase("preview");
    // Whose records "me" means is settled now.
    if (order.filter.owner && *order.filter.owner != 0) input["owner"] = *order.filter.owner;
    if (order.filter.group && *order.filter.group != 0) input["group"] = *order.filter.group;
    input["type"] = type.name;
    input["total"] = TRY(query.count(tx, order.filter, Action::update, limits::fix_count_cap));
    input["last"] = tx.query_integer("SELECT COALESCE(max(id), 0) FROM quality_findings");
    const BatchId batch = parts.records.create_batch(
        tx, scope, "bulk_edit", type.name,
        {{"action", "quality_fix"}, {"rules", body.at("rules")}, {"count", input.at("total")}});
    input["batch"] = batch.value;
    const JobId job = parts.jobs.create(tx, "quality_fix", access::author_of(scope.actor), input,
                                        parts.clock.now());
    return json::object{{"job", job.value}, {"batch", batch.value}};
  });
}

Result<json::object> run_fixes(const Quality& quality, work::Run& run) {
  return FixJob(quality, run).go();
}

}  // namespace fokus::quality
