// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "features/quality/quality.hpp"

namespace fokus::quality {

// Looks at records of one type with all rules that are on. One for each piece of work: it holds the
// rules, the dictionary and the knowledge of that moment. Sees every record, whoever asks.
class Evaluator {
 public:
  Evaluator(const Quality& quality, const records::RecordType& type,
            records::DictionaryPtr dictionary);

  struct Problem {
    const Rule* rule = nullptr;
    std::string field;
    std::int64_t hash = 0;
  };
  struct Looked {
    std::int64_t id = 0, version = 0;
    std::vector<Problem> problems;
  };

  // Live records with these ids; the next live ones after an id. In the order of their ids.
  std::vector<Looked> look(store::Session& session, std::span<const std::int64_t> ids) const;
  std::vector<Looked> look_after(store::Session& session, std::int64_t after, int limit) const;

  // What is wrong with a record that is in memory; filters are not asked.
  std::vector<std::pair<const Rule*, Hit>> hits_of(const Subject& subject) const;

  // Makes the stored findings and scores what was seen, but for records that were saved since.
  void store(store::Transaction& tx, const std::vector<Looked>& looked) const;

  const records::RecordType& type() const { return type_; }
  const std::vector<const Rule*>& rules() const { return on_; }

 private:
  // Of the values that filters are about, by rule and record.
  using Hashes = std::map<std::pair<const Rule*, std::int64_t>, std::int64_t>;
  std::vector<Looked> read(store::Session& session, const records::SqlText& condition) const;
  void note_hashes(const records::Draft& draft, std::int64_t id, Hashes& out) const;
  void add_filtered(store::Session& session, const records::SqlText& condition,
                    const Hashes& hashes, std::vector<Looked>& looked) const;

  const Quality& quality_;
  const records::RecordType& type_;
  records::DictionaryPtr dictionary_;
  RuleSetPtr rules_;
  std::vector<const Rule*> on_;
  KnowledgePtr knowledge_;
};

// What the filters of rules are asked with: each row by itself, as those who see everything do.
// `system` is the scope of the program and outlives the context, as the dictionary does.
records::CriteriaContext rule_context(const Quality& quality, const records::Dictionary& dictionary,
                                      const access::Scope& system, store::Engine engine);
// "t.id IN (…)" over these.
void append_ids(records::SqlText& sql, std::string_view column, std::span<const std::int64_t> ids);
// Appends a text whose placeholders count from $1 of its own.
void append_text(records::SqlText& sql, const records::SqlText& more);

}  // namespace fokus::quality
