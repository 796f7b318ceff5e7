// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/scan.hpp"

#include <algorithm>

#include "features/duplicates/key_store.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;

std::int64_t number(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

constexpr std::int64_t steps_per_key = 1'000;  // of the progress bar

}  // namespace

Scan::Scan(const Duplicates& duplicates, work::Run& run)
    : duplicates_(duplicates), parts_(duplicates.parts()), run_(run) {}

Result<json::object> Scan::go() {
  const auto& input = run_.job().input;
  scan_ = number(input, "scan");
  dictionary_ = parts_.dictionary.current();
  type_ = dictionary_->find(std::string_view(input.at("type").as_string()));
  rules_ = type_ ? duplicates_.rules().find(type_->name) : nullptr;
  if (!rules_) return make_error(ErrorKind::invalid, "duplicates/no_rules");
  if (!has_keys()) return wait_for_keys();
  masked_ = masked_comparisons(rules_->matcher, *type_);
  begin();
  while (key_ < figures_.size() && !run_.should_stop())
    if (scan_key(key_)) ++key_, at_ = 0;
  if (key_ == figures_.size()) finish();
  return json::object{{"scan", scan_}, {"found", found_}, {"keys", keys_json()}};
}

// Without their keys records meet in no block, and nothing would be found.
bool Scan::has_keys() const {
  const auto slots = parts_.database.read(
      [&](store::Session& session) { return RuleBook::list_slots(session, parts_.statements); });
  return std::all_of(rules_->slots.begin(), rules_->slots.end(), [&](std::int64_t id) {
    return std::any_of(slots.begin(), slots.end(),
                       [&](const Slot& slot) { return slot.id == id && slot.is_built; });
  });
}

// Tried again a moment later, as often as it takes: each try counts as a step.
Error Scan::wait_for_keys() {
  duplicates_.build_keys_later();
  parts_.database.write([&](store::Transaction& tx) {
    run_.save_state(tx, {{"waits_for", "keys"}}, 0, 0);
  });
  return make_error(ErrorKind::unavailable, std::string(keys_missing));
}

// Where the last run of this job stopped. Rules that changed meanwhile begin anew.
void Scan::begin() {
  for (const auto& key : rules_->matcher.rules().keys) figures_.push_back({key.spec});
  const auto& state = run_.job().state;
  if (!state.contains("keys") || number(state, "rules") != rules_->version) return;
  const auto& keys = state.at("keys").as_array();
  if (keys.size() != figures_.size()) return;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto& one = keys[i].as_object();
    figures_[i].blocks = number(one, "blocks");
    figures_[i].pairs = number(one, "pairs");
    figures_[i].largest = number(one, "largest");
    figures_[i].skipped = number(one, "skipped");
  }
  key_ = static_cast<std::size_t>(number(state, "key"));
  at_ = number(state, "at");
  found_ = number(state, "found");
}

// One step. True when the key is through.
bool Scan::scan_key(std::size_t key) {
  auto& figures = figures_[key];
  const Step step = read_step(key, figures);
  const auto found = compare(step.blocks, figures);
  at_ = step.last;
  store_step(found);
  return step.last == 0;
}

// Whole blocks only: the last one of a full page may go on behind it, and waits for the next step,
// unless it is the only one; then it is beyond the limit.
Scan::Step Scan::read_step(std::size_t key, KeyFigures& figures) const {
  const std::int64_t slot = rules_->slots[key];
  const std::int64_t from = std::max(at_, (slot << slot_shift) - 1);
  const std::int64_t to = (slot + 1) << slot_shift;
  std::vector<std::pair<std::int64_t, std::int64_t>> rows;
  parts_.database.read([&](store::Session& session) {
    rows.clear();
    auto found =
        session.query(parts_.statements["duplicates.list_blocks"], {from, to, limits::scan_rows});
    while (found->next()) rows.emplace_back(found->integer(0), found->integer(1));
  });
  Step out;
  const bool is_full = rows.size() == static_cast<std::size_t>(limits::scan_rows);
  const bool is_one_block = is_full && rows.front().first == rows.back().first;
  std::int64_t whole_size = static_cast<std::int64_t>(rows.size());
  if (is_one_block)
    whole_size = parts_.database.read([&](store::Session& session) {
      return session.query_integer(parts_.statements["duplicates.count_block"],
                                   {rows.front().first});
    });
  if (is_full && !is_one_block) {
    const auto last = rows.back().first;
    while (rows.back().first == last) rows.pop_back();
  }
  if (is_full) out.last = rows.back().first;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i;
    while (end < rows.size() && rows[end].first == rows[i].first) ++end;
    const auto size = is_one_block ? whole_size : static_cast<std::int64_t>(end - i);
    if (size > 1) {
      ++figures.blocks;
      figures.largest = std::max(figures.largest, size);
      if (size > static_cast<std::int64_t>(limits::scan_block_max)) {
        ++figures.skipped;
      } else {
        auto& block = out.blocks.emplace_back();
        for (std::size_t r = i; r < end; ++r) block.records.push_back(rows[r].second);
      }
    }
    i = end;
  }
  return out;
}

