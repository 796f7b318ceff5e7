// SPDX-License-Identifier: Apache-2.0
#include "features/quality/scan.hpp"

#include <algorithm>

#include "features/quality/evaluator.hpp"
#include "features/quality/fixes.hpp"
#include "features/quality/knowledge.hpp"
#include "features/quality/snapshots.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;

std::int64_t number(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

Scan::Scan(const Quality& quality, work::Run& run)
    : quality_(quality), parts_(quality.parts()), run_(run) {}

std::vector<std::string> Scan::types_to_do() const {
  const std::string asked = text(run_.job().input, "type");
  if (!asked.empty()) return {asked};
  const auto rules = quality_.rules().current();
  const auto dictionary = parts_.dictionary.current();
  std::vector<std::string> out;
  for (const auto& [name, type] : dictionary->types)
    if (!type.system && !rules->of_type(name).empty()) out.push_back(name);
  return out;
}

// Where the last run of this job stopped.
void Scan::begin() {
  const auto& state = run_.job().state;
  type_ = text(state, "type");
  after_ = number(state, "after");
  records_ = number(state, "records");
  of_type_ = number(state, "of_type");
  const auto dictionary = parts_.dictionary.current();
  total_ = 0;
  for (const auto& name : types_)
    if (const auto* type = dictionary->find(name))
      total_ += parts_.database.read([&](store::Session& session) {
        return session.query_integer("SELECT count(*) FROM " + type->table +
                                     " WHERE archived_at IS NULL");
      });
  if (!state.empty()) return;
  count_places(parts_, quality_.registers(), [this] { return run_.should_stop(); });
  quality_.forget_knowledge();
  parts_.database.write([](store::Transaction& tx) { tx.notify(rules_channel, "places"); });
}

Result<json::object> Scan::go() {
  types_ = types_to_do();
  begin();
  for (const auto& name : types_) {
    if (run_.should_stop()) break;
    if (!type_.empty() && name < type_) continue;  // types are in the order of their names
    if (name != type_) type_ = name, after_ = 0, of_type_ = 0;
    if (!scan_type(name)) break;
  }
  if (run_.should_stop()) return json::object{{"records", records_}};
  const bool is_whole = text(run_.job().input, "type").empty();
  if (is_whole) take_snapshots(parts_, quality_.rules());
  if (run_.job().kind == "quality_night") tell_weekly(parts_);
  return json::object{{"records", records_}};
}

// False when it was told to stop.
bool Scan::scan_type(const std::string& name) {
  const auto dictionary = parts_.dictionary.current();
  const auto* type = dictionary->find(name);
  if (!type) return true;
  const Evaluator evaluator(quality_, *type, dictionary);
  while (!run_.should_stop()) {
    std::vector<Evaluator::Looked> looked;
    if (!evaluator.rules().empty())
      looked = parts_.database.read([&](store::Session& session) {
        return evaluator.look_after(session, after_, limits::scan_step);
      });
    if (looked.empty()) {
      finish_type(*type, of_type_);
      return true;
    }
    after_ = looked.back().id;
    records_ += static_cast<std::int64_t>(looked.size());
    of_type_ += static_cast<std::int64_t>(looked.size());
    parts_.database.write([&](store::Transaction& tx) {
      evaluator.store(tx, looked);
      save(tx);
    });
  }
  return false;
}

// Findings of records that went another way than through a save go, too.
void Scan::finish_type(const records::RecordType& type, std::int64_t records) {
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(
        "DELETE FROM quality_findings WHERE record_type = $1 AND NOT EXISTS (SELECT 1 FROM " +
            type.table + " t WHERE t.id = quality_findings.record_id)",
        {type.name});
    tx.execute(parts_.statements["quality.save_scan"], {type.name, parts_.clock.now(), records});
  });
}

void Scan::save(store::Transaction& tx) {
  run_.save_state(
      tx, {{"type", type_}, {"after", after_}, {"records", records_}, {"of_type", of_type_}},
      records_, std::max(total_, records_));
}

void Quality::add_jobs() {
  for (const char* kind : {"quality_scan", "quality_night"})
    parts_.jobs.add_kind(kind, [this](work::Run& run) { return Scan(*this, run).go(); });
  parts_.jobs.add_kind("quality_fix", [this](work::Run& run) { return run_fixes(*this, run); });
}

}  // namespace fokus::quality
