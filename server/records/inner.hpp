// SPDX-License-Identifier: Apache-2.0
// What the files behind Records share. Not for other rooms.
#pragma once
#include <map>
#include <mutex>
#include <unordered_set>

#include "records/contact_point.hpp"
#include "records/draft.hpp"
#include "records/records.hpp"

namespace fokus::records {

// Words that the search index is known to hold, so that a save asks the database only about new
// ones. Bounded: when it is full it starts again.
class KnownWords {
 public:
  bool contains(const std::string& word) const {
    std::lock_guard lock(mutex_);
    return words_.contains(word);
  }
  void add(std::vector<std::string> words) {
    std::lock_guard lock(mutex_);
    if (words_.size() > words_max) words_.clear();
    for (auto& word : words) words_.insert(std::move(word));
  }
  void clear() {
    std::lock_guard lock(mutex_);
    words_.clear();
  }

 private:
  static constexpr std::size_t words_max = 300'000;
  mutable std::mutex mutex_;
  std::unordered_set<std::string> words_;
};

class PlanCache;  // list_plan.hpp

struct Records::Inner {
  explicit Inner(Parts parts);
  ~Inner();

  const store::Statements& sql;
  const Clock& clock;
  const DictionaryHolder& holder;
  DuplicateCheck duplicate_check;
  SelectionLookup selections;
  std::map<std::string, std::string, std::less<>> undo_jobs;  // kind of batch → kind of job
  // Shared with callbacks that outlive a call.
  std::shared_ptr<KnownWords> known_words = std::make_shared<KnownWords>();
  std::unique_ptr<PlanCache> plans;
  std::function<void()> search_written;
  RecordWatch watch;
  SaveRule save_rule;

  FieldContext field_context(const Scope& scope, const Dictionary& dictionary) const;
  CriteriaContext criteria_context(store::Session& session, const Scope& scope,
                                   const Dictionary& dictionary) const;
};

// What the form says, checked; exactly one primary per kind. Empty optional: the form says nothing.
Result<std::optional<std::vector<ContactPoint>>> parse_contact_points(
    const boost::json::object& input, const RecordType& type);
// Primary contact points fill the record's own phone, e-mail and website, and the other way round.
void merge_contact_points(Draft& draft, const boost::json::object& input,
                          std::vector<ContactPoint>& points);
std::vector<ContactPoint> read_contact_points(store::Session& session, const store::Statements& sql,
                                              const RecordType& type, RecordId id);
// [{"kind", "label", "value", "primary"}]; the value of an address is an object of its parts.
void write_contact_points(JsonWriter& json, const std::vector<ContactPoint>& points);
// Adds what the list was (null: a new record) and is to the changes that the history keeps, when
// they differ.
void add_contact_point_change(std::string& payload, const std::vector<ContactPoint>* before,
                              const std::vector<ContactPoint>& after);
void save_contact_points(store::Transaction& tx, const store::Statements& sql,
                         const RecordType& type, RecordId id,
                         const std::vector<ContactPoint>& points);

// The row of the search index for a record: its words, and who may find it. Both happen at the end
// of the transaction, in the order of the calls.
void save_search_entry(store::Transaction& tx, const Records::Inner& inner, const Draft& draft,
                       RecordId id, const std::vector<ContactPoint>& points);
// The same for a record that nobody has changed: writes only where the words have become others.
void renew_search_entry(store::Transaction& tx, const Records::Inner& inner, const Draft& draft,
                        RecordId id, const std::vector<ContactPoint>& points);
void remove_search_entry(store::Transaction& tx, const Records::Inner& inner,
                         const RecordType& type, RecordId id);

// The word and each form of it with one letter left out: what leads a mistyped word to it.
std::vector<std::string> variants_of(const std::string& word);
// The words by which a text is found: folded, letters and digits only.
std::vector<std::string> search_words(std::string_view text);
bool is_searchable(const RecordType& type);
// Marks the record type in the search text, so that one look-up stays within the type.
std::string search_type_word(const RecordType& type);

// SQL for "records of this type that match these words": "id IN (…)". False: nothing can match.
// Whoever may not see all that the index holds finds nothing by what is masked for them.
bool append_search(const store::Session& session, const Scope& scope, const RecordType& type,
                   std::string_view alias, std::string_view q, SqlText& sql);

}  // namespace fokus::records
