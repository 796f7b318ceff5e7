// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/key_store.hpp"

#include <algorithm>

namespace fokus::duplicates {

std::vector<std::int64_t> blocks_of(const TypeRules& rules, const Subject& subject) {
  const auto keys = rules.matcher.keys_of(subject);
  std::vector<std::int64_t> out;
  for (std::size_t i = 0; i < keys.size() && i < rules.slots.size(); ++i)
    for (const auto& key : keys[i]) out.push_back(block_of(rules.slots[i], key));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

namespace {

// Most saves leave names, numbers and addresses as they were.
bool are_alike(const Subject& a, const Subject& b) {
  return std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                    [](const auto& mine, const auto& theirs) {
                      return std::equal(
                          mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                          [](const Value& x, const Value& y) { return x.folded == y.folded; });
                    });
}

}  // namespace

void follow_save(store::Transaction& tx, const store::Statements& sql, const TypeRules& rules,
                 const records::RecordType& type, RecordId id, const records::WatchedRecord* before,
                 const records::WatchedRecord* after) {
  const Subjects subjects(rules.matcher, type);
  const auto subject_of = [&](const records::WatchedRecord* record) {
    return record ? subjects.of(record->draft, record->points) : Subject();
  };
  const Subject was = subject_of(before), is = subject_of(after);
  if (before && after && are_alike(was, is)) return;
  const auto old_blocks = before ? blocks_of(rules, was) : std::vector<std::int64_t>();
  const auto new_blocks = after ? blocks_of(rules, is) : std::vector<std::int64_t>();
  std::vector<std::int64_t> gone, come;
  std::set_difference(old_blocks.begin(), old_blocks.end(), new_blocks.begin(), new_blocks.end(),
                      std::back_inserter(gone));
  std::set_difference(new_blocks.begin(), new_blocks.end(), old_blocks.begin(), old_blocks.end(),
                      std::back_inserter(come));
  for (const auto block : gone) tx.execute(sql["duplicates.remove_key"], {block, id});
  for (const auto block : come) tx.execute(sql["duplicates.add_key"], {block, id});
  if (!after) tx.execute(sql["duplicates.remove_pairs_of_record"], {type.name, id});
  if (!after && !before) tx.execute(sql["duplicates.remove_dismissals_of_record"], {type.name, id});
}

}  // namespace fokus::duplicates
