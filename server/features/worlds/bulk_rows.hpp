// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "store/database.hpp"

namespace fokus::worlds {

// Rows on their way into one table, many per statement: what a hundred thousand single inserts
// spend on going to and fro is most of their time.
class BulkRows {
 public:
  BulkRows(std::string table, std::vector<std::string> columns);

  void add(std::vector<store::Value> row);  // CHECKs the number of columns
  bool is_full() const { return rows_ >= rows_per_flush; }
  std::int64_t total() const { return total_; }
  // Idempotent until clear(): a transaction that is run again writes the same rows.
  void write(store::Transaction& tx) const;
  void clear();

 private:
  static constexpr std::size_t rows_per_flush = 20'000;
  static constexpr std::size_t params_per_statement = 2'000;

  std::string statement(std::size_t rows) const;

  std::string table_;
  std::vector<std::string> columns_;
  std::vector<store::Value> values_;
  std::size_t rows_ = 0;
  std::int64_t total_ = 0;
};

// Takes the secondary indexes and triggers of tables away for the time of a load and puts them
// back: building an index at the end sorts once instead of finding a place for each row.
class BareTables {
 public:
  BareTables(store::Database& database, std::vector<std::string> tables);
  std::int64_t restore();  // how many were put back

 private:
  store::Database& database_;
  std::vector<std::string> indexes_, triggers_;
};

}  // namespace fokus::worlds
