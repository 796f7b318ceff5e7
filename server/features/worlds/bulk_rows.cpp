// SPDX-License-Identifier: Apache-2.0
#include "features/worlds/bulk_rows.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

namespace fokus::worlds {

BulkRows::BulkRows(std::string table, std::vector<std::string> columns)
    : table_(std::move(table)), columns_(std::move(columns)) {}

void BulkRows::add(std::vector<store::Value> row) {
  CHECK(row.size() == columns_.size());
  for (auto& value : row) values_.push_back(std::move(value));
  ++rows_;
  ++total_;
}

void BulkRows::clear() {
  values_.clear();
  rows_ = 0;
}

std::string BulkRows::statement(std::size_t rows) const {
  std::string out = "INSERT INTO " + table_ + "(" + join(columns_, ", ") + ") VALUES ";
  std::size_t n = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    out += row ? ",(" : "(";
    for (std::size_t column = 0; column < columns_.size(); ++column)
      out += (column ? ",$" : "$") + std::to_string(++n);
    out += ")";
  }
  return out;
}

void BulkRows::write(store::Transaction& tx) const {
  const std::size_t width = columns_.size();
  const std::size_t block = std::max<std::size_t>(1, params_per_statement / width);
  const std::string many = statement(block), one = statement(1);
  for (std::size_t at = 0; at < rows_;) {
    const std::size_t rows = rows_ - at >= block ? block : 1;
    const std::vector<store::Param> params(
        values_.begin() + static_cast<std::ptrdiff_t>(at * width),
        values_.begin() + static_cast<std::ptrdiff_t>((at + rows) * width));
    tx.execute(rows == block ? many : one, store::Params(params));
    at += rows;
  }
}

BareTables::BareTables(store::Database& database, std::vector<std::string> tables)
    : database_(database) {
  const bool sqlite = database.engine() == store::Engine::sqlite;
  database_.write([&](store::Transaction& tx) {
    std::vector<std::string> drops;
    for (const auto& table : tables) {
      auto rows = sqlite ? tx.query(
                               "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = $1 "
                               "AND type IN ('index', 'trigger') AND sql IS NOT NULL",
                               {table})
                         : tx.query(
                               "SELECT 'index', indexname::text, indexdef FROM pg_indexes WHERE "
                               "tablename = $1 "
                               "AND schemaname = current_schema() AND indexname NOT IN "
                               "(SELECT conname FROM pg_constraint)",
                               {table});
      while (rows->next()) {
        const bool trigger = rows->text(0) == "trigger";
        (trigger ? triggers_ : indexes_).emplace_back(rows->text(2));
        drops.push_back((trigger ? "DROP TRIGGER " : "DROP INDEX ") + std::string(rows->text(1)));
      }
    }
    for (const auto& drop : drops) tx.execute_script(drop);
  });
}

std::int64_t BareTables::restore() {
  const bool postgres = database_.engine() == store::Engine::postgres;
  for (const auto* list : {&indexes_, &triggers_})
    for (const auto& sql : *list) {
      database_.write([&](store::Transaction& tx) {
        if (postgres) tx.execute_script("SET LOCAL maintenance_work_mem = '512MB'");
        tx.execute_script(sql);
      });
    }
  return static_cast<std::int64_t>(indexes_.size() + triggers_.size());
}

}  // namespace fokus::worlds
