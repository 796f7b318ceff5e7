// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "features/duplicates/matcher.hpp"
#include "records/record_watch.hpp"
#include "store/database.hpp"

namespace fokus::duplicates {

// Turns records of a type into what a Matcher compares. Fields that the type has no more, or hides,
// have no values. References must outlive it.
class Subjects {
 public:
  Subjects(const Matcher& matcher, const records::RecordType& type);

  Subject of(const records::Draft& draft, const std::vector<records::ContactPoint>& points) const;

  // Adds a condition on the rows, whose alias is "t", to the statement.
  using Condition = std::function<void(records::SqlText&)>;
  // Live records with these ids that also meet the condition; in the order of their ids. Blocks on
  // the database. with_shown: also what people see of the values.
  std::vector<Subject> read(store::Session& session, std::span<const std::int64_t> ids,
                            bool with_shown, const Condition& condition = {}) const;
  // The same ones without what people see, locked against changes until the transaction ends.
  std::vector<Subject> read_locked(store::Transaction& tx, std::span<const std::int64_t> ids) const;
  // The next live ones after an id.
  std::vector<Subject> read_after(store::Session& session, std::int64_t after, int limit) const;

  const records::Field* field(std::size_t i) const { return fields_[i]; }

 private:
  std::vector<Subject> read_rows(store::Session& session, const records::SqlText& sql,
                                 bool with_shown) const;
  void add_points(store::Session& session, std::vector<Subject>& subjects, bool with_shown) const;
  std::string select(bool with_shown) const;
  void add_value(Subject& subject, std::size_t field, Value value) const;
  std::size_t field_of_point(std::string_view kind) const;

  const Matcher& matcher_;
  const records::RecordType& type_;
  std::vector<const records::Field*> fields_;  // null: not there
};

}  // namespace fokus::duplicates