std::vector<Scan::Found> Scan::compare(const std::vector<Block>& blocks,
                                       KeyFigures& figures) const {
  std::vector<std::int64_t> ids;
  for (const auto& block : blocks)
    ids.insert(ids.end(), block.records.begin(), block.records.end());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const Matcher& matcher = rules_->matcher;
  const Subjects subjects(matcher, *type_);
  std::unordered_map<std::int64_t, Prepared> prepared;
  parts_.database.read([&](store::Session& session) {
    prepared.clear();
    for (const auto& subject : subjects.read(session, ids, false))
      prepared.emplace(subject.id, matcher.prepare(subject));
  });
  std::vector<Found> out;
  const int keep_at = matcher.rules().keep_at;
  for (const auto& block : blocks) {
    std::vector<std::pair<std::int64_t, const Prepared*>> members;
    for (const auto id : block.records)
      if (const auto at = prepared.find(id); at != prepared.end())
        members.emplace_back(id, &at->second);
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        ++figures.pairs;
        const int score = matcher.match(*members[i].second, *members[j].second, {}, false).score;
        if (score < keep_at && !masked_.any) continue;
        const int open =
            masked_.any
                ? matcher.match(*members[i].second, *members[j].second, masked_.comparisons, false)
                      .score
                : score;
        if (std::max(score, open) < keep_at) continue;
        const auto [left, right] = std::minmax(members[i].first, members[j].first);
        out.push_back({left, right, score, open});
      }
    }
  }
  return out;
}

void Scan::store_step(const std::vector<Found>& found) {
  parts_.database.write([&](store::Transaction& tx) {
    for (const auto& one : found)
      tx.execute(
          parts_.statements["duplicates.save_pair"],
          {type_->name, one.left, one.right, one.score, one.open_score, scan_, parts_.clock.now()});
    const std::int64_t place = at_ == 0 ? steps_per_key
                                        : (at_ & ((std::int64_t{1} << slot_shift) - 1)) /
                                              ((std::int64_t{1} << slot_shift) / steps_per_key);
    const auto done = static_cast<std::int64_t>(key_) * steps_per_key + place;
    run_.save_state(tx, state(), done, static_cast<std::int64_t>(figures_.size()) * steps_per_key);
  });
}

// Pairs that only older scans found are pairs no more.
void Scan::finish() {
  std::int64_t compared = 0;
  for (const auto& figures : figures_) compared += figures.pairs;
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["duplicates.remove_pairs_of_other_scans"], {type_->name, scan_});
    found_ = tx.query_integer(parts_.statements["duplicates.count_pairs"], {type_->name});
    tx.execute(parts_.statements["duplicates.save_scan"],
               {scan_, compared, found_, json::serialize(keys_json()), parts_.clock.now()});
  });
}

json::object Scan::state() const {
  // A key that is through is left behind before the position is stored.
  const bool is_through = at_ == 0;
  return {{"rules", rules_->version},
          {"key", static_cast<std::int64_t>(key_) + (is_through ? 1 : 0)},
          {"at", at_},
          {"found", found_},
          {"keys", keys_json()}};
}

json::array Scan::keys_json() const {
  json::array out;
  for (const auto& one : figures_)
    out.push_back(json::object{{"key", one.key},
                               {"blocks", one.blocks},
                               {"pairs", one.pairs},
                               {"largest", one.largest},
                               {"skipped", one.skipped}});
  return out;
}

}  // namespace fokus::duplicates
