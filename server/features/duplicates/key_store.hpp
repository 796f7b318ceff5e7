// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "features/duplicates/rule_book.hpp"
#include "features/duplicates/subjects.hpp"

namespace fokus::duplicates {

// The blocks that a record stands in, sorted, each once.
std::vector<std::int64_t> blocks_of(const TypeRules& rules, const Subject& subject);

// Keeps duplicate_keys with the records: called in the transaction of each save (see
// records::RecordWatch). What it wrote for `before` is computed again, not looked up.
void follow_save(store::Transaction& tx, const store::Statements& sql, const TypeRules& rules,
                 const records::RecordType& type, RecordId id, const records::WatchedRecord* before,
                 const records::WatchedRecord* after);

// The job "duplicate_keys": gives the records that are there the keys of new slots, and takes away
// those of retired ones. Reads the records of a type once, in portions whose keys fit into memory;
// a portion is read, written and corrected by what was saved meanwhile before the next begins, so a
// job that is interrupted goes on behind its last portion.
class KeyBuilder {
 public:
  KeyBuilder(const records::ApiParts& parts, const RuleBook& rules, work::Run& run,
             std::size_t entries_max = 4'000'000)
      : parts_(parts), rules_(rules), run_(run), entries_max_(entries_max) {}
  Result<boost::json::object> build();

 private:
  struct Entry {
    std::int64_t block, record;
    auto operator<=>(const Entry&) const = default;
  };
  struct OpenSlot {
    std::int64_t id;
    std::size_t key;  // of the type's rules
  };
  // A type with slots that are not built.
  struct Task {
    const records::RecordType& type;
    const TypeRules& rules;
    std::vector<OpenSlot> slots;
  };
  struct Portion {
    std::vector<Entry> entries;  // sorted
    std::int64_t first = 0, last = 0, records = 0;
  };
  std::vector<Task> open_tasks(const std::vector<Slot>& slots, const RuleSet& rules,
                               const records::Dictionary& dictionary);
  bool build_task(const Task& task);
  Portion read_portion(const Task& task, std::int64_t after);
  void add_entries(const Task& task, const Subject& subject, std::vector<Entry>& out) const;
  bool store_entries(const std::vector<Entry>& entries);
  void correct(const Task& task, const Portion& portion, Instant since);
  void correct_piece(store::Transaction& tx, const Task& task, std::span<const Entry> entries);
  std::vector<std::int64_t> changed_since(const Task& task, const Portion& portion, Instant since);
  bool remove_slot(std::int64_t slot);
  void note(store::Transaction& tx);

  records::ApiParts parts_;
  const RuleBook& rules_;
  work::Run& run_;
  std::size_t entries_max_;
  boost::json::object state_;          // {"slots": of the task under way, "after": its last record}
  std::int64_t done_ = 0, total_ = 0;  // records
};

}  // namespace fokus::duplicates
