// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include "store/engines.hpp"

namespace fokus::store {

std::unique_ptr<Database> open_database(const Options& options) {
  const std::string_view location = options.location;
  const bool is_url = location.starts_with("postgresql://") || location.starts_with("postgres://");
  return is_url ? postgres::open(options) : sqlite::open(options);
}

std::vector<std::unique_ptr<Rows>> Session::query_each(std::span<const Question> questions) {
  std::vector<std::unique_ptr<Rows>> out;
  for (const auto& one : questions) out.push_back(query(one.sql, one.params));
  return out;
}

std::int64_t Session::query_integer(std::string_view sql, std::initializer_list<Param> params,
                                    std::int64_t fallback) {
  const auto rows = query(sql, params);
  return rows->next() ? rows->integer(0) : fallback;
}

std::optional<std::string> Session::query_text(std::string_view sql,
                                               std::initializer_list<Param> params) {
  const auto rows = query(sql, params);
  if (!rows->next() || rows->is_null(0)) return std::nullopt;
  return std::string(rows->text(0));
}

}  // namespace fokus::store
